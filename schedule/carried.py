"""What 沿用確認 shows and changes of a control table; registered when the app is ready."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from django.urls import reverse

from offices.models import Member, User
from plans.carriers import Fix, Place
from plans.documents.model import Annex, Column, Table
from plans.documents.proofs.finding import Part
from plans.documents.proofs.galley import Passage
from plans.models import Plan
from plans.rewriting import Gone, rewritten

from .carrying import carry_schedule
from .compose import schedule_of, timetable_of
from .editing import Head, Refused, Stale, save_indicators, save_item
from .editing import Part as UnitPart
from .models import Item, Method, Share
from .months import MethodStale, fingerprint, save_method
from .ownership import items_owned
from .permissions import Desk, desk_at
from .settings import StaleSchedule, save_schedule
from .timetable import model as sheet
from .timetable.annex import ANNEX_ID

SCHEDULE = ANNEX_ID
_WHOLE = Part(SCHEDULE, "作業時程管制表")


class ScheduleCarrier:
    """Carries the items of a plan, and shows them to be confirmed."""

    def carry(
        self, source: Plan, plan: Plan, ids: Mapping[str, str], *, by: User | None
    ) -> Mapping[str, str]:
        return carry_schedule(source, plan, ids, by=by)

    def versions(self, plan: Plan) -> Mapping[str, int]:
        items = Item.objects.standing().filter(plan=plan).order_by()
        return {f"item{pk}": seen for pk, seen in items.values_list("pk", "version")}

    def places(self, plan: Plan, user: User) -> Sequence[Place]:
        """The table as a whole, then each item with its first unit."""
        timetable = timetable_of(plan)
        if not timetable.sheets:
            return ()
        desk = desk_at(user, plan)
        versions, editable = self.versions(plan), _editable(plan, desk)
        places = [_of_the_whole(plan, timetable, desk)]
        for part, item in _by_unit(timetable):
            key = f"item{item.id[1:]}"
            is_open = editable is None or int(item.id[1:]) in editable
            name = "schedule:item_edit" if is_open else "schedule:item"
            url = reverse(name, args=[plan.pk, item.id[1:]])
            passages = tuple(_passages(key, part, item))
            places.append(
                Place(key, part, item.name, url, versions[key], is_open, passages)
            )
        return places

    def as_this_year(self, annex: Annex, source: Plan, plan: Plan) -> Annex:
        """The months stand under this year."""
        if annex.id != SCHEDULE:
            return annex
        old, new = f"{source.year}年", f"{plan.year}年"
        tables = (
            replace(table, columns=tuple(_under(c, old, new) for c in table.columns))
            for table in annex.children
            if isinstance(table, Table)
        )
        return replace(annex, children=tuple(tables))

    def rewrite(
        self, plan: Plan, place: str, fixes: Sequence[Fix], *, by: User
    ) -> bool:
        try:
            if place == SCHEDULE:
                _rewrite_settings(plan, fixes)
            elif place.startswith("item"):
                item = Item.objects.standing().get(plan=plan, pk=place[4:])
                _rewrite_item(item, fixes, by)
            else:
                return False
        except (Stale, StaleSchedule, MethodStale, Refused, Item.DoesNotExist) as error:
            raise Gone from error
        return True


def _under(column: Column, old: str, new: str) -> Column:
    return replace(column, group=new) if column.group == old else column


def _of_the_whole(plan: Plan, timetable: sheet.Timetable, desk: Desk) -> Place:
    name = "schedule:settings" if desk.is_coordinator else "schedule:grid"
    title = Passage(SCHEDULE, "title", timetable.title, "附件名稱", _WHOLE)
    url = reverse(name, args=[plan.pk])
    return Place(SCHEDULE, _WHOLE, "附件名稱", url, None, desk.is_coordinator, (title,))


def _editable(plan: Plan, desk: Desk) -> frozenset[int] | None:
    """The items that the person may change; None for all.  Two queries at most."""
    if desk.is_coordinator:
        return None
    if not desk.may_write:
        return frozenset()
    shares = Share.objects.filter(item__plan=plan, unit__in=desk.units)
    return items_owned(plan, desk.members) | frozenset(
        shares.values_list("item_id", flat=True)
    )


def _by_unit(timetable: sheet.Timetable) -> Iterator[tuple[Part, sheet.Item]]:
    """Every item once, a joint one with its first unit."""
    met: set[str] = set()
    for number, one in enumerate(timetable.sheets, 1):
        part = Part(f"unit{number}", one.unit)
        for item in one.items:
            if item.id not in met:
                met.add(item.id)
                yield part, item


def _passages(key: str, part: Part, item: sheet.Item) -> Iterator[Passage]:
    """The words of an item; the names of its owners stand under "owners"."""
    yield Passage(key, "name", item.name, item.name, part)
    yield Passage(key, "note", item.note, f"{item.name}的備註", part)
    for indicator in item.indicators:
        where = f"{item.name}的考核指標"
        yield Passage(key, indicator.id, indicator.text, where, part)
    for row in item.methods:
        where = f"{item.name}的考核方式"
        yield Passage(key, row.id, row.text, where, part)
        for place, stage in enumerate(row.stages):
            yield Passage(key, f"{row.id}.{place}", stage.label, where, part)
    names = [name for share in item.shares for name in share.owners]
    owners = "、".join(dict.fromkeys(names))
    yield Passage(key, "owners", owners, f"{item.name}的承辦人", part)


def _rewrite_settings(plan: Plan, fixes: Sequence[Fix]) -> None:
    schedule = schedule_of(plan)
    texts = rewritten({"title": schedule.title}, fixes)
    save_schedule(plan, version=schedule.version, values=texts)


def _rewrite_item(item: Item, fixes: Sequence[Fix], by: User) -> None:
    """Name and note, indicators, and the words of methods, each with its own verb."""
    fields = {field for field, _ in fixes}
    if fields & {"name", "note"}:
        item = _rewrite_head(item, fixes, by)
    if any(field.startswith("n") and field[1:].isdigit() for field in fields):
        _rewrite_indicators(item, fixes, by)
    for row in item.methods.all():
        own = [fix for fix in fixes if fix[0].partition(".")[0] == f"m{row.pk}"]
        if own:
            _rewrite_method(row, own, by)


def _rewrite_head(item: Item, fixes: Sequence[Fix], by: User) -> Item:
    own = [fix for fix in fixes if fix[0] in {"name", "note"}]
    texts = rewritten({"name": item.name, "note": item.note}, own)
    head = Head(texts["name"], item.scored_from, item.scored_until, texts["note"])
    parts = [
        UnitPart(share.unit, share.points, _owners(share))
        for share in item.shares.select_related("unit")
    ]
    return save_item(item, version=item.version, head=head, parts=parts, by=by)


def _owners(share: Share) -> tuple[tuple[Member | None, str], ...]:
    standing = share.ownerships.filter(ends_on=None).select_related("member")
    return tuple((row.member, row.name) for row in standing)


def _rewrite_indicators(item: Item, fixes: Sequence[Fix], by: User) -> None:
    rows = list(item.indicators.all())
    keys = {f"n{row.pk}" for row in rows}
    own = [fix for fix in fixes if fix[0] in keys]
    texts = rewritten({f"n{row.pk}": row.text for row in rows}, own)
    indicators = [(texts[f"n{row.pk}"], row.weight) for row in rows]
    save_indicators(item, version=item.version, indicators=indicators, by=by)


def _rewrite_method(row: Method, fixes: Sequence[Fix], by: User) -> None:
    key = f"m{row.pk}"
    stages = {f"{key}.{place}": stage for place, stage in enumerate(row.stages)}
    labels = {place: stage[2] for place, stage in stages.items()}
    texts = rewritten({key: row.text, **labels}, fixes)
    method = sheet.Method(
        texts[key],
        row.mark,
        tuple(row.kinds),
        row.months,
        tuple(
            sheet.Stage(stage[0], stage[1], texts[place])
            for place, stage in stages.items()
        ),
        tuple(row.examines),
        confirmed=row.is_confirmed,
    )
    save_method(row, seen=fingerprint(row), method=method, unit=row.unit, by=by)
