/** Our papers: on their way, sent and read, held, joint texts, promises, seats. */

import { hms, setText } from "./clock.js";
import { draftKey } from "./commands.js";
import { hour, word } from "./notices.js";
import { Outgoing, titleOf } from "./outgoing.js";

const SHOWN_MS = 4000;
const NOTED = ["ack", "acknowledged"];

export class Papers {
  constructor(desk) {
    this.desk = desk;
    this.list = document.getElementById("ours-list");
    this.outgoing = new Outgoing(desk, () => this.#counts());
    for (const card of [...this.list.children]) this.adopt(card);
    for (const one of document.querySelectorAll("#place-stock [data-read]")) {
      for (const by of one.dataset.read.split(" ")) this.read({ entry: one.dataset.entry, delegation: by });
    }
    document.addEventListener("click", (event) => this.#clicked(event));
    this.#dress();
  }

  /** Take a card of our own from the inbox. */
  adopt(card) {
    if (card.parentElement !== this.list) {
      const next = [...this.list.children].find((one) =>
        Number(one.dataset.position) < Number(card.dataset.position));
      this.list.insertBefore(card, next ?? null);
    }
    card.classList.remove("mail-unread");
    card.querySelector(".mail-new")?.setAttribute("hidden", "");
    const end = card.querySelector(".mail-end, .deadline");
    if (end && end.dataset.done === undefined) {
      end.dataset.done = "";
      end.classList.remove("deadline");
      end.classList.add("mail-end");
      const when = card.querySelector("time[datetime]")?.getAttribute("datetime");
      const time = when ? hour(when) : "";
      const written = this.outgoing.written.get(card.dataset.entry);
      const late = written && hour(written) !== time;
      setText(end, late ? word("Written", { time, written: hour(written) }) : word("Sent", { time }));
    }
    this.#counts();
  }

  /** Note on our own act that a delegation has read it. */
  read({ entry, delegation }) {
    const card = document.getElementById(`mail-${entry}`);
    if (!card || card.parentElement !== this.list) return;
    const readers = new Set((card.dataset.readers ?? "").split(" ").filter(Boolean));
    readers.add(delegation);
    card.dataset.readers = [...readers].join(" ");
    const to = card.dataset.to.split(" ").filter((id) => id && id !== this.desk.own);
    const time = `T+${hms(this.desk.clock.now())}`;
    const others = [...readers].filter((id) => to.includes(id));
    const all = to.length > 0 && others.length === to.length;
    if (card.dataset.state) return; // An answer says more than that it was read.
    const text = to.length === 1 && all ? word("Read", { time })
      : (all ? word("ReadAll") : word("ReadBy", { who: [...readers].join(", ") }));
    setText(card.querySelector(".mail-end"), text);
  }

  /** Say how far our own acts have come: acknowledged, answered, closed by our note of the answer. */
  states() {
    for (const card of this.list.children) {
      const answers = this.#said(card.dataset.entry).filter((one) => one.dataset.by !== this.desk.own);
      if (answers.length === 0) continue;
      const replies = answers.filter((one) => !NOTED.includes(one.dataset.instrument));
      const who = [...new Set((replies.length ? replies : answers).map((one) => one.dataset.by))].join(", ");
      const closed = replies.some((one) =>
        this.#said(one.dataset.entry).some((note) => note.dataset.by === this.desk.own));
      const state = closed ? "Closed" : (replies.length ? "AnsweredBy" : "AcknowledgedBy");
      card.dataset.state = state.replace("By", "").toLowerCase();
      setText(card.querySelector(".mail-end"), word(state, { who }));
    }
  }

  #said(entry) {
    return [...document.querySelectorAll(`#said-${CSS.escape(entry)} > [data-by]`)];
  }

  take(placed, entry) {
    if (entry.kind === "act_issued" && ["accept_assistance", "decline_assistance"].includes(entry.body?.instrument)) {
      document.querySelector(`#offers [data-offer="${CSS.escape(entry.body.about)}"]`)?.remove();
    }
    if (entry.kind === "act_issued" && entry.body?.prepared_by) {
      this.#gone(entry.body.prepared_by);
    }
    if (entry.kind === "act_referred") this.#gone(entry.body?.prepared_by);
    if (entry.kind === "act_withdrawn") this.#gone(entry.body?.about);
    if (entry.kind === "act_issued" && entry.body?.instrument === "offer_assistance") this.#offer(placed, entry);
    if (placed.length) this.#dress();
    this.states();
    this.outgoing.arrived(entry.id);
    this.#counts();
  }

  // What waited for a signature or for the capital waits no longer.
  #gone(id) {
    for (const place of ["prepared", "referred"]) document.getElementById(`${place}-${id}`)?.remove();
    this.#dress();
  }

  #offer(placed, entry) {
    const card = document.getElementById(`mail-${entry.id}`);
    const row = document.createElement("li");
    Object.assign(row.dataset, { offer: entry.id, by: entry.author.delegation, to: entry.body.to.join(" ") });
    const line = document.getElementById(`row-${entry.id}`)?.querySelector(".entry-line");
    if (line) row.append(line.cloneNode(true));
    if (card || line) document.getElementById("offers").append(row);
  }

