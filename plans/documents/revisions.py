"""The words of a line of the revision history (歷次修訂)."""

from __future__ import annotations

from .model import RevisionLine


def revision_date(line: RevisionLine) -> str:
    """98.4.3 or 98年4月3日; parts that are 0 are left out."""
    if not line.year:
        return ""
    if line.dotted:
        return ".".join(str(part) for part in (line.year, line.month, line.day) if part)
    month = f"{line.month}月" if line.month else ""
    day = f"{line.day}日" if line.month and line.day else ""
    return f"{line.year}年{month}{day}"


def revision_parts(line: RevisionLine) -> tuple[str, str, str]:
    """Date, act and 文號, as they stand below each other; a written date has its act
    with it."""
    act = (f"第{line.ordinal}次" if line.ordinal else "") + line.verb
    date = revision_date(line)
    number = line.number + line.approval
    return (date, act, number) if line.dotted else (date + act, "", number)


def revision_text(line: RevisionLine) -> str:
    """98.4.3 第1次修訂 府民字第1130001234號核准, or 114年1月2日訂定."""
    return " ".join(filter(None, revision_parts(line)))
