"""我的項目: what a person owns today in all plans, nearest months first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils.safestring import SafeString, mark_safe

from offices.models import Member, MemberRole, User
from offices.roc import roc_year
from plans.models import Plan

from ..models import Item, Method, Ownership, Share
from ..timetable.months import months_of, say_months
from .grid_html import month_cells


@dataclass(slots=True)
class MyItem:
    """An item with the person's part of it.

    ``owners`` are the names it is owned by, ``lenders`` those of them that the person
    stands in for.
    """

    item: Item
    shares: list[Share] = field(default_factory=list)
    owners: dict[str, None] = field(default_factory=dict)
    lenders: dict[str, None] = field(default_factory=dict)

    @property
    def units(self) -> str:
        return "、".join(share.unit.name for share in self.shares)

    @property
    def points(self) -> Decimal | None:
        given: list[Decimal | None] = [share.points for share in self.shares]
        known = [points for points in given if points is not None]
        return sum(known, Decimal(0)) if known else None

    def rows(self) -> list[Method]:
        """The rows that the sheets of the person's units show."""
        units = {None, *(share.unit_id for share in self.shares)}
        return [row for row in self.item.methods.all() if row.unit_id in units]


@dataclass(frozen=True, slots=True)
class MyRow:
    """One 考核方式 with its months in words and as cells."""

    method: Method
    months: str
    cells: SafeString


@dataclass(frozen=True, slots=True)
class Shown:
    """An item in one section of the page, with the rows that belong there."""

    mine: MyItem
    rows: tuple[MyRow, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """本月, 下個月 and the like; ``told`` rows of it stand in a section above."""

    title: str
    items: tuple[Shown, ...]
    told: int = 0

    @property
    def rows(self) -> int:
        return sum(len(one.rows) for one in self.items)


@dataclass(frozen=True, slots=True)
class MyPlan:
    """A plan with the person's items; ``people`` are the names the grid knows them by.

    Plans of past years are not ``is_current``.
    """

    plan: Plan
    sections: tuple[Section, ...]
    people: tuple[str, ...]
    is_current: bool

    @property
    def count(self) -> int:
        return len({one.mine.item.pk for s in self.sections for one in s.items})


# An item with some of its rows.
_Some = tuple[MyItem, list[Method]]


def my_items(
    user: User, day: date, *, month: int = 0, words: str = ""
) -> tuple[MyPlan, ...]:
    """The latest year first; two queries.

    With ``month`` only rows that plan something in it, with ``words`` only items that
    say all of them.
    """
    found = [mine for mine in _owned(user, day) if _says(mine, words)]
    plans = {mine.item.plan_id: mine.item.plan for mine in found}
    latest = sorted(plans.values(), key=lambda plan: (-plan.year, plan.pk))
    shown = (
        _my_plan(plan, [m for m in found if m.item.plan_id == plan.pk], day, month)
        for plan in latest
    )
    return tuple(one for one in shown if one.sections)


def _owned(user: User, day: date) -> list[MyItem]:
    """Every item once, in the order of the sheets."""
    found: dict[int, MyItem] = {}
    for owner in _ownerships(user, day):
        item = owner.share.item
        mine = found.setdefault(item.pk, MyItem(item))
        if owner.share not in mine.shares:
            mine.shares.append(owner.share)
        mine.owners[owner.name] = None
        if owner.member and owner.member.user_id != user.pk:
            mine.lenders[owner.name] = None
    return list(found.values())


def _ownerships(user: User, day: date) -> QuerySet[Ownership]:
    """What the person's memberships own on the day, and those lent to them."""
    own = Member.objects.active().filter(user=user).order_by().values("pk")
    lent = MemberRole.objects.held_by(user).values("member")
    rows = Ownership.objects.on(day).filter(
        Q(member__in=own) | Q(member__in=lent),
        share__item__in=Item.objects.visible_to(user).standing(),
    )
    whole = rows.select_related("member", "share__unit", "share__item__plan__office")
    return whole.prefetch_related("share__item__methods").order_by(
        "share__unit__position", "share__unit", "share__position", "share", "position"
    )


def _says(mine: MyItem, words: str) -> bool:
    texts = (mine.item.name, mine.item.note, *(row.text for row in mine.rows()))
    return all(any(word in text for text in texts) for word in words.split())


def _my_plan(plan: Plan, items: Sequence[MyItem], day: date, month: int) -> MyPlan:
    if month:
        sections = [_section(f"{month}月", _in_month(_all_rows(items), month))]
    else:
        sections = list(_by_nearness(items, _near_months(plan, day)))
    lenders = {name for mine in items for name in mine.lenders}
    people = dict.fromkeys(name for mine in items for name in mine.owners)
    return MyPlan(
        plan,
        tuple(section for section in sections if section.items or section.told),
        tuple(sorted(people, key=lambda name: name in lenders)),
        plan.year >= roc_year(day),
    )


def _near_months(plan: Plan, day: date) -> list[tuple[str, int]]:
    """This month and the next, as far as they are months of the plan's year."""
    now = roc_year(day) * 12 + day.month - 1
    named = (("本月", divmod(now, 12)), ("下個月", divmod(now + 1, 12)))
    return [
        (f"{word}（{month + 1}月）", month + 1)
        for word, (year, month) in named
        if year == plan.year
    ]


def _by_nearness(
    items: Sequence[MyItem], near: Sequence[tuple[str, int]]
) -> Iterator[Section]:
    """Each row once, in the first section that it fits; the rest comes last."""
    left = _all_rows(items)
    for title, month in near:
        fitting = _in_month(left, month)
        told = _count(_in_month(_all_rows(items), month)) - _count(fitting)
        yield _section(title, fitting, told)
        left = _without(left, fitting)
    yield _section("其他月份" if near else "全年", left)


def _all_rows(items: Sequence[MyItem]) -> list[_Some]:
    return [(mine, mine.rows()) for mine in items]


def _in_month(some: Sequence[_Some], month: int) -> list[_Some]:
    fitting = (
        (mine, [row for row in rows if month in months_of(row.months)])
        for mine, rows in some
    )
    return [(mine, rows) for mine, rows in fitting if rows]


def _without(left: Sequence[_Some], taken: Sequence[_Some]) -> list[_Some]:
    """What is left over; an item that never had a row stays."""
    gone = {row.pk for _, rows in taken for row in rows}
    rest = ((mine, rows, [r for r in rows if r.pk not in gone]) for mine, rows in left)
    return [(mine, others) for mine, rows, others in rest if others or not rows]


def _count(some: Sequence[_Some]) -> int:
    return sum(len(rows) for _, rows in some)


def _section(title: str, some: Sequence[_Some], told: int = 0) -> Section:
    shown = (Shown(mine, tuple(map(_row, rows))) for mine, rows in some)
    return Section(title, tuple(shown), told)


def _row(row: Method) -> MyRow:
    cells = mark_safe(month_cells(row.months))  # noqa: S308 - escaped Markup
    return MyRow(row, say_months(row.months), cells)
