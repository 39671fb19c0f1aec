/** What a legal adviser and a handling officer would say while one writes: told, never stopped. */

import { setText } from "./clock.js";
import { word } from "./notices.js";

const ENOUGH = ["moderate", "high"];
const SANCTIONS = "sanctions_listing";
const COUNTERMEASURE = "countermeasure";
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
    const rung = Number(spec.rung) + (raised ? 1 : 0);
    setText(this.rung, `${rung}, ${raised ? spec.nextMeaning : spec.meaning}`);
    this.#tell(this.law, lacking.join(" "));
    this.#tell(this.label, this.#uncovered(to));
    for (const select of this.composer.rows.querySelectorAll('select[data-shape="treaty"]')) {
      this.#treaties(select, to);
    }
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

  /** Return a sentence on those whom the label of the chosen item does not cover. */
  #uncovered(to) {
    const chosen = this.composer.rows.querySelector('[data-field="item"]')?.value;
    const item = document.querySelector(`#items > li[data-item="${CSS.escape(chosen || "-")}"]`);
    const label = item?.dataset.tlp ?? "";
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
