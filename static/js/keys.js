/** Single keys, which a person can switch off, and where they do not count. */

const STORE = "detente:keys";
const TYPING = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";
const PRESSED_BY_SPACE = "button, a[href], summary, input, [role=switch]";

export function keysOn() {
  try {
    return localStorage.getItem(STORE) !== "off";
  } catch {
    return true;
  }
}

export function switchKeys(on) {
  try {
    localStorage.setItem(STORE, on ? "on" : "off");
  } catch {
    // Without storage the switch holds for nothing; the keys stay on.
  }
}

/** Call what a key stands for. `bindings` maps a key (" ", "r", "?") to a function. */
export function listen(bindings) {
  document.addEventListener("keydown", (event) => {
    if (!counts(event)) return;
    const act = bindings[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    act(event);
  });
}

function counts(event) {
  if (!keysOn() || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return false;
  if (document.querySelector("dialog[open]")) return false;
  const { target } = event;
  if (target.matches?.(TYPING)) return false;
  return !(event.key === " " && target.closest?.(PRESSED_BY_SPACE));
}
