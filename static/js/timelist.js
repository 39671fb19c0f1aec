/** The timeline view of a desk: filters, what is new, what is older. */

import { Stream, before } from "./stream.js";

export class Timelist {
  constructor({ live }) {
    this.live = live;
    this.section = document.querySelector('[data-for="timeline"]');
    this.list = document.getElementById("timeline");
    this.stream = new Stream({
      list: this.list,
      pane: document.getElementById("timeline-body"),
      pill: this.section.querySelector("[data-new-pill]"),
    });
    this.more = this.section.querySelector("[data-older]");
    this.more.addEventListener("click", () => this.older());
    this.section.addEventListener("click", (event) => this.#filter(event));
  }

  take(placed) {
    this.stream.take(placed);
  }

  /** Fetch the page before the oldest row shown. */
  async older() {
    this.more.disabled = true;
    try {
      const oldest = Number(this.list.dataset.oldest);
      const { entries } = await before(oldest, this.live.audience);
      this.more.hidden = !entries.length || entries[0].position <= 1;
      if (entries.length) this.stream.older(entries);
    } finally {
      this.more.disabled = false;
    }
  }

  #filter({ target }) {
    const button = target.closest("[data-show]");
    if (!button) return;
    for (const one of this.section.querySelectorAll("[data-show]")) {
      one.setAttribute("aria-pressed", String(one === button));
    }
    this.stream.filter(button.dataset.show);
  }

  /** Return the newest rows as [entry id, text], for a list to choose from. */
  choices({ open = false, most = 40 } = {}) {
    const which = open ? "li[data-entry][data-public]" : "li[data-entry]";
    const rows = Array.from(this.list.querySelectorAll(which));
    return rows.filter((row) => row.dataset.group !== "clock").slice(0, most).map((row) => {
      const time = row.querySelector(".entry-time")?.textContent.trim() ?? "";
      const line = row.querySelector(".entry-line")?.textContent ?? "";
      return [row.dataset.entry, `${time} ${line.replace(/\s+/g, " ").trim()}`.slice(0, 110)];
    });
  }

  /** Show one row, as a link to an entry asks. */
  open(id) {
    const row = document.getElementById(`row-${id}`);
    if (row) this.stream.focus(row);
  }
}
