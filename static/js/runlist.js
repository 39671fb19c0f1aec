/** The run list: what is due, next and later, kept in order as time and entries pass. */

import { hms, setText } from "./clock.js";
import { fill, said } from "./head.js";

const SOON_MS = 12 * 60000;
const COMING = ["due", "next", "later", "reserve"];
const PAST = ["released", "recalled", "skipped", "closed"];
const STANDING = ["held", "overdue", "announced", "skipped", "recalled", "open", "closed"];
const FOLDED = 3;

export class RunList {
  /** `root` is #runlist; `templates` holds the row, the badges and the channels. */
  constructor(root, clock, templates) {
    this.root = root;
    this.clock = clock;
    this.templates = templates;
    this.renew();
    root.addEventListener("click", (event) => this.#clicked(event));
    setInterval(() => this.arrange(), 1000);
  }

  /** Read the words and rows that the server rendered, again after a refresh. */
  renew() {
    this.lists = this.root.querySelector("#runlist-lists");
    this.words = this.lists.dataset;
    this.arrange();
  }

  rows() {
    return Array.from(this.lists.querySelectorAll("li.inject"));
  }

  row(inject) {
    return this.lists.querySelector(`li.inject[data-inject="${CSS.escape(inject)}"]`);
  }

  /** Return the row that the release key means: the one in focus, else the first coming. */
  next() {
    const focused = document.activeElement?.closest?.("li.inject");
    if (focused && this.#canGo(focused)) return focused;
    return this.rows().find((row) => this.#canGo(row)
      && ["due", "next"].includes(row.closest("[data-list]").dataset.list));
  }

  /** Return what a shift by `by` moves: [row, old ms, new ms], soonest first. */
  moving(by) {
    const now = this.clock.now();
    return this.rows()
      .filter((row) => this.#isComing(row) && Number(row.dataset.dueMs) >= now)
      .map((row) => [row, Number(row.dataset.dueMs), Math.max(now, row.dataset.dueMs - -by)])
      .sort((a, b) => a[1] - b[1]);
  }

  /** Note what an entry means for its row; `arrange` puts rows where they belong. */
  take(entry) {
    const { kind, body: what } = entry;
    const row = what?.inject ? this.row(what.inject) : null;
    if (kind === "inject_released") this.#released(row, entry);
    else if (kind === "release_announced") this.#announced(row, what);
    else if (kind === "release_undone") this.#undone(row);
    else if (kind === "inject_held") this.#set(row, what.held ? "held" : "later");
    else if (kind === "inject_skipped") this.#out(row, "skipped", what.reason, entry.at_ms);
    else if (kind === "inject_recalled") this.#out(row, "recalled", what.reason);
    else if (kind === "inject_revised") this.#revised(row, what);
    else if (kind === "all_held") this.#allHeld(what.held);
    else if (kind === "probe_opened") this.#set(this.row(what.probe), "open");
    else if (kind === "probe_closed") this.#out(this.row(what.probe), "closed", "", entry.at_ms);
    else if (kind === "rest_shifted") this.#shifted(what);
  }

  #canGo(row) {
    return Boolean(row.querySelector('[data-act="release"]:not([hidden])'));
  }

  #isComing(row) {
    return [...COMING, "held"].includes(row.dataset.state) && row.dataset.release !== "reserve";
  }

  #set(row, state) {
    if (row) row.dataset.state = state;
  }

