/** What a legal adviser and a handling officer would say while one writes: told, never stopped. */

import { setText } from "./clock.js";
import { word } from "./notices.js";

const ENOUGH = ["moderate", "high"];
const SANCTIONS = "sanctions_listing";
const JOINT = "joint_measure";
const COUNTERMEASURE = "countermeasure";
const SHARING = "share_item";
const CLASSES = { personal: "ClassPersonal", health: "ClassHealth", electoral: "ClassElectoral" };
const STRICT = ["RED", "AMBER", "AMBER+STRICT"];
const RANK = ["none", "signed", "party"];
const STANDING = ["StandingNone", "StandingSigned", "StandingForce"];

export class Counsel {
  constructor(desk, composer) {
    this.desk = desk;
    this.composer = composer;
    this.law = document.getElementById("composer-law");
    this.label = document.getElementById("composer-label");
    this.rung = document.querySelector("#composer-rung [data-text]");
    this.attributed = composer.form.dataset.attributed === "yes";
    desk.live.addEventListener("entries", ({ detail }) => detail.forEach((one) => this.#heard(one)));
  }

  /** Say what holds for the form as it stands; `to` are the delegations it goes to. */
  show(form, spec, to) {
    const lacking = this.#lacking(form);
    const raised = lacking.length > 0 && "nextMeaning" in spec;
    const step = this.#taken(form) ?? spec;
    const rung = Number(step.rung) + (raised ? 1 : 0);
    setText(this.rung, `${rung}, ${raised ? step.nextMeaning : step.meaning}`);
    this.#tell(this.law, lacking.join(" "));
    this.#tell(this.label, [this.#uncovered(to), this.#unfounded(form)].filter(Boolean).join(" "));
    this.#stance();
    this.#conditions(form);
    for (const select of this.composer.rows.querySelectorAll('select[data-shape="treaty"]')) {
      this.#treaties(select, to);
    }
  }

  /** Return the measure that a joint one would take: it counts on that one's rung. */
  #taken(form) {
    if (form !== JOINT) return undefined;
    const chosen = this.composer.rows.querySelector('[data-field="measure"]').value;
    return document.getElementById(`form-${chosen || form}`)?.dataset;
  }

  #tell(place, text) {
    place.hidden = !text;
    setText(place, text);
  }

  // What a measure lacks, in the words that its sender reads before sending.
  #lacking(form) {
    if (form === SANCTIONS && !this.attributed) return [word("Unattributed")];
    if (form !== COUNTERMEASURE) return [];
    const open = [...this.composer.rows.querySelectorAll('[data-shape="flag"]')]
      .filter((box) => !box.checked)
      .map((box) => box.closest("label").textContent.trim());
    return open.length ? [word("Missing", { what: open.join("; ") })] : [];
  }

  /** Ask on what basis data about people go on; what holds none asks for none. */
  #unfounded(form) {
    if (form !== SHARING) return "";
    const kind = this.#chosen()?.dataset.class ?? "none";
    const row = this.composer.rows.querySelector('[data-row="basis"]');
    row.hidden = kind === "none";
    const stated = row.querySelector("textarea").value.trim();
    return row.hidden || stated ? "" : word("Unfounded", { what: word(CLASSES[kind]) });
  }

  // Of a joint measure, only a countermeasure has conditions to meet.
  #conditions(form) {
    if (form !== JOINT) return;
    const { rows } = this.composer;
    const idle = rows.querySelector('[data-field="measure"]').value !== COUNTERMEASURE;
    const flags = [...rows.querySelectorAll('[data-shape="flag"]')].map((box) => box.closest(".paper-flag"));
    for (const one of [flags[0].previousElementSibling, ...flags]) one.hidden = idle;
  }

  // Whoever answers an allegation may say how; other answers are not asked.
  #stance() {
    const row = this.composer.rows.querySelector('[data-row="stance"]');
    const about = document.getElementById(`paper-${this.composer.now?.about || "-"}`);
    if (row) row.hidden = !about?.querySelector("[data-alleges]");
  }

  #chosen() {
    const chosen = this.composer.rows.querySelector('[data-field="item"]')?.value;
    return document.querySelector(`#items > li[data-item="${CSS.escape(chosen || "-")}"]`);
  }

  /** Return a sentence on those whom the label of the chosen item does not cover. */
  #uncovered(to) {
    const label = this.#chosen()?.dataset.tlp ?? "";
    const outside = to.filter((id) => STRICT.includes(label)
      || (label === "GREEN" && this.#kind(id) === "media"));
    if (!outside.length) return "";
    const who = outside.map((id) => this.composer.short(id)).join(", ");
    return word(label === "GREEN" ? "LabelGreen" : "LabelStrict", { label: `TLP:${label}`, who });
  }

  #kind(id) {
    return this.composer.to.querySelector(`input[value="${CSS.escape(id)}"]`)?.dataset.kind;
  }

  /** Say in each choice whether the treaty binds both sides. */
  #treaties(select, to) {
    for (const option of select.options) {
      const row = option.value && document.querySelector(`#treaty-stock > [data-treaty="${CSS.escape(option.value)}"]`);
      if (!row) continue;
      option.dataset.title ??= option.text;
      const standing = JSON.parse(row.dataset.standing);
      const ranks = [this.desk.own, ...to].map((id) => RANK.indexOf(standing[id] ?? "none"));
      const said = to.length ? word(STANDING[Math.min(...ranks)]) : "";
      setText(option, said ? `${option.dataset.title}: ${said}` : option.dataset.title);
    }
  }

  // An attribution of our own that is confident enough founds a sanction.
  #heard({ kind, body, author }) {
    const { own } = this.desk;
    const alone = kind === "act_issued" && body?.instrument === "public_attribution"
      && author.delegation === own && ENOUGH.includes(body.fields.confidence);
    const joint = kind === "text_published" && body?.state.accuses
      && body.state.signed.includes(own) && ENOUGH.includes(body.state.confidence);
    if (alone || joint) this.attributed = true;
  }
}
