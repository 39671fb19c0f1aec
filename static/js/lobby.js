/** The lobby: counts down, shows who comes in, and turns into the desk at STARTEX. */

import { setText } from "./clock.js";
import { fill, open } from "./head.js";
import { People } from "./people.js";
import { tongues } from "./tongues.js";

const { body } = document;
const { live, clock } = open();
const face = document.querySelector("[data-countdown]");

if (face?.dataset.countdown) {
  tick();
  setInterval(tick, 1000);
}
live.addEventListener("entries", ({ detail }) => detail.forEach(take));
new People(live, document.getElementById("people-stock"), body.dataset.delegation, seats);
tongues();
live.start();
stayAwake();

function tick() {
  const left = Math.max(0, Math.ceil((Number(face.dataset.countdown) - clock.wall()) / 1000));
  const two = (n) => String(n).padStart(2, "0");
  const hours = Math.floor(left / 3600);
  const rest = `${two(Math.floor(left / 60) % 60)}:${two(left % 60)}`;
  setText(face, hours ? `${hours}:${rest}` : rest);
}

function take({ kind }) {
  if (kind === "started") location.reload();
}

/** Bring the seats to where people are; one's own move makes another page of this. */
function seats(people) {
  const rows = document.querySelectorAll(".lobby-seats [data-seat-row]");
  for (const row of rows) {
    const names = people.of(row.dataset.seatRow).map((one) => one.name).filter(Boolean);
    row.dataset.in = names.length ? "yes" : "no";
    const place = row.querySelector("[data-people]");
    setText(place, names.length ? names.join(", ") : place.dataset.none);
    const use = row.querySelector("use");
    use?.setAttribute("href", use.getAttribute("href").replace(/#.*/, names.length ? "#state-live" : "#state-offline"));
  }
  const count = document.querySelector("[data-in-count]");
  const n = document.querySelectorAll('.lobby-seats [data-in="yes"]').length;
  setText(count, fill(count.dataset.word, { n, places: count.dataset.places }));
}

// A phone on a table should not go dark before the start; plain http has no wake lock.
async function stayAwake() {
  try {
    await navigator.wakeLock?.request("screen");
  } catch {
    // The battery is low, or the page is hidden.
  }
}
