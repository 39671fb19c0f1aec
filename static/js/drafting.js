/** Drafts: on this device at once, with the delegation a little later, one writer at a time. */

import * as local from "./drafts.js";
import { hour, word } from "./notices.js";

const LOCAL_MS = 200;
const SERVER_MS = 1500;
// How often an open form looks who else is writing in it.
const ASK_AGAIN_MS = 5000;

export class Drafts {
  constructor({ live, clock, scope }, composer) {
    this.live = live;
    this.clock = clock;
    this.scope = scope;
    this.composer = composer;
    this.server = new Map();
    this.pending = null;
    this.timers = {};
    this.locked = null;
    this.dirty = false;
    this.line = document.getElementById("composer-lock");
    for (const row of document.querySelectorAll("#drafts [data-draft]")) {
      const { draft, body, by, mine } = row.dataset;
      this.server.set(draft, { state: parsed(body), by, mine: mine === "yes" });
    }
  }

  /** Return what was written under a key, the newest of what is known, or null. */
  load(key) {
    const here = local.load(this.scope, key);
    return here?.values ?? this.server.get(key)?.state ?? null;
  }

  /** Return every draft as [key, state, by]. */
  all() {
    const keys = new Set([...this.server.keys(), ...local.all(this.scope)]);
    return [...keys].filter((key) => key.startsWith("act:")).map((key) => [
      key, this.load(key), this.server.get(key)?.mine === false ? this.server.get(key).by : "",
    ]).filter(([, state]) => state);
  }

  /** Learn what colleagues have begun since the page was made. */
  async refresh() {
    const answer = this.live.socket.connected ? await this.#ask({}) : null;
    if (!answer?.drafts) return;
    this.server = new Map(answer.drafts.map(({ key, text, by, mine }) => [key, { state: parsed(text), by, mine }]));
    this.composer.desk.papers.showDrafts();
  }

  /** A form was opened: show what stands, who is writing, and look again from time to time. */
  opened(key, fresh = false) {
    this.dirty = fresh;
    this.#unlocked();
    this.composer.state(this.load(key) ? word("Kept") : "");
    clearInterval(this.timers.look);
    this.timers.look = setInterval(() => this.#look(key), ASK_AGAIN_MS);
    return this.#look(key);
  }

  // A colleague's words are shown as they come, unless one has begun to write oneself.
  async #look(key) {
    if (this.composer.now?.key !== key) return clearInterval(this.timers.look);
    if (this.pending || !this.live.socket.connected) return undefined;
    const answer = await this.#ask({ key });
    const draft = answer?.draft;
    if (!draft?.text || this.pending || this.composer.now?.key !== key) return undefined;
    if (draft.mine || !draft.writing) this.#unlocked();
    else this.#lock(key, draft);
    if (!draft.mine && !this.dirty) this.#shows(key, parsed(draft.text), draft.by);
    return undefined;
  }

