/** What a delegation may do in a session as it stands, and which sessions it has seen. */

const KEPT = 200;

/** Say what `own` may do in a room now, and its place on the speakers' list. */
export function standing(room, own) {
  const { chair, floor, status, speakers, item, items, sort } = room.dataset;
  const queue = speakers.split(" ").filter(Boolean);
  const open = status === "open" && document.body.dataset.status !== "ended";
  const chairs = open && chair === own;
  return {
    open,
    chair: chairs,
    place: queue.indexOf(own) + 1,
    mine: open && floor === own,
    ask: open && floor !== own && !queue.includes(own) && !chairs,
    waits: open && queue.includes(own),
    next: chairs && !floor && queue.length > 0,
    chair_speaks: chairs && !floor && queue[0] !== own,
    take_back: chairs && floor !== "" && floor !== own,
    next_item: chairs && Number(item) < Number(items),
    exchange: open && sort === "technical",
  };
}

/** Return what a control is, whatever element stands for it. */
export function signOf(control) {
  const { forumAct = "", forumForm = "", giveFloor, takeUp } = control.dataset;
  const row = control.closest("[data-speaker], .forum-agenda > li")?.dataset;
  return [control.id, forumAct, forumForm, giveFloor, takeUp, row?.speaker, row?.item].join("|");
}

export function stored(key) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "[]");
  } catch {
    return [];
  }
}

export function store(key, ids) {
  try {
    localStorage.setItem(key, JSON.stringify(ids.slice(-KEPT)));
  } catch {
    // Without storage the marks hold for this page only.
  }
}
