/** The room display: keeps the clock, the newest public entries and who is in. */

import { hms, setText } from "./clock.js";
import { open } from "./head.js";
import { apply, elements } from "./html.js";
import { meters } from "./meters.js";

const SHOWN = 3;
const ATTENDANCE_MS = 30000;
const HOTWASH_MS = 8000;
const $ = (selector) => document.querySelector(selector);

const { live, clock } = open();
const time = $("[data-countdown-time]");
const what = $("[data-countdown-what]");
const more = $("[data-countdown-more]");
let probe = null;

live.addEventListener("entries", ({ detail }) => detail.forEach(take));
meters(live);

function take({ kind, body, html, position }) {
  const placed = apply(html ?? "", position);
  if (placed.length) document.querySelectorAll(".room-none").forEach((one) => one.remove());
  keepNewest();
  if (kind === "phase_began") time.dataset.endsMs = body.ends_ms;
  else if (kind === "probe_opened") probe = { ends: body.closes_ms, title: body.title };
  else if (kind === "probe_closed" || kind === "ended") probe = null;
  else if (kind === "rest_shifted" && time.dataset.endsMs) shift(body);
  tick();
}

function shift({ from_ms: from, by_ms: by }) {
  const ends = Number(time.dataset.endsMs);
  if (ends >= from) time.dataset.endsMs = Math.max(from, ends + by);
}

function keepNewest() {
  const rows = Array.from($("#room-entries").children);
  for (const row of rows.slice(SHOWN)) row.remove();
}

function tick() {
  const now = clock.now();
  setText($("[data-room-clock] bdi"), hms(now));
  const ends = probe ? probe.ends : Number(time.dataset.endsMs || NaN);
  const place = $("[data-room-countdown]");
  place.hidden = Number.isNaN(ends) || document.body.dataset.status === "ended";
  if (place.hidden) return;
  const left = ends - now;
  const { wordPhase, wordProbe, wordOver } = what.dataset;
  setText(what, probe ? wordProbe : (left >= 0 && wordPhase) || wordOver);
  const shown = hms(Math.abs(left));
  setText(time, shown.startsWith("00:") ? shown.slice(3) : shown);
  setText(more, probe ? probe.title : "");
}

/** Ask for the page again: who is in, and what the hot wash says; nobody tells the room. */
async function again() {
  const answer = await fetch(location.href, { cache: "no-store" }).catch(() => null);
  if (!answer?.ok) return;
  const main = elements(await answer.text()).find((one) => one.id === "main");
  for (const id of ["#attendance", "#room-hotwash"]) {
    const fresh = main?.querySelector(id);
    if (fresh && !fresh.isEqualNode($(id))) $(id).replaceWith(document.adoptNode(fresh));
  }
}

function soon() {
  const wait = document.body.dataset.status === "ended" ? HOTWASH_MS : ATTENDANCE_MS;
  setTimeout(() => again().finally(soon), wait * (0.8 + Math.random() * 0.4));
}

/** Keep the projector awake where the browser can; on plain http it cannot. */
async function awake() {
  if (document.visibilityState !== "visible") return;
  await navigator.wakeLock?.request("screen").catch(() => null);
}

document.addEventListener("visibilitychange", awake);
awake();
tick();
setInterval(tick, 250);
soon();
live.start();
