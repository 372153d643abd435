// 「本期填報」 by keyboard: Enter saves a row and goes on, cells pasted fill downwards.
import { cellsIn } from "./pasting.js";

const form = document.querySelector("form.report-rows");
const rows = () => [...form.querySelectorAll(".report-row")];
const rowOf = (target) => target.closest?.(".report-row");
const field = (row, name) => form.elements[`r${row.dataset.row}-${name}`];
const isOwn = (target) => target.matches?.("input, select, textarea");

const TEXTS = ["percent", "words", "cause", "remedy"];
const WRITTEN = ["status", ...TEXTS, "carried", "done", "version", "seen"];
const busy = new Set();

function token() {
  const kept = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie);
  return kept?.[1] ?? form.elements.csrfmiddlewaretoken.value;
}

function tell(row, words, isBad = false) {
  const line = row.querySelector("[data-state]");
  line.textContent = words;
  line.classList.toggle("bad", isBad);
}

const number = (text) => Number(text.normalize("NFKC").replace(/[%\s]/g, "") || "NaN");

/** The box for cause and remedy is there when the row is behind, or holds something. */
function showLate(row) {
  const status = field(row, "status").value;
  const named = (list) => form.dataset[list].split("|").includes(status);
  const { planned } = row.dataset;
  const isBelow = planned !== "" && !named("fixed") && number(field(row, "percent").value) < planned - form.dataset.behind;
  const isNeeded = named("lateStatuses") || isBelow;
  const box = row.querySelector("[data-late]");
  const holds = [...box.querySelectorAll("textarea")].some((one) => one.value.trim() || one.classList.contains("is-invalid"));
  box.hidden = !isNeeded && !holds;
}

function showAll() {
  form.querySelectorAll("[data-late]").forEach((box) => showLate(rowOf(box)));
}

/** What was typed and is on this page only. */
function mark(row, isUnsaved = true) {
  row.classList.toggle("unsaved", isUnsaved);
  if (isUnsaved) tell(row, "尚未儲存");
  const count = form.querySelectorAll(".unsaved").length;
  form.querySelector("[data-said]").textContent = count ? `${count} 列尚未儲存` : "";
}

function clearMistakes(row) {
  row.querySelectorAll(".is-invalid").forEach((one) => {
    one.classList.remove("is-invalid");
    one.removeAttribute("aria-describedby");
  });
  row.querySelectorAll(".invalid-feedback, .row-conflict").forEach((one) => one.remove());
}

function showMistakes(row, errors) {
  for (const [name, words] of Object.entries(errors)) {
    const input = field(row, name);
    if (!input) continue;
    const line = document.createElement("p");
    Object.assign(line, { className: "invalid-feedback d-block", id: `${input.id}_error`, textContent: words });
    input.classList.add("is-invalid");
    input.setAttribute("aria-describedby", line.id);
    input.closest(".field, .form-check").append(line);
  }
  showLate(row);
  row.querySelector(".is-invalid")?.focus();
}

function body(row) {
  const sent = new URLSearchParams();
  for (const name of WRITTEN) {
    const input = field(row, name);
    if (input && (input.type !== "checkbox" || input.checked)) sent.set(input.name, input.value);
  }
  return sent;
}

/** Save the row; true where it is saved. */
async function save(row) {
  if (busy.has(row)) return false;
  busy.add(row);
  tell(row, "儲存中…");
  const sent = body(row);
  try {
    const answer = await fetch(row.dataset.url, {
      method: "POST",
      body: sent,
      headers: { "X-CSRFToken": token(), Accept: "application/json" },
    });
    if (!answer.headers.get("Content-Type")?.startsWith("application/json")) {
      const isOut = answer.redirected || answer.status === 403;
      tell(row, isOut ? "沒有存入：登入已結束或沒有權限；請在新分頁登入，再回這裡按 Enter。" : `沒有存入（代碼 ${answer.status}），文字還在，請再試一次。`, true);
      return false;
    }
    return take(row, sent, answer.status, await answer.json());
  } catch {
    tell(row, "連不上系統，沒有存入；文字還在這一頁，請再按 Enter。", true);
    return false;
  } finally {
    busy.delete(row);
  }
}

function take(row, sent, status, told) {
  clearMistakes(row);
  if (status === 200) {
    settle(row, sent, told);
    return true;
  }
  tell(row, told.message, true);
  if (told.theirs) choose(row, told);
  else showMistakes(row, told.errors ?? {});
  return false;
}

