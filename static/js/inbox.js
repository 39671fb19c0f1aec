/** The inbox: which paper is new, needs an answer or was answered, and the one open. */

import { setText } from "./clock.js";
import { word } from "./notices.js";

const PHONE = matchMedia("(max-width: 48rem)");
const SOLVED_BY_ACK = new Set(["ack"]);

export class Inbox {
  constructor(desk) {
    this.desk = desk;
    this.list = document.getElementById("inbox-list");
    this.done = document.getElementById("inbox-done");
    this.body = document.getElementById("inbox-body");
    this.pill = this.body.querySelector("[data-new-pill]");
    this.see = document.getElementById("paper-new");
    this.filter = "needs";
    this.open = "";
    this.read = new Set(stored(this.#key()));
    this.unreadFrom = Number(document.body.dataset.unreadFrom);
    this.#unpack();
    for (const card of this.cards()) this.#meet(card);
    this.pill.addEventListener("click", () => this.reveal());
    this.see.querySelector("button").addEventListener("click", () => this.newest());
    document.querySelector(".inbox .tabs").addEventListener("click", (event) => this.#filter(event));
    this.arrange();
  }

  #key() {
    return `detente:read:${this.desk.scope}`;
  }

  /** Give what the server printed its positions and what was said about it. */
  #unpack() {
    for (const one of document.querySelectorAll("#place-stock [data-position]")) {
      const { entry, position } = one.dataset;
      for (const id of [`mail-${entry}`, `paper-${entry}`]) {
        const here = document.getElementById(id);
        if (here) here.dataset.position = position;
      }
    }
    for (const line of document.querySelectorAll("#said-stock > li")) {
      document.getElementById(`said-${line.dataset.about}`)?.append(line);
    }
    for (const paper of document.querySelectorAll(".paper-sheet")) dedupe(paper);
  }

  cards() {
    return [...this.list.children, ...this.done.children];
  }

  card(id) {
    return document.getElementById(`mail-${id}`);
  }

  paper(id) {
    return document.getElementById(`paper-${id}`);
  }

  #ours(card) {
    return card.dataset.by === this.desk.own;
  }

  #meet(card) {
    if (this.#ours(card)) return this.desk.papers?.adopt(card);
    const { entry, position = "0" } = card.dataset;
    const news = Number(position) > this.unreadFrom && !this.read.has(entry);
    card.classList.toggle("mail-unread", news);
    card.querySelector(".mail-new")?.toggleAttribute("hidden", !news);
    return card;
  }

  /** Take what an entry put into the page. */
  take(placed, entry) {
    for (const one of placed) {
      if (one.matches("li.mail") && one.parentElement === this.list) this.#arrived(one);
      const said = one.closest?.(".paper-sheet")?.dataset.entry;
      if (said) this.desk.answers.refresh(said);
    }
    if (placed.some((one) => one.matches("li, article"))) this.arrange();
    if (entry.kind === "inject_recalled") this.refresh();
  }

  #arrived(card) {
    this.#meet(card);
    if (this.#ours(card)) return;
    if (document.body.dataset.view !== "inbox") return;
    const reading = this.body.scrollTop > 8 || this.body.matches(":hover")
      || this.body.contains(document.activeElement);
    if (reading || (PHONE.matches && this.open)) card.dataset.waits = "";
  }

