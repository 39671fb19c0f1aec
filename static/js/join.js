/** The pages before a desk: focus on what is wrong, the language, a name typed before. */

import { uuid } from "./ids.js";

const NAME = "detente:name";

document.querySelector("[data-focus]")?.focus();
for (const form of document.querySelectorAll("[data-submit-on-change]")) {
  form.addEventListener("change", () => form.requestSubmit());
}

const name = document.querySelector("input[name=name]");
const join = name?.closest("form");
if (join) {
  name.value ||= remembered();
  join.addEventListener("submit", () => {
    remember(name.value.trim());
    if (!join.elements.id) once(join);
  });
}

// A second press of the button, or a repeat after a lost answer, joins once.
function once(form) {
  const id = document.createElement("input");
  Object.assign(id, { type: "hidden", name: "id", value: uuid() });
  form.append(id);
}

function remembered() {
  try {
    return localStorage.getItem(NAME) ?? "";
  } catch {
    return "";
  }
}

function remember(text) {
  try {
    localStorage.setItem(NAME, text);
  } catch {
    // A browser without storage asks again.
  }
}
