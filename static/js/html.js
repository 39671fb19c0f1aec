/**
 * The one place where html from our own server becomes part of the page.
 *
 * An entry's html is a list of fragments. Each names where it goes in
 * `hx-swap-oob`, as `<where>:<selector>` with where afterbegin or beforeend. One whose
 * id is in the page replaces what stands there, unless that is of a later position or
 * somebody is writing in it.
 */

const PARSER = new DOMParser();

/** Turn html of our own templates into elements. */
export function elements(html) {
  const { body } = PARSER.parseFromString(html, "text/html");
  // A copy: the list is live, and adopting an element takes it out.
  return Array.from(body.children).map((one) => document.adoptNode(one));
}

/** Put each fragment of an entry where it says; return the elements now in the page. */
export function apply(html, position = 0) {
  return elements(html).map((one) => place(one, position)).filter(Boolean);
}

/** Replace what `target` holds by html of our own templates. */
export function fill(target, html) {
  target.replaceChildren(...elements(html));
}

function place(fragment, position) {
  fragment.dataset.position = position;
  const [where, selector] = split(fragment.getAttribute("hx-swap-oob") ?? "");
  fragment.removeAttribute("hx-swap-oob");
  const standing = fragment.id ? document.getElementById(fragment.id) : null;
  if (standing) return replace(standing, fragment);
  const target = selector ? document.querySelector(selector) : null;
  if (!target) return null;
  if (where === "afterbegin") target.prepend(fragment);
  else if (where === "beforeend") target.append(fragment);
  else return null;
  return fragment;
}

function replace(standing, fragment) {
  const newer = Number(fragment.dataset.position ?? 0);
  if (newer < Number(standing.dataset.position ?? 0)) return null;
  const focus = standing.contains(document.activeElement);
  if (focus && standing.querySelector("form")) return null;
  standing.replaceWith(fragment);
  return fragment;
}

function split(rule) {
  const colon = rule.indexOf(":");
  return colon < 0 ? [rule, ""] : [rule.slice(0, colon), rule.slice(colon + 1)];
}
