/**
 * The live channel of one membership: it knows the socket and nothing of the page.
 *
 * From the position the page was rendered at, live entries, reconnecting and gap
 * repair are one call, `sync`. Commands wait in an outbox until they are acknowledged.
 *
 * Events: state, entries, beat, presence, home, read, revoked, moved, reset, sent, refused.
 */

import { io } from "../vendor/socket.io-client@4.8.4/socket.io.esm.min.js";
import { uuid } from "./ids.js";
import { Outbox } from "./outbox.js";

const ACK_MS = 8000;
const RETRY_MS = [2000, 4000, 8000, 15000];

export class Live extends EventTarget {
  /** `auth` is {membership} or {room}; `position` is where the page was rendered.
   * `exercise` lets several workers bring one exercise's people together. */
  constructor({ auth, exercise, audience, position, epoch, scope }) {
    super();
    this.audience = audience;
    this.position = position;
    this.epoch = epoch;
    this.outbox = new Outbox(scope);
    this.syncing = null;
    this.sending = false;
    this.tries = 0;
    this.later = [];
    this.socket = io("/live", {
      auth: { ...auth, lang: document.documentElement.lang },
      transports: ["websocket"],
      query: { exercise },
      autoConnect: false,
      reconnectionDelay: 300,
      reconnectionDelayMax: 3000,
    });
    this.#listen();
  }

  start() {
    addEventListener("offline", () => this.#tell("state", "offline"));
    addEventListener("online", () => this.socket.connect());
    this.socket.connect();
  }

  /** Queue a command and return its id; `sent` or `refused` tells what became of it. */
  async command(body) {
    const command = { id: uuid(), ...plain(body) };
    await this.outbox.put(command);
    this.#tell("queued", command);
    this.#send();
    return command.id;
  }

  /** Give a command once and return its answer; it is not kept. */
  ask(body) {
    return this.socket.timeout(ACK_MS).emitWithAck("command", { id: uuid(), ...plain(body) });
  }

  seen(position) {
    if (this.socket.connected) {
      this.socket.emit("seen", { audience: this.audience, position });
    }
  }

  #listen() {
    const { socket } = this;
    socket.on("connect", () => this.#connected());
    socket.on("disconnect", () => this.#lost());
    socket.on("connect_error", (error) => this.#lost(error));
    socket.on("entries", (frame) => this.#frame(frame));
    socket.on("beat", (beat) => this.#beat(beat));
    socket.on("presence", (frame) => this.#tell("presence", frame));
    socket.on("home", (frame) => this.#tell("home", frame));
    socket.on("read", (frame) => this.#tell("read", frame));
    socket.on("revoked", (frame) => this.#revoked(frame));
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  #connected() {
    this.tries = 0;
    this.#tell("state", "live");
    // What waits was written for this audience: first see that it is still ours.
    this.sync().then(() => this.#send());
  }

  #lost(error) {
    if (this.ended) return;
    this.#tell("state", navigator.onLine ? "reconnecting" : "offline");
    if (error && !this.socket.active) {
      setTimeout(() => this.socket.connect(), this.#delay());
    }
  }

  #delay() {
    const wait = RETRY_MS[Math.min(this.tries, RETRY_MS.length - 1)];
    this.tries += 1;
    return wait * (0.75 + Math.random() / 2);
  }

  /** Neither hear nor send anything more. */
  stop() {
    this.ended = true;
    this.socket.disconnect();
  }

  #revoked(frame) {
    this.stop();
    this.#tell("revoked", frame);
  }

  #beat(beat) {
    this.#tell("beat", beat);
    if (beat.epoch !== this.epoch || (beat.heads[this.audience] ?? 0) > this.position) {
      this.sync();
    }
  }

  #frame(frame) {
    if (frame.audience !== this.audience) return;
    if (frame.epoch !== this.epoch || this.syncing) {
      this.later.push(frame);
      if (!this.syncing) this.sync();
      return;
    }
    this.#take(frame.entries);
  }

  /** Apply what follows on; ignore what is known; ask again where something is missing. */
  #take(entries) {
    const fresh = [];
    for (const entry of entries) {
      if (entry.position <= this.position) continue;
      if (entry.position > this.position + 1) {
        this.sync();
        break;
      }
      this.position = entry.position;
      fresh.push(entry);
    }
    if (fresh.length) this.#tell("entries", fresh);
  }

  /** Catch up with the server, page by page; one call at a time. */
  sync() {
    this.syncing ??= this.#catchUp().finally(() => {
      this.syncing = null;
      const frames = this.later.splice(0);
      for (const frame of frames) if (frame.epoch === this.epoch) this.#take(frame.entries);
    });
    return this.syncing;
  }

  async #catchUp() {
    for (let failures = 0; failures < 3 && this.socket.connected;) {
      let answer;
      try {
        answer = await this.socket.timeout(ACK_MS)
          .emitWithAck("sync", { cursors: { [this.audience]: this.position } });
      } catch {
        failures += 1;
        continue;
      }
      if (!answer.ok) {
        if (answer.code === "forbidden") this.#tell("moved");
        return;
      }
      const stream = answer.audiences[this.audience];
      if (answer.epoch !== this.epoch) {
        this.epoch = answer.epoch;
        this.position = 0;
        this.#tell("reset", answer.epoch);
        continue;
      }
      this.#caughtUp(stream);
      if (this.position >= stream.head) return;
    }
  }

  #caughtUp(stream) {
    const fresh = stream.entries.filter((entry) => entry.position > this.position);
    if (fresh.length) {
      this.position = fresh[fresh.length - 1].position;
      this.#tell("entries", fresh);
    }
    for (const [entry, delegations] of Object.entries(stream.read ?? {})) {
      for (const delegation of delegations) this.#tell("read", { entry, delegation });
    }
  }

  /** Send what waits, oldest first, one at a time. */
  async #send() {
    if (this.sending || this.ended) return;
    this.sending = true;
    try {
      for (;;) {
        const [command] = await this.outbox.waiting();
        if (!command || !this.socket.connected) return;
        await this.#deliver(command);
      }
    } finally {
      this.sending = false;
    }
  }

  async #deliver(command) {
    let answer;
    try {
      answer = await this.socket.timeout(ACK_MS).emitWithAck("command", command);
    } catch {
      await wait(this.#delay());
      return;
    }
    if (answer.retry_after) {
      await wait(answer.retry_after * 1000);
      return;
    }
    await this.outbox.remove(command.id);
    this.#tell(answer.ok ? "sent" : "refused", { command, answer });
  }
}

function wait(milliseconds) {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

/**
 * A value without NUL and half characters, which neither JSON nor a database holds: the
 * server drops such a frame unanswered, and the outbox would send it for ever.
 */
function plain(value) {
  if (typeof value === "string") {
    return value.replaceAll("\0", "").replace(/\p{Surrogate}/gu, "\ufffd");
  }
  if (Array.isArray(value)) return value.map(plain);
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]));
  }
  return value;
}
