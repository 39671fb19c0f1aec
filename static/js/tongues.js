/** Papers in several languages: the one a person prefers stands first, the others one press away. */

const KEY = "detente:tongue";

/** Put the preferred language first wherever a paper has it; papers that come later follow. */
export function tongues(root = document.body) {
  arrange(root);
  root.addEventListener("click", ({ target }) => {
    const details = target.closest("[data-prefer]")?.closest("[data-tongue]");
    if (!details) return;
    keep(details.dataset.tongue);
    const container = details.parentElement;
    details.open = false;
    arrange(root);
    const first = container.querySelector("[data-tongue-body]");
    first.setAttribute("tabindex", "-1");
    first.focus();
  });
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const one of addedNodes) if (one instanceof Element) arrange(one);
    }
  }).observe(root, { childList: true, subtree: true });
}

/** What a person chose; else, where a delegation has no language of its own, what their browser asks for. */
function wanted(container) {
  const own = stored();
  if (own) return [own];
  return "own" in container.dataset ? [] : navigator.languages.map((one) => one.toLowerCase());
}

function arrange(root) {
  const inside = [...root.querySelectorAll("[data-tongues]")];
  for (const one of root.matches("[data-tongues]") ? [root, ...inside] : inside) first(one);
}

function first(container) {
  const [shown, ...others] = container.children;
  for (const asked of wanted(container)) {
    if (fits(shown, asked)) return;
    const other = others.find((one) => fits(one, asked));
    if (other) {
      change(shown, other);
      return;
    }
  }
}

function fits(one, asked) {
  const has = one.dataset.tongue.toLowerCase();
  return has === asked.toLowerCase() || has === asked.toLowerCase().split("-")[0];
}

/** Let two languages of one paper change places, with what they are called. */
function change(shown, other) {
  for (const part of ["[data-tongue-body]", "[data-tongue-label]"]) {
    const [one, two] = [shown.querySelector(part), other.querySelector(part)];
    const held = [...one.childNodes];
    one.replaceChildren(...two.childNodes);
    two.replaceChildren(...held);
  }
  [shown.dataset.tongue, other.dataset.tongue] = [other.dataset.tongue, shown.dataset.tongue];
}

function stored() {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

function keep(language) {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // Without storage the choice holds for nothing but this look.
  }
}