function settle(row, sent, told) {
  const isUntouched = body(row).toString() === sent.toString();
  field(row, "version").value = told.version;
  field(row, "seen").value = told.seen;
  if (isUntouched) for (const name of ["status", ...TEXTS]) field(row, name).value = told.fields[name];
  const light = row.querySelector("[data-light] .light");
  light.className = `light ${told.light.css}`;
  light.firstElementChild.textContent = told.light.symbol;
  light.lastChild.textContent = ` ${told.light.word}`;
  row.querySelector("[data-carried]").hidden = !told.is_carried_over;
  row.querySelector("[data-done]").hidden = !told.is_done;
  document.querySelector("[data-reported]").textContent = told.reported;
  document.querySelector(".report-progress progress").value = told.reported;
  mark(row, !isUntouched);
  if (isUntouched) tell(row, `已儲存 ${told.at}`);
  showLate(row);
}

/** Two people, one row: mine, theirs, or both texts one after the other. */
function choose(row, told) {
  const { theirs } = told;
  const box = document.createElement("div");
  box.className = "alert alert-warning row-conflict";
  box.setAttribute("role", "alert");
  const words = document.createElement("p");
  words.textContent = `${told.message}對方填的是：${theirs.status} ${theirs.percent}%`;
  const text = document.createElement("p");
  text.className = "their-words";
  text.textContent = theirs.words || "（沒有文字）";
  const choices = document.createElement("div");
  choices.className = "row-choices";
  box.append(words, text, choices);
  const settleOn = (act) => () => {
    field(row, "version").value = told.version;
    act();
    box.remove();
    field(row, "words").focus();
  };
  const add = (label, act) => {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "btn btn-secondary btn-sm", textContent: label });
    button.addEventListener("click", settleOn(act));
    choices.append(button);
  };
  add("用我的", () => save(row));
  add("用他的", () => {
    for (const [name, value] of Object.entries(theirs)) field(row, name).value = value;
    mark(row, false);
    tell(row, "已改用對方的內容。");
    showLate(row);
  });
  add("兩份都留", () => {
    field(row, "words").value = [theirs.words, field(row, "words").value].filter(Boolean).join("\n");
    mark(row);
  });
  row.querySelector(".report-form").prepend(box);
  choices.firstElementChild.focus();
}

function next(row) {
  const after = rows().slice(rows().indexOf(row) + 1).find((one) => one.open && field(one, "percent"));
  const target = after ? field(after, "percent") : form.querySelector(".save-all button");
  target.focus();
  target.select?.();
}

form.addEventListener("keydown", async (event) => {
  const row = rowOf(event.target);
  if (event.key !== "Enter" || event.shiftKey || event.altKey || event.isComposing || !row || !isOwn(event.target)) return;
  event.preventDefault();
  if (busy.has(row)) return;
  const done = field(row, "done");
  const was = done.checked;
  const isDone = event.ctrlKey || event.metaKey;
  if (isDone) done.checked = true;
  if (await save(row)) {
    if (isDone) row.open = false;
    next(row);
  } else done.checked = was;
});

form.addEventListener("input", (event) => {
  const row = rowOf(event.target);
  if (!row) return;
  if (event.target === field(row, "carried") && event.target.checked) {
    const last = row.querySelector("[data-last-words]")?.textContent ?? "";
    if (!field(row, "words").value.trim()) field(row, "words").value = last;
  }
  if (event.target === field(row, "words")) {
    const carried = field(row, "carried");
    if (carried) carried.checked = event.target.value.trim() !== "" && event.target.value === row.querySelector("[data-last-words]")?.textContent;
  }
  mark(row);
  showLate(row);
});

form.addEventListener("paste", (event) => {
  const row = rowOf(event.target);
  const name = TEXTS.find((one) => row && field(row, one) === event.target);
  const cells = name && cellsIn(event.clipboardData, event.target.matches("input"));
  if (!cells) return;
  event.preventDefault();
  const filled = rows().slice(rows().indexOf(row)).filter((one) => field(one, "percent")).slice(0, cells.length);
  filled.forEach((one, place) => {
    cells[place].forEach((text, right) => {
      const target = TEXTS[TEXTS.indexOf(name) + right];
      if (target) field(one, target).value = text;
    });
    one.open = true;
    mark(one);
    showLate(one);
  });
  const left = cells.length - filled.length;
  tell(row, `已貼入 ${filled.length} 列，尚未儲存${left ? `；另有 ${left} 列貼不下` : ""}。`, left > 0);
});

// What has the focus never lies behind the bar, which stays in sight only with this code.
form.classList.add("by-keys");
form.addEventListener("focusin", (event) => event.target.scrollIntoView({ block: "nearest" }));

let isSending = false;
form.addEventListener("submit", () => (isSending = true));
window.addEventListener("beforeunload", (event) => {
  if (!isSending && form.querySelector(".unsaved")) event.preventDefault();
});

document.querySelector("[data-keys]").hidden = false;
showAll();
