// What a spreadsheet puts on the clipboard, as rows of cells.

/** Cells in quotes may hold line ends, tabs and doubled quotes. */
function parse(text) {
  const rows = [[]];
  const pattern = /(?:"((?:[^"]|"")*)"|([^\t\n]*))(\t|\n|$)/gy;
  const plain = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  while (pattern.lastIndex <= plain.length) {
    const found = pattern.exec(plain);
    if (!found) return plain.split("\n").map((line) => line.split("\t"));
    rows.at(-1).push((found[1]?.replaceAll('""', '"') ?? found[2]).trim());
    if (!found[3]) break;
    if (found[3] === "\n") rows.push([]);
  }
  return rows;
}

/**
 * Rows of cells, or null for text that is to be pasted as it is: a text of several lines
 * is a paragraph, unless it comes from a table or goes into a field of one line.
 */
export function cellsIn(clipboard, isOneLine) {
  const text = clipboard?.getData("text/plain") ?? "";
  const isTable = text.includes("\t") || /<t(?:able|r|d)\b/i.test(clipboard?.getData("text/html") ?? "");
  if (!text.trim() || !(isTable || (isOneLine && text.trim().includes("\n")))) return null;
  const cells = parse(text);
  return cells.length > 1 || cells[0].length > 1 ? cells : null;
}
