/** The lobby: counts down, shows who comes in, and turns into the desk at STARTEX. */

import { setText } from "./clock.js";
import { fill, open } from "./head.js";

const { body } = document;
const { live, clock } = open();
const face = document.querySelector("[data-countdown]");

if (face?.dataset.countdown) {
  tick();
  setInterval(tick, 1000);
}
live.addEventListener("entries", ({ detail }) => detail.forEach(take));
live.start();
stayAwake();

function tick() {
  const left = Math.max(0, Math.ceil((Number(face.dataset.countdown) - clock.wall()) / 1000));
  const two = (n) => String(n).padStart(2, "0");
  const hours = Math.floor(left / 3600);
  const rest = `${two(Math.floor(left / 60) % 60)}:${two(left % 60)}`;
  setText(face, hours ? `${hours}:${rest}` : rest);
}

// Where each member sits, until their name comes in the entry that follows.
const sits = new Map();

function take({ kind, body: what }) {
  if (kind === "started") location.reload();
  if (kind === "member_joined" && what.delegation === body.dataset.delegation) sits.set(what.member, what.seat);
  if (kind === "member_named") seat(sits.get(what.member), what.name);
  if (kind === "member_moved") moved(what);
}

function seat(id, name) {
  const row = document.querySelector(`[data-seat-row="${CSS.escape(id ?? "")}"]`);
  if (!row || !name) return;
  row.dataset.in = "yes";
  const people = row.querySelector("[data-people]");
  const there = people.dataset.people.split(", ").filter(Boolean);
  if (!there.includes(name)) there.push(name);
  people.dataset.people = there.join(", ");
  setText(people, people.dataset.people);
  const count = document.querySelector("[data-in-count]");
  const n = document.querySelectorAll('.lobby-seats [data-in="yes"]').length;
  setText(count, fill(count.dataset.word, { n, places: count.dataset.places }));
  const use = row.querySelector("use");
  use?.setAttribute("href", use.getAttribute("href").replace(/#.*/, "#state-live"));
}

function moved(what) {
  if (what.member === body.dataset.member) location.reload();
  else sits.set(what.member, what.seat);
}

// A phone on a table should not go dark before the start; plain http has no wake lock.
async function stayAwake() {
  try {
    await navigator.wakeLock?.request("screen");
  } catch {
    // The battery is low, or the page is hidden.
  }
}
