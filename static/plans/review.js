// The page of review: from change to change by key, typed words that survive, who is here.
import { keepUnsent, forgetUnsent, bringBack } from "./unsent.js";

const review = document.getElementById("review");
const text = document.getElementById("review-text");
const FORM = "form[data-block]";
const PING = 10_000;

const fields = (form) => [...form.querySelectorAll("textarea")];

/** The token of this browser now: signing in again, in another tab, renews it. */
const token = () => /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1];

function renewToken(form) {
  const field = form?.querySelector("[name=csrfmiddlewaretoken]");
  if (field && token()) field.value = token();
}

// A double click sends once; what comes back is a new form.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.hasAttribute("data-once") || form.hasAttribute("hx-post") && form.closest(".panel")) return;
  if (event.submitter?.name === "preview") return;
  if (form.hasAttribute("data-sent")) {
    event.preventDefault();
    return;
  }
  form.setAttribute("data-sent", "");
  renewToken(form);
});

// Back from another page, forms can be sent again.
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => form.removeAttribute("data-sent"));
});

document.addEventListener("htmx:configRequest", (event) => {
  if (!token() || event.detail.verb !== "post") return;
  event.detail.headers["X-CSRFToken"] = token();
  event.detail.parameters.set?.("csrfmiddlewaretoken", token());
});

/* Words typed and not sent, kept in this tab. */

function prepare(form) {
  if (!bringBack(form, fields(form))) return;
  form.querySelector(".unsent").hidden = false;
}

document.addEventListener("input", (event) => {
  const form = event.target.closest?.(FORM);
  if (form) keepUnsent(form, fields(form));
});

document.addEventListener("htmx:beforeOnLoad", (event) => {
  const { xhr, requestConfig } = event.detail;
  const form = requestConfig.elt.closest(FORM);
  if (form && requestConfig.verb === "post" && xhr.status < 400 && !xhr.getResponseHeader("HX-Redirect")) forgetUnsent(form);
});

const SENT = `review-sent:${review?.dataset.user ?? ""}`;

document.addEventListener("submit", (event) => {
  const form = event.target.closest(FORM);
  if (!form || form.closest(".panel")) return;
  if (event.defaultPrevented) return;
  const names = JSON.parse(sessionStorage.getItem(SENT) ?? "[]");
  sessionStorage.setItem(SENT, JSON.stringify([...names, form.dataset.block]));
});

/** What was sent and, as the page says, taken need not be kept. */
function forgetTaken() {
  const names = JSON.parse(sessionStorage.getItem(SENT) ?? "[]");
  sessionStorage.removeItem(SENT);
  if (!review || !document.querySelector(".message-success, .message-info")) return;
  for (const name of names) sessionStorage.removeItem(`unsent:${review.dataset.user}:${name}`);
}

/** Forms that stood open beside changes when the session ended open again. */
function reopen() {
  const start = `unsent:${review.dataset.user}:review-${review.dataset.submission}-`;
  for (const key of Object.keys(sessionStorage)) {
    const [act, number] = key.startsWith(start) ? key.slice(start.length).split("-") : [];
    const panel = document.getElementById(`panel-${number}`);
    if (panel && !panel.querySelector(FORM)) panel.querySelector(`[data-act="${act === "judge" ? "return" : "remark"}"]`)?.click();
  }
}

/* From change to change */

const changes = () => [...document.querySelectorAll("[data-change]")];
let selected = null;

function select(change, { focus = true } = {}) {
  if (!change) return;
  selected?.classList.remove("is-selected");
  selected = change;
  change.classList.add("is-selected");
  if (!focus) return;
  change.focus({ preventScroll: true });
  change.scrollIntoView({ block: "start" });
}

function go(steps) {
  const all = changes();
  const place = all.indexOf(selected);
  const next = place < 0 ? (steps > 0 ? 0 : all.length - 1) : place + steps;
  select(all[Math.max(0, Math.min(all.length - 1, next))]);
}

/** A row of a table has its panel in the row below. */
const panelOf = (change) => (change.matches("tr") ? change.nextElementSibling : change).querySelector(".panel");

