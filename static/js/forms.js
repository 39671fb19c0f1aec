/** The rows of a composer form: made from templates, read, filled and checked. */

import { word } from "./notices.js";

const MOST = { citations: 5, entries: 32 };

/** Fill `place` with the rows of a form and return whether there is such a form. */
export function build(place, form, sources) {
  const template = document.getElementById(`form-${form}`);
  if (!template) return false;
  place.replaceChildren(template.content.cloneNode(true));
  for (const slot of place.querySelectorAll("[data-slot]")) fillSlot(slot, sources);
  return true;
}

function fillSlot(slot, sources) {
  const { slot: shape, name } = slot.dataset;
  const stock = document.getElementById(`slot-${shape}`);
  if (!stock) return;
  slot.append(stock.content.cloneNode(true));
  slot.querySelectorAll("[data-key]").forEach((control) => {
    control.id = `slot-${name}-${control.dataset.key}`;
    control.closest(".paper-row").querySelector("label").htmlFor = control.id;
  });
  const select = slot.querySelector("[data-from]");
  const source = "openToAll" in slot.dataset ? "open" : select?.dataset.from;
  if ("label" in slot.dataset) slot.querySelector(".meta").textContent = slot.dataset.label;
  for (const [value, text] of select ? sources[source]() : []) {
    select.append(new Option(text, value));
  }
  const chosen = slot.querySelector('[data-field="item"]');
  if (chosen) {
    chosen.id = "slot-item";
    slot.querySelector("label").htmlFor = chosen.id;
  }
  const adder = slot.querySelector("[data-adder]");
  adder?.addEventListener("change", () => {
    addChip(slot, adder.value);
    adder.value = "";
    slot.dispatchEvent(new Event("input", { bubbles: true }));
  });
  slot.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-remove]");
    if (!button) return;
    button.closest(".chip").remove();
    limit(slot);
    adder.focus();
    slot.dispatchEvent(new Event("input", { bubbles: true }));
  });
  slot.addEventListener("input", () => total(slot));
}

function addChip(slot, value) {
  const chips = slot.querySelector(".chips");
  const known = [...chips.children].some((chip) => chip.dataset.value === value);
  if (!value || known || chips.children.length >= MOST[slot.dataset.slot]) return;
  const adder = slot.querySelector("[data-adder]");
  const text = [...adder.options].find((one) => one.value === value)?.text ?? value;
  const chip = document.getElementById("chip").content.firstElementChild.cloneNode(true);
  chip.dataset.value = value;
  chip.querySelector("bdi").textContent = text;
  chip.querySelector("button").setAttribute("aria-label", word("Removed", { what: text }));
  chips.append(chip);
  limit(slot);
}

function limit(slot) {
  const full = slot.querySelector(".chips").children.length >= MOST[slot.dataset.slot];
  slot.querySelector(".adder").hidden = full;
}

/** Write what percentages add up to. */
export function total(slot) {
  const output = slot.querySelector("[data-total]");
  if (!output) return 0;
  const numbers = [...slot.querySelectorAll("input[data-key], input[name^='belief:']")];
  const sum = numbers.reduce((all, one) => all + (Number(one.value) || 0), 0);
  output.textContent = `${sum} %`;
  output.dataset.state = sum === 100 ? "right" : "open";
  return sum;
}

/** Return the values of the form, without what is empty. */
export function values(place) {
  const found = {};
  for (const control of place.querySelectorAll("[data-field]")) {
    const value = one(control);
    if (value !== "" && value !== false && value !== null) found[control.dataset.field] = value;
  }
  for (const slot of place.querySelectorAll("[data-slot]")) {
    const value = slotValue(slot);
    if (value) found[slot.dataset.name] = value;
  }
  return found;
}

function one(control) {
  if (control.type === "checkbox") return control.checked;
  if (["minutes", "number", "percent"].includes(control.dataset.shape)) {
    return control.value === "" ? null : Number(control.value);
  }
  return control.value.trim();
}

function slotValue(slot) {
  const { slot: shape } = slot.dataset;
  if (shape === "citations" || shape === "entries") {
    const chips = [...slot.querySelectorAll(".chip")].map((chip) => chip.dataset.value);
    return chips.length ? chips : null;
  }
  const pairs = [...slot.querySelectorAll("[data-key]")]
    .filter((control) => control.value !== "")
    .map((control) => [
      control.dataset.key, shape === "belief" ? Number(control.value) : control.value,
    ]);
  return pairs.length ? Object.fromEntries(pairs) : null;
}

/** Put values into the form. */
export function put(place, given) {
  for (const control of place.querySelectorAll("[data-field]")) {
    const value = given[control.dataset.field];
    if (control.type === "checkbox") control.checked = value === true;
    else if (value !== undefined) control.value = String(value);
  }
  for (const slot of place.querySelectorAll("[data-slot]")) {
    const value = given[slot.dataset.name];
    if (value === undefined || slot.dataset.slot === "item") continue;
    if (Array.isArray(value)) value.forEach((each) => addChip(slot, each));
    else {
      for (const control of slot.querySelectorAll("[data-key]")) {
        control.value = value[control.dataset.key] ?? "";
      }
    }
    total(slot);
  }
}

/** Return [field, sentence] for everything that keeps the form from being sent. */
export function problems(place) {
  const found = [];
  for (const control of place.querySelectorAll("[data-field][required]")) {
    if (one(control) === "" || one(control) === null) {
      found.push([control.dataset.field, word("Empty", { label: labelOf(control) })]);
    }
  }
  for (const slot of place.querySelectorAll('[data-slot="belief"]')) {
    const sum = total(slot);
    const given = slotValue(slot) !== null;
    if ((given || slot.hasAttribute("data-required")) && sum !== 100) {
      found.push([slot.dataset.name, word("Hundred", { total: sum })]);
    }
  }
  return found;
}

function labelOf(control) {
  const row = control.closest("[data-row], .paper-row");
  return row?.querySelector("label")?.textContent.trim() ?? control.dataset.field;
}

/** Mark the fields that were refused, and return the first of them. */
export function mark(place, found) {
  clear(place);
  let first = null;
  for (const [name, message] of found) {
    const row = place.querySelector(`[data-row="${CSS.escape(name)}"]`);
    if (!row) continue;
    const note = document.createElement("p");
    note.className = "field-message small";
    note.id = `refused-${name}`;
    note.textContent = message;
    row.classList.add("field-error");
    row.append(note);
    const control = row.querySelector("input, select, textarea");
    control?.setAttribute("aria-invalid", "true");
    control?.setAttribute("aria-describedby", note.id);
    first ??= control;
  }
  return first;
}

export function clear(place) {
  for (const note of place.querySelectorAll(".field-message")) note.remove();
  for (const row of place.querySelectorAll(".field-error")) row.classList.remove("field-error");
  for (const control of place.querySelectorAll("[aria-invalid]")) {
    control.removeAttribute("aria-invalid");
    control.removeAttribute("aria-describedby");
  }
}
