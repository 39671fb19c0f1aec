/** The desk's own people: a live list of seats, one's name, handing a seat over. */

import { setText } from "./clock.js";
import { word } from "./notices.js";
import { People } from "./people.js";

export class Seats {
  constructor(desk) {
    this.desk = desk;
    this.list = document.getElementById("seats");
    this.naming = document.getElementById("rename");
    this.handing = document.getElementById("hand-over");
    const stock = document.getElementById("people-stock");
    this.people = new People(desk.live, stock, desk.own, () => this.show());
    document.addEventListener("click", ({ target }) => this.#clicked(target));
    this.naming.addEventListener("submit", (event) => this.#rename(event));
    this.handing.addEventListener("submit", (event) => this.#handOver(event));
    this.show();
  }

  /** Bring the list, and one's own name above it, to where people are now. */
  show() {
    for (const row of this.list.children) this.#row(row);
    const me = this.people.all.get(this.desk.member);
    for (const place of document.querySelectorAll("[data-my-name]")) setText(place, me?.name ?? "");
  }

  #row(row) {
    const sit = this.people.of(row.dataset.seatRow);
    const place = row.querySelector("[data-people]");
    place.replaceChildren(...sit.map((one) => this.#person(one)));
    if (!sit.length) setText(place, place.dataset.none ?? "");
    if (row.dataset.seatRow === "") {
      row.hidden = sit.length === 0;
      return;
    }
    const take = row.querySelector("[data-take-seat]");
    if (take) take.hidden = "exclusive" in row.dataset && sit.length > 0;
    const give = row.querySelector("[data-hand-over]");
    if (give) give.hidden = this.people.others(this.desk.member).length === 0;
  }

  #person({ name, here }) {
    const one = document.createElement("span");
    one.className = "person";
    one.dataset.here = here ? "yes" : "no";
    const who = document.createElement("bdi");
    who.textContent = name || word("Someone");
    const how = document.createElement("span");
    how.className = "meta";
    how.textContent = word(here ? "Here" : "Away");
    one.append(who, ", ", how);
    return one;
  }

  #clicked(target) {
    if (target.closest("[data-rename]")) this.#open(this.naming, this.people.all.get(this.desk.member)?.name);
    if (target.closest("[data-hand-over]")) this.#offer();
  }

  #open(dialog, name = "") {
    this.#refuse(dialog, "");
    const field = dialog.querySelector("input[name=name]");
    if (field) field.value = name;
    dialog.showModal();
  }

  // Only those who are here can take a seat over.
  #offer() {
    const stock = document.getElementById("hand-over-choice");
    const choices = this.people.others(this.desk.member).map((one, at) => {
      const choice = stock.content.cloneNode(true);
      const input = choice.querySelector("input");
      input.value = one.member;
      input.checked = at === 0;
      choice.querySelector("bdi").textContent = one.name || word("Someone");
      return choice;
    });
    this.handing.querySelector("[data-choices]").replaceChildren(...choices);
    this.#open(this.handing);
  }

  async #rename(event) {
    event.preventDefault();
    const name = event.target.elements.name.value;
    await this.#ask(this.naming, { type: "rename", name });
  }

  async #handOver(event) {
    event.preventDefault();
    const to = new FormData(event.target).get("to");
    if (to) await this.#ask(this.handing, { type: "hand_over", to });
  }

  async #ask(dialog, command) {
    const answer = await this.desk.live.ask(command).catch(() => null);
    if (answer?.ok) dialog.close();
    else this.#refuse(dialog, answer?.message ?? word("Unasked"));
  }

  #refuse(dialog, message) {
    const place = dialog.querySelector(".refusal");
    setText(place, message);
    place.hidden = !message;
  }
}