  #out(row, state, reason = "", outMs = null) {
    if (!row) return;
    row.dataset.state = state;
    row.dataset.reason = reason ?? "";
    if (outMs !== null) row.dataset.outMs = outMs;
  }

  #released(row, entry) {
    const what = entry.body;
    const line = row ?? this.#made(what.inject, what);
    if (line.dataset.state !== "released") this.#out(line, "released", "", entry.at_ms);
  }

  #announced(row, what) {
    const content = what.content ?? {};
    const line = row ?? this.#made(what.inject, { ...content, to: what.audience });
    line.dataset.state = "announced";
  }

  #undone(row) {
    if (!row) return;
    if (row.dataset.kind === "unplanned") row.remove();
    else row.dataset.state = "held";
  }

  #revised(row, what) {
    if (!row) return;
    if (what.title) row.querySelector(".inject-title").textContent = said(what.title);
    if (what.body) row.querySelector("[data-body]").textContent = said(what.body);
    if (what.at_ms !== null && what.at_ms !== undefined) row.dataset.dueMs = what.at_ms;
    if (what.audience) this.#address(row.querySelector(".inject-to"), what.audience);
    row.querySelector(".inject-revised").hidden = false;
  }

  #allHeld(held) {
    this.lists.querySelector("[data-hold-all]").checked = held;
  }

  #shifted({ from_ms: from, by_ms: by }) {
    for (const row of this.rows()) {
      const due = Number(row.dataset.dueMs);
      const fixed = PAST.includes(row.dataset.state) || row.dataset.state === "open";
      if (!fixed && due >= from) row.dataset.dueMs = Math.max(from, due + by);
    }
  }

  /** Make a row for something nobody scripted. */
  #made(inject, what) {
    const row = this.templates.row.content.firstElementChild.cloneNode(true);
    row.id = `inject-${inject}`;
    Object.assign(row.dataset, { inject, number: what.number, state: "released" });
    row.dataset.dueMs = Math.round(this.clock.now());
    row.querySelector(".inject-id").firstElementChild.textContent = what.number;
    row.querySelector(".inject-title").textContent = said(what.title);
    row.querySelector("[data-body]").textContent = said(what.body);
    const more = row.querySelector("[data-inject-more]");
    more.setAttribute("aria-label", fill(this.words.wordMore, { number: what.number }));
    const channel = this.templates.channels.content
      .querySelector(`[data-channel="${CSS.escape(what.channel)}"]`);
    if (channel) row.querySelector(".inject-channel").replaceChildren(channel.cloneNode(true));
    this.#address(row.querySelector(".inject-to"), what.to ?? what.audience ?? []);
    this.lists.querySelector('[data-list="past"] > ul').append(row);
    return row;
  }

  #address(place, audience) {
    const badges = this.templates.badges.content;
    if (audience.includes("public") || audience.includes("room")) {
      place.textContent = this.words.wordPublic;
    } else if (audience.includes("all") || audience.length === badges.childElementCount) {
      place.textContent = this.words.wordAll;
    } else {
      place.replaceChildren(...audience.flatMap((id) => {
        const badge = badges.querySelector(`[data-delegation="${CSS.escape(id)}"]`);
        return badge ? [badge.cloneNode(true), " "] : [];
      }));
    }
  }

  /** Put every row where its state and the time say; rows that stay are not touched. */
  arrange() {
    const now = this.clock.now();
    const wanted = { due: [], next: [], later: [], reserve: [], past: [] };
    for (const row of this.rows()) {
      const list = this.#listOf(row, now);
      if (COMING.includes(row.dataset.state)) row.dataset.state = list;
      wanted[list].push(row);
    }
    for (const list of Object.keys(wanted)) this.#place(list, wanted[list]);
    this.#heads(wanted, now);
  }

  #listOf(row, now) {
    const { state, release, dueMs } = row.dataset;
    if (PAST.includes(state)) return "past";
    if (["announced", "overdue", "open"].includes(state)) return "due";
    if (release === "reserve") return "reserve";
    const left = Number(dueMs) - now;
    if (left <= 0 && document.body.dataset.status !== "lobby") return "due";
    return left <= SOON_MS ? "next" : "later";
  }

  #place(list, rows) {
    const section = this.lists.querySelector(`[data-list="${list}"]`);
    const when = (row) => (list === "past" ? -(row.dataset.outMs ?? 0) : Number(row.dataset.dueMs));
    rows.sort((a, b) => when(a) - when(b) || a.dataset.number.localeCompare(b.dataset.number));
    const ul = section.querySelector("ul");
    const focus = document.activeElement;
    rows.forEach((row, index) => {
      if (ul.children[index] !== row) ul.insertBefore(row, ul.children[index] ?? null);
      this.#dress(row, list);
    });
    if (focus !== document.activeElement && focus?.isConnected) focus.focus();
    section.hidden = rows.length === 0;
  }

  #dress(row, list) {
    const { state } = row.dataset;
    const at = list === "past" && row.dataset.outMs ? row.dataset.outMs : row.dataset.dueMs;
    setText(row.querySelector(".inject-at bdi"), `T+${hms(Number(at)).slice(0, 5)}`);
    row.classList.toggle("inject-past", PAST.includes(state));
    for (const button of row.querySelectorAll("[data-for]")) {
      button.hidden = !button.dataset.for.split(" ").includes(state);
    }
    this.#stand(row, state);
  }

  /** Say how a row stands beyond its place in the list; the server's reason stays. */
  #stand(row, state) {
    const word = this.words[`word${state[0].toUpperCase()}${state.slice(1)}`];
    const text = STANDING.includes(state) ? word : "";
    const place = row.querySelector(".inject-standing");
    const { reason } = row.dataset;
    if (reason) setText(place, `${text}: ${reason}`);
    else if (!text || !place.textContent.startsWith(text)) setText(place, text);
  }

  #heads(wanted, now) {
    const head = (list) => this.lists.querySelector(`[data-list="${list}"] [data-head]`);
    const [next] = wanted.next;
    const left = next ? hms(next.dataset.dueMs - now).slice(3) : "";
    setText(head("next"), next ? fill(this.words.wordNext, { number: next.dataset.number, time: left }) : "");
    const last = wanted.later[wanted.later.length - 1];
    setText(head("later"), last ? fill(this.words.wordLater, {
      n: wanted.later.length, time: hms(Number(last.dataset.dueMs)).slice(0, 5),
    }) : "");
    this.#pastHead(wanted.past, head("past"));
    this.#primary(wanted.due);
  }

  #pastHead(past, place) {
    const count = (fits) => past.filter(fits).length;
    const out = (row) => ["released", "recalled"].includes(row.dataset.state);
    const title = this.lists.querySelector('[data-list="past"] [data-title]');
    setText(title, fill(this.words.wordReleased, { n: count(out) }));
    setText(place, fill(this.words.wordPast, {
      skipped: count((row) => row.dataset.state === "skipped"),
      recalled: count((row) => row.dataset.state === "recalled"),
      unplanned: count((row) => row.dataset.kind === "unplanned"),
    }));
    const ul = this.lists.querySelector('[data-list="past"] > ul');
    const more = this.lists.querySelector("[data-unfold]");
    more.closest("p").hidden = !("folded" in ul.dataset) || past.length <= FOLDED;
    setText(more, fill(this.words.wordEarlier, { n: past.length - FOLDED }));
  }

  /** One primary button: the first due inject, none while a release is on its way. */
  #primary(due) {
    const busy = due.some((row) => row.dataset.state === "announced")
      || document.body.dataset.status === "lobby";
    const first = due.find((row) => this.#canGo(row));
    for (const row of this.rows()) {
      const on = row === first;
      row.classList.toggle("inject-due", on || (busy && row.dataset.state === "announced"));
      row.querySelector('[data-act="release"]')?.classList.toggle("btn-primary", on && !busy);
    }
  }

  #clicked({ target }) {
    const more = target.closest("[data-inject-more]");
    if (more) {
      const row = more.closest("li.inject");
      const open = more.getAttribute("aria-expanded") !== "true";
      more.setAttribute("aria-expanded", String(open));
      row.toggleAttribute("data-open", open);
      row.querySelector(".inject-open").hidden = !open;
    }
    if (target.closest("[data-unfold]")) {
      this.lists.querySelector('[data-list="past"] > ul').removeAttribute("data-folded");
      this.arrange();
    }
  }
}
