/** Sessions: one room at a time; its chair, its speakers' list, what is said there. */

import { setText } from "./clock.js";
import * as drafts from "./drafts.js";
import { signOf, standing, store, stored } from "./floor.js";
import { fill } from "./head.js";

const SHOWN_MS = 4000;

export class Sessions {
  constructor(desk) {
    this.desk = desk;
    this.section = document.querySelector('[data-for="sessions"]');
    this.rooms = document.getElementById("forums");
    this.lines = document.getElementById("forum-lines");
    this.log = document.getElementById("forum-log");
    this.form = document.getElementById("forum-speak");
    this.area = document.getElementById("forum-words");
    this.notice = document.getElementById("forum-notice");
    this.tabs = document.getElementById("forum-tabs");
    this.entered = new Set(stored(this.#key()));
    this.frame = document.getElementById("forum-room");
    this.side = document.getElementById("forum-side");
    this.turn = this.section.querySelector("[data-turn-side]");
    this.now = "";
    this.focus = "";
    this.told = "";
    this.voice = "";
    this.section.addEventListener("click", (event) => this.#clicked(event));
    this.section.addEventListener("focusin", ({ target }) => {
      this.focus = signOf(target);
    });
    // Whoever clicks elsewhere has let go of it.
    document.addEventListener("pointerdown", () => {
      this.focus = "";
    });
    this.form.addEventListener("submit", (event) => this.#said(event));
    this.area.addEventListener("input", () => this.#keep());
    this.refresh();
  }

  #key() {
    return `detente:sessions:${this.desk.scope}`;
  }

  #room(id = this.now) {
    return id ? document.getElementById(`forum-${id}`) : null;
  }

  #all() {
    return [...this.rooms.children];
  }

  #first() {
    const open = this.#all().find((one) => one.dataset.status === "open");
    return (open ?? this.#all()[0])?.dataset.forum ?? "";
  }

  /** Take what an entry put into the page. */
  take(placed) {
    if (!placed.some((one) => one.dataset.forum)) return;
    for (const button of this.section.querySelectorAll("button:disabled")) button.disabled = false;
    this.refresh();
    this.#refocus();
    if (placed.some((one) => one.parentElement === this.lines && !one.hidden)) this.#end();
  }

  /** Show a room, or without an id the one that was shown, else the newest that is open. */
  show(id) {
    if (id && this.#room(id)) this.now = id;
    if (!this.#room()) this.now = this.#first();
    this.#side(location.hash.startsWith("#text-"));
    if (this.now) this.#enter(this.now);
    this.refresh();
    this.#end();
  }

  // Where there is one column, agenda and papers take the place of what is said.
  #side(open) {
    this.frame.dataset.side = open ? "open" : "closed";
    this.turn.setAttribute("aria-expanded", String(open));
    const text = open && document.getElementById(location.hash.slice(1));
    if (text) text.scrollIntoView({ block: "start" });
    else this.side.scrollTo({ top: 0 });
  }

  #enter(id) {
    this.entered.add(id);
    store(this.#key(), [...this.entered]);
  }

  /** Bring every part to where the rooms stand. */
  refresh() {
    this.#sort();
    const shown = document.body.dataset.view === "sessions";
    if (shown && !this.#room()) this.now = this.#first();
    if (shown && this.now) this.#enter(this.now);
    const room = this.#room();
    document.getElementById("sessions-none").hidden = room !== null;
    this.frame.hidden = room === null;
    for (const one of this.#all()) one.hidden = one !== room;
    for (const list of ["forum-lines", "forum-texts", "forum-minutes"]) {
      for (const one of document.getElementById(list).children) {
        one.hidden = one.dataset.forum !== this.now;
      }
    }
    this.#empty("forum-texts", "[data-no-text]");
    this.#empty("forum-minutes", "[data-no-minutes]");
    this.#tabs();
    this.turn.hidden = room === null;
    if (room) this.#may(room);
    this.#announce();
  }

  // An adopted text is everybody's; where its room is not known it is a paper like others.
  #sort() {
    for (const text of [...document.getElementById("forum-texts").children]) {
      if (!this.#room(text.dataset.forum)) document.getElementById("texts").prepend(text);
    }
    for (const line of [...this.lines.children]) {
      if (!this.#room(line.dataset.forum)) line.remove();
    }
  }

  #empty(list, note) {
    const some = [...document.getElementById(list).children].some((one) => !one.hidden);
    this.section.querySelector(note).hidden = some;
  }

  #tabs() {
    const links = this.#all().map((one) => {
      const link = document.createElement("a");
      link.href = `#forum-${one.dataset.forum}`;
      link.dir = "auto";
      link.textContent = one.dataset.title;
      if (one.dataset.status === "closed") link.className = "quiet";
      if (one.dataset.forum === this.now) link.setAttribute("aria-current", "true");
      return link;
    });
    const told = links.map((one) => [one.href, one.className, one.ariaCurrent].join()).join("|");
    if (told !== this.told) this.tabs.replaceChildren(...links);
    this.told = told;
    this.tabs.hidden = links.length < 2;
    const open = this.#all().filter((one) => one.dataset.status === "open").length;
    const count = document.querySelector("[data-sessions-count]");
    setText(count, open ? String(open) : "");
  }

  // What differs by viewer: who may do what in this room now.
  #may(room) {
    const may = standing(room, this.desk.own);
    for (const button of this.section.querySelectorAll("[data-shows]")) {
      button.hidden = !may[button.dataset.shows];
    }
    this.#voice(may.mine ? this.now : "");
    this.#buttons(room, "[data-speaker]", "forum-give", may.chair && !room.dataset.floor);
    this.#buttons(room, ".forum-agenda > li:not([aria-current])", "forum-take-up", may.chair);
    this.#where(room);
    this.#tell(room, may.open, may.place);
  }

  #voice(forum) {
    this.form.hidden = !forum;
    if (forum && forum !== this.voice) {
      this.area.value = drafts.load(this.desk.scope, this.#draft())?.values ?? "";
    }
    this.voice = forum;
  }

  #buttons(room, places, stock, shown) {
    for (const place of room.querySelectorAll(`${places} .forum-act, ${places} > .forum-act`)) {
      if (Boolean(place.firstElementChild) === shown) continue;
      const one = shown ? [document.getElementById(stock).content.cloneNode(true)] : [];
      place.replaceChildren(...one);
      const whose = place.parentElement.querySelector(".badge-name, :scope > [dir]");
      if (shown) setText(place.querySelector(".visually-hidden"), whose?.textContent ?? "");
    }
  }

