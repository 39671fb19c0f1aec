/** The frame of a staff page: its live channel, clock, phase, status and refusals. */

import { Clock, keepTime, setText } from "./clock.js";
import { Live } from "./live.js";

const { body } = document;

/** Open the page's live channel and return it with the clock it keeps. */
export function open(auth = { membership: body.dataset.membership }) {
  const data = body.dataset;
  const clock = new Clock(Number(data.atMs), Number(data.rate), false);
  const running = data.running === "true";
  clock.set({ at_ms: Number(data.atMs), rate: Number(data.rate), running, wall: data.wall });
  const live = new Live({
    auth,
    exercise: data.exercise,
    audience: data.audience,
    position: Number(data.position),
    epoch: data.epoch,
    scope: scope(data),
  });
  const head = new Head(live, clock);
  keepTime(clock);
  head.tick();
  setInterval(() => head.tick(), 1000);
  return { live, clock, head };
}

// What is written for one delegation is never sent as another's.
function scope({ membership, delegation, audience }) {
  return delegation ? `${membership}/${delegation}` : membership || audience;
}

/** Say something went wrong, in a polite region that stays until it is closed. */
export function tell(title, text) {
  const line = document.getElementById("told");
  if (!line) return;
  line.querySelector("[data-told-title]").textContent = title;
  line.querySelector("[data-told-text]").textContent = text;
  line.hidden = false;
}

export function untell() {
  const line = document.getElementById("told");
  if (line) line.hidden = true;
}

export function words() {
  return document.getElementById("words")?.dataset ?? {};
}

/** Return what a `data-word` says with its values filled in. */
export function fill(word, values) {
  return Object.entries(values).reduce(
    (text, [name, value]) => text.replace(`{${name}}`, () => String(value)), word ?? "",
  );
}

/** Return a text, or the one of several that is in the page's language. */
export function said(text) {
  if (typeof text === "string") return text;
  if (!text) return "";
  return text[document.documentElement.lang] ?? text.en ?? Object.values(text)[0] ?? "";
}

class Head {
  constructor(live, clock) {
    this.live = live;
    this.clock = clock;
    this.connection = "reconnecting";
    live.addEventListener("state", ({ detail }) => this.#connected(detail));
    live.addEventListener("beat", ({ detail }) => this.#beat(detail));
    live.addEventListener("entries", ({ detail }) => detail.forEach((one) => this.take(one)));
    live.addEventListener("reset", () => location.reload());
    live.addEventListener("revoked", ({ detail }) => this.#revoked(detail));
    live.addEventListener("moved", () => this.#moved(""));
    document.addEventListener("click", ({ target }) => {
      if (target.closest("[data-untell]")) untell();
    });
    this.#show();
  }

  /** Bring clock, status and phase to where an entry puts them. */
  take(entry) {
    const { kind, body: what } = entry;
    const { rate } = this.clock.told;
    if (kind === "started") this.#run(entry, what.rate, true, "running");
    else if (kind === "paused") this.#run(entry, rate, false, "paused");
    else if (kind === "resumed") this.#run(entry, rate, true, "running");
    else if (kind === "rate_set") this.#run(entry, what.rate, this.clock.told.running);
    else if (kind === "ended") this.#run(entry, rate, false, "ended");
    else if (kind === "phase_began") this.#phase(what);
    else if (kind === "rest_shifted") this.#shifted(what);
    else if (kind === "member_moved" && what.member === body.dataset.member) this.#moved(what.delegation);
  }

  tick() {
    const now = this.clock.now();
    const wall = new Date(this.clock.wall());
    const time = wall.toLocaleTimeString([], {
      hour: "2-digit", minute: "2-digit", hourCycle: "h23",
    });
    setText(document.querySelector("[data-wall-clock]"), fill(words().wordLocal, { time }));
    for (const bar of document.querySelectorAll("progress[data-start-ms]")) {
      const { startMs, endMs } = bar.dataset;
      const share = (now - startMs) / Math.max(1, endMs - startMs);
      bar.value = Math.round(100 * Math.min(1, Math.max(0, share)));
    }
    this.#left(now);
    this.#story(now);
  }

  /** The story has its own date and hour, given for the moment of the page. */
  #story(now) {
    const { storyMs, storyScale, atMs } = body.dataset;
    const place = document.querySelector("[data-story]");
    if (!place || !storyMs) return;
    const at = new Date(Number(storyMs) + (now - Number(atMs)) * Number(storyScale));
    setText(place, `${at.toISOString().slice(0, 10)} ${at.toISOString().slice(11, 16)}`);
  }

  #left(now) {
    const line = document.querySelector("[data-phase-left]");
    if (!line) return;
    const { endsMs } = line.dataset;
    const { wordMinutes, wordOver } = line.closest("[data-phase-line]").dataset;
    const n = Math.ceil((endsMs - now) / 60000);
    setText(line, endsMs === "" ? "" : `, ${n > 0 ? fill(wordMinutes, { n }) : wordOver}`);
  }

  #run(entry, rate, running, status) {
    const since = running ? this.clock.wall() - Date.parse(entry.wall) : 0;
    const at = entry.at_ms + Math.max(0, since) * rate;
    this.clock.set({ at_ms: at, rate, running, wall: null });
    if (status) body.dataset.status = status;
    this.#show();
  }

  #beat({ clock }) {
    const changed = clock.running !== this.clock.told.running;
    this.clock.set(clock);
    if (changed && clock.running) body.dataset.status = "running";
    else if (changed && body.dataset.status === "running") body.dataset.status = "paused";
    this.#show();
  }

