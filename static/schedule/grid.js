// The month grid: read-only until 「編輯月份」; then a real grid with one tab stop.
import { WORDS, read, write } from "./patterns.js";
import { Saver } from "./saving.js";

const table = document.getElementById("month-grid");
const toggle = document.getElementById("edit-months");
const tools = document.getElementById("grid-tools");
const box = document.getElementById("row-months");
const state = document.getElementById("grid-state");
const drawer = document.getElementById("drawer");

const rows = () => [...table.querySelectorAll("tr[data-m]")];
const cellsOf = (row) => [...row.cells].slice(-12);
const cellAt = (row, month) => cellsOf(row)[month];
const isEditing = () => table.classList.contains("editing");
const mayEdit = (row) => row.hasAttribute("data-e");

let here = null; // the cell of the one tab stop
let anchor = null; // where a selection began
let painting = null; // {row, state, first} while the button is down
let copied = null;
let typedFor = null; // the row that the months in the box are for

/* What a row shows */

function nameOf(row) {
  let head = row;
  while (head && !head.querySelector("th[scope=row]")) head = head.previousElementSibling;
  return head?.querySelector("th[scope=row] a")?.textContent ?? "";
}

function show(row, pattern) {
  row.dataset.p = pattern;
  cellsOf(row).forEach((cell, month) => paint(cell, row, month, pattern[month]));
}

function paint(cell, row, month, value) {
  cell.className = ["", "p", "k"][value];
  cell.innerHTML = value === "0" ? "" : `<i>${WORDS[value]}</i>`;
  if (isEditing()) cell.setAttribute("aria-label", spoken(row, month));
}

function spoken(row, month) {
  const way = row.querySelector(".way a")?.textContent ?? "";
  return `${nameOf(row)} ${month + 1}月 ${WORDS[row.dataset.p[month]]} ${way}`;
}

/** Rows of one method stand in the part of each of its units. */
const twins = (key) => rows().filter((row) => row.dataset.m === key);

function renew(key, pattern) {
  twins(key).forEach((row) => show(row, pattern));
  count();
  const isTyping = document.activeElement === box; // what is being typed stays
  if (here && !isTyping && rowOf(here).dataset.m === key) box.value = write(pattern);
}

