// The rows of the month grid: what they are called, what they show, and their cells.
import { WORDS } from "./patterns.js";

export const table = document.getElementById("month-grid");

export const isEditing = () => table.classList.contains("editing");
export const rows = () => [...table.querySelectorAll("tr[data-m]")];
export const cellsOf = (row) => [...row.cells].slice(-12);
export const cellAt = (row, month) => cellsOf(row)[month];
export const rowOf = (cell) => cell.parentElement;
export const monthOf = (cell) => cellsOf(rowOf(cell)).indexOf(cell);
export const mayEdit = (row) => row.hasAttribute("data-e");
export const linksOf = (row) => [...row.querySelectorAll("th a, .way a, .way button")];

/** The links and buttons that are in sight, in reading order, then the months. */
export const stopsOf = (row) => [...linksOf(row).filter((one) => one.checkVisibility()), ...cellsOf(row)];

export function nameOf(row) {
  let head = row;
  while (head && !head.querySelector("th[scope=row]")) head = head.previousElementSibling;
  return head?.querySelector("th[scope=row] a")?.textContent ?? "";
}

export function show(row, pattern) {
  row.dataset.p = pattern;
  cellsOf(row).forEach((cell, month) => paint(cell, row, month, pattern[month]));
}

function paint(cell, row, month, value) {
  cell.className = ["", "p", "k"][value];
  cell.innerHTML = value === "0" ? "" : `<i>${WORDS[value]}</i>`;
  if (isEditing()) cell.setAttribute("aria-label", spoken(row, month));
}

export function spoken(row, month) {
  const way = row.querySelector(".way a")?.textContent ?? "";
  return `${nameOf(row)} ${month + 1}月 ${WORDS[row.dataset.p[month]]} ${way}`;
}

/** Rows of one method stand in the part of each of its units. */
export const twins = (key) => rows().filter((row) => row.dataset.m === key);

export function count() {
  const met = new Map(rows().map((row) => [row.dataset.m, row.dataset.p]));
  const patterns = [...met.values()];
  [...table.tFoot.rows[0].cells].slice(1).forEach((cell, month) => {
    cell.textContent = patterns.filter((pattern) => pattern[month] !== "0").length;
  });
  const all = patterns.join("");
  for (const value of ["1", "2"]) {
    document.getElementById(`count-${value}`).textContent = all.split(value).length - 1;
  }
}

/** The row's months are no longer only proposed. */
export function confirmed(row) {
  row.classList.remove("proposed");
  row.querySelector(".way em")?.remove();
  row.querySelector(".way button")?.remove();
}

/** The month cell that was pointed at, or null. */
export function monthCell(target) {
  const cell = target.closest?.("td");
  const row = cell?.closest("tr[data-m]");
  return row && table.contains(row) && cellsOf(row).includes(cell) ? cell : null;
}

/** While months are edited the table is one tab stop: the arrows lead to its links. */
export function dressAll(on) {
  const links = rows().flatMap(linksOf);
  for (const one of [table.parentElement, ...links]) {
    if (on) one.setAttribute("tabindex", "-1");
    else one.removeAttribute("tabindex");
  }
  if (!on) table.parentElement.setAttribute("tabindex", "0");
  for (const row of rows()) for (const cell of cellsOf(row)) dress(row, cell, on);
}

function dress(row, cell, on) {
  if (!on) {
    for (const name of ["tabindex", "aria-label", "aria-selected", "aria-readonly"]) cell.removeAttribute(name);
    return;
  }
  cell.setAttribute("tabindex", "-1");
  cell.setAttribute("aria-label", spoken(row, cellsOf(row).indexOf(cell)));
  if (!mayEdit(row)) cell.setAttribute("aria-readonly", "true");
}
