/** The answers that fit under a paper, and in the foot of a phone. */

const FIT = {
  offer: ["ack", "accept", "refuse", "call", "more"],
  delegation: ["ack", "reply", "flag", "poc", "call", "more"],
  inquiry: ["ack", "join", "stay_out", "call", "more"],
  measure: ["ack", "join_measure", "leave_measure", "call", "more"],
  press: ["ack", "press", "call", "share", "more"],
  social: ["ack", "statement", "share", "call", "more"],
  question: ["ack", "press", "call", "share", "more"],
  ours: ["correct"],
  assist: ["ack", "help", "poc", "call", "more"],
  notify: ["ack", "poc", "call", "statement", "more"],
  other: ["ack", "reply", "flag", "poc", "call", "statement", "more"],
};
const MOST_IN_FOOT = 3;

export class Answers {
  constructor(desk) {
    this.desk = desk;
    this.stock = document.getElementById("answers-stock");
    this.bar = document.getElementById("answer-bar");
    document.addEventListener("click", (event) => this.#clicked(event));
    desk.live.addEventListener("refused", ({ detail }) => {
      if (detail.command.type === "acknowledge") this.refresh(detail.command.about);
    });
  }

  /** Build the answers of the paper open anew. */
  refresh(id) {
    const place = id ? document.querySelector(`[data-answers-for="${CSS.escape(id)}"]`) : null;
    if (!place) {
      if (!id || id === this.desk.inbox?.open) this.bar.hidden = true;
      return;
    }
    const buttons = this.#fitting(id);
    place.replaceChildren(...buttons);
    if (id === this.desk.inbox?.open) this.#foot(buttons);
  }

  #foot(buttons) {
    const more = buttons.find((one) => one.dataset.act === "more");
    const first = buttons.filter((one) => one !== more).slice(0, MOST_IN_FOOT - 1);
    const foot = [...first, ...(more ? [more] : [])].map((one) => one.cloneNode(true));
    const main = foot.find((one) => !["ack", "more"].includes(one.dataset.act));
    main?.classList.add("btn-primary");
    this.bar.replaceChildren(...foot);
    this.bar.hidden = foot.length === 0;
  }

  #fitting(id) {
    const paper = document.getElementById(`paper-${id}`);
    const card = document.getElementById(`mail-${id}`);
    const by = paper.dataset.by ?? "";
    const over = document.body.dataset.status === "ended";
    if (over || paper.querySelector(".said-recalled")) return [];
    if (by === this.desk.own) return this.#own(paper, id);
    if (paper.querySelector("form.probe")) return [];
    const text = paper.querySelector("[data-open-text]");
    if (text) return [link(text)];
    const noted = paper.querySelector(`.said > [data-by="${this.desk.own}"][data-instrument="ack"]`);
    const names = FIT[this.#sort(paper, card)].filter((name) => name !== "ack" || !noted);
    return names.map((name) => this.#button(name, id, by)).filter(Boolean);
  }

  // What one said in public can be corrected; a joint text is amended by its parties.
  #own(paper, id) {
    const said = paper.querySelector(".document[data-public]");
    return said ? FIT.ours.map((name) => this.#button(name, id, "")).filter(Boolean) : [];
  }

  #sort(paper, card) {
    const asks = (card?.dataset.asks ?? "").split(" ");
    const offer = paper.querySelector('[data-instrument="offer_assistance"]');
    if (offer) return this.desk.papers?.offered(paper.dataset.entry) ? "offer" : "delegation";
    if (paper.querySelector('[data-instrument="press_question"]')) return "question";
    const joint = paper.querySelector('[data-instrument="joint_investigation"], [data-instrument="joint_measure"]');
    if (joint && !this.#joined(paper)) return joint.dataset.instrument === "joint_measure" ? "measure" : "inquiry";
    if (paper.dataset.by) return "delegation";
    if (paper.querySelector(".document-pressQ")) return "press";
    if (paper.querySelector(".document-social")) return "social";
    if (asks.includes("assist")) return "assist";
    return asks.includes("notify") ? "notify" : "other";
  }

  // Whoever has joined or declined has answered; a measure taken or not is settled.
  #joined(paper) {
    const said = [...paper.querySelectorAll(".said > [data-instrument]")];
    const ours = said.filter((one) => one.dataset.by === this.desk.own);
    return ours.some((one) => /^(join|decline)_(investigation|measure)$/.test(one.dataset.instrument))
      || said.some((one) => one.dataset.instrument.startsWith("measure_"));
  }

  #button(name, id, by) {
    const one = this.stock.content.querySelector(`[data-act="${name}"]`).cloneNode(true);
    const { compose } = one.dataset;
    if (compose && !document.getElementById(`form-${compose}`)) return null;
    if (name === "share" && !document.querySelector("#items > li")) return null;
    one.dataset.about = id;
    one.dataset.to = ["reply", "flag", "poc", "call", "more"].includes(name) ? by : "";
    return one;
  }

  #clicked({ target }) {
    const button = target.closest("[data-act]");
    if (button?.dataset.act === "ack") {
      button.disabled = true;
      this.desk.live.command({ type: "acknowledge", about: button.dataset.about });
    } else if (button?.dataset.act === "call") {
      if (button.dataset.to) this.desk.hotline.ring(button.dataset.to);
      this.desk.go("#hotline");
    }
  }
}

function link(text) {
  const one = text.cloneNode(true);
  one.className = "btn";
  return one;
}