  #shows(key, theirs, by) {
    const here = this.composer.written();
    if (!theirs || same(here, theirs)) return;
    const known = this.server.get(key);
    if (!known?.mine || !known.state || !same(known.state, here)) this.#keepOwn(key, theirs);
    this.server.set(key, { state: theirs, by, mine: false });
    this.composer.restore(theirs);
    local.drop(this.scope, key);
  }

  changed(key, state) {
    this.pending = { key, state };
    this.dirty = true;
    this.timers.local ??= setTimeout(() => this.#local(), LOCAL_MS);
    this.timers.server ??= setTimeout(() => this.#server(), SERVER_MS);
  }

  /** Keep a state at once. */
  keep(key, state) {
    local.save(this.scope, key, state);
    this.pending = { key, state };
    this.#server();
  }

  flush() {
    if (!this.pending) return;
    this.#local();
    this.#server();
  }

  #local() {
    clearTimeout(this.timers.local);
    this.timers.local = null;
    if (!this.pending) return;
    const kept = local.save(this.scope, this.pending.key, this.pending.state);
    this.composer.state(word(kept ? "Kept" : "NotSaved"));
  }

  /** Keep what is written and wait until the delegation has it. */
  settle() {
    if (!this.pending) return Promise.resolve();
    this.#local();
    return this.#server();
  }

  async #server() {
    clearTimeout(this.timers.server);
    this.timers.server = null;
    const { pending } = this;
    this.pending = null;
    if (!pending || !this.live.socket.connected) return;
    try {
      const answer = await this.#say(pending.key, JSON.stringify(pending.state));
      this.#answered(pending, answer);
    } catch {
      // It stands on this device; the next change tries again.
    }
  }

  #say(key, text, how = "") {
    return this.live.ask({ type: "draft", key, text, ...(how ? { how } : {}) });
  }

  #ask(what) {
    return this.live.ask({ type: "draft", ...what }).catch(() => null);
  }

  #answered({ key, state }, answer) {
    if (answer.ok) {
      this.server.set(key, { state, by: answer.draft?.by ?? "", mine: true });
      if (!this.pending) this.dirty = false;
      if (this.locked === key) this.#unlocked();
      if (this.composer.now?.key === key) {
        this.composer.state(word("Saved", { time: hour(this.clock.wall(), true) }));
      }
    } else if (answer.code === "locked" && this.composer.now?.key === key) {
      this.#lock(key, answer.draft);
    }
  }

  // Whoever was overtaken keeps their own words as a draft of their own.
  #lock(key, draft) {
    const theirs = parsed(draft.text);
    if (this.dirty && theirs) this.#keepOwn(key, theirs);
    this.locked = key;
    this.server.set(key, { state: theirs, by: draft.by, mine: false });
    this.line.querySelector("[data-text]").textContent = word("Writing", {
      who: draft.by || word("Someone"),
    });
    this.line.hidden = false;
  }

  #unlocked() {
    this.locked = null;
    this.line.hidden = true;
  }

  /** Go on at once with what a colleague has written; both keep their own words. */
  async takeOver() {
    const key = this.locked;
    if (!key) return;
    const theirs = (await this.#ask({ key }))?.draft?.text;
    if (theirs) await this.#become(key, theirs, "take");
  }

  /** Bring an earlier version back; it becomes the newest one. */
  restore(key, body) {
    return this.composer.now?.key === key ? this.#become(key, body, "restore") : undefined;
  }

  async #become(key, body, how) {
    const state = parsed(body);
    const answer = state ? await this.#say(key, body, how).catch(() => null) : null;
    if (this.composer.now?.key !== key) return;
    if (answer?.draft && !answer.ok) this.#lock(key, answer.draft);
    if (!answer?.ok) return;
    if (this.dirty && how === "take") this.#keepOwn(key, state);
    this.pending = null;
    this.dirty = false;
    this.composer.restore(state);
    local.save(this.scope, key, state);
    this.server.set(key, { state, by: "", mine: true });
    this.#unlocked();
    this.composer.state(word("Saved", { time: hour(this.clock.wall(), true) }));
  }

  // Nobody's words are lost: what one wrote oneself stays a draft of its own.
  #keepOwn(key, theirs) {
    const own = this.composer.written();
    if (!same(own, theirs) && Object.values(own.values).some(Boolean)) {
      local.save(this.scope, `${key}:own`, own);
    }
  }

  drop(key) {
    if (this.pending?.key === key) this.pending = null;
    local.drop(this.scope, key);
    this.server.delete(key);
    if (this.live.socket.connected) this.#say(key, "").catch(() => null);
    this.composer.desk.papers.showDrafts();
  }
}

function same(one, other) {
  return JSON.stringify(one.values) === JSON.stringify(other.values);
}

function parsed(text) {
  try {
    const state = JSON.parse(text);
    return state && typeof state === "object" ? state : null;
  } catch {
    return null;
  }
}
