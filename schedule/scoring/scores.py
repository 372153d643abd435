"""Saving scores: each cell for itself, with a guard against overwriting another's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from offices import roc
from offices.audit.models import Act
from offices.audit.recording import record
from offices.models import Member, User

from ..assessment.sheet import Cell
from ..models import Round, Score
from ..timetable.wording import plain_number
from .book import NOTHING, Book, Given, Judge
from .rounds import RefusedRound, locked

_NUMBER = re.compile(r"\d{1,9}(?:\.\d{0,9})?", re.ASCII)
PLACES = 3
LONGEST_COMMENT = 500


class BadScore(ValueError):
    """No score of the cell; says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A score as it was typed, on the version that the typist saw."""

    value: Decimal | None
    comment: str
    version: int


@dataclass(slots=True)
class Outcome:
    """What became of the cells: now stored, or changed by someone in between."""

    saved: dict[str, Given] = field(default_factory=dict)
    stale: dict[str, Given] = field(default_factory=dict)


def read_score(text: str, cell: Cell) -> Decimal | None:
    """The number, None for nothing; raises BadScore with what is allowed."""
    plain = unicodedata.normalize("NFKC", text).strip().rstrip("分%").strip()
    if not plain:
        return None
    allowed = f"0 到 {plain_number(cell.most)}"
    if not _NUMBER.fullmatch(plain):
        raise BadScore(f"「{plain[:12]}」不是分數，請輸入 {allowed} 的數字。")
    number = Decimal(plain)
    if number > cell.most:
        raise BadScore(f"超出範圍，請輸入 {allowed} 的數字。")
    if number != round(number, PLACES):
        raise BadScore(f"分數最多 {PLACES} 位小數。")
    return number


def why_shut(round_: Round, day: date | None = None) -> str:
    """Why no score is taken that day (today), in Chinese; "" where one is."""
    today = day or timezone.localdate()
    if round_.is_closed:
        return "這一輪已經結束，分數不能再改；需要更正請洽研考重新開放。"
    if today < round_.opens_on:
        return f"這一輪從 {roc.numeric(round_.opens_on)} 起開始評分。"
    if today > round_.closes_on:
        return (
            f"評分期限到 {roc.numeric(round_.closes_on)} 為止，已經截止；"
            "需要補評請洽研考延長期限。"
        )
    return ""


def cells_of(book: Book, judge: Judge) -> dict[str, tuple[str, Cell]]:
    """The cells that the assessor scores, each with the name of its entry."""
    return {
        cell.key: (entry.name, cell)
        for entry in book.sheet
        if judge.scores(entry)
        for cell in entry.cells
    }


@transaction.atomic
def save_scores(
    book: Book, judge: Judge, typed: Mapping[str, Typed], *, by: User
) -> Outcome:
    """Store the cells that still have the version they were typed on.

    What stands there already is no change and needs no version.  Raises RefusedRound,
    in words, for a round that takes no scores, and for cells that are not theirs.
    """
    current = locked(book.round)
    if reason := why_shut(current):
        raise RefusedRound(reason)
    mine = cells_of(book, judge)
    if not typed.keys() <= mine.keys():
        raise RefusedRound("這些項目已不在您的評分表上；請重新整理頁面。")
    rows = Score.objects.filter(assessor=judge.pk, cell__in=typed)
    standing = {row.cell: row for row in rows}
    outcome, changed = Outcome(), []
    for cell, new in typed.items():
        row = standing.get(cell)
        if _store(outcome, row or Score(assessor_id=judge.pk, cell=cell), new, by):
            changed.append(mine[cell][0])
    if changed:
        _record(current, judge, list(dict.fromkeys(changed)), by)
    return outcome


def _store(outcome: Outcome, row: Score, new: Typed, by: User) -> bool:
    """Whether anything was written."""
    stands = (
        NOTHING if row._state.adding else Given(row.value, row.comment, row.version)
    )
    if (stands.value, stands.comment) == (new.value, new.comment):
        outcome.saved[row.cell] = stands
        return False
    if stands.version != new.version:
        outcome.stale[row.cell] = stands
        return False
    row.value, row.comment = new.value, new.comment
    row.version = stands.version + 1
    row._history_user = by  # type: ignore[attr-defined]
    row.save()
    outcome.saved[row.cell] = Given(row.value, row.comment, row.version)
    return True


def _record(round_: Round, judge: Judge, names: list[str], by: User) -> None:
    """Which items, never how many points: a blind round stays blind in the trail."""
    member = Member.objects.select_related("user").get(pk=judge.member)
    words = "、".join(names[:5]) + (f" 等 {len(names)} 項" if len(names) > 5 else "")
    record(
        Act.SCORED,
        by=by,
        office=round_.plan.office,
        target=round_,
        details={"計畫": str(round_.plan), "項目": words},
        acting_for=member if member.user_id != by.pk else None,
    )
