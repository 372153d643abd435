"""The way in: a Document becomes a plan's database rows, all or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from offices.models import Office, User

from .documents import model as paper
from .documents.cells import mark_lines, marked_rows, write_lines
from .documents.outline import REFERENCE
from .models import Block, BlockKind, Column, Plan, Revision, Row

# A block whose children are to be stored (None: the plan itself), and its level.
Family = tuple[Block | None, int, tuple[paper.Block | paper.Annex, ...]]

# Rows written by one statement; keeps a long table below every database's limits.
BATCH = 500


class UnfitDocumentError(ValueError):
    """The document cannot be stored as it is; the message says why, in Chinese."""


def apply(
    document: paper.Document, *, office: Office, year: int, title: str, by: User | None
) -> Plan:
    """Store ``document`` as a new plan of ``office`` and return it.

    Office, year and title are the given ones, whatever the document says; with
    equal ones ``compose(apply(document))`` is the document again, ids apart.
    The number of queries grows with the depth of the tree, not with its size.
    Raises UnfitDocumentError, and then nothing is stored.
    """
    return apply_with_ids(document, office=office, year=year, title=title, by=by)[0]


@transaction.atomic
def apply_with_ids(
    document: paper.Document, *, office: Office, year: int, title: str, by: User | None
) -> tuple[Plan, dict[str, str]]:
    """The same, with what every block, column and row of the document is called now:
    old id → new id."""
    plan = _plan(document, office=office, year=year, title=title, by=by)
    _check_fits([plan])
    plan.save()
    _store_revisions(plan, document.revisions)
    applier = _Applier(plan, document.style, by)
    applier.store(document)
    return plan, applier.ids


def store_table(
    block: Block, table: paper.Table, style: paper.NumberingStyle, *, by: User | None
) -> None:
    """Store the columns and rows of ``table`` under the stored table block.

    Raises UnfitDocumentError, and then nothing is stored.
    """
    _check_shape(table)
    applier = _Applier(block.plan, style, by)
    applier.tables.append((block, table))
    applier.store_tables()


def _plan(
    document: paper.Document, *, office: Office, year: int, title: str, by: User | None
) -> Plan:
    return Plan(
        office=office,
        year=year,
        title=title,
        brackets=document.style.brackets.value,
        tens=document.style.tens.value,
        digit_mark=document.style.digit_mark.value,
        has_cover=document.cover is not None,
        cover_date=document.cover.date if document.cover else "",
        running_head=document.running_head,
        body_size=Decimal(str(document.body_size)),
        created_by=by,
    )


def _store_revisions(plan: Plan, lines: Iterable[paper.RevisionLine]) -> None:
    revisions = [
        Revision(
            plan=plan,
            position=position,
            year=line.year,
            month=line.month,
            day=line.day,
            ordinal=line.ordinal,
            verb=line.verb,
            number=line.number,
            approval=line.approval,
            dotted=line.dotted,
        )
        for position, line in enumerate(lines)
    ]
    _check_fits(revisions)
    Revision.objects.bulk_create(revisions, batch_size=BATCH)


class _Applier:
    """Stores the blocks of one plan, one generation of the tree after the other."""

    def __init__(
        self, plan: Plan, style: paper.NumberingStyle, by: User | None
    ) -> None:
        self.plan = plan
        self.style = style
        self.by = by
        # What the parts of the document are called now: old id → new id.
        self.ids: dict[str, str] = {}
        self.tables: list[tuple[Block, paper.Table]] = []
        self.stored: list[Block] = []

    def store(self, document: paper.Document) -> None:
        families: list[Family] = [(None, 0, (*document.children, *document.annexes))]
        while families:
            families = list(self._store_generation(families))
        self._point_references_anew()
        self.store_tables()

    def store_tables(self) -> None:
        """Columns and rows of the tables whose blocks are stored."""
        columns = self._store_columns()
        self._store_rows(columns)

    def _store_generation(self, families: list[Family]) -> Iterator[Family]:
        """Store the children of every family; yield the families they head."""
        born = [
            (_block(self.plan, parent, level, position, child), child)
            for parent, level, children in families
            for position, child in enumerate(children)
        ]
        self._create([block for block, _ in born], Block)
        for block, child in born:
            self.stored.append(block)
            self.ids[child.id] = f"b{block.pk}"
            if isinstance(child, paper.Table):
                self.tables.append((block, child))
            elif not isinstance(child, paper.Paragraph) and child.children:
                yield block, block.level, child.children

    def _store_columns(self) -> dict[int, list[Column]]:
        """Columns of every table, in order, by the table's pk."""
        columns = {
            block.pk: [
                _column(block, position, column)
                for position, column in enumerate(table.columns)
            ]
            for block, table in self.tables
        }
        self._create([c for own in columns.values() for c in own], Column)
        for block, table in self.tables:
            pairs = zip(table.columns, columns[block.pk], strict=True)
            self.ids |= {column.id: f"c{stored.pk}" for column, stored in pairs}
        return columns

    def _store_rows(self, columns: dict[int, list[Column]]) -> None:
        rows = []
        for block, table in self.tables:
            keys = [str(column.pk) for column in columns[block.pk]]
            texts = _typed_rows(table, self.style)
            for position, (row, typed) in enumerate(
                zip(table.rows, texts, strict=True)
            ):
                cells = {
                    key: stored
                    for key, cell, text in zip(keys, row.cells, typed, strict=True)
                    if (stored := _stored_cell(cell, self._refer(text)))
                }
                rows.append(
                    Row(table=block, position=position, kind=row.kind, cells=cells)
                )
        self._create(rows, Row)
        printed = (row for _, table in self.tables for row in table.rows)
        pairs = zip(printed, rows, strict=True)
        self.ids |= {row.id: f"r{stored.pk}" for row, stored in pairs}

    def _point_references_anew(self) -> None:
        """A reference may name a block that is stored after it."""
        changed = []
        for block in self.stored:
            heading, body = self._refer(block.heading), self._refer(block.body)
            if (heading, body) != (block.heading, block.body):
                block.heading, block.body = heading, body
                changed.append(block)
        if changed:
            bulk_update_with_history(
                changed, Block, ["heading", "body"], BATCH, default_user=self.by
            )

    def _refer(self, text: str) -> str:
        if "[[" not in text:
            return text
        return REFERENCE.sub(
            lambda found: f"[[{self.ids.get(found[1], found[1])}]]", text
        )

    def _create(self, rows: list[Any], model: type[models.Model]) -> None:
        if rows:
            _check_fits(rows)
            bulk_create_with_history(rows, model, BATCH, default_user=self.by)


