/** Drafts: on this device at once, with the delegation a little later, one writer at a time. */

import * as local from "./drafts.js";
import { hour, word } from "./notices.js";

const LOCAL_MS = 200;
const SERVER_MS = 1500;
// The lock of a colleague who stopped writing falls away by itself.
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

  opened(key) {
    this.locked = null;
    this.line.hidden = true;
    this.composer.state(this.load(key) ? word("Kept") : "");
  }

  changed(key, state) {
    this.pending = { key, state };
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

  #say(key, text) {
    return this.live.ask({ type: "draft", key, text });
  }

  #answered({ key, state }, answer) {
    if (answer.ok) {
      this.server.set(key, { state, by: answer.draft?.by ?? "", mine: true });
      if (this.locked === key) this.#unlocked();
      if (this.composer.now?.key === key) {
        this.composer.state(word("Saved", { time: hour(this.clock.wall(), true) }));
      }
    } else if (answer.code === "locked" && this.composer.now?.key === key) {
      this.#lock(key, answer.draft);
    }
  }

  #lock(key, draft) {
    this.locked = key;
    this.server.set(key, { state: parsed(draft.text), by: draft.by, mine: false });
    this.line.querySelector("[data-text]").textContent = word("Writing", {
      who: draft.by || word("Someone"),
    });
    this.line.hidden = false;
  }

  #unlocked() {
    this.locked = null;
    this.line.hidden = true;
  }

  /** Go on with what a colleague wrote, as soon as their lock lets go. */
  async takeOver() {
    const key = this.locked;
    if (!key) return;
    const theirs = this.server.get(key)?.state;
    const answer = await this.#say(key, JSON.stringify(theirs)).catch(() => null);
    if (this.composer.now?.key !== key) return;
    if (answer?.ok && theirs) {
      this.#keepOwn(key, theirs);
      this.composer.restore(theirs);
      local.save(this.scope, key, theirs);
      this.server.set(key, { state: theirs, by: "", mine: true });
      this.#unlocked();
    } else {
      if (answer?.draft) this.#lock(key, answer.draft);
      setTimeout(() => this.takeOver(), ASK_AGAIN_MS);
    }
  }

  // Nobody's words are lost: what one wrote oneself stays a draft of its own.
  #keepOwn(key, theirs) {
    const own = this.composer.written();
    if (JSON.stringify(own.values) !== JSON.stringify(theirs.values)) {
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

function parsed(text) {
  try {
    const state = JSON.parse(text);
    return state && typeof state === "object" ? state : null;
  } catch {
    return null;
  }
}
