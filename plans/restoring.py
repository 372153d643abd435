"""Words of an approved version put back into the draft: a point, or a row of a table.

A point is restored with its own paragraphs.  What was deleted comes back the way 最近刪除
brings it, with its old ids and everything below it, and then says again what it said in
the version; what lives on elsewhere, and what was written since, stays as it is.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.db import transaction

from offices.audit.models import Act
from offices.audit.recording import lender_of
from offices.models import WRITERS, User

from .compose import compose, compose_table
from .cycle import Actor, locked, tell
from .documents.cells import mark_lines, write_lines
from .documents.comparison import Change, Mark, compare
from .documents.comparison.texts import is_setting
from .documents.model import Cell, Document, NumberingStyle, Point, Table
from .documents.model import Row as PaperRow
from .documents.slots import Slot, insert
from .editing import save_block
from .freezing import document_of
from .kept_parts import Kept, Part, children_of, is_words, kept_at, name_of, texts_of
from .models import Approval, Block, Plan, Removed, Row
from .removal import restore_removed
from .tables.rows import save_row
from .tables.sheet import Sheet
from .tree import Refused


class Moved(Exception):
    """The draft has changed since the page that asked was made."""

    def __init__(self) -> None:
        super().__init__("草稿剛才有變動；下面是現在的差異，請再確認一次。")


@dataclass(frozen=True, slots=True)
class Preview:
    """What restoring would change, from the draft's words to those of the version.

    ``is_back``: it was deleted and comes back.  ``seen`` tells one preview from another.
    """

    changes: tuple[Change, ...]
    is_back: bool
    seen: str


def exists(plan: Plan, key: str) -> bool:
    """Whether the draft has the block or row."""
    if key.startswith("r"):
        return Row.objects.filter(pk=int(key[1:]), table__plan=plan).exists()
    return plan.blocks.filter(pk=int(key[1:])).exists()


def preview(plan: Plan, version: Document, kept: Kept) -> Preview:
    """Compares the draft with the version; a change without words is left out."""
    is_back = not exists(plan, kept.keys[0])
    keys = set(kept.keys if is_back else kept.own_keys)
    changes = tuple(
        change
        for change in compare(compose(plan), version).changes
        if change.key in keys
        and change.marks & ({Mark.ADDED} if is_back else {Mark.ADDED, Mark.CHANGED})
        and (is_back or words_of(change))
    )
    seen = hashlib.sha256(repr((is_back, changes)).encode()).hexdigest()[:24]
    return Preview(changes, is_back, seen)


def words_of(change: Change) -> list[tuple[str, str, str]]:
    """What a person reads of a change: label, the draft's words, the version's."""
    return [
        (part.label, part.old, part.new)
        for part in change.parts
        if part.is_changed and not is_setting(change.node, part.field)
    ]


@transaction.atomic
def restore_part(approval: Approval, key: str, *, seen: str, by: User) -> None:
    """Put the part back as the version has it, if the draft still is as ``seen``.

    Raises Altered, Frozen, Moved where the draft changed since, and Refused where
    there is no place for it or nothing to restore.
    """
    plan = locked(approval.plan)
    version = document_of(approval)
    kept = kept_at(version, key)
    if kept is None:
        raise Refused(f"{approval}沒有這一項。")
    found = preview(plan, version, kept)
    if found.seen != seen:
        raise Moved
    if not found.changes and not found.is_back:
        raise Refused("和現在的內容相同，沒有需要還原的文字。")
    work = _Restoring(plan, version.style, by)
    work.row(kept.table, kept.row) if kept.row and kept.table else work.part(kept)
    lender = lender_of(by, plan.office, WRITERS)
    words = {"版次": str(approval), "項目": name_of(kept)}
    tell(Act.RESTORED, plan, Actor(by, lender), **words)


class _Restoring:
    """The verbs that one restoring is made of; inside its transaction."""

    def __init__(self, plan: Plan, style: NumberingStyle, by: User) -> None:
        self.plan, self.style, self.by = plan, style, by

    def part(self, kept: Kept) -> None:
        part = kept.part
        if part is None:
            return
        if not exists(self.plan, part.id):
            self._bring(part)
            return
        self._say(part)
        for paragraph in children_of(part) if isinstance(part, Point) else ():
            if is_words(paragraph):
                self._say_or_bring(paragraph, back=frozenset({paragraph.id}))

    def row(self, table: Table, row: PaperRow) -> None:
        if not exists(self.plan, row.id):
            if not exists(self.plan, table.id):
                raise Refused("它的表格已經刪除，請先還原表格。")
            self._bring_row(table, row)
        self._say_row(table, row)

    def _bring(self, part: Part) -> None:
        """Back from 最近刪除, with what was deleted with it."""
        removed = self._removed(part.id)
        if removed is None:
            raise Refused("最近刪除裡已經沒有這一項，不能放回原來的地方；請自行新增。")
        back = frozenset(f"b{one['pk']}" for one in removed.payload["blocks"])
        restore_removed(removed, by=self.by)
        self._say_with_rows(part)
        for child in children_of(part):
            self._say_or_bring(child, back)

    def _say_or_bring(self, part: Part, back: frozenset[str]) -> None:
        """What came back says its words again; what was deleted alone comes back now."""
        if not exists(self.plan, part.id):
            self._bring(part)
        elif part.id in back:
            self._say_with_rows(part)
            for child in children_of(part):
                self._say_or_bring(child, back)

    def _say_with_rows(self, part: Part) -> None:
        self._say(part)
        if isinstance(part, Table):
            for row in self._others(part):
                self.row(part, row)

    def _say(self, part: Part) -> None:
        block = Block.objects.get(pk=int(part.id[1:]))
        heading, body, label = texts_of(part)
        save_block(
            block,
            version=block.version,
            heading=heading,
            body=body,
            label=label,
            landscape=block.landscape,
            by=self.by,
        )

    def _others(self, table: Table) -> list[PaperRow]:
        """The rows that say something else now, or are gone."""
        block = Block.objects.get(pk=int(table.id[1:]))
        columns = list(block.columns.all())
        now = compose_table(block, columns, block.rows.all())
        if [c.id for c in now.columns] != [c.id for c in table.columns]:
            return list(table.rows)
        same = {row.id: row for row in now.rows}
        return [row for row in table.rows if same.get(row.id) != row]

    def _say_row(self, table: Table, row: PaperRow) -> None:
        """Columns that are gone are left out, new ones keep what they hold."""
        current = Row.objects.select_related("table__plan").get(pk=int(row.id[1:]))
        known = {f"c{pk}" for pk in current.table.columns.values_list("pk", flat=True)}
        cells = {
            int(column.id[1:]): self._slot(cell)
            for column, cell in zip(table.columns, row.cells, strict=True)
            if column.id in known and (current.position or not cell.joined)
        }
        save_row(current, version=current.version, cells=cells, by=self.by)

    def _bring_row(self, table: Table, row: PaperRow) -> None:
        """Back from 最近刪除; a row that was put into another is made anew."""
        removed = self._removed(row.id)
        if removed:
            restore_removed(removed, by=self.by)
            return
        sheet = Sheet(Block.objects.get(pk=int(table.id[1:])), self.by)
        places = {f"r{known.pk}": at for at, known in enumerate(sheet.rows)}
        before = [one.id for one in table.rows[: table.rows.index(row)]]
        at = max((places[key] + 1 for key in before if key in places), default=0)
        grid = insert(sheet.grid, at, sheet.joins_down, follow=set())
        pk = int(row.id[1:])
        newest = Row.history.filter(id=pk).order_by("-version").first()
        version = newest.version + 1 if newest else 1
        sheet.add_row(at, pk=pk, kind=row.kind.value, version=version)
        sheet.store(grid)

    def _slot(self, cell: Cell) -> Slot:
        if cell.joined:
            return Slot(joined=True)
        text = write_lines(mark_lines(cell.lines, self.style))
        return Slot(text, span=cell.span, shaded=cell.shaded)

    def _removed(self, key: str) -> Removed | None:
        """Where 最近刪除 holds the row or block; None for what it does not hold.

        Raises Refused for a block that was deleted with another.
        """
        name, pk = ("row" if key.startswith("r") else "blocks"), int(key[1:])
        for removed in self.plan.removals.all():
            found = removed.payload.get(name, [])
            kept = [found] if isinstance(found, dict) else found
            keys = [one["pk"] for one in kept]
            if keys[:1] == [pk]:
                return removed
            if pk in keys:
                raise Refused(
                    f"它是和「{removed.label}」一起刪除的，請先還原「{removed.label}」。"
                )
        return None
