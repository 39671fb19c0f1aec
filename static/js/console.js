/** The facilitator's console: puts run list, timeline, board, dialogs and keys together. */

import { asking } from "./asking.js";
import { Board } from "./board.js";
import { hms } from "./clock.js";
import { Forms } from "./dialogs.js";
import { fill, open, said, tell, words } from "./head.js";
import { apply, fill as put } from "./html.js";
import { listen, switchKeys } from "./keys.js";
import { locking } from "./lock.js";
import { meters } from "./meters.js";
import { RunList } from "./runlist.js";
import { before, Stream } from "./stream.js";
import { UndoBars } from "./undobar.js";

const UNDO_MS = 5000;
const REFRESH_MS = 30000;
const $ = (selector) => document.querySelector(selector);
const { body } = document;

const { live, clock } = open();
const badges = $("#badges");
const parts = { row: $("#inject-template"), channels: $("#channels"), badges };
const runlist = new RunList($("#runlist"), clock, parts);
const stream = new Stream({
  list: $("#timeline"), pane: $("#timeline-body"), pill: $("[data-new-pill]"), tools: $("#row-tools"),
});
const board = new Board({
  board: $("#board-place"), score: $("#score-place"), badges,
  people: $("[data-people-in]"), roster: $("#people-place"),
});
const bars = new UndoBars($("#undobars"), $("#undobar-template"), clock, give);
const forms = new Forms(live, body.dataset.member);
const pins = new Map();

/** Send a command that only makes sense now: without a connection it is not kept. */
function give(command) {
  if (live.socket.connected) live.command(command);
  else tell(words().wordOffline, words().wordUnsent);
}

/** Release a row's inject, or one by its id. */
function release(row) {
  const inject = row?.dataset?.inject ?? row;
  if (inject) give({ type: "release", inject, undo_ms: UNDO_MS });
}

/* --- what comes in ------------------------------------------------------- */

live.addEventListener("entries", ({ detail }) => {
  stream.take(detail.flatMap((entry) => apply(entry.html ?? "", entry.position)));
  detail.forEach(take);
  runlist.arrange();
  counts();
});
live.addEventListener("presence", ({ detail }) => board.presence(detail));
live.addEventListener("refused", ({ detail }) => {
  if (!forms.own(detail.command.id)) tell(words().wordRefused, detail.answer.message);
});

/** Let everything beside the timeline know of an entry. */
function take(entry) {
  runlist.take(entry);
  const { kind, body: what } = entry;
  if (kind === "release_announced") announced(entry);
  else if (["release_undone", "inject_released"].includes(kind)) bars.drop(what.inject);
  else if (kind === "pinned") pinned(what.entry, what.on);
  else if (kind.startsWith("member_")) board.meet(body.dataset.exercise);
}

function announced({ body: what, author }) {
  const row = runlist.row(what.inject);
  bars.announce({
    inject: what.inject,
    number: row?.dataset.number ?? said(what.title),
    who: reached(what.audience),
    name: author.name || $("#undobars").dataset.wordSomeone,
    mine: author.member === body.dataset.member,
    fires: what.fires_wall_ms,
  });
}

function reached(audience) {
  const { wordAll, wordPublic } = $("#undobars").dataset;
  if (audience.includes("room")) return wordPublic;
  if (audience.length === badges.content.childElementCount) return wordAll;
  return audience.join(", ");
}

function pinned(entry, on) {
  pins.set(entry, on);
  stream.pinned(entry, on);
}

function counts() {
  for (const button of document.querySelectorAll("#filters [data-show]")) {
    const { show } = button.dataset;
    const older = Number($("#timeline").dataset.oldest) > 1;
    const n = show === "all" ? live.position : stream.count(show);
    button.querySelector("[data-count]").textContent = older && show !== "all" ? "" : n;
  }
}

/** Find out from the rows themselves what the page was rendered with. */
function settle() {
  for (const row of stream.rows().reverse()) {
    const link = row.dataset.kind === "pinned" && row.querySelector('a[href^="#row-"]');
    if (link) pinned(row.dataset.about ?? link.hash.slice(5), !row.classList.contains("entry-unpins"));
  }
  for (const row of runlist.rows().filter((one) => one.dataset.state === "announced")) {
    const { inject, number, byName, firesWallMs } = row.dataset;
    const who = row.querySelector(".inject-to").textContent.trim().replace(/\s+/g, " ");
    const mine = (byName ?? "") === body.dataset.name;
    bars.announce({ inject, number, who, name: byName || $("#undobars").dataset.wordSomeone, mine, fires: Number(firesWallMs) });
  }
  counts();
}

/* --- what she presses ------------------------------------------------------ */

const ACTS = {
  release,
  hold: (row) => give({ type: "hold", inject: row.dataset.inject, on: true }),
  free: (row) => give({ type: "hold", inject: row.dataset.inject, on: false }),
  skip: (row) => give({ type: "skip", inject: row.dataset.inject }),
  probe: (row) => give({ type: "open_probe", probe: row.dataset.inject }),
  recall: (row) => forms.open("recall", named(row)),
  revise: (row) => forms.open("revise", {
    ...named(row),
    at: `T+${hms(Number(row.dataset.dueMs)).replace(/^0(?=\d:)/, "")}`,
    body: row.querySelector("[data-body]").textContent,
  }),
};

function named(row) {
  const title = row.querySelector(".inject-title").textContent;
  return { inject: row.dataset.inject, number: row.dataset.number, title };
}

const DOES = {
  pause: () => give({ type: "pause" }),
  resume: () => give({ type: "resume" }),
};

