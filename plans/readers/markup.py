"""Lines that still carry the tags of a web page → lines of plain text."""

from __future__ import annotations

import html
import re

_ANY = re.compile(
    r"</?(?:p|br|li|ol|ul|div|h[1-6]|table|thead|tbody|tr|t[dh]|span|b|strong|i|em|u|font|a)"
    r"(?:\s[^<>]{0,200})?/?>",
    re.IGNORECASE,
)
_NEXT_CELL = re.compile(r"</t[dh]>\s*(?=<t[dh][\s>])", re.IGNORECASE)
_ROW_END = re.compile(r"</tr>|</?table[^<>]{0,200}>", re.IGNORECASE)
_BLOCK = re.compile(
    r"</?(?:p|br|li|ol|ul|div|h[1-6])(?:\s[^<>]{0,200})?/?>", re.IGNORECASE
)


def has_tags(line: str) -> bool:
    """Whether a line without tabs holds tags; rows with tabs are cleaned by cell."""
    return "<" in line and "\t" not in line and bool(_ANY.search(line))


def plain_lines(line: str) -> list[str]:
    """The line without its tags: one line a paragraph or table row, tabs for cells."""
    lines = []
    for part in _ROW_END.split(line):
        cells = _NEXT_CELL.split(part)
        if len(cells) > 1:
            lines.append("\t".join(_text(cell) for cell in cells))
        else:
            lines += [_text(block) for block in _BLOCK.split(part)]
    return [text for text in lines if text.strip(" ")]


def _text(marked: str) -> str:
    spaced = _BLOCK.sub(" ", marked)
    return html.unescape(_ANY.sub("", spaced)).strip()