  /** Tell whether an offer to us is still open. */
  offered(entry) {
    return document.querySelector(`#offers [data-offer="${CSS.escape(entry)}"]`) !== null;
  }

  /** Tell whether an offer or a joint text waits for us; null if it is neither. */
  waitsForUs(entry) {
    const { own } = this.desk;
    const id = CSS.escape(entry);
    const text = document.querySelector(`#text-${id}`)?.dataset;
    if (text) {
      const { signed, declined, voted = "" } = text;
      const answered = `${signed} ${declined} ${voted}`.split(" ").includes(own);
      return text.status === "open" && !answered;
    }
    const offer = document.querySelector(`#paper-${id} [data-instrument="offer_assistance"]`);
    if (!offer) return null;
    const to = document.querySelector(`#offers [data-offer="${id}"]`)?.dataset.to ?? "";
    return to.split(" ").includes(own);
  }

  /** Return the items held as [id, text]. */
  held() {
    return [...document.querySelectorAll("#items > li")].map((item) =>
      [item.dataset.item, `${item.dataset.title}${item.dataset.tlp ? `, TLP:${item.dataset.tlp}` : ""}`]);
  }

  /** Return a joint text's words as they stand. */
  wording(id) {
    const parts = document.querySelectorAll(`#text-${CSS.escape(id)} .document-body > p:not(.bracket)`);
    return [...parts].map((one) => one.textContent).join("\n\n");
  }