function press(act) {
  const all = changes();
  if (!selected) select(all[0]);
  const control = selected && panelOf(selected)?.querySelector(`[data-act="${act}"]`);
  control?.click();
  return Boolean(control);
}

const KEYS = {
  n: () => go(1),
  p: () => go(-1),
  a: () => press("accept"),
  r: () => press("return"),
  c: () => press("remark"),
};

const isTyping = (target) => target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
const keysOn = document.getElementById("keys-on");
const SWITCH = "review-keys-off";

function onKey(event) {
  if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  const form = event.target.closest?.(".panel-form");
  if (event.key === "Escape" && form) {
    event.preventDefault();
    form.querySelector('[data-act="cancel"]').click();
  } else if (keysOn?.checked && KEYS[event.key] && !isTyping(event.target)) {
    event.preventDefault();
    KEYS[event.key]();
  }
}

function followFocus(event) {
  const row = event.target.closest(".change-row-panel")?.previousElementSibling;
  const change = row ?? event.target.closest("[data-change]");
  if (change && change !== selected) select(change, { focus: false });
}

// Ctrl+Enter sends what is typed beside a change.
function onSend(event) {
  const form = event.target.closest?.(".panel-form");
  if (!form || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  form.requestSubmit();
}

/** A panel that has just come: the cursor into its form, or back on the change. */
function onPanel(event) {
  const panel = event.target.matches?.(".panel") ? event.target : null;
  if (!panel) return;
  const form = panel.querySelector(FORM);
  if (form) {
    prepare(form);
    const field = fields(form)[0];
    field.focus({ preventScroll: true });
    field.setSelectionRange(field.value.length, field.value.length);
    form.scrollIntoView({ block: "nearest" });
    return;
  }
  const row = panel.closest(".change-row-panel")?.previousElementSibling;
  const change = row ?? panel.closest("[data-change]");
  // Quick fingers are at the next change already: they are not called back.
  if (selected && selected !== change) return;
  select(change, { focus: false });
  (panel.querySelector("[role=alert]") ?? selected)?.focus({ preventScroll: true });
}

// 取消 gives the words up.
function onCancel(event) {
  const form = event.target.closest('[data-act="cancel"]')?.closest(FORM);
  if (form) forgetUnsent(form);
}

/* Who is here */

const present = document.getElementById("present");

async function ping() {
  if (document.hidden) return;
  try {
    const answer = await fetch(present.dataset.url, { method: "POST", headers: { "X-CSRFToken": token() } });
    const isOurs = answer.ok && !answer.redirected;
    if (isOurs) present.textContent = (await answer.text()).replace(/<[^>]*>/g, "").trim();
  } catch {
    // Nobody needs to know that it is not known who is here.
  }
}

if (review) {
  document.querySelectorAll(".steppers, .review-keys").forEach((part) => (part.hidden = false));
  try {
    if (keysOn) keysOn.checked = localStorage.getItem(SWITCH) !== "1";
  } catch {
    // A forbidden store: the switch works until the page is left.
  }
  keysOn?.addEventListener("change", () => {
    try {
      localStorage.setItem(SWITCH, keysOn.checked ? "0" : "1");
    } catch {
      // As above.
    }
  });
  document.querySelector(".steppers")?.addEventListener("click", (event) => {
    const { go: steps } = event.target.dataset;
    if (steps) go(Number(steps));
  });
  document.addEventListener("keydown", onKey);
  document.addEventListener("keydown", onSend);
  text?.addEventListener("focusin", followFocus);
  text?.addEventListener("click", onCancel, true);
  text?.addEventListener("htmx:load", onPanel);
  forgetTaken();
  document.querySelectorAll(FORM).forEach(prepare);
  if (location.hash.startsWith("#change-")) select(document.querySelector(location.hash));
  window.addEventListener("load", reopen);
  if (present.hasAttribute("data-live")) {
    ping();
    setInterval(ping, PING);
    document.addEventListener("visibilitychange", ping);
  }
  if (window.matchMedia("(max-width: 62rem)").matches) document.querySelector(".plan-outline").open = false;
}
