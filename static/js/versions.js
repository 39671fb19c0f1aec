/** Earlier versions of a draft or of a joint text, in a dialog: read, compared, brought back. */

import { fill } from "./html.js";
import { hour, word } from "./notices.js";

export class Versions {
  constructor(desk) {
    this.desk = desk;
    this.dialog = document.getElementById("versions");
    this.place = this.dialog.querySelector("[data-place]");
    this.key = "";
    this.dialog.addEventListener("click", ({ target }) => this.#clicked(target));
  }

  /** Show what the open form held before. */
  async draft() {
    const { composer } = this.desk;
    if (!composer.now) return;
    this.key = composer.now.key;
    await composer.drafts.settle();
    this.#open(`versions?key=${encodeURIComponent(this.key)}`);
  }

  /** Show every version of a joint text. */
  text(id) {
    this.key = "";
    this.#open(`texts/${encodeURIComponent(id)}`);
  }

  async #open(path) {
    const answer = await fetch(`/desk/${this.desk.member}/${path}`, { cache: "no-store" }).catch(() => null);
    if (answer?.ok) fill(this.place, await answer.text());
    else this.place.textContent = word("Unasked");
    for (const one of this.place.querySelectorAll("time[data-hour]")) {
      one.textContent = hour(one.getAttribute("datetime"), true);
    }
    this.dialog.showModal();
  }

  #clicked(target) {
    const choice = target.closest("[data-version]");
    if (choice) this.#show(choice);
    if (target.closest("[data-restore]")) this.#restore(target.closest(".version"));
  }

  #show(choice) {
    for (const one of this.place.querySelectorAll("[data-version]")) one.removeAttribute("aria-current");
    choice.setAttribute("aria-current", "true");
    for (const one of this.place.querySelectorAll("[data-shown]")) {
      one.hidden = one.dataset.shown !== choice.dataset.version;
      if (!one.hidden) one.querySelector("h3").focus();
    }
  }

  async #restore(version) {
    const { drafts } = this.desk.composer;
    this.dialog.close();
    await drafts.restore(this.key, version.dataset.body);
  }
}