document.addEventListener("click", ({ target }) => {
  const act = target.closest("[data-act]");
  if (act) ACTS[act.dataset.act](act.closest("li.inject"));
  const does = target.closest("[data-do]");
  if (does) DOES[does.dataset.do]();
  const show = target.closest("#filters [data-show]");
  if (show) pressed("#filters [data-show]", show, () => stream.filter(show.dataset.show));
  const pane = target.closest("[data-show-pane]");
  if (pane) showPane(pane.dataset.showPane);
  if (target.closest("[data-find]")) find(true);
  if (target.closest("[data-find-close]")) find(false);
  const rule = target.closest("[data-test-rule]");
  if (rule) test(rule.closest("li.inject"));
  const row = target.closest("#timeline > li");
  if (row && target.closest("[data-pin]")) pin(row);
  if (row && target.closest("[data-note-about]")) about("note", row);
  if (row && target.closest("[data-speak-about]")) about("speak", row);
  if (target.closest('#board a[href^="#row-"], #waiting a')) showPane("timeline");
});

document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-rate-choice]")) {
    give({ type: "set_rate", rate: Number(target.value) });
    target.blur();
  }
  if (target.matches("[data-hold-all]")) give({ type: "hold", on: target.checked });
  if (target.matches("[data-keys-on]")) switchKeys(target.checked);
});

/** Ask why an inject's condition is true or false now, and show it in its row. */
async function test(row) {
  const path = `/console/${body.dataset.exercise}/rule/${encodeURIComponent(row.dataset.inject)}`;
  const answer = await fetch(path, { cache: "no-store" }).catch(() => null);
  if (answer?.ok) put(row.querySelector("[data-rule-place]"), await answer.text());
  else tell(words().wordOffline, words().wordUnsent);
}

function pressed(all, one, then) {
  for (const button of document.querySelectorAll(all)) {
    button.setAttribute("aria-pressed", String(button === one));
  }
  then();
}

function showPane(name) {
  body.dataset.pane = name;
  const tab = $(`[data-show-pane="${name}"]`);
  pressed("[data-show-pane]", tab, () => {});
}

function pin(row) {
  const { entry } = row.dataset;
  if (!entry) return;
  const line = row.querySelector(".entry-line, p")?.textContent ?? "";
  const label = line.replace(/\s+/g, " ").trim().slice(0, 300);
  give({ type: "pin", entry, label, on: !pins.get(entry) });
}

function about(dialog, row) {
  const line = (row.querySelector(".entry-line, p") ?? row).textContent;
  forms.open(dialog, { about: row.dataset.entry, line: line.replace(/\s+/g, " ").trim() });
}

function find(on) {
  const form = $("#find");
  form.hidden = !on;
  const input = form.querySelector("input");
  if (on) input.focus();
  else input.value = "";
  found("");
  if (!on) $("#timeline-body").focus();
}

function found(text) {
  const n = stream.find(text);
  const wanted = text.trim().toLocaleLowerCase();
  $("#runlist").toggleAttribute("data-finding", Boolean(wanted));
  for (const row of runlist.rows()) {
    row.hidden = Boolean(wanted) && !row.textContent.toLocaleLowerCase().includes(wanted);
  }
  const place = $("[data-found]");
  place.textContent = n === null ? "" : fill(place.dataset.word, { n });
}

$("#find").addEventListener("submit", (event) => event.preventDefault());
$("#find").addEventListener("input", ({ target }) => found(target.value));
$("#find").addEventListener("keydown", ({ key }) => key === "Escape" && find(false));
$("[data-older]").addEventListener("click", older);

async function older({ target }) {
  const oldest = Number($("#timeline").dataset.oldest);
  target.disabled = true;
  try {
    const page = await before(oldest, body.dataset.audience);
    stream.older(page.entries);
    target.hidden = !page.entries.length || page.entries[0].position <= 1;
    settlePins();
  } catch {
    tell(words().wordOffline, words().wordUnsent);
  }
  target.disabled = false;
}

function settlePins() {
  for (const [entry, on] of pins) stream.pinned(entry, on);
  counts();
}

/* --- keys, and what keeps itself fresh --------------------------------------------- */

listen({
  " ": () => {
    if (body.dataset.status === "running") DOES.pause();
    else if (body.dataset.status === "paused") DOES.resume();
    else if (body.dataset.status === "lobby") forms.open("start");
  },
  r: () => bars.sendNow() || release(bars.others ?? runlist.next()),
  u: () => bars.undo(),
  n: () => {
    showPane("timeline");
    stream.reveal();
  },
  j: () => stream.move(1),
  k: () => stream.move(-1),
  p: () => {
    const row = document.activeElement?.closest?.("#timeline > li");
    if (row) pin(row);
  },
  "/": () => {
    showPane("timeline");
    find(true);
  },
  "?": () => forms.open("keys"),
});

async function refresh() {
  if (document.hidden || !live.socket.connected) return;
  await board.refresh(body.dataset.exercise);
  const lists = $("#runlist-lists");
  if (lists.contains(document.activeElement) || lists.querySelector("[data-open]")) return;
  if (bars.busy || $("#find-text").value) return;
  const answer = await fetch(`/console/${body.dataset.exercise}/runlist`, { cache: "no-store" })
    .catch(() => null);
  if (answer?.status !== 200 || bars.busy) return;
  const unfolded = !lists.querySelector('[data-list="past"] > ul').hasAttribute("data-folded");
  put($("#runlist"), await answer.text());
  if (unfolded) $('#runlist [data-list="past"] > ul').removeAttribute("data-folded");
  runlist.renew();
}

asking(forms, runlist);
meters(live);
locking();
settle();
setInterval(refresh, REFRESH_MS);
live.start();
