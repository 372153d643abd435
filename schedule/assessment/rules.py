"""How one round scores: its scheme and the settings of it, checked and as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from .schemes import Direction


class BadRules(ValueError):
    """The settings do not fit together; says why, in Chinese.  ``field`` is where."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class Scheme(StrEnum):
    """The ways of scoring; the first two are of items, the others of whole units."""

    POINTS = "points"
    SELF = "self"
    PARTS = "parts"
    RANKS = "ranks"
    FACETS = "facets"
    KPI = "kpi"


# Those that score the plan's items.
OF_ITEMS = frozenset({Scheme.POINTS, Scheme.SELF})


@dataclass(frozen=True, slots=True)
class Part:
    """A part, criterion, facet or bonus: its weight, or the most it can bring."""

    name: str
    number: Decimal


@dataclass(frozen=True, slots=True)
class Kpi:
    """An indicator with a target; without ``below`` its values are percentages."""

    name: str
    direction: Direction
    target: Decimal
    weight: Decimal
    above: str = ""
    below: str = ""


@dataclass(frozen=True, slots=True)
class Rules:
    """Raises BadRules where something is missing or does not close.

    ``parts`` belong to every scheme but POINTS and KPI; ``total`` is what facets come
    to; ``floor`` excludes from rank sums; ``months`` are the periods of KPIs.
    """

    scheme: Scheme
    parts: tuple[Part, ...] = ()
    kpis: tuple[Kpi, ...] = ()
    bonus: tuple[Part, ...] = ()
    total: Decimal | None = None
    floor: Decimal | None = None
    months: tuple[str, ...] = ("全年",)
    units_apart: bool = False
    is_partial: bool = False

    def __post_init__(self) -> None:
        _check_names("parts", self.parts)
        _check_names("bonus", self.bonus)
        _check_names("kpis", self.kpis)
        if self.scheme is Scheme.KPI:
            self._check_kpis()
        elif self.scheme is not Scheme.POINTS:
            self._check_parts()

    def _check_kpis(self) -> None:
        if not self.kpis:
            raise BadRules("kpis", "請至少填一項績效指標。")
        _check_sum("kpis", (kpi.weight for kpi in self.kpis), Decimal(100), "權重")

    def _check_parts(self) -> None:
        if self.scheme is Scheme.RANKS and self.bonus:
            raise BadRules("bonus", "名次總和只比名次，不能另外加分。")
        if not self.parts:
            raise BadRules("parts", "請填評分項目，一行一項。")
        numbers = [part.number for part in self.parts]
        if self.scheme is Scheme.FACETS:
            if self.total is None:
                raise BadRules("total", "請填構面配分的總分，例如 1000。")
            _check_sum("parts", numbers, self.total, "配分")
        elif self.scheme is not Scheme.RANKS:
            _check_sum("parts", numbers, Decimal(100), "合計")

    def to_settings(self) -> dict[str, Any]:
        """As JSON; numbers are text, so that they stay exact."""
        return {
            "parts": [[part.name, str(part.number)] for part in self.parts],
            "kpis": [
                [
                    k.name,
                    k.direction.value,
                    str(k.target),
                    str(k.weight),
                    k.above,
                    k.below,
                ]
                for k in self.kpis
            ],
            "bonus": [[part.name, str(part.number)] for part in self.bonus],
            "total": None if self.total is None else str(self.total),
            "floor": None if self.floor is None else str(self.floor),
            "months": list(self.months),
            "units_apart": self.units_apart,
            "is_partial": self.is_partial,
        }


def rules_from(scheme: str, settings: Mapping[str, Any]) -> Rules:
    """What to_settings() wrote.  Raises BadRules for anything else."""
    try:
        return Rules(
            Scheme(scheme),
            _parts(settings.get("parts", ())),
            tuple(_kpi(*row) for row in settings.get("kpis", ())),
            _parts(settings.get("bonus", ())),
            _number(settings.get("total")),
            _number(settings.get("floor")),
            tuple(settings.get("months", ("全年",))),
            bool(settings.get("units_apart")),
            bool(settings.get("is_partial")),
        )
    except BadRules:
        raise
    except (TypeError, ValueError, InvalidOperation) as error:
        raise BadRules("scheme", "評分方式的設定讀不懂。") from error


def _parts(rows: Sequence[Sequence[str]]) -> tuple[Part, ...]:
    return tuple(Part(name, Decimal(number)) for name, number in rows)


def _kpi(
    name: str, direction: str, target: str, weight: str, above: str, below: str
) -> Kpi:
    way = Direction(direction)
    return Kpi(name, way, Decimal(target), Decimal(weight), above, below)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _check_names(field: str, rows: Sequence[Part] | Sequence[Kpi]) -> None:
    names = [row.name for row in rows]
    for number, name in enumerate(names):
        if name in names[:number]:
            raise BadRules(field, f"「{name}」寫了兩次。")


def _check_sum(field: str, numbers: Any, wanted: Decimal, word: str) -> None:
    found = sum(numbers, Decimal(0))
    if found != wanted:
        raise BadRules(field, f"{word}須為 {wanted:f}，現在是 {found:f}。")
