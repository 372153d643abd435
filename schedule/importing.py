"""A control table on its way in: read, shown as differences, then stored or thrown away."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction

from offices.models import User
from plans.compose import compose
from plans.documents.model import Annex, Table
from plans.models import Block, Plan
from plans.readers.reading import Flag, Severity
from plans.removal import delete_block

from .apply import apply_timetable
from .compose import timetable_of
from .fragments import as_timetable, keep_fragments, placed
from .lengths import fitted
from .models import SheetImport
from .reading import NoTimetable, settings_for
from .recording import record_import
from .timetable.canonical import (
    from_plain,
    item_from_plain,
    item_to_plain,
    to_plain,
)
from .timetable.columns import control_columns
from .timetable.comparison import Change, changes, made_since
from .timetable.from_tables import TimetableReading, read_control_tables
from .timetable.model import Item, Timetable
from .timetable.sharing import NO_UNIT
from .timetable.xlsx.own_origin import OTHER_PLAN

NO_OWN_ANNEX = "計畫的附件裡沒有作業時程管制表；可以改用貼上文字或上傳檔案。"


class Changed(Exception):
    """The plan was changed since the differences were shown: look at them again."""


class Settled(Exception):
    """The import was stored or thrown away before."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do to the plan as it stands now.

    ``made_since`` are the plan's items that the file lacks because they are younger.
    """

    reading: TimetableReading
    changes: tuple[Change, ...]
    made_since: tuple[Item, ...]
    new_units: tuple[str, ...]
    unknown_people: tuple[str, ...]
    standing_units: tuple[str, ...] = ()

    def of_kind(self, kind: str) -> list[Change]:
        return [change for change in self.changes if change.kind == kind]

    @property
    def alarms(self) -> list[Flag]:
        """What has to be known before anything else is looked at."""
        return [flag for flag in self.reading.flags if flag.code == OTHER_PLAN]

    @property
    def reminders(self) -> list[Flag]:
        return [flag for flag in self.reading.flags if flag.code != OTHER_PLAN]

    @property
    def units(self) -> list[str]:
        """The units that a fragment may be given to: all that there will be."""
        new = (unit for unit in self.new_units if unit not in {"", NO_UNIT})
        return [*self.standing_units, *new]


@dataclass(frozen=True, slots=True)
class OwnAnnex:
    """The control tables that stand in the plan's own annexes, and those annexes."""

    reading: TimetableReading
    blocks: tuple[int, ...]


def read_own_annex(plan: Plan) -> OwnAnnex:
    """The tables of the plan's own annexes as items; raises NoTimetable.

    An annex that holds nothing but control tables is replaced by them.
    """
    annexes = [a for a in compose(plan).annexes if _control_tables(a)]
    own = [a for a in annexes if a.id.startswith("b")]
    if not own:
        raise NoTimetable(NO_OWN_ANNEX)
    tables = [table for annex in own for table in _control_tables(annex)]
    settings = replace(settings_for(plan), fills_are_typed=True)
    found = read_control_tables(tables, settings)
    timetable = replace(found.timetable, title=own[0].title, label=own[0].label)
    whole = tuple(
        int(a.id[1:]) for a in own if len(_control_tables(a)) == len(a.children)
    )
    return OwnAnnex(replace(found, timetable=timetable), whole)


def _control_tables(annex: Annex) -> list[Table]:
    return [b for b in annex.children if isinstance(b, Table) and control_columns(b)]


def start_import(
    plan: Plan,
    reading: TimetableReading,
    *,
    source_name: str,
    by: User,
    annexes: Sequence[int] = (),
) -> SheetImport:
    """Keep what was read until its creator decides."""
    reading = fitted(reading)
    return SheetImport.objects.create(
        plan=plan,
        created_by=by,
        source_name=source_name[:200],
        edition=plan.edition,
        payload={
            "timetable": to_plain(reading.timetable),
            "fragments": [item_to_plain(item) for item in reading.fragments],
            "flags": [_flag_to_plain(flag) for flag in reading.flags],
            "is_whole": reading.is_whole,
            "held": None if reading.held is None else sorted(reading.held),
            "annexes": list(annexes),
        },
    )


def reading_of(started: SheetImport) -> TimetableReading:
    payload = started.payload
    held = payload.get("held")  # imports that wait since an older version lack it
    return TimetableReading(
        from_plain(payload["timetable"]),
        tuple(_flag(one) for one in payload["flags"]),
        tuple(item_from_plain(one) for one in payload["fragments"]),
        payload["is_whole"],
        None if held is None else frozenset(held),
    )


