// The plan page: open on click, keys, the cursor after a change, and a guard for typed text.
import { keepUnsent, forgetUnsent, bringBack } from "./unsent.js";

const body = document.getElementById("plan-body");
body.classList.add("can-open");

const FORM = "form.block-form[data-block]";
const ARROWS = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "outdent", ArrowRight: "indent" };

const fields = (form) => [...form.querySelectorAll("textarea, input[type=text], input[type=checkbox]")];

/** Whether the person typed something that is not saved. */
const isDirty = (form) =>
  form.hasAttribute("data-unsent") ||
  fields(form).some((field) =>
    field.type === "checkbox" ? field.checked !== field.defaultChecked : field.value !== field.defaultValue,
  );

// One click anywhere on a point's text opens it, unless text is being selected.
body.addEventListener("click", (event) => {
  if (event.target.closest("a, button, input, textarea, select, form, .conflict")) return;
  if (!window.getSelection().isCollapsed) return;
  const own = event.target.closest(".own, .paragraph, tr");
  own?.querySelector("a.edit")?.click();
});

/** Quick fingers press before htmx has looked at a new form: then let it look now. */
function press(form, act) {
  window.htmx.process(form);
  form.querySelector(`[data-act="${act}"]`)?.click();
}

const close = (form) => {
  if (isDirty(form) && !window.confirm("有尚未儲存的文字，確定不儲存就關閉嗎？")) return;
  forgetUnsent(form);
  form.removeAttribute("data-unsent");
  form.setAttribute("data-closing", "");
  press(form, "cancel");
};

body.addEventListener("keydown", (event) => {
  const form = event.target.closest(FORM);
  if (!form || event.isComposing) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    press(form, "save");
  } else if (event.key === "Escape" && !form.hasAttribute("data-conflict")) {
    event.preventDefault();
    close(form);
  } else if (event.altKey && ARROWS[event.key]) {
    event.preventDefault();
    press(form, ARROWS[event.key]);
  }
});

body.addEventListener("click", (event) => {
  const control = event.target.closest("[data-act]");
  const form = control?.closest(FORM);
  if (!control) return;
  const { act } = control.dataset;
  const block = control.closest("[data-block]");
  if (act === "forget-all" && block) forgetUnsent(block);
  if (!form) return;
  if (act === "forget") forgetTyped(form);
  if (act === "reference") insertReference(event, form);
}, true);

// The cancel link asks like Escape does; the second press is close()'s own.
body.addEventListener("click", (event) => {
  const link = event.target.closest('a[data-act="cancel"]');
  const form = link?.closest(FORM);
  if (!form || form.hasAttribute("data-closing")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  close(form);
}, true);

function forgetTyped(form) {
  forgetUnsent(form);
  form.removeAttribute("data-unsent");
  form.reset();
  form.querySelector(".unsent").hidden = true;
  fields(form).forEach(grow);
  fields(form)[0]?.focus();
}

let lastField = null;
body.addEventListener("focusin", (event) => {
  if (event.target.matches("textarea")) lastField = event.target;
});

/** [[b12]] at the caret; without a chosen point the server says what is missing. */
function insertReference(event, form) {
  const chosen = form.elements.target.value;
  if (!/^\d+$/.test(chosen)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const all = [...form.querySelectorAll("textarea")];
  const field = all.includes(lastField) ? lastField : all.at(-1);
  field.setRangeText(`[[b${chosen}]]`, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}

/** For browsers that do not know field-sizing. */
function grow(field) {
  if (field.type !== "textarea" || CSS.supports("field-sizing", "content")) return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight + 2}px`;
}

body.addEventListener("input", (event) => {
  const form = event.target.closest(FORM);
  if (!form || !fields(form).includes(event.target)) return;
  grow(event.target);
  keepUnsent(form, fields(form));
});

/** A form that has just come into the page: the cursor at the end of its first text. */
function prepare(form, focus) {
  fields(form).forEach(grow);
  if (!form.hasAttribute("data-conflict") && bringBack(form, fields(form))) {
    form.setAttribute("data-unsent", "");
    form.querySelector(".unsent").hidden = false;
  }
  if (!focus) return;
  form.scrollIntoView({ block: "nearest" });
  const first = form.querySelector(".is-invalid") ?? form.querySelector("textarea");
  first?.focus({ preventScroll: true });
  first?.setSelectionRange(first.value.length, first.value.length);
}

const opened = (root) =>
  root.matches?.(FORM) ? [root] : [...(root.querySelectorAll?.(FORM) ?? [])];

body.addEventListener("htmx:load", (event) => {
  const alert = event.target.querySelector?.('[data-act="read"]');
  opened(event.target).forEach((form) => prepare(form, !alert));
  alert?.focus();
});

opened(body).forEach((form) => prepare(form, true));

// Before the answer replaces the form: what was saved need not be kept any longer.
body.addEventListener("htmx:beforeOnLoad", (event) => {
  const { xhr, requestConfig } = event.detail;
  const form = requestConfig.elt.closest("form[data-block]");
  if (!form || requestConfig.verb !== "post" || xhr.status >= 400) return;
  forgetUnsent(form);
  form.setAttribute("data-sent", "");
});

// After a change the cursor goes where work goes on: the open form, or the block's link.
function goOn(id) {
  const place = document.getElementById(id);
  if (!place || place.querySelector(`${FORM}[data-block="${id}"]`)) return;
  const link = place.querySelector("a.edit");
  link?.focus({ preventScroll: true });
  link?.scrollIntoView({ block: "nearest" });
}

document.addEventListener("plan:focus", (event) => goOn(event.detail.id));

// A plain form comes back as a whole page, at the block's address.
window.addEventListener("load", () => {
  if (/^#b\d+$/.test(location.hash)) goOn(location.hash.slice(1));
});

// Leaving the page with typed text asks first.
window.addEventListener("beforeunload", (event) => {
  const open = [...body.querySelectorAll(FORM)];
  if (open.some((form) => !form.hasAttribute("data-sent") && isDirty(form))) event.preventDefault();
});
