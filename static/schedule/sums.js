// Sums shown while typing, and what is missing given to the last weight in one key.

const number = (field) => Number(field.value.normalize("NFKC").replace(/[%分\s]/g, ""));
const shown = (value) => String(Math.round(value * 1000) / 1000);

function fieldsOf(group) {
  return [...group.querySelectorAll("input[inputmode=decimal]")];
}

function total(group) {
  const typed = fieldsOf(group).filter((field) => field.value.trim());
  const values = typed.map(number);
  return { typed, sum: values.reduce((a, b) => a + b, 0), isNumber: values.every(Number.isFinite) };
}

function tell(group) {
  const { typed, sum, isNumber } = total(group);
  const { sum: words, unit, whole } = group.dataset;
  const line = group.querySelector(".sum");
  line.classList.remove("open-sum", "closed-sum");
  if (!typed.length || !isNumber) {
    line.textContent = typed.length ? "有一格不是數字。" : "";
    return;
  }
  const missing = Math.round((Number(whole) - sum) * 1000) / 1000;
  line.textContent = `${words} ${shown(sum)}${unit}` + (whole ? gap(missing, unit) : "");
  if (whole) line.classList.add(missing ? "open-sum" : "closed-sum");
}

function gap(missing, unit) {
  if (!missing) return "，合計正確。";
  return missing > 0 ? `，尚差 ${shown(missing)}${unit}。` : `，超過 ${shown(-missing)}${unit}。`;
}

/** The last indicator that has text takes what is missing. */
function close(group) {
  const { sum, isNumber } = total(group);
  const rows = [...group.querySelectorAll(".indicator-row")].filter((row) => row.querySelector("textarea").value.trim());
  const last = rows.at(-1)?.querySelector("input[inputmode=decimal]");
  if (!last || !isNumber) return;
  const value = number(last) + Number(group.dataset.whole) - sum;
  if (value < 0 || value > Number(group.dataset.whole)) return;
  last.value = shown(value);
  last.focus();
  tell(group);
  last.dispatchEvent(new Event("change", { bubbles: true }));
}

const groupOf = (event) => event.target.closest?.("[data-sum]");

document.addEventListener("input", (event) => {
  const group = groupOf(event);
  if (group) tell(group);
});

document.addEventListener("keydown", (event) => {
  const group = groupOf(event);
  if (event.key !== "=" || !group?.dataset.whole || !event.target.matches("input[inputmode=decimal]")) return;
  event.preventDefault();
  close(group);
});

const tellAll = () => document.querySelectorAll("[data-sum]").forEach(tell);
document.addEventListener("htmx:afterSettle", tellAll);
tellAll();
