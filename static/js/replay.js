/** The run again: which entries of the page's log had reached whom by when. Fetches nothing. */

const TICK = 250;

/**
 * Tell whether an entry had reached an audience by a moment of exercise time.
 * Nobody's name stands for the staff, which was shown everything.
 */
export function reached({ atMs, audience }, eyes, moment) {
  if (eyes && !(audience ?? "").split(" ").includes(eyes)) return false;
  return Number(atMs) <= moment;
}

/** A moment that is dragged or runs; at the slider's end it is the whole record. */
export class Replay {
  #timer = 0;
  #last = 0;
  #at = 0; // finer than the slider's steps, so that a slow run does not stand still

  /** `moved(following)` is called whenever other entries may be shown. */
  constructor({ slider, form, play, moved }) {
    Object.assign(this, { slider, form, play, moved });
    this.#at = Number(slider.value);
    slider.addEventListener("input", () => {
      this.#at = Number(slider.value);
      moved(true);
    });
    form.addEventListener("change", ({ target }) => {
      if (target === this.#eyes) moved(true);
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    play.addEventListener("click", () => (this.#timer ? this.stop() : this.start()));
  }

  get #eyes() {
    return this.form.querySelector("[data-replay-eyes]");
  }

  get #end() {
    return Number(this.slider.max);
  }

  get at() {
    return this.#at;
  }

  set at(moment) {
    this.#at = Math.min(moment, this.#end);
    this.slider.value = this.#at;
  }

  get speed() {
    return Number(this.form.querySelector("[data-replay-speed]").value);
  }

  /** Tell whether a row is shown: what staff adds after ENDEX is, at the end. */
  shows(row) {
    const moment = this.at >= this.#end ? Infinity : this.at;
    return reached(row.dataset, this.#eyes.value, moment);
  }

  /** Go far enough, and look with eyes that see enough, for a row to be shown. */
  reach(row) {
    if (this.shows(row)) return;
    this.stop();
    if (!reached(row.dataset, this.#eyes.value, Infinity)) this.#eyes.value = "";
    if (!this.shows(row)) this.at = Number(row.dataset.atMs);
    this.moved(false);
  }

  /** Let the run go on from here, or from its beginning if it is over. */
  start() {
    if (this.at >= this.#end) this.at = 0;
    this.#last = performance.now();
    this.#timer = setInterval(() => this.#tick(), TICK);
    this.play.setAttribute("aria-pressed", "true");
    this.moved(true);
  }

  stop() {
    clearInterval(this.#timer);
    this.#timer = 0;
    this.play.setAttribute("aria-pressed", "false");
  }

  #tick() {
    const now = performance.now();
    this.at += (now - this.#last) * this.speed;
    this.#last = now;
    if (this.at >= this.#end) this.stop();
    this.moved(true);
  }
}