def preview(started: SheetImport) -> Preview:
    """The differences to the plan as it stands now."""
    reading, plan = reading_of(started), started.plan
    known = tuple(plan.office.units.values_list("name", flat=True))
    people = plan.office.members.active().values_list("user__full_name", flat=True)
    return Preview(
        reading,
        *_differences(plan, reading),
        tuple(one.unit for one in reading.timetable.sheets if one.unit not in known),
        tuple(_people(reading.timetable, set(people))),
        known,
    )


def _differences(
    plan: Plan, reading: TimetableReading
) -> tuple[tuple[Change, ...], tuple[Item, ...]]:
    """What would change, and the items that are only younger than the file."""
    standing, new, held = timetable_of(plan), reading.timetable, reading.held
    if not reading.is_whole:
        return changes(standing, new), ()
    found = changes(standing, new, is_whole=True, held=held)
    return found, made_since(standing, new, held)


def _people(timetable: Timetable, known: Collection[str]) -> Iterable[str]:
    """Owners who are no members, each once."""
    names = (n for i in timetable.items() for s in i.shares for n in s.owners)
    return dict.fromkeys(name for name in names if name not in known)


@transaction.atomic
def apply_import(
    started: SheetImport, *, edition: int, fragments: Mapping[int, str], by: User
) -> None:
    """Store everything, and the fragments chosen as items without a name.

    ``fragments`` gives the unit for each one chosen, by its place; "" keeps its own.
    Others wait with the plan; its own annexes that were read go to 「最近刪除」.
    Raises Settled, UnitMissing, and Changed where the plan is not of ``edition`` now.
    """
    plan = Plan.objects.select_for_update().get(pk=started.plan_id)
    current = SheetImport.objects.select_for_update().get(pk=started.pk)
    if current.is_done:
        raise Settled
    if plan.edition != edition:
        raise Changed
    seen = preview(current)
    chosen, waiting = _parted(seen.reading.fragments, fragments)
    timetable = seen.reading.timetable
    removed = [change.id for change in seen.of_kind("刪除")]
    apply_timetable(plan, timetable, by=by, removed=removed)
    if chosen:
        apply_timetable(plan, as_timetable(plan, chosen), by=by)
    keep_fragments(plan, waiting)
    for block in Block.objects.filter(plan=plan, pk__in=current.payload["annexes"]):
        delete_block(block, by=by)
    current.is_done = True
    current.payload = {}
    current.save()
    record_import(plan, seen.changes, source=current.source_name, by=by)


@transaction.atomic
def import_unattended(plan: Plan, reading: TimetableReading) -> list[Flag]:
    """Store what was read, by command; gives its flags, and what else was done.

    Nameless fragments wait with the plan.  The plan's own annexes that hold nothing
    but control tables go to 「最近刪除」, as the items print that annex from now on.
    """
    reading = fitted(reading)
    differences, younger = _differences(plan, reading)
    removed = [change.id for change in differences if change.kind == "刪除"]
    apply_timetable(plan, reading.timetable, by=None, removed=removed)
    keep_fragments(plan, reading.fragments)
    record_import(plan, differences, source="檔案", by=None)
    replaced = [_replaced(block) for block in _replaceable(plan)]
    return [*reading.flags, *map(_kept, younger), *replaced]


def _replaceable(plan: Plan) -> list[Block]:
    try:
        own = read_own_annex(plan)
    except NoTimetable:
        return []
    return list(Block.objects.filter(plan=plan, pk__in=own.blocks))


def _kept(item: Item) -> Flag:
    message = f"「{item.name}」是匯出之後新增，保留不動。"
    return Flag("made-since", message, severity=Severity.INFO)


def _replaced(block: Block) -> Flag:
    delete_block(block, by=None)
    message = (
        f"計畫原有的「{block.label} {block.heading}」只有管制表，"
        "已移到「最近刪除」，改由管制項目排印。"
    )
    return Flag("replaced-annex", message, severity=Severity.INFO)


def _parted(
    fragments: Sequence[Item], chosen: Mapping[int, str]
) -> tuple[list[Item], list[Item]]:
    """The fragments at these places, with the units given, and the others."""
    every = list(enumerate(fragments))
    taken = [placed(item, chosen[place]) for place, item in every if place in chosen]
    return taken, [item for place, item in every if place not in chosen]


@transaction.atomic
def discard_import(started: SheetImport) -> None:
    started.delete()


def _flag_to_plain(flag: Flag) -> dict[str, Any]:
    return {
        "code": flag.code,
        "message": flag.message,
        "line": flag.line,
        "severity": flag.severity.value,
    }


def _flag(plain: dict[str, Any]) -> Flag:
    severity = Severity(plain["severity"])
    return Flag(plain["code"], plain["message"], plain["line"], severity=severity)
