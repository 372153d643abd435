"""What 送核前檢查 finds in a control table; registered when the app is ready."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from django.urls import reverse

from offices.models import User
from plans.documents.proofs.finding import CheckInfo, Finding, Part
from plans.documents.proofs.galley import Passage
from plans.documents.proofs.proof import text_findings
from plans.models import Plan

from .compose import schedule_of, timetable_of
from .models import Share
from .ownership import items_owned, standing_rows
from .permissions import desk_of
from .proof_checks import CATALOGUE, ITEM_CHECKS, Told
from .timetable.annex import unit_points
from .timetable.model import Item, Timetable
from .timetable.wording import indicator_text, plain_number

SCHEDULE = "schedule"
_WHOLE = Part(SCHEDULE, "作業時程管制表")
# Which page mends what is told under which field of an item.
_PAGES = {
    "head": "schedule:item_edit",
    "shares": "schedule:item_edit",
    "indicators": "schedule:indicators",
    "methods": "schedule:method_create",
}


class ScheduleProver:
    """Proves the items of a plan: sums, owners, months and the words of each."""

    @property
    def catalogue(self) -> Mapping[str, CheckInfo]:
        return CATALOGUE

    def findings(self, plan: Plan) -> Iterable[Finding]:
        """Six queries at most, whatever the number of items."""
        timetable = timetable_of(plan)
        if timetable.sheets:
            yield from _of_the_whole(timetable)
            strangers = _strangers(plan)
            for part, item in _items_by_unit(timetable):
                yield from _of_item(part, item, plan.year, strangers)
        waiting = len(schedule_of(plan).fragments)
        if waiting:
            message = f"有 {waiting} 段找不到名稱的內容（缺頁）還沒有處理。"
            yield _found(_WHOLE, Told("item-fragment", message), SCHEDULE, "匯入")

    def mend_urls(self, plan: Plan, user: User) -> Callable[[Finding], str | None]:
        """Two queries at most; those who may not edit an item are led to its page."""
        desk = desk_of(user, plan.office)
        editable = frozenset[int]()
        if desk.may_write and not desk.is_coordinator:
            shares = Share.objects.filter(item__plan=plan, unit__in=desk.units)
            editable = items_owned(plan, desk.members)
            editable |= frozenset(shares.values_list("item_id", flat=True))

        def url(finding: Finding) -> str | None:
            if finding.place == SCHEDULE:
                keeps = desk.is_coordinator and finding.check == "total-points"
                name = "schedule:settings" if keeps else "schedule:grid"
                return reverse(name, args=[plan.pk])
            is_row = finding.place.startswith("m")
            item = int((finding.field if is_row else finding.place)[1:])
            if not (desk.is_coordinator or item in editable):
                return reverse("schedule:item", args=[plan.pk, item])
            if is_row:
                return reverse("schedule:method", args=[plan.pk, finding.place[1:]])
            return reverse(_PAGES[finding.field], args=[plan.pk, item])

        return lambda finding: url(finding) if _is_ours(finding) else None


def _is_ours(finding: Finding) -> bool:
    return finding.place == SCHEDULE or finding.place[:1] in {"i", "m"}


def _strangers(plan: Plan) -> Mapping[str, tuple[str, ...]]:
    """The owners of today and later that are no active members, by item."""
    rows = standing_rows(plan).filter(ends_on=None)
    found: dict[str, list[str]] = defaultdict(list)
    known = rows.values_list(
        "share__item_id", "name", "member__is_active", "member__user__is_active"
    )
    for item, name, is_member, has_account in known:
        if not (is_member and has_account) and name not in found[f"i{item}"]:
            found[f"i{item}"].append(name)
    return {item: tuple(names) for item, names in found.items()}


def _of_the_whole(timetable: Timetable) -> Iterator[Finding]:
    """The points of all items against the office's total."""
    given = [unit_points(one) for one in timetable.sheets]
    total = sum((points for points in given if points is not None), Decimal(0))
    if timetable.total is None or timetable.total == total:
        return
    missing = timetable.total - total
    verb = "尚差" if missing > 0 else "超過"
    message = (
        f"各項目配分合計 {plain_number(total)} 分，配分總計是"
        f" {plain_number(timetable.total)} 分，{verb} {plain_number(abs(missing))} 分。"
    )
    told = Told("total-points", message, f"{plain_number(total)} 分")
    yield _found(_WHOLE, told, SCHEDULE, "配分總計")


def _items_by_unit(timetable: Timetable) -> Iterator[tuple[Part, Item]]:
    """Every item once; a joint one with its first unit."""
    parts = {
        sheet.unit: Part(f"unit{number}", sheet.unit)
        for number, sheet in enumerate(timetable.sheets, 1)
    }
    first = {
        id(item): sheet.unit
        for sheet in reversed(timetable.sheets)
        for item in sheet.items
    }
    for item in timetable.items():
        yield parts[first[id(item)]], item


def _of_item(
    part: Part, item: Item, year: int, strangers: Mapping[str, tuple[str, ...]]
) -> Iterator[Finding]:
    for check in ITEM_CHECKS:
        for told in check(item, year):
            yield _found(part, told, told.place or item.id, item.name)
    for name in strangers.get(item.id, ()):
        message = f"承辦人「{name}」不是機關的在職成員。"
        told = Told("owner-member", message, name, field="shares")
        yield _found(part, told, item.id, item.name)
    for found in text_findings(_passages(part, item), year):
        # Their pages mend them, and no key of this list.
        yield replace(found, fix=None)


def _passages(part: Part, item: Item) -> Iterator[Passage]:
    """The words of an item, each with the page that mends it."""
    yield Passage(item.id, "head", f"{item.name}\n{item.note}", item.name, part)
    where = f"{item.name}的考核指標"
    for indicator in item.indicators:
        text = indicator_text(indicator)
        yield Passage(item.id, "indicators", text, where, part)
    where = f"{item.name}的考核方式"
    for row in item.methods:
        words = "\n".join([row.text, *(stage.label for stage in row.stages)])
        yield Passage(row.id, item.id, words, where, part)


def _found(part: Part, told: Told, place: str, where: str) -> Finding:
    grade = CATALOGUE[told.check].grade
    return Finding(
        told.check,
        grade,
        place,
        part,
        where,
        told.message,
        found=told.found,
        field=told.field,
    )
