/** The composer: a form that reads like the paper it becomes, kept while it is written. */

import { setText } from "./clock.js";
import { Counsel } from "./counsel.js";
import { draftKey, fromCommand, toCommand } from "./commands.js";
import { Drafts } from "./drafting.js";
import { build, clear, mark, problems, put, values } from "./forms.js";
import { word } from "./notices.js";

const ASKED_FIRST = new Set([
  "clarification_request", "consult", "poc_message", "private_demarche", "reply", "call_to_comply",
]);

export class Composer {
  constructor(desk) {
    this.desk = desk;
    this.form = document.getElementById("composer");
    this.rows = document.getElementById("composer-rows");
    this.to = document.getElementById("composer-to");
    this.errors = document.getElementById("composer-errors");
    this.now = null;
    this.drafts = new Drafts(desk, this);
    this.counsel = new Counsel(desk, this);
    this.form.addEventListener("input", () => this.#changed());
    this.form.addEventListener("change", () => this.#changed());
    this.form.addEventListener("submit", (event) => this.#submit(event));
    this.form.addEventListener("click", (event) => this.#clicked(event));
    this.form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
    });
  }

  get spec() {
    return document.getElementById(`form-${this.now.form}`).dataset;
  }

  /** Open a form; what was written in it before comes back unless `values` are given. */
  open(form, { about = "", to = [], values: given = null } = {}) {
    if (this.now) this.drafts.flush();
    if (!build(this.rows, form, this.#sources())) return;
    this.now = { form, about, key: draftKey(form, about), opener: document.activeElement };
    const kept = this.drafts.load(this.now.key);
    const state = given ? { about, to, ...kept, values: { ...kept?.values, ...given } } : kept;
    this.#fill(state ?? { to, values: this.#start(form, about) });
    this.#head();
    this.desk.frame.dataset.composer = "open";
    this.drafts.opened(this.now.key, given !== null);
    this.#first()?.focus({ preventScroll: true });
  }

  /** Write what was kept or refused into the open form. */
  restore(state) {
    build(this.rows, this.now.form, this.#sources());
    this.#fill(state);
    this.#changed(false);
  }

  #sources() {
    const { timelist, papers } = this.desk;
    return {
      timeline: () => timelist.choices(),
      open: () => timelist.choices({ open: true }),
      items: () => papers.held(),
    };
  }

  #start(form, about) {
    if (form === "amend") return { body: this.desk.papers.wording(about) };
    return {};
  }

  #fill(state) {
    put(this.rows, state.values ?? {});
    for (const box of this.#boxes()) box.checked = (state.to ?? []).includes(box.value);
    this.#collapse(this.#addressees().length > 0);
  }

  #boxes() {
    return [...this.to.querySelectorAll("input[name=to]")];
  }

  #addressees() {
    return this.#boxes().filter((box) => box.checked && !this.to.hidden).map((box) => box.value);
  }

  #first() {
    const empty = [...this.rows.querySelectorAll("textarea, input[data-field]")]
      .find((one) => !one.value && one.type !== "checkbox");
    if (!this.to.hidden && !this.#addressees().length && this.spec.addressees !== "any") {
      return this.#boxes()[0];
    }
    return empty ?? this.rows.querySelector("textarea, select, input");
  }

  #head() {
    const { spec, now } = this;
    setText(document.getElementById("composer-title"), spec.title);
    const hint = document.getElementById("composer-hint");
    setText(hint, spec.hint);
    hint.hidden = !spec.hint;
    this.to.hidden = spec.addressees === "none";
    const label = spec.command === "propose" ? "With" : ("public" in spec ? "Names" : "To");
    setText(this.to.querySelector("legend"), word(label));
    for (const box of this.#boxes()) box.type = spec.addressees === "one" ? "radio" : "checkbox";
    this.to.querySelector("[data-all-parties]").hidden = ["one"].includes(spec.addressees);
    const about = document.getElementById("composer-about");
    about.hidden = !now.about || "aboutName" in spec;
    setText(about.querySelector("[data-text]"), this.#title(now.about));
    const note = document.getElementById("composer-two");
    setText(note, spec.note ?? "");
    note.hidden = !spec.note;
    this.#refuse([]);
    this.beside(document.querySelector(".paper-sheet:not([hidden])"));
    this.#warn();
  }

  #title(id) {
    const title = document.querySelector(`#mail-${CSS.escape(id || "-")} .mail-title`)
      ?? document.querySelector(`#row-${CSS.escape(id || "-")} .entry-line`);
    return title ? [...title.childNodes].filter((one) => !one.classList?.contains("mail-new"))
      .map((one) => one.textContent).join("").replace(/\s+/g, " ").trim() : word("Paper");
  }

  /** Warn while a paper for named recipients is open beside the form. */
  beside(paper) {
    const red = this.now && (paper?.dataset.tlp ?? "").startsWith("RED");
    document.getElementById("composer-red").hidden = !red;
  }