  // What differs by viewer: the buttons of a text, a promise, an offer, a prepared act.
  #dress() {
    const { own, member } = this.desk;
    for (const text of document.querySelectorAll(".joint-text")) this.#text(text);
    for (const promise of document.querySelectorAll("#promises > li")) {
      const state = promise.querySelector("[data-state]")?.dataset.state;
      this.#put(promise.querySelector(".promise-acts"), "promise-acts", promise.dataset.promise, {
        deliver_assistance: promise.dataset.promisor === own && state === "made",
        confirm_assistance: promise.dataset.beneficiary === own && state !== "confirmed",
      });
      if (state === "confirmed") promise.querySelector(".deadline")?.remove();
    }
    for (const offer of document.querySelectorAll("#offers > li")) {
      const ours = offer.dataset.to.split(" ").includes(own);
      if (ours && !offer.querySelector("button")) {
        offer.append(document.getElementById("offer-acts").content.cloneNode(true));
        for (const one of offer.querySelectorAll("button")) one.dataset.about = offer.dataset.offer;
      }
    }
    for (const one of document.querySelectorAll("#prepared > li")) {
      if (one.dataset.member === member) one.querySelector("[data-countersign]").hidden = true;
    }
    for (const name of ["items", "files", "texts", "promises"]) {
      const empty = document.querySelector(`[data-none-of="${name}"]`);
      empty.hidden = document.getElementById(name).children.length > 0
        || (name === "promises" && document.getElementById("offers").children.length > 0);
    }
    for (const name of ["prepared", "referred"]) {
      document.getElementById(`papers-${name}`).hidden = !document.getElementById(name).children.length;
    }
  }

  #put(place, stock, about, shown) {
    if (!place) return;
    const all = document.getElementById(stock).content.cloneNode(true);
    place.replaceChildren(...[...all.children].filter((one) => shown[one.dataset.compose]));
    for (const one of place.children) one.dataset.about = about;
  }

  #text(text) {
    const { own } = this.desk;
    const { parties, signed, declined, sponsors, drafter, status, silenceUntil, voteUntil } = text.dataset;
    const has = (list) => list.split(" ").includes(own);
    const open = status === "open" && has(parties) && document.body.dataset.status !== "ended";
    const votes = open && voteUntil !== undefined;
    const agreed = open && !votes && !("brackets" in text.dataset);
    const shown = {
      versions: true,
      vote: votes,
      bracket: open && !votes,
      sign: agreed && !has(signed),
      publish: agreed && drafter === own && signed.split(" ").length > 1,
      amend: open && !votes,
      decline: agreed && !has(declined),
      break_silence: open && silenceUntil !== undefined,
      reserve: open,
      sponsor: open && drafter !== own && !has(sponsors),
    };
    const all = document.getElementById("text-acts").content.cloneNode(true);
    const here = [...all.children].filter((one) => shown[one.dataset.textAct]);
    text.querySelector(".text-acts").replaceChildren(...here);
    for (const bracket of text.querySelectorAll("[data-bracket]")) {
      const settle = { accept: open && drafter === own, drop: open && [drafter, bracket.dataset.by].includes(own) };
      const acts = document.getElementById("bracket-acts").content.cloneNode(true);
      const mine = [...acts.children].filter((one) => settle[one.dataset.settle]);
      bracket.querySelector(".bracket-acts").replaceChildren(...mine);
    }
  }

  #clicked({ target }) {
    const act = target.closest("[data-text-act]");
    if (act) this.#textAct(act.dataset.textAct, act.closest("article"), act);
    const settle = target.closest("[data-settle]");
    if (settle) this.#settle(settle);
    const seat = target.closest("[data-take-seat]");
    if (seat) this.#command({ type: "take_seat", seat: seat.dataset.takeSeat }, seat);
    const sign = target.closest("[data-countersign]");
    if (sign) this.#command({ type: "countersign", about: sign.dataset.countersign }, sign);
    const back = target.closest("[data-withdraw]");
    if (back) this.#command({ type: "withdraw", about: back.dataset.withdraw }, back);
    const row = target.closest("[data-draft]");
    if (target.closest("[data-open-draft]")) this.#openDraft(row.dataset.draft);
    if (target.closest("[data-drop-draft]")) this.desk.composer.drafts.drop(row.dataset.draft);
  }

  #textAct(name, article, button) {
    const text = article.dataset.text;
    if (name === "sign") this.#command({ type: "sign", text, version: Number(article.dataset.version) }, button);
    else if (name === "vote") this.#command({ type: "vote", text, choice: button.dataset.choice }, button);
    else if (name === "versions") this.desk.earlier((versions) => versions.text(text));
    else if (name === "sponsor") this.#command({ type: "sponsor", text }, button);
    else if (name === "publish") {
      const instrument = "publish_joint_statement";
      this.#command({ type: "act", instrument, to: [], about: text, fields: {} }, button);
    } else this.desk.composer.open(name, { about: text });
  }

  #settle(button) {
    const { text } = button.closest("article").dataset;
    const bracket = Number(button.closest("[data-bracket]").dataset.bracket);
    this.#command({ type: "settle_bracket", text, bracket, accept: button.dataset.settle === "accept" }, button);
  }

  #command(command, button) {
    button.disabled = true;
    setTimeout(() => {
      button.disabled = false;
    }, SHOWN_MS);
    this.desk.live.command(command);
  }

  #openDraft(key) {
    const state = this.desk.composer.drafts.load(key);
    const { form, about, to, values } = state ?? {};
    const other = state && key !== draftKey(form, about);
    if (state) this.desk.composer.open(form, { about, to, ...(other ? { values } : {}) });
  }

  /** List what was begun and not sent. */
  showDrafts() {
    const { composer } = this.desk;
    if (!composer) return;
    const list = document.getElementById("drafts");
    const rows = composer.drafts.all().filter(([, state]) =>
      document.getElementById(`form-${state.form}`)).map(([key, state, by]) => {
      const row = document.createElement("li");
      row.dataset.draft = key;
      row.append(document.getElementById("draft-row").content.cloneNode(true));
      row.querySelector("[data-title]").textContent = titleOf(state.form);
      row.querySelector("[data-by]").textContent = by ? word("DraftBy", { who: by }) : "";
      return row;
    });
    list.replaceChildren(...rows);
    document.getElementById("papers-drafts").hidden = rows.length === 0;
    this.#counts();
  }

  #counts() {
    document.getElementById("papers-waiting").hidden = this.outgoing?.empty ?? true;
    document.getElementById("ours-none").hidden = this.list.children.length > 0;
    const count = this.list.children.length;
    setText(document.querySelector("[data-papers-count]"), count ? String(count) : "");
  }

  /** Scroll to a section or a text of this view. */
  show(id) {
    const one = document.getElementById(id);
    one?.scrollIntoView({ block: "start" });
    one?.setAttribute("tabindex", "-1");
    one?.focus({ preventScroll: true });
  }
}
