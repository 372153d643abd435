// The drawer beside the grid: everything about an item.  Its forms save themselves as
// one leaves a field; what is typed while an answer is on its way is never lost.

const drawer = document.getElementById("drawer");
const body = document.getElementById("drawer-body");
const title = drawer?.querySelector(".drawer-bar a");
const note = drawer?.querySelector(".drawer-note");

const LEFT_OPEN = "有一格還沒有存入：改好再關閉，或再按一次「關閉」放棄。";
const LINKS = "#month-grid th[scope=row] a";

const sent = new WeakMap(); // form → its values as they were sent
const typed = new WeakMap(); // form → values changed since, until the answer is shown
const unsaved = new Set(); // addresses whose last save was refused or lost
let opener = null; // {href, place}: the link that opened it, found again in new rows
let isWarned = false;
let isChanged = false;
let onChange = () => {};

/** ``renew(table)`` is called with the grid as the server has it after changes. */
export function startDrawer(renew) {
  if (!drawer || !window.htmx) return;
  onChange = renew;
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !drawer.hidden) close();
  });
  drawer.addEventListener("htmx:beforeRequest", onSend);
  document.addEventListener("htmx:afterRequest", onAnswer);
  drawer.addEventListener("htmx:beforeSwap", keepTyped);
  drawer.addEventListener("htmx:afterSwap", putBack);
  drawer.addEventListener("htmx:afterSettle", focusNew);
}

/* Opening and closing */

function onClick(event) {
  const target = event.target.closest(`${LINKS}, [data-drawer-close], [data-drawer-back]`);
  if (!target || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (target.matches("[data-drawer-close]")) close();
  else open(target.matches(LINKS) ? target : opener.link());
}

async function open(link) {
  if (!drawer.hidden && !(await mayLeave())) return;
  await window.htmx.ajax("GET", link.href, { target: body, swap: "innerHTML" });
  if (!body.childElementCount) return; // app.js tells why
  opener = remember(link);
  Object.assign(title, { href: link.href, textContent: link.textContent });
  drawer.hidden = false;
  title.focus();
}

async function close() {
  if (!(await mayLeave())) return;
  drawer.hidden = true;
  body.replaceChildren();
  opener.link()?.focus();
  if (isChanged) await renew();
  isChanged = false;
}

/** A joint item has a link in the part of each unit: the same one gets the focus back. */
function remember(link) {
  const same = () => [...document.querySelectorAll(LINKS)].filter((one) => one.href === link.href);
  const place = same().indexOf(link);
  return { link: () => same()[place] ?? same()[0] };
}

async function renew() {
  const answer = await fetch(location.href);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const table = page.getElementById("month-grid");
  if (!table) return;
  const hasFocus = document.activeElement === opener.link();
  onChange(table);
  if (hasFocus) opener.link()?.focus();
}

/** Saves what is being typed; whoever leaves what was refused is asked once. */
async function mayLeave() {
  if (drawer.contains(document.activeElement)) document.activeElement.blur();
  while (drawer.querySelector(".htmx-request, .htmx-swapping, .htmx-settling")) await pause();
  const mayGo = !unsaved.size || isWarned;
  isWarned = !mayGo;
  note.textContent = mayGo ? "" : LEFT_OPEN;
  if (mayGo) unsaved.clear();
  return mayGo;
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 40));

/* Saving */

const isSave = (detail) => detail.requestConfig?.verb === "post" && detail.requestConfig.elt.matches("form");
const isBox = (field) => field.type === "checkbox";
const keyOf = (field) => (isBox(field) ? `${field.name}=${field.value}` : field.name);
const valueOf = (field) => (isBox(field) ? field.checked : field.value);
const fieldsOf = (form) => [...form.elements].filter((field) => field.name && field.type !== "hidden" && field.type !== "submit");
const valuesOf = (form) => new Map(fieldsOf(form).map((field) => [keyOf(field), valueOf(field)]));

function onSend({ detail }) {
  if (!isSave(detail)) return;
  sent.set(detail.requestConfig.elt, valuesOf(detail.requestConfig.elt));
  unsaved.add(detail.requestConfig.path);
}

function onAnswer({ detail }) {
  if (!isSave(detail) || !unsaved.has(detail.requestConfig.path)) return;
  if (!detail.xhr.status || detail.xhr.status >= 400) return;
  unsaved.delete(detail.requestConfig.path);
  isChanged = true;
  isWarned = false;
  note.textContent = "";
}

function keepTyped({ detail }) {
  const form = detail.requestConfig.elt;
  const before = sent.get(form);
  if (!before) return;
  typed.set(form, [...valuesOf(form)].filter(([key, value]) => before.get(key) !== value));
}

function putBack({ detail }) {
  const before = detail.requestConfig.elt;
  const form = detail.target.querySelector("form");
  const changes = new Map(typed.get(before));
  typed.delete(before);
  if (!form || !changes.size) return;
  let isWaiting = false;
  const save = () => window.htmx.trigger(form, "change");
  for (const field of fieldsOf(form).filter((one) => changes.has(keyOf(one)))) {
    field[isBox(field) ? "checked" : "value"] = changes.get(keyOf(field));
    // Set by a script, the field would not tell of its change when it is left.
    if (field === document.activeElement && !isBox(field)) field.addEventListener("blur", save, { once: true });
    else isWaiting = true;
  }
  if (isWaiting) detail.target.addEventListener("htmx:afterSettle", save, { once: true });
}

/** A form that was just called up begins at its first field, unless one went elsewhere. */
function focusNew({ detail }) {
  if (detail.requestConfig?.verb !== "get" || detail.target === body) return;
  if (![document.body, detail.requestConfig.elt].includes(document.activeElement)) return;
  detail.target.querySelector("input:not([type=hidden]), textarea, select")?.focus();
}