  #warn() {
    const to = this.#addressees();
    const line = document.getElementById("composer-private");
    const adverse = "public" in this.spec && Number(this.spec.rung) >= 2;
    const unasked = adverse ? to.filter((id) => !this.#asked(id)) : [];
    line.hidden = unasked.length === 0;
    setText(line, unasked.length ? word("Private", { who: unasked.map((id) => this.short(id)).join(", ") }) : "");
    const button = this.form.querySelector("[type=submit]");
    setText(button, this.#button(to));
    this.counsel.show(this.now.form, this.spec, to);
  }

  #asked(id) {
    if (document.querySelector(`.call-panel[data-caller="${id}"], .call-panel[data-callee="${id}"]`)) return true;
    return [...document.querySelectorAll("#ours-list .mail")].some((card) => {
      const paper = document.getElementById(`paper-${card.dataset.entry}`);
      const instrument = paper?.querySelector("[data-instrument]")?.dataset.instrument;
      return card.dataset.to.split(" ").includes(id) && ASKED_FIRST.has(instrument);
    });
  }

  /** Return the short name of a delegation that can be addressed. */
  short(id) {
    return this.#boxes().find((box) => box.value === id)?.dataset.short ?? id;
  }

  #button(to) {
    const { second, capital } = this.spec;
    if (second !== undefined) return word(capital === undefined ? "Second" : "Authority");
    if (capital !== undefined) return word("Capital");
    if ("public" in this.spec) return word("Publish");
    if (!to.length) return word("Send");
    const all = to.length === this.#boxes().length && to.length > 1;
    const who = all ? word("All") : (to.length === 1 ? this.short(to[0]) : word("Many", { n: to.length }));
    return word("SendTo", { who });
  }

  #collapse(closed) {
    this.to.toggleAttribute("data-closed", closed);
    this.to.querySelector("[data-change-parties]").hidden = !closed;
  }

  /** Return what is written: form, about, to and values. */
  written() {
    return {
      form: this.now.form, about: this.now.about, to: this.#addressees(), values: values(this.rows),
    };
  }

  #changed(save = true) {
    if (!this.now) return;
    this.#warn();
    if (save) this.drafts.changed(this.now.key, this.written());
  }

  #clicked({ target }) {
    if (target.closest("[data-close-composer]")) this.close();
    else if (target.closest("[data-take-over]")) this.drafts.takeOver();
    else if (target.closest("[data-change-parties]")) this.#collapse(false);
    else if (target.closest("[data-drop-about]")) this.#dropAbout();
    else if (target.closest("[data-all-parties]")) {
      const some = this.#boxes().some((box) => !box.checked);
      for (const box of this.#boxes()) box.checked = some;
      this.#changed();
    }
    const link = target.closest("#composer-errors a");
    if (!link) return;
    const { field } = link.dataset;
    if (field === "to") this.#boxes()[0]?.focus();
    else this.rows.querySelector(`[data-row="${field}"] :is(input, select, textarea)`)?.focus();
  }

  #dropAbout() {
    this.drafts.drop(this.now.key);
    this.now.about = "";
    this.now.key = draftKey(this.now.form, "");
    document.getElementById("composer-about").hidden = true;
    this.#changed();
  }

  async #submit(event) {
    event.preventDefault();
    if (!this.now) return;
    const { spec } = this;
    const written = this.written();
    const found = problems(this.rows);
    if (!written.to.length && ["some", "one"].includes(spec.addressees)) found.unshift(["to", word("Whom")]);
    if (found.length) return this.#refuse(found);
    if (document.body.dataset.status === "paused") return this.#refuse([["", word("Paused")]]);
    const command = toCommand(spec, written);
    this.drafts.flush();
    const { key } = this.now;
    this.close();
    await this.desk.live.command(command);
    this.drafts.drop(key);
  }

  #refuse(found) {
    this.errors.hidden = found.length === 0;
    const list = this.errors.querySelector("ul");
    list.replaceChildren(...found.map(([field, message]) => {
      const item = document.createElement("li");
      const here = field === "to" || this.rows.querySelector(`[data-row="${CSS.escape(field || "-")}"]`);
      const line = document.createElement(here ? "a" : "span");
      line.textContent = message;
      if (here) {
        line.href = "#composer";
        line.dataset.field = field;
      }
      item.append(line);
      return item;
    }));
    if (!found.length) return clear(this.rows);
    if (found.some(([field]) => field === "to")) this.#collapse(false);
    mark(this.rows, found);
    this.errors.focus();
  }

  /** Take back what was refused: the words return to the form, with the reason. */
  refused({ command, answer }) {
    const state = fromCommand(command);
    if (!state || !document.getElementById(`form-${state.form}`)) return false;
    const key = draftKey(state.form, state.about);
    this.drafts.keep(key, state);
    const busy = this.now && this.now.key !== key;
    if (busy) return false;
    this.open(state.form, { ...state, values: state.values });
    const field = (answer.field ?? "").replace(/^fields\./, "").replace(/^(parties|delegations)$/, "to");
    this.#refuse([[field, answer.message]]);
    return true;
  }

  /** Say where the draft stands. */
  state(text) {
    const place = document.querySelector("#composer-state .sent-draft") ?? document.getElementById("composer-state");
    setText(place, text);
  }

  keepLocally() {
    if (this.now) this.drafts.flush();
  }

  close() {
    if (!this.now) return;
    this.drafts.flush();
    const { opener } = this.now;
    this.now = null;
    this.desk.frame.dataset.composer = "closed";
    if (opener?.isConnected) opener.focus({ preventScroll: true });
    this.desk.papers.showDrafts();
  }
}
