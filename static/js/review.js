/** The review: log with filters, evidence drawer, scrubber, and the evaluators' forms. */

import { hms, setText } from "./clock.js";
import { collect, Forms } from "./dialogs.js";
import { fill, open, tell, words } from "./head.js";
import { elements } from "./html.js";
import { listen } from "./keys.js";
import { Making } from "./making.js";
import { Replay } from "./replay.js";
import { Stream } from "./stream.js";

const WIDTH = 560;
const $ = (selector) => document.querySelector(selector);
const $$ = (selector) => Array.from(document.querySelectorAll(selector));

const { live } = open();
const log = $("#log");
const stream = new Stream({ list: log, pane: $("#log-body"), tools: $("#row-tools") });
const forms = new Forms(live, document.body.dataset.member);
const chosen = new Set();
const pins = new Set();
const replay = new Replay({
  slider: $("#scrub"),
  form: $("[data-replay]"),
  play: $("[data-play]"),
  moved: scrubbed,
});

/* --- log ------------------------------------------------------------------- */

live.addEventListener("entries", ({ detail }) => detail.forEach(take));
live.addEventListener("refused", ({ detail }) => {
  if (!forms.own(detail.command.id)) tell(words().wordRefused, detail.answer.message);
});

/** The log reads forward, so what is new goes to its end. */
function take(entry) {
  const rows = elements(entry.html ?? "").filter((row) => row.tagName === "LI");
  for (const row of rows) {
    row.removeAttribute("hx-swap-oob");
    if (!document.getElementById(row.id)) log.append(row);
  }
  stream.take(rows);
  if (entry.kind === "pinned") pinned(entry.body.entry, entry.body.on);
  counted();
}

function pinned(entry, on) {
  if (on) pins.add(entry);
  else pins.delete(entry);
  stream.pinned(entry, on);
  dots();
}

/** Pins stand where their entries were, not where somebody pinned them. */
function dots() {
  const rows = Array.from(pins, (entry) => document.getElementById(`row-${entry}`));
  const d = rows.filter(Boolean).map((row) => `M${x(Number(row.dataset.atMs))} 40h.01`);
  $("[data-scrub-pins]").setAttribute("d", d.join(""));
}

function x(atMs) {
  return ((atMs / Number($("#scrub").max || 1)) * WIDTH).toFixed(1);
}

function counted() {
  const place = $("[data-log-count]");
  setText(place, fill(place.dataset.word, { n: stream.shown().length }));
}

stream.fits = (row) => {
  const who = $("[data-log-who]").value;
  return replay.shows(row) && (!who || row.dataset.by === who
    || row.querySelector(`.badge[data-delegation="${CSS.escape(who)}"]`) !== null);
};

$(".filters").addEventListener("change", () => {
  stream.filter($("[data-log-kind]").value);
  counted();
});
$(".filters").addEventListener("submit", (event) => event.preventDefault());

/** Go to the row that a link names; a report names it `entry-…`. */
function go() {
  const id = decodeURIComponent(location.hash.slice(1)).replace(/^entry-/, "row-");
  const row = id.startsWith("row-") && document.getElementById(id);
  if (!row) return;
  replay.reach(row);
  for (const one of $$(".entry-now")) one.classList.remove("entry-now");
  row.hidden = false;
  row.classList.add("entry-now");
  row.scrollIntoView({ block: "center" });
  stream.focus(row);
}

addEventListener("hashchange", go);

/* --- evidence ------------------------------------------------------------------ */

function evidence(letter) {
  $(".review").dataset.evidence = letter ? "open" : "closed";
  for (const one of $$("[data-evidence-of]")) one.hidden = one.dataset.evidenceOf !== letter;
  for (const one of $$("[data-indicator-open]")) {
    one.setAttribute("aria-expanded", String(one.dataset.indicatorOpen === letter));
  }
  used(letter);
  if (letter) $(`#evidence-${letter}-title`).focus();
}

/** Mark the entries behind an indicator in the log. */
function used(letter) {
  for (const row of $$(".entry-used")) row.classList.remove("entry-used");
  if (!letter) return;
  for (const link of $$(`#evidence-${letter} a[href^="#row-"]`)) {
    document.getElementById(link.hash.slice(1))?.classList.add("entry-used");
  }
}

document.addEventListener("click", ({ target }) => {
  const indicator = target.closest("[data-indicator-open]");
  if (indicator) {
    const opened = indicator.getAttribute("aria-expanded") === "true";
    evidence(opened ? "" : indicator.dataset.indicatorOpen);
  }
  if (target.closest("[data-evidence-close]")) closeEvidence();
  const table = target.closest("[data-table]");
  if (table) {
    const place = $(`#table-${table.dataset.table}`);
    place.hidden = !place.hidden;
    table.setAttribute("aria-expanded", String(!place.hidden));
  }
  const row = target.closest("#log > li");
  if (row && target.closest("[data-choose]")) choose(row.dataset.entry);
  if (row && target.closest("[data-pin]")) pin(row);
  if (row && target.closest("[data-rule]")) rule(row.dataset.entry);
  const ruled = target.closest("[data-rule-entry]");
  if (ruled) rule(ruled.dataset.ruleEntry);
  const reword = target.closest("[data-reword]");
  if (reword) {
    chosen.clear();
    reword.dataset.entries.split(" ").filter(Boolean).forEach(choose);
    forms.open("finding", { ...reword.dataset });
  }
  const link = target.closest('a[href^="#row-"]');
  if (link && link.hash === location.hash) go();
});