  #where(room) {
    const line = document.getElementById("forum-where");
    const { title, item: n, items: of } = room.dataset;
    const what = room.querySelector(`.forum-agenda > [data-item="${n}"] > [dir]`)?.textContent ?? "";
    setText(line.querySelector("[data-title]"), title);
    setText(line.querySelector("[data-item]"), fill(line.dataset.word, { n, of, what }));
  }

  #tell(room, open, place) {
    const line = document.getElementById("forum-state");
    const { floor } = room.dataset;
    const words = line.dataset;
    const who = room.querySelector(".forum-floor .badge-name")?.textContent ?? floor;
    let text = floor ? fill(words.wordOther, { who }) : words.wordNobody;
    if (floor === this.desk.own) text = words.wordMine;
    if (place) text += ` ${fill(words.wordPlace, { n: place })}`;
    setText(line, open ? text : words.wordClosed);
  }

  /** Say above every view that the floor is ours, or that we are invited. */
  #announce() {
    const { own } = this.desk;
    const open = this.#all().filter((one) => one.dataset.status === "open");
    const ours = open.find((one) => one.dataset.floor === own);
    const fresh = open.find((one) => one.dataset.chair !== own && !this.entered.has(one.dataset.forum));
    const room = ours ?? fresh;
    const here = document.body.dataset.view === "sessions" && this.now === room?.dataset.forum;
    this.notice.hidden = !room || here || document.body.dataset.status === "ended";
    if (this.notice.hidden) return;
    setText(this.notice.querySelector("[data-why]"), ours ? this.notice.dataset.wordFloor : this.notice.dataset.wordInvited);
    setText(this.notice.querySelector("[data-title]"), room.dataset.title);
    this.notice.querySelector("a").setAttribute("href", `#forum-${room.dataset.forum}`);
  }

  #clicked({ target }) {
    const button = target.closest("button");
    const room = this.#room();
    if (!button || !room) return;
    const { forumAct, forumForm } = button.dataset;
    const forum = this.now;
    if (button === this.turn) this.#side(this.frame.dataset.side !== "open");
    else if (forumForm) this.#write(forumForm, room);
    else if (forumAct) this.#act(forumAct, room, button);
    else if (button.dataset.giveFloor !== undefined) {
      this.#send({ type: "give_floor", forum, to: button.closest("[data-speaker]").dataset.speaker }, button);
    } else if (button.dataset.takeUp !== undefined) {
      this.#send({ type: "take_up", forum, item: Number(button.closest("li").dataset.item) }, button);
    }
  }

  #act(name, room, button) {
    const forum = this.now;
    const asked = {
      ask_floor: { type: "ask_floor", forum },
      leave_list: { type: "ask_floor", forum, on: false },
      give_floor: { type: "give_floor", forum },
      take_floor: { type: "give_floor", forum, to: this.desk.own },
      yield_floor: { type: "yield_floor", forum },
      next_item: { type: "take_up", forum, item: Number(room.dataset.item) + 1 },
    };
    this.#send(asked[name], button);
  }

  #write(form, room) {
    const { members, forum } = room.dataset;
    const to = members.split(" ").filter((one) => one !== this.desk.own);
    const bound = ["propose", "share_item"].includes(form);
    this.desk.composer.open(form, { about: forum, ...(bound ? { to, values: { forum } } : {}) });
  }

  #send(command, button) {
    button.disabled = true;
    setTimeout(() => {
      button.disabled = false;
    }, SHOWN_MS);
    this.desk.live.command(command);
  }

  #said(event) {
    event.preventDefault();
    const text = this.area.value.trim();
    if (!text || !this.now) return;
    this.desk.live.command({ type: "speak", forum: this.now, text });
    this.area.value = "";
    drafts.drop(this.desk.scope, this.#draft());
    this.area.focus();
  }

  #draft() {
    return `speak:${this.now}`;
  }

  #keep() {
    drafts.save(this.desk.scope, this.#draft(), this.area.value);
  }

  // A room that was replaced takes the focus with it: give it back to what it was on.
  #refocus() {
    const { activeElement: here } = document;
    const lost = here === document.body || here?.closest("[hidden]");
    if (!this.focus || !lost || document.body.dataset.view !== "sessions") return;
    const same = [...this.section.querySelectorAll("button, textarea")]
      .find((one) => signOf(one) === this.focus && one.checkVisibility());
    const first = this.form.hidden
      ? document.querySelector("#forum-acts > button:not([hidden])") : this.area;
    (same ?? first ?? this.log).focus({ preventScroll: true });
  }

  #end() {
    this.log.scrollTo({ top: this.log.scrollHeight });
  }
}
