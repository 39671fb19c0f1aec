/** Our acts on their way: sending, waiting for connection, sent, refused. */

import { draftKey, fromCommand } from "./commands.js";
import { hour, word } from "./notices.js";

const QUIET = new Set(["draft", "say", "survey"]);
const SHOWN_MS = 4000;

export class Outgoing {
  constructor({ live, clock }, changed) {
    this.live = live;
    this.clock = clock;
    this.changed = changed;
    this.list = document.getElementById("outgoing");
    this.written = new Map();
    live.addEventListener("queued", ({ detail }) => this.#queued(detail));
    live.addEventListener("sent", ({ detail }) => this.#sent(detail));
    live.addEventListener("refused", ({ detail }) => this.#refused(detail));
    live.addEventListener("state", ({ detail }) => this.#connection(detail));
    this.#waited();
  }

  get empty() {
    return this.list.children.length === 0;
  }

  /** The entry of an act is here: its row has done its work. */
  arrived(entry) {
    for (const row of [...this.list.children]) if (row.dataset.entry === entry) row.remove();
  }

  // Acts that an earlier page left in the outbox.
  async #waited() {
    for (const command of await this.live.outbox.waiting()) this.#queued(command);
  }

  #queued(command) {
    this.written.set(command.id, this.clock.wall());
    if (QUIET.has(command.type) || this.#row(command.id)) return;
    const state = fromCommand(command);
    const key = state ? draftKey(state.form, state.about) : "";
    for (const row of [...this.list.children]) if (key && row.dataset.draft === key) row.remove();
    const row = document.getElementById("outgoing-row").content.firstElementChild.cloneNode(true);
    row.dataset.command = command.id;
    row.querySelector("[data-title]").textContent = titleOf(command.instrument ?? command.type);
    row.querySelector("[data-who]").textContent = [command.to ?? command.parties ?? []].flat().join(" ");
    this.list.append(row);
    this.#connection(document.body.dataset.connection ?? "live");
    this.changed();
  }

  #row(id) {
    return this.list.querySelector(`[data-command="${CSS.escape(id)}"]`);
  }

  #sent({ command, answer }) {
    const row = this.#row(command.id);
    if (answer.id) this.written.set(answer.id, this.written.get(command.id));
    if (!row) return;
    row.querySelector(".sent").dataset.state = "sent";
    row.querySelector(".sent-sent .sent-at").textContent = hour(this.clock.wall());
    row.dataset.entry = answer.id ?? "";
    if (!answer.id || document.getElementById(`row-${answer.id}`)) row.remove();
    else setTimeout(() => row.remove(), SHOWN_MS);
    setTimeout(() => this.changed(), SHOWN_MS + 10);
    this.changed();
  }

  #refused({ command, answer }) {
    const row = this.#row(command.id);
    if (!row) return;
    const state = fromCommand(command);
    if (!state) {
      row.remove();
      return;
    }
    row.querySelector(".sent").dataset.state = "refused";
    const refusal = row.querySelector(".refusal");
    refusal.textContent = answer.message;
    refusal.hidden = false;
    row.dataset.draft = draftKey(state.form, state.about);
    const again = document.createElement("button");
    Object.assign(again, { className: "link", type: "button", textContent: word("OpenAgain") });
    again.dataset.openDraft = "";
    again.addEventListener("click", () => row.remove());
    row.append(again);
  }

  #connection(state) {
    for (const row of this.list.querySelectorAll(".sent")) {
      if (["sending", "waiting"].includes(row.dataset.state)) {
        row.dataset.state = state === "live" ? "sending" : "waiting";
      }
    }
  }
}

/** Return what a form or a command is called. */
export function titleOf(form) {
  return document.getElementById(`form-${form}`)?.dataset.title ?? form.replaceAll("_", " ");
}
