/** Sealed probes: percentages that add up while one types, kept, sealed, changed. */

import * as drafts from "./drafts.js";
import { total } from "./forms.js";
import { word } from "./notices.js";

export class Probes {
  constructor(desk) {
    this.desk = desk;
    this.sent = new Map();
    document.addEventListener("input", ({ target }) => {
      const form = target.closest("form.probe");
      if (form) this.#typed(form);
    });
    document.addEventListener("submit", (event) => {
      if (!event.target.matches("form.probe")) return;
      event.preventDefault();
      this.#seal(event.target);
    });
    desk.live.addEventListener("sent", ({ detail }) => {
      const form = this.sent.get(detail.command.id);
      if (form) this.#sealed(form);
    });
    for (const form of document.querySelectorAll("form.probe")) this.#meet(form);
  }

  take(placed, entry) {
    for (const one of placed) for (const form of one.querySelectorAll("form.probe")) this.#meet(form);
    if (entry.kind === "probe_closed") this.#close(entry.body.probe);
    if (entry.kind === "probe_answered" && entry.author.delegation === this.desk.own) {
      const form = this.#form(entry.body.probe);
      if (form) this.#sealed(form);
    }
  }

  #form(id) {
    return document.querySelector(`form.probe[data-probe="${CSS.escape(id)}"]`);
  }

  #meet(form) {
    form.noValidate = true;
    form.querySelector(`[data-trust-of="${CSS.escape(this.desk.own)}"]`)?.remove();
    const stock = document.getElementById("probe-stock");
    const answered = stock?.dataset.probe === form.dataset.probe ? JSON.parse(stock.dataset.answer) : null;
    const kept = drafts.load(this.desk.scope, form.dataset.form)?.values;
    put(form, kept ?? (answered ? fromAnswer(answered) : {}));
    total(form);
    if (answered) this.#sealed(form, false);
    if (document.body.dataset.status === "ended") this.#close(form.dataset.probe);
    const closed = document.querySelector(`#timeline [data-kind="probe_closed"]`);
    const paper = form.closest(".paper-sheet");
    const due = Number(paper?.querySelector(".deadline")?.dataset.dueMs ?? Infinity);
    if (closed && due < this.desk.clock.now()) this.#close(form.dataset.probe);
  }

  #typed(form) {
    if (total(form) === 100) this.#say(form, "");
    drafts.save(this.desk.scope, form.dataset.form, taken(form));
  }

  async #seal(form) {
    const sum = total(form);
    if (sum !== 100) return this.#say(form, word("Together", { total: sum }));
    const { severity } = form.elements;
    if (!severity.value) {
      const label = form.querySelector(`label[for="${severity.id}"]`).textContent;
      severity.focus();
      return this.#say(form, word("Empty", { label }));
    }
    this.#say(form, "");
    const command = { type: "answer_probe", probe: form.dataset.probe, ...answer(form) };
    this.#note(form, word("Sealing"));
    const id = await this.desk.live.command(command);
    this.sent.set(id, form);
  }

  /** Show a refusal in the form it belongs to. */
  refused({ command, answer: no }) {
    if (command.type !== "answer_probe") return false;
    const form = this.#form(command.probe);
    if (form) {
      this.#say(form, no.message);
      this.#note(form, "");
    }
    return Boolean(form);
  }

  #sealed(form, fresh = true) {
    form.dataset.sealed = "";
    this.#note(form, word("Sealed"));
    if (fresh) drafts.drop(this.desk.scope, form.dataset.form);
    if (this.desk.inbox) this.desk.inbox.arrange();
  }

  #close(id) {
    const form = this.#form(id);
    if (!form) return;
    for (const control of form.elements) control.disabled = true;
    form.dataset.closed = "";
    this.#note(form, "");
    this.desk.inbox?.arrange();
  }

  #say(form, text) {
    const line = form.querySelector(".refusal");
    line.textContent = text;
    line.hidden = !text;
  }

  #note(form, text) {
    let line = form.querySelector(".probe-note");
    if (!line) {
      line = document.createElement("p");
      line.className = "meta probe-note";
      line.setAttribute("role", "status");
      form.append(line);
    }
    line.textContent = text;
  }
}

function taken(form) {
  return Object.fromEntries([...form.elements].filter((one) => one.name).map((one) => [one.name, one.value]));
}

function put(form, given) {
  for (const one of form.elements) if (one.name && given[one.name] !== undefined) one.value = given[one.name];
}

function answer(form) {
  const attribution = {};
  const trust = {};
  const order = [];
  for (const one of form.elements) {
    const [kind, id] = one.name.split(":");
    if (kind === "belief") attribution[id] = Number(one.value) || 0;
    if (kind === "trust" && one.value) trust[id] = Number(one.value);
    if (kind === "priority" && one.value) order.push([Number(one.value), id]);
  }
  const priorities = order.sort((a, b) => a[0] - b[0]).map(([, id]) => id);
  const { severity, confidence } = form.elements;
  return { attribution, severity: Number(severity.value), confidence: confidence.value, priorities, trust };
}

function fromAnswer(given) {
  const found = { severity: String(given.severity), confidence: given.confidence };
  for (const [id, percent] of Object.entries(given.attribution)) found[`belief:${id}`] = String(percent);
  for (const [id, step] of Object.entries(given.trust ?? {})) found[`trust:${id}`] = String(step);
  (given.priorities ?? []).forEach((id, at) => {
    found[`priority:${id}`] = String(at + 1);
  });
  return found;
}
