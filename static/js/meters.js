/** The harm meters above a desk: an inject that moved one carries its new value. */

/** Keep the strip of meters up to date with what comes in. */
export function meters(live) {
  const format = new Intl.NumberFormat(document.documentElement.lang || "en");
  live.addEventListener("entries", ({ detail }) => {
    for (const entry of detail) {
      const moved = entry.kind === "inject_released" ? entry.body?.meters ?? [] : [];
      for (const { id, value } of moved) show(id, format.format(value));
    }
  });
}

function show(id, text) {
  const place = document.querySelector(`[data-meter="${CSS.escape(id)}"] [data-value]`);
  if (place) place.textContent = text;
}
