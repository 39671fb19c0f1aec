/** Reports made while one waits: a bar, what is left out, and the file with its hash. */

import { fill } from "./head.js";

const decoder = new TextDecoder();

export class Making {
  constructor(dialog, exercise) {
    this.dialog = dialog;
    this.form = dialog.querySelector("form");
    this.exercise = exercise;
    this.bar = dialog.querySelector("progress");
    this.said = dialog.querySelector("[data-making-said]");
    this.list = dialog.querySelector("[data-making-left]");
    this.busy = false;
    this.form.addEventListener("submit", (event) => this.#submitted(event));
    this.form.elements.edition.addEventListener("change", () => this.#changed());
    this.#changed();
  }

  #changed() {
    this.list.replaceChildren();
    const page = this.dialog.querySelector("[data-making-page]");
    const edition = encodeURIComponent(this.form.elements.edition.value);
    page.href = `/review/${this.exercise}/report.html?edition=${edition}`;
  }

  async #submitted(event) {
    event.preventDefault();
    const form = event.submitter?.dataset.make;
    if (!form || this.busy) return;
    this.busy = true;
    this.bar.hidden = false;
    this.bar.value = 0;
    try {
      await this.#make(form, this.form.elements.edition.value);
    } catch {
      this.#say(this.said.dataset.wordLost);
    }
    this.bar.hidden = true;
    this.busy = false;
  }

  async #make(form, edition) {
    const address = `/review/${this.exercise}/made/${form}?edition=${encodeURIComponent(edition)}`;
    const answer = await fetch(address, { cache: "no-store" });
    if (!answer.ok) throw new Error(String(answer.status));
    const head = await this.#follow(answer.body.getReader());
    if (head.word !== "file") {
      this.#say(head.rest);
    } else if (form === "preview") {
      this.#leftOut(JSON.parse(await head.file.text()));
    } else {
      hand(head.file, `report.${form}`);
      this.#say(fill(this.said.dataset.wordDone, { hash: head.rest.split(" ")[1] }));
    }
  }

  /** Read lines of progress until the file begins, then the file to its end. */
  async #follow(reader) {
    let kept = new Uint8Array();
    for (;;) {
      const end = kept.indexOf(10);
      if (end < 0) {
        const { done, value } = await reader.read();
        if (done) throw new Error("cut off");
        kept = joined(kept, value);
        continue;
      }
      const [word, ...rest] = decoder.decode(kept.subarray(0, end)).split(" ");
      kept = kept.subarray(end + 1);
      if (word === "failed") return { word, rest: rest.join(" ") };
      if (word === "file") {
        return { word, rest: rest.join(" "), file: await whole(reader, kept, Number(rest[0])) };
      }
      this.bar.value = Number(word);
      this.#say(rest.join(" "));
    }
  }

  #leftOut(kinds) {
    const lines = kinds.map(([title, left, of]) => {
      const line = document.createElement("li");
      line.textContent = fill(this.list.dataset.word, { title, left, of });
      return line;
    });
    this.list.replaceChildren(...lines);
    this.#say(lines.length ? this.said.dataset.wordLeft : this.said.dataset.wordNothing);
  }

  #say(text) {
    this.said.textContent = text;
  }
}

function joined(before, after) {
  const both = new Uint8Array(before.length + after.length);
  both.set(before);
  both.set(after, before.length);
  return both;
}

async function whole(reader, first, size) {
  const parts = [first];
  let got = first.length;
  for (let one = await reader.read(); !one.done; one = await reader.read()) {
    parts.push(one.value);
    got += one.value.length;
  }
  if (got !== size) throw new Error("cut off");
  return new Blob(parts);
}

function hand(file, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
