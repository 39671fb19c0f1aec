/** The lock of the facilitator's screen: it hides the page until a number is typed. */

const STORE = "detente:locked";

function store(pin) {
  try {
    if (pin) sessionStorage.setItem(STORE, pin);
    else sessionStorage.removeItem(STORE);
  } catch {
    // Without storage the lock holds until the page is loaded again.
  }
}

function stored() {
  try {
    return sessionStorage.getItem(STORE);
  } catch {
    return null;
  }
}

export function locking() {
  const locked = document.getElementById("dialog-locked");
  let pin = stored();
  const lock = (number) => {
    pin = number;
    store(pin);
    document.body.dataset.locked = "";
    locked.showModal();
  };
  locked.addEventListener("cancel", (event) => event.preventDefault());
  // A browser lets a second Esc through; the dialog stands up again.
  locked.addEventListener("close", () => pin && locked.showModal());
  document.querySelector("[data-lock]").addEventListener("submit", (event) => {
    event.preventDefault();
    const field = event.target.elements.pin;
    const { value } = field;
    field.value = "";
    event.target.closest("dialog").close();
    lock(value);
  });
  document.querySelector("[data-unlock]").addEventListener("submit", (event) => {
    event.preventDefault();
    const field = event.target.elements.pin;
    const problem = locked.querySelector("[data-problem]");
    const right = field.value === pin;
    problem.textContent = right ? "" : problem.dataset.word;
    field.value = "";
    if (!right) return;
    pin = null;
    store(null);
    delete document.body.dataset.locked;
    locked.close();
  });
  if (pin) lock(pin);
}
