/** A look over a delegation's shoulder: opens papers, sends nothing. */

const none = document.querySelector("[data-paper-none]");

function show() {
  const wanted = decodeURIComponent(location.hash.slice(1));
  let shown = false;
  for (const paper of document.querySelectorAll("#papers > .paper-sheet")) {
    paper.hidden = paper.id !== wanted;
    shown ||= !paper.hidden;
  }
  none.hidden = shown;
}

// Answers belong to the delegation: their buttons do nothing here, so they go.
for (const button of document.querySelectorAll("#papers button")) button.remove();
addEventListener("hashchange", show);
if (!location.hash) {
  const [first] = document.querySelectorAll("[data-open-paper]");
  if (first) history.replaceState(null, "", first.getAttribute("href"));
}
show();
