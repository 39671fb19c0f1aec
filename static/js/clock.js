/** The exercise clock and every countdown on the page, kept going from server time. */

const RUNNING = { at_ms: 0, rate: 1, running: false, wall: null };

/** Exercise time as the server last told it, carried on by this browser's own timer. */
export class Clock {
  constructor(at_ms, rate, running) {
    this.set({ ...RUNNING, at_ms, rate, running });
  }

  set(clock) {
    this.told = clock;
    this.since = performance.now();
    const wall = clock.wall ? Date.parse(clock.wall) : NaN;
    if (!Number.isNaN(wall)) this.skew = wall - Date.now();
  }

  now() {
    const { at_ms: atMs, rate, running } = this.told;
    return running ? atMs + (performance.now() - this.since) * rate : atMs;
  }

  /** Return the server's wall time, UTC ms, whatever this device's clock says. */
  wall() {
    return Date.now() + (this.skew ?? 0);
  }
}

export function hms(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const parts = [seconds / 3600, (seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(Math.floor(part)).padStart(2, "0")).join(":");
}

function short(ms) {
  const seconds = Math.floor(Math.abs(ms) / 1000);
  if (seconds >= 3600) return hms(Math.abs(ms));
  const minutes = String(Math.floor(seconds / 60)).padStart(2, "0");
  return `${minutes}:${String(seconds % 60).padStart(2, "0")}`;
}

/** Write the time into every clock and deadline on the page, once a second. */
export function keepTime(clock) {
  const words = document.body.dataset;
  const tick = () => {
    const now = clock.now();
    for (const face of document.querySelectorAll("[data-clock]")) {
      setText(face.querySelector("bdi") ?? face, `T+${hms(now)}`);
    }
    for (const one of document.querySelectorAll(".deadline[data-due-ms]")) {
      if (one.dataset.done === undefined) count(one, now, words);
    }
  };
  tick();
  setInterval(tick, 1000);
  return tick;
}

function count(one, now, words) {
  const due = Number(one.dataset.dueMs);
  const from = Number(one.dataset.fromMs ?? due);
  const left = due - now;
  const word = left >= 0 ? words.wordLeft : words.wordLate;
  setText(one, word.replace("{time}", short(left)));
  if (left < 0) one.dataset.state = "late";
  else if (due > from && left < (due - from) / 4) one.dataset.state = "soon";
  else delete one.dataset.state;
}

export function setText(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}