def _block(
    plan: Plan,
    parent: Block | None,
    level: int,
    position: int,
    child: paper.Block | paper.Annex,
) -> Block:
    block = Block(plan=plan, parent=parent, position=position)
    if isinstance(child, paper.Point):
        if not level < child.level <= 8:
            raise UnfitDocumentError(f"「{child.heading[:20]}」的層級必須比上一層深。")
        block.kind, block.level = BlockKind.POINT, child.level
        block.heading, block.body = child.heading, child.body
    elif isinstance(child, paper.Paragraph):
        block.kind, block.body = BlockKind.PARAGRAPH, child.text
    elif isinstance(child, paper.Table):
        block.kind, block.heading, block.body = BlockKind.TABLE, child.title, child.note
        _check_shape(child)
    else:
        block.kind, block.label = BlockKind.ANNEX, child.label
        block.heading, block.landscape = child.title, child.landscape
    return block


def _check_shape(table: paper.Table) -> None:
    for number, row in enumerate(table.rows, start=1):
        if len(row.cells) != len(table.columns):
            raise UnfitDocumentError(
                f"表格「{table.title[:20]}」第 {number} 列有 {len(row.cells)} 格，"
                f"但表頭有 {len(table.columns)} 欄。"
            )


def _column(block: Block, position: int, column: paper.Column) -> Column:
    return Column(
        table=block,
        position=position,
        name=column.name,
        group=column.group,
        kind=column.kind.value,
        width=Decimal(str(round(column.width, 2))),
        joins_down=column.joins_down,
        continues=column.continues,
        vertical=column.vertical,
    )


def _typed_rows(table: paper.Table, style: paper.NumberingStyle) -> Iterator[list[str]]:
    """The text of every cell, list marks as printed; 項次 stay as they were typed."""
    for row, marked in zip(table.rows, marked_rows(table, style), strict=True):
        yield [
            write_lines(
                mark_lines(cell.lines, style)
                if column.kind is paper.ColumnKind.NUMBER
                else lines
            )
            for column, cell, lines in zip(
                table.columns, row.cells, marked, strict=True
            )
        ]


def _stored_cell(cell: paper.Cell, text: str) -> dict[str, Any]:
    """Only what differs from an empty cell, as Row.cells keeps it."""
    if cell.joined:
        return {"joined": True}
    stored: dict[str, Any] = {"text": text} if text else {}
    if cell.span > 1:
        stored["span"] = cell.span
    if cell.shaded:
        stored["shaded"] = True
    return stored


def _check_fits(rows: Iterable[models.Model]) -> None:
    """Texts longer than their field; SQLite would take them, PostgreSQL would not."""
    for row in rows:
        for field in row._meta.concrete_fields:
            text = getattr(row, field.attname)
            if isinstance(text, str) and field.max_length:
                _check_length(field, text)


def _check_length(field: models.Field[Any, Any], text: str) -> None:
    if len(text) > (field.max_length or 0):
        raise UnfitDocumentError(
            f"{field.verbose_name}最多 {field.max_length} 字，"
            f"「{text[:20]}…」有 {len(text)} 字。"
        )
