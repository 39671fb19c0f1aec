/** A delegation's desk: brings the live channel, the views and their parts together. */

import { Answers } from "./answers.js";
import { Composer } from "./composer.js";
import { fill, open, words } from "./head.js";
import { Hotline } from "./hotline.js";
import { apply } from "./html.js";
import { Inbox } from "./inbox.js";
import { keysOn, listen, switchKeys } from "./keys.js";
import { meters } from "./meters.js";
import { Notices, refused } from "./notices.js";
import { Papers } from "./papers.js";
import { Probes } from "./probe.js";
import { Sessions } from "./sessions.js";
import { Seats } from "./seats.js";
import { Timelist } from "./timelist.js";
import { tongues } from "./tongues.js";

const { body } = document;
const VIEWS = ["inbox", "timeline", "hotline", "sessions", "papers", "rules", "brief", "hotwash"];

const { live, clock } = open();
const desk = {
  live,
  clock,
  own: body.dataset.delegation,
  member: body.dataset.member,
  scope: `${body.dataset.membership}/${body.dataset.delegation}`,
  frame: document.getElementById("desk"),
  go,
  earlier,
};
desk.notices = new Notices(desk);
desk.timelist = new Timelist(desk);
desk.answers = new Answers(desk);
desk.papers = new Papers(desk);
desk.inbox = new Inbox(desk);
desk.composer = new Composer(desk);
desk.hotline = new Hotline(desk);
desk.sessions = new Sessions(desk);
desk.papers.showDrafts();
desk.papers.states();
desk.probes = new Probes(desk);
desk.seats = new Seats(desk);

live.addEventListener("entries", ({ detail }) => {
  for (const entry of detail) if (!live.ended) take(entry);
});
live.addEventListener("read", ({ detail }) => desk.papers.read(detail));
live.addEventListener("refused", ({ detail }) => {
  if (!desk.composer.refused(detail) && !desk.probes.refused(detail)) refused(detail.answer);
});
live.addEventListener("revoked", () => desk.composer.keepLocally());

addEventListener("popstate", () => show(location.hash));
document.addEventListener("click", clicked);
document.addEventListener("keydown", sends);
document.getElementById("hotwash").addEventListener("submit", handsIn);
listen({
  "?": () => dialog("help"),
  n: () => desk.inbox.newest(),
  j: () => desk.inbox.move(1),
  k: () => desk.inbox.move(-1),
  c: () => dialog("write"),
});

meters(live);
tongues();
keySwitch();
show(location.hash);
live.start();

/** Put an entry into every part of the page it belongs to. */
function take(entry) {
  const placed = apply(entry.html ?? "", entry.position);
  desk.timelist.take(placed);
  desk.papers.take(placed, entry);
  desk.inbox.take(placed, entry);
  desk.hotline.take(placed, entry);
  desk.sessions.take(placed);
  desk.probes.take(placed, entry);
  desk.contacts?.take(entry);
  if (entry.kind === "ended") desk.inbox.refresh();
}

/** Go to a view or a paper; going back returns. */
function go(hash) {
  if (location.hash !== hash) history.pushState(null, "", hash);
  show(hash);
}

