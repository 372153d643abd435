"""The single bridge from the database to the paper: compose(plan) -> Document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from .annexes import with_kept_annexes
from .documents import model as paper
from .documents.cells import read_lines
from .models import Block, BlockKind, Column, Plan, Revision, Row


def compose(plan: Plan) -> paper.Document:
    """Everything the plan prints, in five queries whatever its size, and those of
    the annexes that other apps keep.

    Ids: points, paragraphs, tables and annexes are b<pk>, columns c<pk>, rows
    r<pk>, revision lines v<pk>.
    """
    return Composer(plan).document()


def numbering_style(plan: Plan) -> paper.NumberingStyle:
    """The plan's way of writing marks."""
    return paper.NumberingStyle(
        paper.Brackets(plan.brackets),
        paper.Tens(plan.tens),
        paper.DigitMark(plan.digit_mark),
    )


class Composer:
    """Holds the rows of one plan while its Document is built."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.blocks = _by(plan.blocks.all(), "parent_id")
        self.columns = _by(Column.objects.filter(table__plan=plan), "table_id")
        self.rows = _by(Row.objects.filter(table__plan=plan), "table_id")

    def document(self) -> paper.Document:
        plan = self.plan
        roots = self.blocks[None]
        return paper.Document(
            office=plan.office.name,
            year=plan.year,
            title=plan.title,
            children=self._children(None),
            annexes=with_kept_annexes(
                plan, [self._annex(b) for b in roots if b.kind == BlockKind.ANNEX]
            ),
            revisions=tuple(revision_line(line) for line in plan.revisions.all()),
            style=numbering_style(plan),
            cover=paper.Cover(plan.title, plan.cover_date) if plan.has_cover else None,
            running_head=plan.running_head,
            body_size=float(plan.body_size),
        )

    def _children(self, parent: int | None) -> tuple[paper.Block, ...]:
        return tuple(
            self._block(block)
            for block in self.blocks[parent]
            if block.kind != BlockKind.ANNEX
        )

    def _block(self, block: Block) -> paper.Block:
        key = f"b{block.pk}"
        if block.kind == BlockKind.TABLE:
            return compose_table(block, self.columns[block.pk], self.rows[block.pk])
        if block.kind == BlockKind.PARAGRAPH:
            return paper.Paragraph(block.body, key)
        return paper.Point(
            block.level, block.heading, block.body, self._children(block.pk), key
        )

    def _annex(self, block: Block) -> paper.Annex:
        return paper.Annex(
            block.label,
            block.heading,
            self._children(block.pk),
            block.landscape,
            f"b{block.pk}",
        )


def compose_table(
    block: Block, columns: Sequence[Column], rows: Iterable[Row]
) -> paper.Table:
    """One table block with its columns and rows as a Table."""
    return paper.Table(
        tuple(_column(column) for column in columns),
        tuple(_row(row, columns) for row in rows),
        block.heading,
        block.body,
        f"b{block.pk}",
    )


def _by(rows: Iterable[Any], key: str) -> dict[Any, list[Any]]:
    grouped: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[getattr(row, key)].append(row)
    return grouped


def revision_line(line: Revision) -> paper.RevisionLine:
    """One line of the history block as a value."""
    return paper.RevisionLine(
        line.year,
        line.month,
        line.day,
        line.ordinal,
        line.verb,
        line.number,
        line.approval,
        line.dotted,
        f"v{line.pk}",
    )


def _column(column: Column) -> paper.Column:
    return paper.Column(
        column.name,
        column.group,
        paper.ColumnKind(column.kind),
        float(column.width),
        column.joins_down,
        column.continues,
        column.vertical,
        f"c{column.pk}",
    )


def _row(row: Row, columns: Sequence[Column]) -> paper.Row:
    cells = tuple(
        _cell(row.cells.get(str(column.pk), {}), column) for column in columns
    )
    return paper.Row(cells, paper.RowKind(row.kind), f"r{row.pk}")


def _cell(stored: dict[str, Any], column: Column) -> paper.Cell:
    if stored.get("joined"):
        return paper.Cell(joined=True)
    return paper.Cell(
        read_lines(stored.get("text", ""), continues=column.continues),
        span=stored.get("span", 1),
        shaded=stored.get("shaded", False),
    )