function closeEvidence() {
  const opener = $('[data-indicator-open][aria-expanded="true"]');
  evidence("");
  opener?.focus();
}

function rule(entry) {
  const row = document.getElementById(`row-${entry}`);
  forms.open("adjudicate", { entry, line: row ? lineOf(row) : "" });
}

function lineOf(row) {
  return (row.querySelector(".entry-line, p") ?? row).textContent.replace(/\s+/g, " ").trim();
}

function choose(entry) {
  if (!chosen.delete(entry)) chosen.add(entry);
  const row = document.getElementById(`row-${entry}`);
  row?.querySelector("[data-choose]")?.setAttribute("aria-pressed", String(chosen.has(entry)));
  for (const place of $$("[data-chosen]")) {
    setText(place, fill(place.dataset.word, { n: chosen.size }));
  }
}

function pin(row) {
  const { entry } = row.dataset;
  if (pins.has(entry)) live.command({ type: "pin", entry, on: false });
  else forms.open("pin", { entry, label: lineOf(row).slice(0, 300) });
}

/* --- forms ------------------------------------------------------------------------ */

forms.opening.rate = (dialog) => {
  setText(dialog.querySelector("[data-moment-text]"), `T+${hms(replay.at)}`);
};
for (const command of ["rate", "finding", "override"]) {
  forms.building[command] = (form) => ({ ...collect(form), entries: Array.from(chosen) });
}
const evidenced = forms.building.rate;
forms.building.rate = (form) => {
  const body = evidenced(form);
  if (form.querySelector("[data-moment]").checked) body.moment_ms = Math.round(replay.at);
  return body;
};
forms.building.survey = (form) => {
  const answers = {};
  for (const field of form.querySelectorAll("[data-question]")) {
    if (field.value.trim()) answers[field.dataset.question] = field.value;
  }
  return Object.keys(answers).length ? { ...collect(form), answers } : null;
};
live.addEventListener("sent", ({ detail }) => {
  if (!["finding", "rate", "override"].includes(detail.command.type)) return;
  for (const entry of Array.from(chosen)) choose(entry);
});

// A form of its own: the server answers with another run's review.
document.querySelector("[data-fork]")?.addEventListener("submit", (event) => {
  const form = event.target;
  const said = form.querySelector("[data-fork-said]");
  const ended = log.querySelector('[data-kind="ended"]');
  const over = ended && replay.at >= Number(ended.dataset.atMs);
  if (over) event.preventDefault();
  setText(said, over ? said.dataset.wordOver : said.dataset.wordBusy);
  form.elements.at_ms.value = Math.round(replay.at);
});

const exporting = $("#dialog-export");
if (exporting) new Making(exporting, document.body.dataset.exercise);

/* --- scrubber ------------------------------------------------------------------------ */

/** Show the log as it stood at the moment the replay has come to. */
function scrubbed(following = true) {
  const told = `T+${hms(replay.at)}`;
  $("[data-scrub-mark]").setAttribute("transform", `translate(${x(replay.at)} 0)`);
  setText($("[data-scrub-time]"), told);
  $("#scrub").setAttribute("aria-valuetext", told);
  stream.refresh();
  counted();
  if (following) follow();
}

function follow() {
  const row = stream.shown().filter((one) => Number(one.dataset.atMs) <= replay.at).pop();
  for (const one of $$(".entry-now")) if (one !== row) one.classList.remove("entry-now");
  if (!row || row.classList.contains("entry-now")) return;
  row.classList.add("entry-now");
  const pane = $("#log-body");
  const inside = row.offsetTop - pane.offsetTop;
  pane.scrollTo({ top: inside - pane.clientHeight / 2 });
}

/* --- first state ---------------------------------------------------------------------- */

for (const row of stream.rows()) {
  const link = row.dataset.kind === "pinned" && row.querySelector('a[href^="#row-"]');
  if (link) pinned(link.hash.slice(5), !row.classList.contains("entry-unpins"));
}
for (const place of $$("[data-chosen]")) setText(place, fill(place.dataset.word, { n: 0 }));
listen({
  j: () => stream.move(1),
  k: () => stream.move(-1),
  p: () => {
    const row = document.activeElement?.closest?.("#log > li");
    if (row) pin(row);
  },
  "/": () => $("[data-log-kind]").focus(),
  Escape: () => closeEvidence(),
});
if (location.hash) go();
live.start();