function show(hash) {
  const [view, id] = place(hash.slice(1));
  body.dataset.view = view;
  desk.frame.dataset.view = view;
  for (const pane of desk.frame.querySelectorAll("[data-for]")) {
    pane.hidden = pane.dataset.for !== view;
  }
  for (const link of document.querySelectorAll(".views [data-go]")) {
    if (link.dataset.go !== view) link.removeAttribute("aria-current");
    else {
      link.setAttribute("aria-current", "page");
      link.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  }
  if (view === "inbox") desk.inbox.show(id);
  else if (view === "timeline" && id) desk.timelist.open(id);
  else if (view === "papers" && id) desk.papers.show(id);
  if (view === "hotline") {
    desk.hotline.shown();
    contacts();
  }
  if (view === "papers") desk.composer.drafts.refresh();
  if (view === "sessions") desk.sessions.show(id);
  else desk.sessions.refresh();
}

// What few need is loaded when they do: the first page of a phone stays light.
async function contacts() {
  const { Contacts } = await import("./contacts.js");
  desk.contacts ??= new Contacts(desk);
}

async function earlier(show) {
  const { Versions } = await import("./versions.js");
  desk.versions ??= new Versions(desk);
  show(desk.versions);
}

function place(hash) {
  const [, kind, id] = /^(paper|row|text|papers|forum)-(.+)$/.exec(hash) ?? [];
  if (kind === "paper") return ["inbox", id];
  if (kind === "row") return ["timeline", id];
  if (kind === "forum") return ["sessions", id];
  if (kind === "text") return tabled(hash) ?? ["papers", hash];
  if (kind === "papers") return ["papers", `papers-${id}`];
  return [VIEWS.includes(hash) ? hash : "inbox", ""];
}

/** Return the session on whose table a text lies, if it lies on one. */
function tabled(hash) {
  const forum = document.getElementById(hash)?.closest("#forum-texts > *")?.dataset.forum;
  return forum ? ["sessions", forum] : null;
}

function clicked(event) {
  const tie = event.target.closest("a[data-tie]");
  if (tie) {
    event.preventDefault();
    desk.composer.open("poc_message", { to: [tie.dataset.to] });
    return;
  }
  const link = event.target.closest("a[href^='#']");
  if (link && !link.classList.contains("skip") && !event.metaKey && !event.ctrlKey) {
    event.preventDefault();
    if (link.dataset.help !== undefined) dialog("help");
    else go(link.getAttribute("href"));
    return;
  }
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.close !== undefined) button.closest("dialog").close();
  else if (button.dataset.draftVersions !== undefined) earlier((versions) => versions.draft());
  else if (button.dataset.write !== undefined) write(button);
  else if (button.dataset.compose !== undefined) compose(button);
  else if (button.dataset.shareItem !== undefined) share(button);
}

function write(button) {
  const menu = document.getElementById("write");
  menu.dataset.about = button.dataset.about ?? "";
  menu.dataset.to = button.dataset.to ?? "";
  menu.showModal();
}

function compose(button) {
  const menu = button.closest("#write");
  menu?.close();
  const { about = "", to = "" } = menu ? menu.dataset : button.dataset;
  if (button.dataset.compose === "hotline") go("#hotline");
  else {
    const values = button.dataset.ping === undefined ? {}
      : { values: { type: "ping", subject: button.firstChild.textContent.replace("…", "") } };
    desk.composer.open(button.dataset.compose, { about, to: to ? to.split(" ") : [], ...values });
  }
}

function share(button) {
  const about = button.closest(".paper-sheet")?.dataset.entry ?? "";
  desk.composer.open("share_item", { about, values: { item: button.dataset.shareItem } });
}

function dialog(id) {
  const one = document.getElementById(id);
  if (one.open) return;
  if (id === "write") Object.assign(one.dataset, desk.inbox.context());
  one.showModal();
}

function sends(event) {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const form = event.target.closest?.("form");
  if (!form) return;
  event.preventDefault();
  form.requestSubmit();
}

function keySwitch() {
  const box = document.querySelector("[data-keys-switch]");
  box.checked = keysOn();
  box.addEventListener("change", () => switchKeys(box.checked));
}

async function handsIn(event) {
  event.preventDefault();
  const form = event.target;
  const answers = {};
  for (const area of form.querySelectorAll("textarea")) {
    if (area.value.trim()) answers[area.name] = area.value.trim();
  }
  for (const step of form.querySelectorAll("input[type=radio]:checked")) {
    answers[step.name] = step.value;
  }
  if (!Object.keys(answers).length) {
    form.querySelector("textarea").focus();
    return;
  }
  const refusal = form.querySelector(".refusal");
  const anonymous = form.elements.anonymous.checked;
  let answer = null;
  try {
    answer = await live.ask({ type: "survey", answers, anonymous });
  } catch {
    answer = { ok: false, message: fill(words().wordUnsent, {}) };
  }
  refusal.textContent = answer.ok ? "" : answer.message;
  refusal.hidden = answer.ok;
  form.hidden = answer.ok;
  document.getElementById("hotwash-done").hidden = !answer.ok;
}
