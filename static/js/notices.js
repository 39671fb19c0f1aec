/** What stands above the desk: connection, a page that is closed, what was refused. */

import { setText } from "./clock.js";
import { fill, tell, untell, words } from "./head.js";

// A blink of the network is no news; the banner must stand within two seconds.
const PATIENCE_MS = 1500;

/** Return one of the desk's own sentences with its values filled in. */
export function word(name, values = {}) {
  const said = document.getElementById("desk-words")?.dataset ?? {};
  return fill(said[`word${name}`] ?? "", values);
}

/** Return a wall time, "10:42", from an ISO text or milliseconds. */
export function hour(when, seconds = false) {
  const second = seconds ? { second: "2-digit" } : {};
  return new Date(when).toLocaleTimeString([], {
    hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...second,
  });
}

export class Notices {
  constructor({ live, clock }) {
    this.live = live;
    this.clock = clock;
    this.banner = document.getElementById("offline");
    this.heard = clock.wall();
    this.timer = null;
    live.addEventListener("state", ({ detail }) => this.#state(detail));
    for (const sign of ["beat", "entries", "sent"]) {
      live.addEventListener(sign, () => {
        this.heard = clock.wall();
      });
    }
    for (const sign of ["queued", "sent", "refused"]) {
      live.addEventListener(sign, () => this.waiting());
    }
    live.addEventListener("sent", untell);
    live.addEventListener("revoked", () => this.#closed());
    if (!navigator.onLine) this.#show();
  }

  /** Say how many acts wait, while there is no connection. */
  async waiting() {
    const { length } = await this.live.outbox.waiting();
    const text = length === 1 ? word("WaitingOne") : word("WaitingMany", { n: length });
    setText(this.banner.querySelector("[data-waiting]"), length ? text : "");
  }

  #state(state) {
    clearTimeout(this.timer);
    document.body.dataset.connection = state;
    if (state === "live") this.banner.hidden = true;
    else if (state === "offline") this.#show();
    else this.timer = setTimeout(() => this.#show(), PATIENCE_MS);
  }

  #show() {
    if (document.body.dataset.closed !== undefined) return;
    const time = hour(this.heard, true);
    setText(this.banner.querySelector("[data-heard]"), word("Heard", { time }));
    this.banner.hidden = false;
    this.waiting();
  }

  #closed() {
    document.body.dataset.closed = "";
    clearTimeout(this.timer);
    this.banner.hidden = true;
  }
}

/** Say that something was not done, with the server's own sentence. */
export function refused(answer) {
  tell(words().wordRefused ?? "", answer?.message ?? "");
}