  #connected(state) {
    this.connection = state;
    this.#show();
  }

  #show() {
    const { status } = body.dataset;
    const paused = this.connection === "live" && status === "paused";
    for (const sign of document.querySelectorAll(".conn")) {
      const state = paused ? "paused" : this.connection;
      if (sign.dataset.state !== state) sign.dataset.state = state;
    }
    for (const one of document.querySelectorAll("[data-when]")) {
      one.hidden = !one.dataset.when.split(" ").includes(status);
    }
    const { rate } = this.clock.told;
    setText(document.querySelector("[data-rate-shown]"), `×${rate}`);
    const select = document.querySelector("select[data-rate-choice]");
    if (select && document.activeElement !== select) select.value = String(rate);
  }

  #phase(what) {
    const line = document.querySelector("[data-phase-line]");
    if (!line) return;
    const { wordPhase } = line.dataset;
    const { number, of, title, ends_ms: ends } = what;
    setText(line.querySelector("[data-phase-number]"), fill(wordPhase, { number, of }));
    setText(line.querySelector("[data-phase-title]"), title);
    const left = line.querySelector("[data-phase-left]");
    if (left) left.dataset.endsMs = ends;
    this.tick();
  }

  #shifted({ from_ms: from, by_ms: by }) {
    const moved = (ms) => (ms >= from ? Math.max(from, ms + by) : ms);
    for (const bar of document.querySelectorAll("progress[data-start-ms]")) {
      bar.dataset.startMs = moved(Number(bar.dataset.startMs));
      bar.dataset.endMs = moved(Number(bar.dataset.endMs));
    }
    const left = document.querySelector("[data-phase-left]");
    if (left && left.dataset.endsMs !== "") {
      left.dataset.endsMs = moved(Number(left.dataset.endsMs));
    }
    this.tick();
  }

  // In another seat the page is another one; another delegation's page is closed.
  #moved(delegation) {
    const notice = document.getElementById("moved-notice");
    if (delegation === body.dataset.delegation || !notice) {
      location.reload();
      return;
    }
    this.live.stop();
    for (const one of document.querySelectorAll("header.bar, .meters")) one.remove();
    document.querySelector(".notices").replaceChildren();
    const main = document.getElementById("main");
    main.replaceChildren(notice.content.cloneNode(true));
    main.focus();
  }

  #revoked({ reason }) {
    tell(words().wordRevoked ?? "", reason ?? "");
    this.#connected("offline");
  }
}
