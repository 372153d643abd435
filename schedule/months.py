"""The verbs of the month grid: one cell or many, saved without losing another's change."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet

from offices.history import record_change
from offices.models import Unit, User
from offices.prepared import Prepared
from plans.models import Plan

from .apply import fill_method, save
from .editing import Refused, lock_item, lock_plan
from .models import Item, Method
from .timetable import model as sheet
from .timetable.months import MONTHS, NO_MONTHS


class MonthsRow(NamedTuple):
    """The months of a row, and the keys that tell who may change them."""

    pk: int
    months: str
    is_confirmed: bool
    item: int
    plan: int
    office: int
    state: str


def _months_row(method: int) -> QuerySet[Method, tuple[object, ...]]:
    return (
        Method.objects.standing()
        .filter(pk=method)
        .order_by()
        .values_list(
            "pk",
            "months",
            "is_confirmed",
            "item",
            "item__plan",
            "item__plan__office",
            "item__plan__state",
        )
    )


_MONTHS_ROW = Prepared(_months_row, method=int)


def months_row(pk: int) -> MonthsRow:
    """A row of a standing item, in one query.  Raises Method.DoesNotExist."""
    for row in _MONTHS_ROW(method=pk):
        return MonthsRow(*row)
    raise Method.DoesNotExist


class Clash(Exception):
    """Somebody else changed one of the same cells; ``current`` is what stands there."""

    def __init__(self, current: MonthsRow, months: list[int]) -> None:
        super().__init__("同一格剛才已由別人修改。")
        self.current, self.months = current, months


@transaction.atomic
def set_months(row: MonthsRow, *, was: str, months: str, by: User) -> str:
    """Change the cells in which ``months`` differs from ``was``, the pattern seen.

    Other cells keep what others made of them.  Returns the row's pattern.  Raises
    Clash where a cell to be changed does not hold what was seen, and then changes
    nothing; Method.DoesNotExist for a row deleted meanwhile.
    """
    merged = _merged(row, was, months)
    if merged == row.months and row.is_confirmed:
        return merged
    # The plan's row first, as everyone takes it; what is refused below undoes it.
    Plan(pk=row.plan).touch()
    # Written only over what was read: whoever came in between is read again first.
    seen = Method.objects.filter(pk=row.pk, months=row.months)
    if not seen.update(months=merged, is_confirmed=True):
        return set_months(months_row(row.pk), was=was, months=months, by=by)
    record_change(Method, row.pk, by=by)
    return merged


def _merged(current: MonthsRow, was: str, months: str) -> str:
    """The row's pattern with the wanted cells; raises Clash."""
    differing = [m for m in MONTHS if was[m - 1] != months[m - 1]]
    clashes = [
        m for m in differing if current.months[m - 1] not in {was[m - 1], months[m - 1]}
    ]
    if clashes:
        raise Clash(current, clashes)
    merged = list(current.months)
    for month in differing:
        merged[month - 1] = months[month - 1]
    return "".join(merged)


@transaction.atomic
def confirm_months(methods: Iterable[Method], *, by: User) -> int:
    """Take the proposed months as they stand; returns how many rows that were."""
    count = 0
    for method in methods:
        plan = lock_plan(method.item.plan_id)
        current = Method.objects.select_for_update(of=("self",)).get(pk=method.pk)
        if not current.is_confirmed:
            current.is_confirmed = True
            save(current, by)
            plan.touch()
            count += 1
    return count


@transaction.atomic
def add_method(
    item: Item, *, method: sheet.Method, unit: Unit | None, by: User
) -> Method:
    """A new row, last of the item's."""
    current = lock_item(item)
    row = Method(item=current, position=current.methods.count())
    fill_method(row, method, unit)
    save(row, by)
    current.plan.touch()
    return row


@transaction.atomic
def save_method(
    row: Method,
    *,
    seen: str,
    method: sheet.Method,
    unit: Unit | None,
    by: User,
) -> Method:
    """Store everything of the row; ``seen`` is the fingerprint that was on the form.

    Raises MethodStale where somebody saved in between.
    """
    plan = lock_plan(row.item.plan_id)
    current = Method.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if fingerprint(current) != seen:
        raise MethodStale(current)
    fill_method(current, method, unit)
    save(current, by)
    plan.touch()
    return current


class MethodStale(Exception):
    """Somebody saved the row in between; ``current`` is what stands there now."""

    def __init__(self, current: Method) -> None:
        super().__init__("這一列剛才已由別人修改。")
        self.current = current


def fingerprint(row: Method) -> str:
    """Tells two states of a row apart; stands in its form."""
    latest = row.history.order_by("-history_id").values_list("pk", flat=True).first()
    return str(latest or 0)


@transaction.atomic
def delete_method(row: Method, *, by: User) -> None:
    """Raises Refused for the last row that plans any month of its item."""
    current = lock_item(row.item)
    if row.months != NO_MONTHS and current.methods.count() == 1:
        raise Refused("項目至少要有一列考核方式；請先新增另一列，或刪除整個項目。")
    row._history_user = by  # type: ignore[attr-defined]  # read by simple-history
    row.delete()
    current.plan.touch()
