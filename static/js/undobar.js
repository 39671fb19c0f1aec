/** The bars of announced releases: who sends what, how long it can still be taken back. */

import { fill } from "./head.js";

const WINDOW_MS = 5000;
const AGAIN_MS = 1000; // A second press sooner than this is a double click.
const SKEW_MS = 300; // This device's clock may be that far from the server's.

export class UndoBars {
  /** `give(command)` sends; `clock.wall()` is the server's wall time. */
  constructor(place, template, clock, give) {
    this.place = place;
    this.template = template;
    this.clock = clock;
    this.give = give;
    this.bars = new Map();
    setInterval(() => this.#tick(), 250);
  }

  /** Show that a release is on its way. `mine` says that we may send it now. */
  announce({ inject, number, who, name, mine, fires }) {
    this.drop(inject);
    const bar = this.template.content.firstElementChild.cloneNode(true);
    const { word, wordBy } = this.place.dataset;
    const [before, after] = fill(word, { number, who }).split("{left}");
    bar.querySelector("[data-before]").textContent = before;
    bar.querySelector("[data-after]").textContent = after ?? "";
    bar.querySelector("[data-by]").textContent = fill(wordBy, { name });
    const now = bar.querySelector("[data-send-now]");
    now.hidden = !mine;
    now.addEventListener("click", () => this.sendNow(inject));
    bar.querySelector("[data-undo]").addEventListener("click", () => this.undo(inject));
    const one = { bar, fires, mine, since: performance.now() };
    this.bars.set(inject, one);
    this.place.append(bar);
    this.#tick();
  }

  drop(inject) {
    const one = this.bars.get(inject);
    if (!one) return;
    const focused = one.bar.contains(document.activeElement);
    one.bar.remove();
    this.bars.delete(inject);
    if (focused) document.getElementById(`inject-${inject}`)?.focus();
  }

  /** The inject somebody else is releasing, unless another one has the focus. */
  get others() {
    const focused = document.activeElement?.closest?.("li.inject");
    return focused ? undefined : this.#latest((one) => !one.mine);
  }

  get busy() {
    return this.bars.size > 0;
  }

  undo(inject = this.#latest(() => true)) {
    if (inject) this.give({ type: "undo", inject });
    return Boolean(inject);
  }

  /** Send what we announced last; return false if there is nothing to send. */
  sendNow(inject = this.#latest((one) => one.mine)) {
    const one = this.bars.get(inject);
    if (!one) return false;
    if (performance.now() - one.since >= AGAIN_MS) {
      this.give({ type: "release", inject, undo_ms: WINDOW_MS });
    }
    return true;
  }

  #latest(fits) {
    const found = Array.from(this.bars.entries()).filter(([, one]) => fits(one));
    return found.length ? found[found.length - 1][0] : undefined;
  }

  #tick() {
    for (const one of this.bars.values()) {
      const left = Math.max(0, one.fires - this.clock.wall());
      const seconds = Math.max(0, Math.ceil((left - SKEW_MS) / 1000));
      one.bar.querySelector("[data-left]").textContent = seconds;
      one.bar.querySelector("progress").value = Math.min(WINDOW_MS, left);
    }
  }
}