function count() {
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

/* Saving */

const saver = new Saver({
  url: (key) => `${table.dataset.url}methods/${key}/months/`,
  tell: (words, kind = "") => {
    state.textContent = words;
    state.dataset.kind = kind;
  },
  settle: (key, pattern) => {
    renew(key, pattern);
    twins(key).forEach((row) => confirmed(row));
  },
  clash: document.getElementById("grid-clash"),
  name: (key) => nameOf(twins(key)[0]),
});

function confirmed(row) {
  row.classList.remove("proposed");
  row.querySelector(".way em")?.remove();
  row.querySelector(".way button")?.remove();
}

function change(row, pattern) {
  if (!mayEdit(row)) {
    state.textContent = "這一列不屬於您的課室，只能閱讀。";
    return;
  }
  const before = row.dataset.p;
  if (before === pattern) return;
  renew(row.dataset.m, pattern);
  saver.save(row.dataset.m, before, pattern);
}

/* Moving about: one tab stop */

const rowOf = (cell) => cell.parentElement;
const monthOf = (cell) => cellsOf(rowOf(cell)).indexOf(cell);

function stand(cell, { keep = false } = {}) {
  if (!cell) return;
  here?.setAttribute("tabindex", "-1");
  here = cell;
  cell.setAttribute("tabindex", "0");
  cell.focus(); // what was typed for another row is taken over now
  if (!keep) anchor = cell;
  select();
  if (document.activeElement !== box) box.value = write(rowOf(cell).dataset.p);
  table.querySelector("tr.here")?.classList.remove("here");
  rowOf(cell).classList.add("here");
}

function selected() {
  if (!here) return [];
  if (!anchor || rowOf(anchor) !== rowOf(here)) return [monthOf(here)];
  const [a, b] = [monthOf(anchor), monthOf(here)].sort((x, y) => x - y);
  return Array.from({ length: b - a + 1 }, (_, offset) => a + offset);
}

function select() {
  table.querySelectorAll("[aria-selected=true]").forEach((cell) => cell.setAttribute("aria-selected", "false"));
  const months = selected();
  if (months.length > 1) months.forEach((month) => cellAt(rowOf(here), month).setAttribute("aria-selected", "true"));
}

function put(value) {
  const row = rowOf(here);
  const states = [...row.dataset.p];
  for (const month of selected()) states[month] = value;
  change(row, states.join(""));
  if (mayEdit(row)) state.textContent = `${monthOf(here) + 1}月 ${WORDS[value]}`;
}

const next = (value, backwards) => String((Number(value) + (backwards ? 2 : 1)) % 3);

const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
const SETS = { 1: "1", 2: "2", 3: "0", 0: "0", Delete: "0", Backspace: "0" };

function step([down, right], extend) {
  const all = rows();
  const row = all[all.indexOf(rowOf(here)) + down];
  const month = monthOf(here) + right;
  if (!row || month < 0 || month > 11) return;
  stand(cellAt(row, month), { keep: extend && !down });
}

function jump(key, far) {
  const all = rows();
  const row = far ? (key === "Home" ? all[0] : all.at(-1)) : rowOf(here);
  stand(cellAt(row, key === "Home" ? 0 : 11));
}

/** Screen readers put the focus where they like: the tab stop follows. */
function onFocus(event) {
  const cell = isEditing() && monthCell(event.target);
  if (cell && cell !== here) stand(cell);
}

function onKey(event) {
  if (!isEditing() || event.target !== here || event.altKey) return;
  const { key, shiftKey, ctrlKey, metaKey } = event;
  if (ctrlKey || metaKey) {
    if (key === "Home" || key === "End") jump(key, true);
    else return; // copying and pasting have events of their own
  } else if (key in STEPS) step(STEPS[key], shiftKey);
  else if (key === "Home" || key === "End") jump(key, false);
  else if (key === " " || key === "Enter") put(next(rowOf(here).dataset.p[monthOf(here)], shiftKey));
  else if (key in SETS) put(SETS[key]);
  else if (key === "Escape") stand(here);
  else return;
  event.preventDefault();
}

/* Mouse and finger: a click is the next state, dragging paints a range of the row */

function monthCell(target) {
  const cell = target.closest?.("td");
  const row = cell?.closest("tr[data-m]");
  return row && table.contains(row) && cellsOf(row).includes(cell) ? cell : null;
}

function onDown(event) {
  const cell = isEditing() && event.button === 0 && monthCell(event.target);
  if (!cell) return;
  event.preventDefault();
  cell.releasePointerCapture?.(event.pointerId);
  const value = next(rowOf(cell).dataset.p[monthOf(cell)], event.shiftKey);
  painting = { row: rowOf(cell), first: monthOf(cell), value };
  stand(cell);
}

function onOver(event) {
  const cell = painting && monthCell(event.target);
  if (cell && rowOf(cell) === painting.row) {
    anchor = cellAt(painting.row, painting.first);
    stand(cell, { keep: true });
  }
}

function onUp() {
  if (!painting) return;
  const { value } = painting;
  painting = null;
  put(value);
}

/* Copying a row's pattern: within the grid, and as text from and to a spreadsheet */

const isBox = (target) => target.matches?.("input, textarea, select");

function onCopy(event) {
  if (!isEditing() || !here || isBox(event.target) || document.activeElement !== here) return;
  copied = rowOf(here).dataset.p;
  event.clipboardData.setData("text/plain", write(copied));
  event.preventDefault();
  state.textContent = `已複製「${write(copied) || "空白"}」。`;
}

/** What one cell of a spreadsheet says of its month. */
function stateOf(text) {
  const word = text.normalize("NFKC").trim();
  if (["", "0", "-", "—", "無"].includes(word)) return "0";
  return word === "2" || /^(★|重點)/.test(word) ? "2" : "1";
}

function pasted(text) {
  const parts = text.replace(/\r?\n$/, "").split("\t");
  if (parts.length === 12) return parts.map(stateOf).join("");
  return read(text);
}

function onPaste(event) {
  if (!isEditing() || !here || document.activeElement !== here) return;
  event.preventDefault();
  attempt(() => change(rowOf(here), pasted(event.clipboardData.getData("text/plain"))));
}

/** What cannot be read is told where it was typed. */
function attempt(act) {
  try {
    act();
    box.classList.remove("is-invalid");
  } catch (error) {
    state.textContent = error.message;
    state.dataset.kind = "error";
    box.classList.add("is-invalid");
  }
}

/** What is typed is meant for the row that was at hand when typing began. */
function onBox(event) {
  if (event.type === "focus") {
    typedFor = here && rowOf(here);
    return;
  }
  if (event.type === "keydown" && event.key !== "Enter") return;
  if (!typedFor) return;
  if (event.type === "keydown") event.preventDefault();
  attempt(() => change(typedFor, read(box.value)));
}

/* Turning it on and off */

function turn(on) {
  table.classList.toggle("editing", on);
  toggle.setAttribute("aria-pressed", String(on));
  toggle.textContent = on ? "完成" : "編輯月份";
  tools.hidden = !on;
  if (on) table.setAttribute("role", "grid");
  else table.removeAttribute("role");
  for (const row of rows()) for (const cell of cellsOf(row)) dress(row, cell, on);
  if (on) {
    const first = rows().find(mayEdit) ?? rows()[0];
    stand(here ?? cellAt(first, 0));
  }
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

/* The drawer: everything about an item beside the grid */

document.addEventListener("click", (event) => {
  const close = event.target.closest("[data-close-drawer]");
  if (close) closeDrawer();
  const link = event.target.closest("#month-grid th[scope=row] a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !drawer || !window.htmx) return;
  event.preventDefault();
  window.htmx.ajax("GET", link.href, { target: drawer, swap: "innerHTML" }).then(() => openDrawer(link));
});

let opener = null;

function openDrawer(link) {
  opener = link;
  const bar = document.createElement("p");
  bar.className = "drawer-bar";
  bar.innerHTML = `<a></a><button type="button" class="btn btn-secondary btn-sm" data-close-drawer>關閉</button>`;
  Object.assign(bar.firstChild, { href: link.href, textContent: link.textContent });
  drawer.prepend(bar);
  drawer.hidden = false;
  bar.firstChild.focus();
}

function closeDrawer() {
  drawer.hidden = true;
  drawer.replaceChildren();
  opener?.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && drawer && !drawer.hidden) closeDrawer();
});

/* Choices that a person keeps: compact rows, the last filter */

const COMPACT = "grid-compact";
const keyOfFilter = () => `grid-filter-${drawer?.dataset.user ?? ""}-${location.pathname}`;

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

function startFilter() {
  const query = location.search;
  if (query) {
    localStorage.setItem(keyOfFilter(), query);
    return;
  }
  const last = localStorage.getItem(keyOfFilter());
  const words = last && [...new URLSearchParams(last)].filter(([, value]) => value).map(([, value]) => value);
  const hint = document.getElementById("last-filter");
  if (!words?.length || !hint) return;
  hint.hidden = false;
  Object.assign(hint.querySelector("a"), { href: last, textContent: words.join("、") });
}

if (table) {
  startCompact();
  startFilter();
  if (toggle) {
    toggle.hidden = false;
    toggle.addEventListener("click", () => turn(!isEditing()));
    table.addEventListener("keydown", onKey);
    table.addEventListener("focusin", onFocus);
    table.addEventListener("pointerdown", onDown);
    table.addEventListener("pointerover", onOver);
    document.addEventListener("pointerup", onUp);
    document.addEventListener("pointercancel", () => (painting = null));
    document.addEventListener("copy", onCopy);
    document.addEventListener("paste", onPaste);
    box.addEventListener("focus", onBox);
    box.addEventListener("keydown", onBox);
    box.addEventListener("change", onBox);
    document.getElementById("copy-months").addEventListener("click", () => {
      copied = here ? rowOf(here).dataset.p : null;
      state.textContent = copied === null ? "請先選一列。" : `已複製「${write(copied) || "空白"}」。`;
    });
    document.getElementById("paste-months").addEventListener("click", () => {
      if (copied === null || !here) state.textContent = "請先複製一列的月份。";
      else change(rowOf(here), copied);
    });
    window.addEventListener("beforeunload", (event) => {
      if (saver.isBusy()) event.preventDefault();
    });
  }
}
