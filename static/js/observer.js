/** An observer's timeline: public entries as they come, filters, and what is older. */

import { open, tell, words } from "./head.js";
import { apply } from "./html.js";
import { listen } from "./keys.js";
import { before, Stream } from "./stream.js";

const $ = (selector) => document.querySelector(selector);

const { live } = open();
const stream = new Stream({
  list: $("#timeline"), pane: $("#timeline-body"), pill: $("[data-new-pill]"),
});

live.addEventListener("entries", ({ detail }) => {
  for (const entry of detail) stream.take(apply(entry.html ?? "", entry.position));
});

$("#filters").addEventListener("click", ({ target }) => {
  const chosen = target.closest("[data-show]");
  if (!chosen) return;
  for (const one of document.querySelectorAll("#filters [data-show]")) {
    one.setAttribute("aria-pressed", String(one === chosen));
  }
  stream.filter(chosen.dataset.show);
});

$("[data-older]").addEventListener("click", async ({ target }) => {
  try {
    const page = await before(Number($("#timeline").dataset.oldest), document.body.dataset.audience);
    stream.older(page.entries);
    target.hidden = !page.entries.length || page.entries[0].position <= 1;
  } catch {
    tell(words().wordOffline, words().wordUnsent);
  }
});

listen({ n: () => stream.reveal(), j: () => stream.move(1), k: () => stream.move(-1) });
live.start();
