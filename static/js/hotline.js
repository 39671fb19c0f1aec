/** The hotline: ring, answer, decline, say, hang up; one call stands at a time. */

import { hms, setText } from "./clock.js";
import * as drafts from "./drafts.js";
import { word } from "./notices.js";

export class Hotline {
  constructor(desk) {
    this.desk = desk;
    this.calls = document.getElementById("calls");
    this.past = document.getElementById("calls-past");
    this.banner = document.getElementById("ringing");
    this.section = document.querySelector('[data-for="hotline"]');
    for (const line of document.querySelectorAll(".call-line")) this.#mine(line);
    this.refresh();
    document.addEventListener("click", (event) => this.#clicked(event));
    this.section.addEventListener("submit", (event) => this.#said(event));
    this.section.addEventListener("input", ({ target }) => {
      if (target.id === "say") drafts.save(this.desk.scope, "say", target.value);
    });
    setInterval(() => this.#tick(), 1000);
  }

  /** Ring another delegation. */
  ring(to) {
    this.desk.live.command({ type: "call", to });
  }

  take(placed, entry) {
    if (!entry.kind.startsWith("call_")) return;
    for (const one of placed) if (one.matches(".call-line")) this.#mine(one);
    this.refresh();
    if (entry.kind === "call_answered" && this.#open()) this.desk.go("#hotline");
    if (entry.kind === "call_opened" && entry.body?.caller === this.desk.own) this.desk.go("#hotline");
    const lines = this.#open()?.querySelector(".transcript");
    lines?.scrollTo({ top: lines.scrollHeight });
  }

  shown() {
    const lines = this.#open()?.querySelector(".transcript");
    lines?.scrollTo({ top: lines.scrollHeight });
  }

  #mine(line) {
    line.classList.toggle("call-ours", line.dataset.by === this.desk.own);
  }

  #open() {
    return this.calls.firstElementChild;
  }

  #state(panel) {
    const last = [...panel.querySelectorAll(".call-head [data-state], :scope > [data-state]")].pop();
    return last?.dataset ?? {};
  }

  /** Bring controls, banner and lists to where the calls stand. */
  refresh() {
    for (const panel of [...this.calls.children]) {
      if (this.#state(panel).state === "closed") this.#shelve(panel);
      else this.#controls(panel);
    }
    const panel = this.#open();
    for (const one of this.section.querySelectorAll("[data-hotline-idle]")) one.hidden = panel !== null;
    const rings = panel && this.#state(panel).state === "ringing" && panel.dataset.callee === this.desk.own;
    this.banner.hidden = !rings;
    if (rings) {
      const who = panel.querySelector("h2 .badge").cloneNode(true);
      this.banner.querySelector("[data-who]").replaceChildren(who);
    }
    document.getElementById("no-calls").hidden = this.past.children.length > 0;
    this.#tick();
  }

  #controls(panel) {
    const { state } = this.#state(panel);
    const ours = panel.dataset.caller === this.desk.own;
    const wanted = state === "running" ? "call-runs" : (ours ? "call-rings-them" : "call-rings-us");
    const place = panel.querySelector(".call-controls");
    if (place.dataset.shows === wanted) return;
    place.dataset.shows = wanted;
    place.replaceChildren(document.getElementById(wanted).content.cloneNode(true));
    const say = place.querySelector("#say");
    if (say) say.value = drafts.load(this.desk.scope, "say")?.values ?? "";
  }

  // A call that is over folds into one line; what was said stays behind it.
  #shelve(panel) {
    const past = document.createElement("details");
    past.className = "call-panel call-past";
    past.dataset.call = panel.dataset.call;
    Object.assign(past.dataset, { caller: panel.dataset.caller ?? "", callee: panel.dataset.callee ?? "" });
    const line = document.createElement("summary");
    line.append(...panel.querySelector("h2").childNodes);
    const how = [...panel.querySelectorAll("[data-state]")].pop();
    how.removeAttribute("id");
    line.append(how);
    past.append(line, panel.querySelector(".transcript"));
    this.past.prepend(past);
    panel.remove();
    drafts.drop(this.desk.scope, "say");
  }

  #clicked({ target }) {
    const ring = target.closest("[data-ring]");
    if (ring) this.ring(ring.dataset.ring);
    const call = this.#open()?.dataset.call;
    if (!call) return;
    const { live } = this.desk;
    if (target.closest("[data-answer-call]")) live.command({ type: "answer_call", call });
    else if (target.closest("[data-decline-call]")) live.command({ type: "decline_call", call });
    else if (target.closest("[data-hang-up]")) live.command({ type: "hang_up", call });
  }

  #said(event) {
    if (!event.target.matches("[data-say]")) return;
    event.preventDefault();
    const area = event.target.querySelector("textarea");
    const text = area.value.trim();
    const call = this.#open()?.dataset.call;
    if (!text || !call) return;
    this.desk.live.command({ type: "say", call, text });
    area.value = "";
    drafts.drop(this.desk.scope, "say");
    area.focus();
  }

  #tick() {
    const panel = this.#open();
    if (!panel) return;
    const now = this.desk.clock.now();
    const { state, answeredMs } = this.#state(panel);
    const since = panel.querySelector(".call-time");
    if (state === "running") setText(since, hms(now - Number(answeredMs)).replace(/^00:/, ""));
    const n = Math.max(0, Math.ceil((Number(panel.dataset.ringsUntil) - now) / 1000));
    if (state === "ringing") {
      setText(since, "");
      setText(this.banner.querySelector("[data-ring-left]"), word("Seconds", { n }));
    }
  }
}
