// The month grid: read-only until 「編輯月份」; then a real grid with one tab stop.
import { startDrawer } from "./drawer.js";
import { WORDS, pasted, read, write } from "./patterns.js";
import { cellAt, cellsOf, confirmed, count, dressAll, isEditing, mayEdit, monthCell, monthOf, nameOf, rowOf, rows, show, stopsOf, table, twins } from "./rows.js";
import { Saver } from "./saving.js";

const toggle = document.getElementById("edit-months");
const tools = document.getElementById("grid-tools");
const box = document.getElementById("row-months");
const state = document.getElementById("grid-state");

let here = null; // the cell of the one tab stop
let anchor = null; // where a selection began
let painting = null; // {row, state, first} while the button is down
let copied = null;
let typedFor = null; // the row that the months in the box are for

function renew(key, pattern) {
  twins(key).forEach((row) => show(row, pattern));
  count();
  const isTyping = document.activeElement === box; // what is being typed stays
  if (here && !isTyping && rowOf(here).dataset.m === key) box.value = write(pattern);
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

function stand(cell, { keep = false } = {}) {
  if (!cell) return;
  stop(cell);
  cell.focus(); // what was typed for another row is taken over now
  tellMonths();
  if (!keep) anchor = cell;
  select();
}

/** Make the cell the one tab stop. */
function stop(cell) {
  if (here && here !== cell) here.setAttribute("tabindex", "-1");
  here = cell;
  cell.setAttribute("tabindex", "0");
  table.querySelector("tr.here")?.classList.remove("here");
  rowOf(cell).classList.add("here");
}

/** The box says what the row at hand has, unless somebody types there. */
function tellMonths() {
  if (document.activeElement === box) return;
  box.value = write(rowOf(here).dataset.p);
  mark(false);
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
  if (month < 0 && !extend) stopsOf(row).at(-13)?.focus();
  if (!row || month < 0 || month > 11) return;
  stand(cellAt(row, month), { keep: extend && !down });
}

/** From a link or button of a row, which no Tab stops at while months are edited. */
function onLinkKey(event) {
  const row = event.target.closest("tr[data-m]");
  if (!row || !(event.key in STEPS)) return;
  event.preventDefault();
  const [down, right] = STEPS[event.key];
  const stops = stopsOf(row);
  const beside = rows()[rows().indexOf(row) + down];
  const next = right ? stops[stops.indexOf(event.target) + right] : beside && stopsOf(beside).at(-13);
  if (next?.matches("td")) stand(next);
  else if (next) {
    stop(cellAt(next.closest("tr"), 0));
    next.focus();
    tellMonths();
  }
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
  if (!isEditing() || event.altKey) return;
  if (event.target !== here) {
    onLinkKey(event);
    return;
  }
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

function onPaste(event) {
  if (!isEditing() || !here || document.activeElement !== here) return;
  event.preventDefault();
  attempt(() => change(rowOf(here), pasted(event.clipboardData.getData("text/plain"))));
}

/** What cannot be read is told; true if it could. */
function attempt(act) {
  try {
    act();
    return true;
  } catch (error) {
    state.textContent = error.message;
    state.dataset.kind = "error";
    return false;
  }
}

function mark(isWrong) {
  box.classList.toggle("is-invalid", isWrong);
  if (isWrong) box.setAttribute("aria-invalid", "true");
  else box.removeAttribute("aria-invalid");
}

/** The mistake that is told is being mended. */
function onTyping() {
  if (!box.classList.contains("is-invalid")) return;
  mark(false);
  state.textContent = state.dataset.kind = "";
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
  onTyping();
  mark(!attempt(() => change(typedFor, read(box.value))));
}

/* Turning it on and off */

function turn(on) {
  table.classList.toggle("editing", on);
  toggle.setAttribute("aria-pressed", String(on));
  toggle.textContent = on ? "完成" : "編輯月份";
  tools.hidden = !on;
  if (on) table.setAttribute("role", "grid");
  else table.removeAttribute("role");
  dressAll(on);
  if (on) stand(here ?? firstCell());
}

const firstCell = () => cellAt(rows().find(mayEdit) ?? rows()[0], 0);

/** The rows as the server has them; months that are not saved yet stay. */
function renewRows(fresh) {
  const [row, month] = here ? [rows().indexOf(rowOf(here)), monthOf(here)] : [0, 0];
  table.replaceChildren(...fresh.children);
  here = anchor = typedFor = null;
  for (const [key, pattern] of saver.wanted) twins(key).forEach((one) => show(one, pattern));
  count();
  if (!isEditing() || !rows().length) return;
  dressAll(true);
  stop(rows()[row] ? cellAt(rows()[row], month) : firstCell());
  tellMonths();
}

if (table) {
  startDrawer(renewRows);
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
    for (const kind of ["focus", "keydown", "change"]) box.addEventListener(kind, onBox);
    box.addEventListener("input", onTyping);
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
