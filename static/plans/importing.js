// Source and found pieces point at each other: a click on one shows the other.
// Without this module the line numbers and 「第 n 行」 are plain links.

const source = document.querySelector(".source .lines");
const pieceOf = (key) => document.getElementById(`piece-${key}`);
let shown = "";

const unlight = () => document.querySelectorAll(".lit").forEach((one) => one.classList.remove("lit"));

/** Scroll the pane around ``element``, and nothing else of the page. */
function reveal(element) {
  const pane = element.closest(".pane-scroll");
  const box = element.getBoundingClientRect();
  const frame = pane.getBoundingClientRect();
  const visible = box.top >= frame.top && box.bottom <= frame.bottom;
  if (!visible) pane.scrollTop += box.top - frame.top - frame.height / 4;
}

/** Light the piece and its lines; returns the first of these lines. */
function light(piece) {
  unlight();
  shown = piece.id;
  piece.classList.add("lit");
  const { first, last } = piece.dataset;
  for (let number = Number(first); number <= Number(last); number += 1) {
    document.getElementById(`line-${number}`)?.classList.add("lit");
  }
  return document.getElementById(`line-${first}`);
}

function showSource(piece) {
  const line = light(piece);
  if (line) reveal(line);
}

function showPiece(key) {
  const piece = pieceOf(key);
  if (!piece) return;
  light(piece);
  reveal(piece);
}

document.addEventListener("click", (event) => {
  const piece = event.target.closest(".piece");
  if (piece) showSource(piece);
  const line = event.target.closest(".lines li");
  const link = line?.querySelector("a.number");
  if (link) showPiece(link.hash.replace("#piece-", ""));
});

document.addEventListener("focusin", (event) => {
  const piece = event.target.closest(".piece");
  if (piece) showSource(piece);
});

// A decision swaps the found pane: keep the place and the light.
let scrolled = 0;
document.addEventListener("htmx:beforeSwap", () => {
  scrolled = document.querySelector(".found .pane-scroll")?.scrollTop ?? 0;
});
document.addEventListener("htmx:afterSettle", () => {
  const pane = document.querySelector(".found .pane-scroll");
  if (pane) pane.scrollTop = scrolled;
  document.getElementById(shown)?.classList.add("lit");
});

// One tab stop for the source: arrows scroll it, a click on a line jumps.
source?.querySelectorAll("a.number").forEach((link) => link.setAttribute("tabindex", "-1"));

// What was chosen before the page was ready is sent now.
window.addEventListener("load", () => {
  for (const select of document.querySelectorAll(".piece select")) {
    const found = select.querySelector("option[selected]") ?? select.options[0];
    if (select.value !== found.value) select.form.requestSubmit();
  }
});
