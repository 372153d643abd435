"""How the plan is built: marks, closing clause, annexes, empty parts, history."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from ..model import Annex, Block, Paragraph, Point, RevisionLine, Table
from ..numbering import mark, read_mark
from ..revisions import revision_text
from .catalogue import CATALOGUE
from .finding import Finding
from .galley import HISTORY, Galley, Placed

_CLOSING = re.compile(
    r"本(?:計畫|要點|方案|作業規定|實施要點)[^。\n]{0,24}?(?:核定|核准|核備|核可|奉核|備查)"
    r"[^。\n]{0,16}?(?:實施|施行|辦理|實行)"
)
_SENTENCE = re.compile(r"依(?!據)|辦理|施行|另[定訂]|詳|如附|[。；！？]$")
SHORT_HEADING = 14


def empty_point(galley: Galley) -> Iterator[Finding]:
    """A mark with nothing behind it, and a chapter that is a heading alone."""
    for placed in galley.blocks:
        block = placed.block
        if not isinstance(block, Point) or block.children or block.body.strip():
            continue
        heading = block.heading.strip()
        if not heading:
            yield placed.finding("empty-point", "有項次而沒有文字。")
        elif placed.depth == 1 and _is_bare(heading):
            message = f"「{heading}」底下沒有內容。"
            yield placed.finding("hollow-heading", message, heading)


def _is_bare(heading: str) -> bool:
    """Whether it is a heading, and no sentence that stands for the whole chapter."""
    ends = heading.endswith(("：", ":"))
    return ends or (len(heading) <= SHORT_HEADING and not _SENTENCE.search(heading))


def empty_table(galley: Galley) -> Iterator[Finding]:
    """A table without rows, an annex without anything."""
    for placed in galley.blocks:
        if isinstance(placed.block, Table) and not placed.block.rows:
            yield placed.finding(
                "empty-table", "表格沒有任何一列。", placed.block.title
            )
    for annex in galley.annexes:
        if not annex.children:
            part = galley.annex_part(annex)
            message = f"{annex.label}沒有內容。"
            placed = Placed(Paragraph("", annex.id), part, annex.label, "", 1)
            yield placed.finding("empty-table", message, annex.title)


def mixed_marks(galley: Galley) -> Iterator[Finding]:
    """Points side by side under one parent whose marks are of two kinds."""
    placed = {one.block.id: one for one in galley.blocks}
    for siblings in _families(galley):
        levels = Counter(point.level for point in siblings)
        if len(levels) < 2:
            continue
        usual = levels.most_common(1)[0][0]
        odd = next(point for point in siblings if point.level != usual)
        style = galley.document.style
        these = f"{mark(usual, 1, style)}與{mark(odd.level, 1, style)}".replace(
            "、", ""
        )
        message = f"同一層同時用了 {these} 兩種項次。"
        yield placed[odd.id].finding("mixed-marks", message, odd.heading[:20])


def typed_mark(galley: Galley) -> Iterator[Finding]:
    """A mark typed where the system puts its own: the first one of each text."""
    of_text = {p.block.id for p in galley.blocks if not isinstance(p.block, Table)}
    for passage in galley.passages:
        start = 0
        for line in passage.text.split("\n") if passage.place in of_text else ():
            found = read_mark(line)
            if found is not None and line[found.length :]:
                message = "這個項次是手打的，不會隨著移動重編。"
                end = start + found.length
                yield passage.finding("typed-mark", start, end, message)
                break
            start += len(line) + 1


def same_heading(galley: Galley) -> Iterator[Finding]:
    """Two points side by side that say the same."""
    placed = {one.block.id: one for one in galley.blocks}
    for siblings in _families(galley):
        seen: dict[tuple[str, str], Point] = {}
        for point in siblings:
            words = point.heading.strip() or point.body.strip()
            first = seen.setdefault((words, point.body.strip()), point)
            if first is not point and words and not point.children:
                number = galley.numbers[first.id]
                message = f"與「{number}」的文字完全相同。"
                yield placed[point.id].finding("same-heading", message, words[:20])


def _families(galley: Galley) -> Iterator[list[Point]]:
    """The points of each parent that has any."""
    parents: list[Iterable[Block]] = [galley.document.children]
    parents += [annex.children for annex in galley.annexes]
    parents += [p.block.children for p in galley.blocks if isinstance(p.block, Point)]
    for children in parents:
        points = [block for block in children if isinstance(block, Point)]
        if points:
            yield points


def closing_last(galley: Galley) -> Iterator[Finding]:
    """The clause of approval, with chapters behind it."""
    placed = {one.block.id: one for one in galley.blocks}
    roots = galley.document.children
    for index, block in enumerate(roots[:-1]):
        met = _CLOSING.search(_own_text(block))
        later = [b for b in roots[index + 1 :] if isinstance(b, Point)]
        if met and later:
            number = galley.numbers[later[0].id]
            message = f"這是結尾的條款，後面還有「{number}」等 {len(later)} 章。"
            yield placed[block.id].finding("closing-last", message, met[0])
            return


def _own_text(block: Block) -> str:
    if isinstance(block, Paragraph):
        return block.text
    return f"{block.heading}\n{block.body}" if isinstance(block, Point) else ""


def revision_order(galley: Galley) -> Iterator[Finding]:
    """Dates that go back, ordinals that leave one out or come twice."""
    date, ordinal = (0, 0, 0), 0
    for line in galley.document.revisions:
        own = (line.year, line.month, line.day)
        if line.year and date[0] and _is_before(own, date):
            yield _of_line("revision-order", line, "日期早於上一行。")
        elif line.ordinal and ordinal and line.ordinal != ordinal + 1:
            message = f"上一行是第{ordinal}次，這一行是第{line.ordinal}次。"
            yield _of_line("revision-order", line, message)
        date = own if line.year else date
        ordinal = line.ordinal or ordinal


def _is_before(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    """Earlier as far as both dates are known."""
    for own, its in zip(one, other, strict=True):
        if not own or not its:
            return False
        if own != its:
            return own < its
    return False


def revision_number(galley: Galley) -> Iterator[Finding]:
    """A line without 文號 below lines that have one."""
    numbered = False
    for line in galley.document.revisions:
        if numbered and not line.number:
            yield _of_line("revision-number", line, "這一次修訂沒有文號。")
        numbered = numbered or bool(line.number)


def _of_line(check: str, line: RevisionLine, message: str) -> Finding:
    found = revision_text(line)
    grade = CATALOGUE[check].grade
    return Finding(check, grade, line.id, HISTORY, "修訂紀錄", message, found=found)


def annex_finding(galley: Galley, annex: Annex, check: str, message: str) -> Finding:
    """A finding about the annex as a whole."""
    part, grade = galley.annex_part(annex), CATALOGUE[check].grade
    return Finding(
        check, grade, annex.id, part, annex.label, message, found=annex.label
    )
