// The outline tells where in the paper the reader is; in a narrow window it starts folded.

const aside = document.querySelector(".page-aside");
const outline = document.querySelector(".plan-outline");
let waiting = false;

const shown = (link) => link.offsetParent !== null;
const reached = (link) =>
  (document.getElementById(link.hash.slice(1))?.getBoundingClientRect().top ?? Infinity) < window.innerHeight / 4;

/** Scroll the column around ``link``, and nothing else of the page. */
function reveal(link) {
  const { top, bottom } = link.getBoundingClientRect();
  const frame = aside.getBoundingClientRect();
  if (top < frame.top) aside.scrollTop += top - frame.top;
  if (bottom > frame.bottom) aside.scrollTop += bottom - frame.bottom;
}

function showPlace() {
  waiting = false;
  const links = [...document.querySelectorAll("#outline a")].filter(shown);
  const here = links.reverse().find(reached) ?? links.at(-1);
  const before = document.querySelector("#outline [aria-current]");
  if (!here || here === before) return;
  before?.removeAttribute("aria-current");
  here.setAttribute("aria-current", "location");
  reveal(here);
}

function soon() {
  if (!waiting) requestAnimationFrame(showPlace);
  waiting = true;
}

if (window.matchMedia("(max-width: 62rem)").matches) outline.open = false;
document.addEventListener("scroll", soon, { passive: true });
document.addEventListener("htmx:afterSettle", soon);
outline.addEventListener("change", soon);
soon();
