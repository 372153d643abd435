// Table rows in place: keys, growing boxes, pasting several cells. Works on any page with a table.
import { keepUnsent, forgetUnsent, bringBack } from "./unsent.js";

const FORM = "form.row-form[data-row]";
const texts = (form) => [...form.querySelectorAll("textarea")];
const press = (form, act) => form.querySelector(`[data-act="${act}"]`)?.click();

const fields = (form) => [...form.querySelectorAll("textarea, input[type=checkbox]")];

const isDirty = (form) =>
  form.hasAttribute("data-unsent") ||
  fields(form).some((field) =>
    field.type === "checkbox" ? field.checked !== field.defaultChecked : field.value !== field.defaultValue,
  );

const mayClose = (form) =>
  !isDirty(form) || window.confirm("這一列有尚未儲存的文字，確定不儲存就關閉嗎？");

document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.(FORM);
  if (!form || event.isComposing) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    press(form, form.querySelector('[data-act="next"]') ? "next" : "save");
  } else if (event.key === "Escape") {
    event.preventDefault();
    press(form, "cancel");
  } else if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
    event.preventDefault();
    press(form, event.key === "ArrowUp" ? "up" : "down");
  }
});

// Closing and deleting drop what is typed: ask first.
document.addEventListener(
  "click",
  (event) => {
    const control = event.target.closest('[data-act="cancel"], [data-act="delete"]');
    const form = control?.closest(FORM);
    if (!form) return;
    if (mayClose(form)) {
      forgetUnsent(form);
      form.setAttribute("data-sent", "");
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  true,
);

document.addEventListener("click", (event) => {
  const act = event.target.closest("[data-act]")?.dataset.act;
  const row = event.target.closest("[data-row]");
  if (act === "forget-all" && row) forgetUnsent(row);
  const form = act === "forget" && event.target.closest(FORM);
  if (!form) return;
  forgetUnsent(form);
  form.removeAttribute("data-unsent");
  form.reset();
  form.querySelector(".unsent").hidden = true;
  fields(form)[0]?.focus();
});

// Before the answer replaces the form: what was saved need not be kept any longer.
document.addEventListener("htmx:beforeOnLoad", (event) => {
  const { xhr, requestConfig } = event.detail;
  const form = requestConfig.elt.closest("form[data-row]");
  if (form && requestConfig.verb === "post" && xhr.status < 400) forgetUnsent(form);
});

// One click anywhere in a row opens it, unless text is being selected (plan page: outline.js).
if (!document.getElementById("plan-body")) {
  document.addEventListener("click", (event) => {
    if (event.target.closest("a, button, input, textarea, select, summary, label, form")) return;
    if (!window.getSelection().isCollapsed) return;
    event.target.closest(".table-desk tr")?.querySelector("a.edit")?.click();
  });
  document.addEventListener("plan:focus", (event) => {
    document.getElementById(event.detail.id)?.querySelector("a.edit")?.focus();
  });
}

/** For browsers that do not know field-sizing. */
function grow(field) {
  if (CSS.supports("field-sizing", "content")) return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight + 2}px`;
}

document.addEventListener("input", (event) => {
  const form = event.target.closest?.(FORM);
  if (!form || !fields(form).includes(event.target)) return;
  if (event.target.matches("textarea")) grow(event.target);
  if (!form.hasAttribute("data-conflict")) keepUnsent(form, fields(form));
});

/** A row that has just been opened: the cursor in the first cell that wants a text. */
function prepare(form) {
  if (form.hasAttribute("data-conflict")) {
    texts(form).forEach(grow);
    form.closest(".conflict").querySelector("[role=alert]").focus();
    return;
  }
  if (bringBack(form, fields(form))) {
    form.setAttribute("data-unsent", "");
    form.querySelector(".unsent").hidden = false;
  }
  texts(form).forEach(grow);
  const free = texts(form).find((field) => !field.closest(".row-cell:is([data-computed], :has(.cell-join :checked))"));
  const field = form.querySelector("[aria-invalid=true]") ?? free ?? texts(form)[0];
  field?.focus();
  field?.setSelectionRange(field.value.length, field.value.length);
  form.scrollIntoView({ block: "nearest" });
}

const opened = (root) => (root.matches?.(FORM) ? [root] : [...(root.querySelectorAll?.(FORM) ?? [])]);
document.addEventListener("htmx:load", (event) => opened(event.target).forEach(prepare));
opened(document).forEach(prepare);

/** A page of its own shows what several pasted cells would change before they are written. */
function previewPaste(form, field, text) {
  const sent = document.createElement("form");
  sent.method = "post";
  sent.action = form.dataset.pasteUrl;
  const data = new FormData(form);
  data.set("text", text);
  data.set("row", form.dataset.row.slice(1));
  data.set("column", field.name.slice(1).split("-")[0]);
  for (const [name, value] of data) {
    const box = document.createElement("textarea");
    box.name = name;
    box.value = value;
    sent.append(box);
  }
  sent.hidden = true;
  document.body.append(sent);
  forgetUnsent(form);
  form.setAttribute("data-sent", "");
  sent.submit();
}

document.addEventListener("paste", (event) => {
  const form = event.target.closest?.(FORM);
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!form || !event.target.matches("textarea") || !text.includes("\t")) return;
  event.preventDefault();
  previewPaste(form, event.target, text);
});

document.addEventListener("submit", (event) => event.target.matches(FORM) && event.target.setAttribute("data-sent", ""));

// Leaving the page with typed cells asks first.
window.addEventListener("beforeunload", (event) => {
  if (opened(document).some((form) => !form.hasAttribute("data-sent") && isDirty(form))) event.preventDefault();
});
