/** What single dialogs of the console do beyond sending: previews, choices, changes. */

import { hms } from "./clock.js";
import { collect } from "./dialogs.js";
import { fill } from "./head.js";
import { keysOn } from "./keys.js";

const $ = (selector) => document.querySelector(selector);
const short = (ms) => `T+${hms(ms).slice(0, 5)}`;

/** Teach the forms; `runlist` knows what a shift moves. */
export function asking(forms, runlist) {
  const preview = () => shown(runlist);
  forms.opening.shift = preview;
  forms.opening.move = (dialog, { from }) => {
    if (from) dialog.querySelector("#move-delegation").value = from;
    seats();
  };
  forms.opening.revise = (dialog) => {
    for (const field of dialog.querySelectorAll("[data-changed]")) {
      field.dataset.was = field.value;
    }
  };
  forms.opening.keys = (dialog) => {
    dialog.querySelector("[data-keys-on]").checked = keysOn();
  };
  forms.building.shift = (form) => ({ by_ms: minutes(form) * 60000 });
  forms.building.end = (form) => {
    const command = collect(form);
    return { ...command, confirm: command.confirm.trim() };
  };
  forms.building.revise = changed;
  $("#shift-by_ms").addEventListener("input", preview);
  $("#move-delegation").addEventListener("change", seats);
}

/** Return only what a facilitator changed of an inject. */
function changed(form) {
  const command = collect(form);
  for (const field of form.querySelectorAll("[data-changed]")) {
    if (field.value === field.dataset.was) delete command[field.name];
  }
  return command;
}

function minutes(form) {
  return Math.round(Number(form.querySelector("[data-minutes]").value.replace("−", "-")) || 0);
}

/** Show what a shift moves before it is sent. */
function shown(runlist) {
  const dialog = $("#dialog-shift");
  const moved = runlist.moving(minutes(dialog) * 60000);
  dialog.querySelector("[data-shift-preview]").replaceChildren(...moved.map(line));
  const count = dialog.querySelector("[data-shift-count]");
  count.textContent = fill(count.dataset.word, { n: moved.length });
}

function line([row, old, next]) {
  const item = document.createElement("li");
  const number = document.createElement("b");
  number.textContent = row.dataset.number;
  const title = document.createElement("span");
  title.dir = "auto";
  title.textContent = row.querySelector(".inject-title").textContent;
  const times = document.createElement("bdi");
  times.textContent = `${short(old)} → ${short(next)}`;
  item.append(number, title, times);
  return item;
}

/** Offer the seats of the delegation that is chosen. */
function seats() {
  const { value } = $("#move-delegation");
  for (const option of $("#move-seat").querySelectorAll("option[data-delegation]")) {
    option.hidden = option.dataset.delegation !== value;
    option.disabled = option.hidden;
  }
  $("#move-seat").value = "";
}
