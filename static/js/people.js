/** Who of the delegation takes part: what they are called, where they sit, who is here. */

const OWN = ["member_joined", "member_named", "member_moved", "member_revoked"];

export class People {
  /** `stock` is the list the page was rendered with; `own` the delegation. */
  constructor(live, stock, own, shown) {
    this.own = own;
    this.shown = shown;
    this.all = new Map();
    for (const { dataset } of stock?.children ?? []) {
      const { member, name, seat, here } = dataset;
      this.all.set(member, { member, name, seat, here: here === "yes" });
    }
    live.addEventListener("entries", ({ detail }) => {
      const known = detail.filter((entry) => OWN.includes(entry.kind));
      for (const entry of known) this.#take(entry);
      if (known.length) this.shown(this);
    });
    live.addEventListener("home", ({ detail }) => this.#present(detail.members ?? []));
  }

  #take({ kind, body: what }) {
    if (!what) return;
    const known = this.all.get(what.member);
    const ours = what.delegation === this.own;
    if (kind === "member_joined" && ours) this.#put(what.member, { name: "", here: false, ...known, seat: what.seat });
    else if (kind === "member_moved" && ours) this.#put(what.member, { name: "", here: false, ...known, seat: what.seat });
    else if (kind === "member_moved" || kind === "member_revoked") this.all.delete(what.member);
    else if (kind === "member_named" && known) this.#put(what.member, { ...known, name: what.name });
  }

  #put(member, person) {
    this.all.set(member, { ...person, member });
  }

  #present(members) {
    for (const one of this.all.values()) one.here = members.includes(one.member);
    this.shown(this);
  }

  /** Return who sits in a seat; "" are those without one. */
  of(seat) {
    return [...this.all.values()].filter((one) => (one.seat ?? "") === seat);
  }

  /** Return the others who are here now. */
  others(member) {
    return [...this.all.values()].filter((one) => one.member !== member && one.here);
  }
}
