/** A timeline on the page: what is shown of it, what waits behind the pill, what is older. */

import { setText } from "./clock.js";
import { elements } from "./html.js";

const TOP = 8;
const GROUPS = { acts: ["acts", "texts"], injects: ["injects"], calls: ["calls"], notes: ["notes"] };

export class Stream {
  /** `list` is the ol with the newest first, `pane` what scrolls; the rest may be missing. */
  constructor({ list, pane, pill = null, tools = null }) {
    this.list = list;
    this.pane = pane;
    this.pill = pill;
    this.tools = tools;
    this.show = "all";
    this.text = "";
    this.fits = () => true;
    this.rows().reverse().forEach((row) => this.#meet(row));
    this.refresh();
    pill?.addEventListener("click", () => this.reveal());
    pane.addEventListener("scroll", () => this.#top() && this.reveal(false), { passive: true });
  }

  rows() {
    return Array.from(this.list.children);
  }

  /** Take what html.apply put into the list. What is being read does not move. */
  take(placed) {
    const rows = placed.filter((one) => one.parentElement === this.list);
    const waits = !this.#top() || this.list.contains(document.activeElement);
    for (const row of rows) {
      if (waits && this.pill) row.dataset.waits = "";
      this.#meet(row);
    }
    this.refresh();
  }

  /** Show what waited, and go to it. */
  reveal(go = true) {
    const waiting = this.rows().filter((row) => "waits" in row.dataset);
    for (const row of waiting) delete row.dataset.waits;
    this.refresh();
    if (!go) return;
    this.pane.scrollTo({ top: 0 });
    const newest = this.shown()[0];
    if (newest) this.focus(newest);
  }

  shown() {
    return this.rows().filter((row) => !row.hidden);
  }

  focus(row) {
    row.tabIndex = -1;
    row.focus({ preventScroll: false });
  }

  /** Move the focus by one row, down or up. */
  move(step) {
    const rows = this.shown();
    const at = rows.indexOf(document.activeElement?.closest?.("li"));
    const to = at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step));
    if (rows[to]) this.focus(rows[to]);
  }

  filter(show) {
    this.show = show;
    this.refresh();
  }

  find(text) {
    this.text = text.trim().toLocaleLowerCase();
    this.refresh();
    return this.text ? this.shown().length : null;
  }

  refresh() {
    let waiting = 0;
    for (const row of this.rows()) {
      const fits = this.#fits(row);
      if (fits && "waits" in row.dataset) waiting += 1;
      row.hidden = !fits || "waits" in row.dataset;
    }
    if (!this.pill) return;
    const text = this.pill.querySelector(".pill-text");
    setText(text, text.dataset.word.replace("{count}", waiting));
    this.pill.hidden = waiting === 0;
  }

  count(show) {
    return this.rows().filter((row) => this.#in(row, show)).length;
  }

  /** Put older entries, newest of them last in `entries`, under what is there. */
  older(entries) {
    for (const entry of [...entries].reverse()) {
      for (const row of elements(entry.html ?? "")) {
        if (row.tagName !== "LI" || document.getElementById(row.id)) continue;
        row.removeAttribute("hx-swap-oob");
        this.list.append(row);
        this.#meet(row);
      }
    }
    this.list.dataset.oldest = entries[0]?.position ?? 0;
    this.refresh();
  }

  #top() {
    return this.pane.scrollTop < TOP;
  }

  #fits(row) {
    return this.#in(row, this.show) && this.fits(row)
      && (!this.text || row.textContent.toLocaleLowerCase().includes(this.text));
  }

  #in(row, show) {
    if (show === "all") return true;
    if (show === "pins") return row.classList.contains("entry-pinned");
    return (GROUPS[show] ?? [show]).includes(row.dataset.group);
  }

  #meet(row) {
    if (this.tools && row.dataset.entry && !row.querySelector(".entry-tools")) {
      const place = row.querySelector(".entry-meta") ?? row;
      place.append(this.tools.content.firstElementChild.cloneNode(true));
    }
  }

  /** Mark an entry as pinned for the report, or no longer. */
  pinned(entry, on) {
    const row = document.getElementById(`row-${entry}`);
    if (!row) return;
    row.classList.toggle("entry-pinned", on);
    row.querySelector("[data-pin]")?.setAttribute("aria-pressed", String(on));
    this.refresh();
  }
}

/** Fetch a page of entries before a position. A page of rows is all that comes. */
export async function before(position, audience, limit = 50) {
  const { exercise, member } = document.body.dataset;
  const query = new URLSearchParams({ audience, before: position, limit });
  const answer = await fetch(`/api/v1/exercises/${exercise}/entries?${query}`, {
    headers: { Accept: "application/json", ...(member ? { "X-Membership": member } : {}) },
  });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

