/** What is being written, kept on this device until it is sent. */

const PREFIX = "detente:draft:";

function key(scope, form) {
  return `${PREFIX}${scope}:${form}`;
}

export function save(scope, form, values) {
  try {
    localStorage.setItem(key(scope, form), JSON.stringify({ values, at: Date.now() }));
    return true;
  } catch {
    return false;
  }
}

export function load(scope, form) {
  try {
    return JSON.parse(localStorage.getItem(key(scope, form)) ?? "null");
  } catch {
    return null;
  }
}

export function drop(scope, form) {
  try {
    localStorage.removeItem(key(scope, form));
  } catch {
    // Without storage there is nothing to drop.
  }
}

/** Return the forms that have a draft, by their id. */
export function all(scope) {
  const start = key(scope, "");
  try {
    return Object.keys(localStorage).filter((one) => one.startsWith(start))
      .map((one) => one.slice(start.length));
  } catch {
    return [];
  }
}