  /** What the delegation itself did about a paper decides where its card lies. */
  #state(card) {
    const paper = this.paper(card.dataset.entry);
    const asks = card.dataset.asks.split(" ").filter(Boolean);
    const recalled = paper?.querySelector(".said-recalled") ?? null;
    const ours = paper ? [...paper.querySelectorAll(`.said > [data-by="${this.desk.own}"]`)] : [];
    const acts = ours.filter((one) => one.dataset.instrument !== "ack");
    const noted = ours.length > acts.length;
    const sealed = Boolean(paper?.querySelector("[data-sealed]"));
    const answered = acts.length > 0 || sealed
      || (noted && asks.every((ask) => SOLVED_BY_ACK.has(ask)));
    const open = this.desk.papers?.waitsForUs(card.dataset.entry) ?? null;
    const needs = open ?? (asks.length > 0 && !answered);
    // Nobody can answer a closed probe, nor anything after ENDEX.
    const over = document.body.dataset.status === "ended"
      || Boolean(paper?.querySelector("form.probe[data-closed]"));
    return { needs: needs && !recalled && !over, recalled, answered, noted, acts };
  }

  /** Put every card where it belongs. */
  arrange() {
    const cards = this.cards().filter((card) => card.matches(".mail"));
    const parts = { main: [], done: [] };
    let needs = 0;
    let unread = 0;
    for (const card of cards) {
      const state = this.#state(card);
      const news = card.classList.contains("mail-unread");
      needs += state.needs ? 1 : 0;
      unread += news ? 1 : 0;
      card.dataset.needs = state.needs ? "yes" : "no";
      this.#tell(card, state);
      const here = state.needs || news || this.filter === "all" || this.#staying(card);
      parts[here ? "main" : "done"].push(card);
      card.hidden = "waits" in card.dataset;
    }
    settle(this.list, parts.main);
    settle(this.done, parts.done);
    document.getElementById("inbox-done-head").hidden = !parts.done.length;
    document.getElementById("inbox-empty").hidden = parts.main.length > 0;
    this.#count(cards, needs, unread);
  }

  // The card of the paper being read keeps its place until another is opened.
  #staying(card) {
    return card.dataset.entry === this.open && card.parentElement === this.list;
  }

  #tell(card, state) {
    const end = card.querySelector(".mail-end, .deadline");
    if (!end || state.needs) return;
    end.dataset.done = "";
    delete end.dataset.state;
    const words = [
      [state.recalled, "Recalled"], [state.acts.length, "Answered"],
      [state.noted, "Acknowledged"], [state.answered, "Answered"],
    ].find(([is]) => is);
    setText(end, word(words ? words[1] : (card.dataset.asks ? "Unanswered" : "NoAnswer")));
    const due = this.paper(card.dataset.entry)?.querySelector(".asked .deadline");
    if (due && words) {
      due.dataset.done = "";
      delete due.dataset.state;
      setText(due, word(words[1]));
    }
  }

  #count(cards, needs, unread) {
    setText(document.querySelector("[data-needs]"), String(needs));
    setText(document.querySelector("[data-all]"), String(cards.length));
    const count = document.querySelector("[data-unread-count]");
    setText(count.querySelector("[data-number]"), String(unread));
    count.hidden = unread === 0;
    const waiting = cards.filter((card) => "waits" in card.dataset).length;
    const text = word("New", { count: waiting });
    for (const pill of [this.pill, this.see]) {
      pill.hidden = waiting === 0;
      setText(pill.querySelector(".pill-text"), text);
    }
    this.pill.parentElement.hidden = waiting === 0;
  }

  refresh() {
    this.desk.answers.refresh(this.open);
    this.arrange();
  }

  /** Show what waited behind the pill. */
  reveal() {
    const waiting = this.cards().filter((card) => "waits" in card.dataset);
    for (const card of waiting) delete card.dataset.waits;
    this.arrange();
    this.body.scrollTo({ top: 0 });
    return waiting;
  }

  /** Go to what is new, else to the next paper that needs an answer. */
  newest() {
    const waiting = this.reveal();
    if (waiting.length && PHONE.matches) this.desk.go("#inbox");
    const next = waiting[0] ?? this.list.querySelector(".mail-unread")
      ?? this.list.querySelector('.mail[data-needs="yes"]:not(.mail-open)');
    if (next && !(waiting.length && PHONE.matches)) this.desk.go(`#paper-${next.dataset.entry}`);
  }

  /** Open the next or the previous paper of the list. */
  move(step) {
    const cards = this.cards().filter((card) => !card.hidden);
    const at = cards.findIndex((card) => card.dataset.entry === this.open);
    const to = cards[Math.min(cards.length - 1, Math.max(0, at + step))];
    if (!to) return;
    this.desk.go(`#paper-${to.dataset.entry}`);
    to.scrollIntoView({ block: "nearest" });
  }

  /** Return what a new act would be about: the paper open, and who wrote it. */
  context() {
    const paper = this.open ? this.paper(this.open) : null;
    const by = paper?.dataset.by ?? "";
    return { about: paper ? this.open : "", to: by === this.desk.own ? "" : by };
  }

  /** Show the list, or with an id that paper. */
  show(id) {
    const paper = id ? this.paper(id) : null;
    this.open = paper ? id : "";
    this.desk.frame.dataset.open = paper ? "paper" : "list";
    for (const one of document.querySelectorAll(".paper-sheet")) one.hidden = one !== paper;
    document.getElementById("paper-none").hidden = paper !== null;
    for (const card of document.querySelectorAll(".mail")) {
      card.classList.toggle("mail-open", card.dataset.entry === id);
      card.classList.remove("mail-next");
      const link = card.querySelector("a");
      if (card.dataset.entry === id) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    if (paper) this.#opened(id);
    else for (const card of this.cards()) delete card.dataset.waits;
    this.desk.answers.refresh(this.open);
    this.desk.composer?.beside(paper);
    this.arrange();
  }

  #opened(id) {
    document.getElementById("papers-body").scrollTo({ top: 0 });
    const card = this.card(id);
    if (card?.classList.contains("mail-unread")) this.#seen(card);
    const other = [...this.list.children].find((one) =>
      one.dataset.entry !== id && one.dataset.needs === "yes" && !("waits" in one.dataset));
    other?.classList.add("mail-next");
  }

  #seen(card) {
    this.read.add(card.dataset.entry);
    store(this.#key(), [...this.read]);
    card.classList.remove("mail-unread");
    card.querySelector(".mail-new")?.setAttribute("hidden", "");
    // One number says how far a delegation has read, so it stops before what nobody opened.
    const open = this.cards().filter((one) => one.classList.contains("mail-unread"))
      .map((one) => Number(one.dataset.position));
    const to = open.length ? Math.min(...open) - 1 : this.desk.live.position;
    if (to > this.unreadFrom) {
      this.unreadFrom = to;
      this.desk.live.seen(to);
    }
  }

  #filter({ target }) {
    const button = target.closest("[data-show-mail]");
    if (!button) return;
    this.filter = button.dataset.showMail;
    for (const one of document.querySelectorAll("[data-show-mail]")) {
      one.setAttribute("aria-pressed", String(one === button));
    }
    this.arrange();
  }
}

/** Sort cards newest first and touch only what stands elsewhere. */
function settle(list, cards) {
  const wanted = cards.sort((a, b) => Number(b.dataset.position) - Number(a.dataset.position));
  wanted.forEach((card, at) => {
    if (list.children[at] !== card) list.insertBefore(card, list.children[at] ?? null);
  });
}

/** A line that came with the page and again by a fragment stands once. */
function dedupe(paper) {
  const known = new Set();
  for (const line of paper.querySelectorAll(".said > li[id]")) {
    if (known.has(line.id)) line.remove();
    known.add(line.id);
  }
}

function stored(key) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "[]");
  } catch {
    return [];
  }
}

function store(key, ids) {
  try {
    localStorage.setItem(key, JSON.stringify(ids.slice(-500)));
  } catch {
    // Without storage the marks hold for this page only.
  }
}
