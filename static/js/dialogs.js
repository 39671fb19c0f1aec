/** Dialogs and forms that each send one command; what is written in them is kept. */

import * as drafts from "./drafts.js";
import { words } from "./head.js";

const SAVE_MS = 300;
const WAIT_MS = 2500;

export class Forms {
  constructor(live, scope) {
    this.live = live;
    this.scope = scope;
    this.sent = new Map();
    this.refused = new Set();
    this.timers = new Map();
    this.opening = {};
    this.building = {};
    document.addEventListener("click", (event) => this.#clicked(event));
    document.addEventListener("submit", (event) => this.#submitted(event));
    document.addEventListener("input", (event) => this.#typed(event));
    document.addEventListener("keydown", (event) => this.#key(event));
    live.addEventListener("sent", ({ detail }) => this.#answered(detail, true));
    live.addEventListener("refused", ({ detail }) => this.#answered(detail, false));
    for (const form of document.querySelectorAll("form[data-keep][data-stay]")) this.#restore(form);
  }

  /** Say whether a command came from one of the forms, which tells its refusal itself. */
  own(id) {
    return this.sent.has(id) || this.refused.has(id);
  }

  /** Open a dialog with some fields set; `values` also fills its data-fill places. */
  open(id, values = {}) {
    const dialog = document.getElementById(`dialog-${id}`);
    if (!dialog || dialog.open) return;
    const form = dialog.querySelector("form[data-command]");
    for (const place of dialog.querySelectorAll("[data-fill]")) {
      place.textContent = values[place.dataset.fill] ?? "";
    }
    if (form) {
      this.#clean(form);
      if (form.hasAttribute("data-keep")) this.#restore(form);
      for (const [name, value] of Object.entries(values)) this.#put(form, name, value);
      reachShown(form);
    }
    this.opening[id]?.(dialog, values);
    dialog.showModal();
  }

  #clicked({ target }) {
    const opener = target.closest("[data-dialog]");
    if (opener) this.open(opener.dataset.dialog, { ...opener.dataset });
    if (target.closest("[data-close]")) target.closest("dialog")?.close();
    const copy = target.closest("[data-copy]");
    if (copy) copied(document.getElementById(copy.dataset.copy));
  }

  #key(event) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    const form = event.target.closest?.("form[data-command]");
    if (!form) return;
    event.preventDefault();
    form.requestSubmit();
  }

  #typed({ target }) {
    const form = target.closest("form[data-command]");
    if (!form) return;
    reachShown(form);
    if (!form.hasAttribute("data-keep")) return;
    clearTimeout(this.timers.get(form));
    this.timers.set(form, setTimeout(() => {
      drafts.save(this.scope, form.dataset.form, kept(form));
    }, SAVE_MS));
  }

  async #submitted(event) {
    const form = event.target.closest("form[data-command]");
    if (!form) return;
    event.preventDefault();
    const { command } = form.dataset;
    const body = this.building[command]?.(form) ?? collect(form);
    this.#state(form, "");
    if (!body) return;
    const button = form.querySelector("[type=submit]");
    button.disabled = true;
    const id = await this.live.command({ type: command, ...body });
    this.sent.set(id, form);
    this.#state(form, words().wordSending);
    setTimeout(() => {
      if (this.sent.has(id)) this.#state(form, words().wordWaiting);
    }, WAIT_MS);
  }

  #answered({ command, answer }, ok) {
    const form = this.sent.get(command.id);
    if (!form) return;
    this.sent.delete(command.id);
    form.querySelector("[type=submit]").disabled = false;
    this.#state(form, "");
    if (!ok) {
      this.refused.add(command.id);
      this.#problem(form, answer);
      return;
    }
    clearTimeout(this.timers.get(form));
    drafts.drop(this.scope, form.dataset.form);
    if (form.hasAttribute("data-stay")) this.#done(form, answer);
    else form.closest("dialog")?.close();
    if (form.hasAttribute("data-keep")) form.reset();
  }

  #done(form, answer) {
    const place = document.querySelector("[data-invite-link]");
    if (answer.link && place) {
      place.hidden = false;
      place.querySelector("input").value = new URL(answer.link, location.href).href;
      place.querySelector("input").select();
    }
    this.#state(form, form.dataset.done ?? "✓");
  }

  #problem(form, answer) {
    const field = answer.field && form.querySelector(`[name="${CSS.escape(answer.field)}"]`);
    form.querySelector("[data-problem]").textContent = answer.message;
    if (!field || field.type === "hidden") return;
    field.setAttribute("aria-invalid", "true");
    field.focus();
  }

  #state(form, text) {
    const place = form.querySelector("[data-state]");
    if (place) place.textContent = text ?? "";
  }

  #clean(form) {
    form.reset();
    form.querySelector("[type=submit]").disabled = false;
    const problem = form.querySelector("[data-problem]");
    if (problem) problem.textContent = "";
    for (const one of form.querySelectorAll("[aria-invalid]")) one.removeAttribute("aria-invalid");
    this.#state(form, "");
  }

  #restore(form) {
    const draft = drafts.load(this.scope, form.dataset.form);
    for (const [name, value] of Object.entries(draft?.values ?? {})) this.#put(form, name, value);
  }

  #put(form, name, value) {
    const field = form.elements[name];
    if (!field || value === undefined) return;
    if (field instanceof RadioNodeList || field.type === "checkbox") {
      const many = [value].flat().map(String);
      for (const one of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
        one.checked = many.includes(one.value);
      }
    } else {
      field.value = value;
    }
  }
}

/** Return a form's command, by name; null if nothing may be sent. */
export function collect(form) {
  const body = {};
  for (const field of form.querySelectorAll("[name]")) {
    const { name, value, type } = field;
    if (name === "reach" || field.closest("[data-some]")) continue;
    if (field.dataset.as === "flag") body[name] = field.checked;
    else if (type === "radio" && !field.checked) continue;
    else if (field.hasAttribute("data-optional") && value.trim() === "") continue;
    else if (field.dataset.as === "number") body[name] = Math.round(Number(value) || 0);
    else if (field.dataset.as === "list") (body[name] ??= []).push(...(field.checked ? [value] : []));
    else body[name] = value;
  }
  const audience = form.querySelector("[data-audience]") ? reached(form) : undefined;
  if (audience !== undefined) body.audience = audience;
  if (form.dataset.undoMs) body.undo_ms = Number(form.dataset.undoMs);
  return body;
}

function reached(form) {
  const { value } = form.querySelector("[name=reach]:checked");
  if (value === "") return undefined;
  if (value !== "some") return value;
  return Array.from(form.querySelectorAll("[data-some] :checked"), (one) => one.value);
}

function reachShown(form) {
  const some = form.querySelector("[data-some]");
  if (some) some.hidden = form.querySelector("[name=reach]:checked")?.value !== "some";
}

function kept(form) {
  const values = {};
  for (const field of form.querySelectorAll("[name]:not([type=hidden])")) {
    if (["radio", "checkbox"].includes(field.type)) {
      if (field.checked) (values[field.name] ??= []).push(field.value);
    } else {
      values[field.name] = field.value;
    }
  }
  return values;
}

/** Copy a field's text; a hall on plain http has no clipboard but the selection's. */
function copied(field) {
  field.select();
  if (navigator.clipboard) navigator.clipboard.writeText(field.value).catch(() => {});
  else document.execCommand("copy");
}
