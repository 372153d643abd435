// Months as twelve digits: 0 nothing, 1 planned, 2 key. The same words as the server's months.py.

export const WORDS = ["空白", "預定", "重點"];
export const EMPTY = "0".repeat(12);

/** 「3-6、9*」 of a pattern; * marks key months. */
export function write(pattern) {
  const parts = [];
  for (let first = 0; first < 12; ) {
    let last = first;
    while (last < 11 && pattern[last + 1] === pattern[first]) last += 1;
    if (pattern[first] !== "0") {
      const star = pattern[first] === "2" ? "*" : "";
      parts.push((last > first ? `${first + 1}-${last + 1}` : `${first + 1}`) + star);
    }
    first = last + 1;
  }
  return parts.join("、");
}

/** The pattern that was typed; throws an Error whose message is for the person. */
export function read(text) {
  const plain = text.normalize("NFKC").replace(/\s+/g, "");
  if (["", "無", "-", "—"].includes(plain)) return EMPTY;
  if (["整年", "全年", "每月", "全部"].includes(plain)) return "1".repeat(12);
  const states = [...EMPTY];
  for (const part of plain.split(/[、,;]/)) put(part, states);
  return states.join("");
}

/** What one cell of a spreadsheet says of its month. */
function stateOf(text) {
  const word = text.normalize("NFKC").trim();
  if (["", "0", "-", "—", "無"].includes(word)) return "0";
  return word === "2" || /^(★|重點)/.test(word) ? "2" : "1";
}

/** The pattern of what was copied: twelve cells of a spreadsheet, or words. */
export function pasted(text) {
  const parts = text.replace(/\r?\n$/, "").split("\t");
  if (parts.length === 12) return parts.map(stateOf).join("");
  return read(text);
}

function put(part, states) {
  const found = /^(\d+)月?(?:[-~至到](\d+)月?)?([*★]|重點)?$/.exec(part);
  if (!found) throw new Error(`看不懂「${part.slice(0, 20)}」，請輸入如 3-6、9 或「整年」。`);
  const [first, last] = [Number(found[1]), Number(found[2] ?? found[1])];
  for (const month of [first, last]) {
    if (month < 1 || month > 12) throw new Error(`沒有 ${month} 月，月份須在 1 到 12 之間。`);
  }
  for (let month = first; ; month = (month % 12) + 1) {
    const state = found[3] ? "2" : "1";
    if (state > states[month - 1]) states[month - 1] = state;
    if (month === last) return;
  }
}
