// Choices that a person keeps in this browser: compact rows, the last filter.

const table = document.getElementById("month-grid");
const filters = document.querySelector("form[data-filters]");
const person = document.getElementById("drawer")?.dataset.user ?? "";
const COMPACT = "grid-compact";
const FILTER = `grid-filter-${person}-${location.pathname}`;

function startCompact() {
  const compact = document.getElementById("compact");
  compact.closest("label").hidden = false;
  compact.checked = localStorage.getItem(COMPACT) === "1";
  const apply = () => table.classList.toggle("compact", compact.checked);
  compact.addEventListener("change", () => {
    localStorage.setItem(COMPACT, compact.checked ? "1" : "0");
    apply();
  });
  apply();
}

/** What a value of the address filters, in the words of its field; "" for nothing. */
function words([name, value]) {
  const field = value && filters.elements[name];
  if (!field) return "";
  const label = field.labels[0].textContent.trim();
  if (field.type === "checkbox") return label;
  if (!field.options) return `${label}「${value}」`;
  const chosen = [...field.options].find((option) => option.value === value);
  return chosen?.textContent ?? ""; // what is gone meanwhile filters nothing
}

function startFilter() {
  if (location.search) {
    localStorage.setItem(FILTER, location.search);
    return;
  }
  const last = localStorage.getItem(FILTER);
  const told = last ? [...new URLSearchParams(last)].map(words).filter(Boolean) : [];
  if (!told.length) return;
  const hint = document.getElementById("last-filter");
  hint.hidden = false;
  Object.assign(hint.querySelector("a"), { href: last, textContent: told.join("、") });
}

if (filters) startFilter();
if (filters && table) startCompact();
