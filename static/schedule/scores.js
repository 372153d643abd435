// The score sheet by keyboard: Enter and the arrows go along the column, and what the
// server says about a cell is marked at its field.

const sheet = document.getElementById("score-sheet");
const column = (field) => (field.name.endsWith("-comment") ? "-comment" : "");
const isField = (element) => element.matches?.("#score-sheet input:not([type=hidden])");

function fieldsOf(suffix) {
  return [...sheet.querySelectorAll("tr input:not([type=hidden])")].filter((field) => column(field) === suffix);
}

function go(field, step) {
  const fields = fieldsOf(column(field));
  const next = fields[fields.indexOf(field) + step];
  if (!next) {
    // Nowhere to go, but what was typed is to be saved all the same.
    field.blur();
    field.focus();
    return;
  }
  next.focus();
  next.select();
}

sheet.addEventListener("keydown", (event) => {
  if (!isField(event.target) || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  const step = { Enter: event.shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  go(event.target, step);
});

const fieldNamed = (name) => sheet.elements.namedItem(name);

function mark(said) {
  const field = fieldNamed(said.id.replace("said-", ""));
  // No class: htmx settles those a moment later.
  const isWrong = "wrong" in said.dataset;
  field?.classList.toggle("is-invalid", isWrong);
  if (isWrong) field?.setAttribute("aria-invalid", "true");
  else field?.removeAttribute("aria-invalid");
}

document.addEventListener("htmx:oobAfterSwap", () => sheet.querySelectorAll(".said-cell").forEach(mark));

/** Mine is sent again on the version that now stands; theirs takes the field over. */
sheet.addEventListener("click", (event) => {
  const button = event.target.closest("[data-again], [data-theirs]");
  if (!button) return;
  const field = fieldNamed(button.dataset.again ?? button.dataset.theirs);
  if (button.dataset.theirs) field.value = button.value;
  field.focus();
  field.dispatchEvent(new Event("change", { bubbles: true }));
});
