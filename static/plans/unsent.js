// Text typed but not yet saved, kept in this browser tab: it survives a lost connection or
// an ended session, is wiped when it was saved or given up, and at sign-out (app.js).

const user = document.querySelector("[data-user]")?.dataset.user ?? "";
const keyOf = (form) => `unsent:${user}:${form.dataset.block ?? form.dataset.row}`;

export function keepUnsent(form, fields) {
  const typed = { version: form.elements.version?.value ?? "" };
  for (const field of fields) {
    typed[field.name] = field.type === "checkbox" ? field.checked : field.value;
  }
  try {
    sessionStorage.setItem(keyOf(form), JSON.stringify(typed));
  } catch {
    // A full or forbidden store costs the copy only: the text still is in the form.
  }
}

export function forgetUnsent(form) {
  sessionStorage.removeItem(keyOf(form));
}

/** Fill the form with what was typed before; true where that differs from what it shows. */
export function bringBack(form, fields) {
  const kept = JSON.parse(sessionStorage.getItem(keyOf(form)) ?? "null");
  if (!kept) return false;
  let differs = false;
  for (const field of fields) {
    const value = kept[field.name];
    if (value === undefined) continue;
    const name = field.type === "checkbox" ? "checked" : "value";
    differs ||= field[name] !== value;
    field[name] = value;
  }
  // The old version goes along, so that the server sees a change made in between.
  if (differs && kept.version) form.elements.version.value = kept.version;
  if (!differs) forgetUnsent(form);
  return differs;
}
