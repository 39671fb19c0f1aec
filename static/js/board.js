/** Who is in, who has read what, who owes an answer; from presence frames. */

import { setText } from "./clock.js";
import { fill as say, said } from "./head.js";
import { fill } from "./html.js";

const MEET_MS = 300;

export class Board {
  /** `places` are the board's and the score's elements, `badges` the template of badges. */
  constructor({ board, score, badges, people, roster = null }) {
    this.place = board;
    this.score = score;
    this.badges = badges;
    this.people = people;
    this.roster = roster;
    this.tags = {};
  }

  presence(frame) {
    const board = this.place.querySelector("#board");
    let all = 0;
    for (const [id, one] of Object.entries(frame.delegations ?? {})) {
      all += one.in ?? 0;
      const row = board.querySelector(`[data-row="${CSS.escape(id)}"]`);
      if (row) this.#row(row, one, board.dataset);
    }
    const { word, of } = this.people.dataset;
    const { n, total } = { n: frame.people_in ?? all, total: frame.people ?? Math.max(of, all) };
    this.people.dataset.of = total;
    setText(this.people, say(word, { n, of: total }));
    if (frame.waiting) this.#waiting(board, frame.waiting);
  }

  #row(row, one, words) {
    const cell = (name) => row.querySelector(`[data-cell="${name}"]`);
    if (one.in !== undefined) {
      const of = Math.max(one.in, one.members ?? Number(row.dataset.members));
      row.dataset.members = of;
      setText(cell("in"), say(words.wordOf, { n: one.in, of }));
    }
    if (one.unread !== undefined) this.#unread(cell("unread"), one.unread);
    if (one.owed !== undefined || one.late !== undefined) this.#owes(cell("owes"), one, words);
  }

  #unread(cell, n) {
    const mark = document.createElement(n ? "b" : "span");
    mark.textContent = n;
    if (!n) mark.className = "none";
    cell.replaceChildren(mark);
  }

  #owes(cell, { owed = 0, soon = 0, late = 0 }, words) {
    const mark = document.createElement("span");
    if (late) mark.textContent = say(words.wordLate, { n: late });
    else if (soon) mark.textContent = say(words.wordSoon, { n: soon });
    else mark.textContent = owed ? say(words.wordOwed, { n: owed }) : "–";
    if (late || soon) {
      mark.className = "deadline";
      mark.dataset.state = late ? "late" : "soon";
    }
    cell.replaceChildren(mark);
  }

  #waiting(board, waiting) {
    const list = board.querySelector("#waiting");
    list.replaceChildren(...waiting.map((one) => this.#owed(one)));
    board.querySelector("#waiting-none").hidden = waiting.length > 0;
  }

  #owed(one) {
    const line = document.createElement("li");
    line.className = "owed";
    const party = typeof one.party === "string" ? one.party : one.party.id;
    const badge = this.badges.content.querySelector(`[data-delegation="${CSS.escape(party)}"]`);
    const what = document.createElement("a");
    what.className = "owed-what";
    what.dir = "auto";
    if (one.entry) what.href = `#row-${one.entry}`;
    what.textContent = [one.number, said(one.title)].filter(Boolean).join(" ");
    const left = document.createElement("span");
    left.className = "deadline";
    left.dataset.dueMs = one.due_ms;
    if (one.from_ms !== undefined && one.from_ms !== null) left.dataset.fromMs = one.from_ms;
    line.append(...(badge ? [badge.cloneNode(true)] : []), what, left);
    return line;
  }

  /** Ask for the board and the score as they stand; unchanged ones cost an empty answer. */
  async refresh(exercise) {
    await this.#fetch(`/console/${exercise}/board`, this.place);
    await this.#fetch(`/console/${exercise}/score`, this.score);
  }

  /** Ask who takes part, once for a burst of comings and goings. */
  meet(exercise) {
    clearTimeout(this.meeting);
    this.meeting = setTimeout(() => this.#fetch(`/console/${exercise}/people`, this.roster), MEET_MS);
  }

  async #fetch(address, place) {
    const headers = this.tags[address] ? { "If-None-Match": this.tags[address] } : {};
    const answer = await fetch(address, { headers, cache: "no-store" }).catch(() => null);
    if (!answer || answer.status !== 200) return;
    this.tags[address] = answer.headers.get("ETag") ?? "";
    const html = await answer.text();
    if (!place.contains(document.activeElement)) fill(place, html);
  }
}
