/** A delegation's own lines in the directory of contact points: changed, or added. */

import { setText } from "./clock.js";
import { word } from "./notices.js";

export class Contacts {
  constructor(desk) {
    this.desk = desk;
    this.lines = document.getElementById(`contacts-${desk.own}`);
    this.dialog = document.getElementById("contact");
    this.form = this.dialog.querySelector("form");
    document.addEventListener("click", ({ target }) => {
      const change = target.closest("[data-change-contact]");
      if (change) this.#open(change.closest("[data-number]"));
      else if (target.closest("[data-add-contact]")) this.#open(null);
    });
    this.form.addEventListener("submit", (event) => this.#submit(event));
    this.dress();
  }

  /** A line that came over the channel replaced the one that stood there. */
  take({ kind }) {
    if (kind === "contact_updated") this.dress();
  }

  /** Give each own line its button. */
  dress() {
    const stock = document.getElementById("contact-act");
    for (const line of this.lines.children) {
      if (!line.querySelector("[data-change-contact]")) line.querySelector("dd").append(stock.content.cloneNode(true));
    }
    document.querySelector("[data-add-contact]").hidden = this.lines.children.length >= 9;
  }

  #open(line) {
    const { number, layer, title, hours } = line?.dataset
      ?? { number: this.lines.children.length + 1, layer: "technical", title: "", hours: "" };
    Object.assign(this.form.elements.number, { value: number });
    Object.assign(this.form.elements.layer, { value: layer });
    Object.assign(this.form.elements.title, { value: title });
    Object.assign(this.form.elements.hours, { value: hours });
    this.#refuse("");
    this.dialog.showModal();
  }

  async #submit(event) {
    event.preventDefault();
    const { number, ...rest } = Object.fromEntries(new FormData(this.form));
    const command = { type: "update_contact", number: Number(number), ...rest };
    const answer = await this.desk.live.ask(command).catch(() => null);
    if (answer?.ok) this.dialog.close();
    else this.#refuse(answer?.message ?? word("Unasked"));
  }

  #refuse(message) {
    const place = this.dialog.querySelector(".refusal");
    setText(place, message);
    place.hidden = !message;
  }
}
