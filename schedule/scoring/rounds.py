"""The verbs of a round: open and change it, name who scores, close and reopen it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from offices import roc
from offices.audit.models import Act
from offices.audit.recording import record
from offices.models import Member, Unit, User
from plans.models import Plan

from ..models import Assessor, Round, Score
from .book import frozen_book, read_book


class RefusedRound(Exception):
    """The act is not possible now; the message says why, in Chinese."""


class StaleRound(Exception):
    """Someone saved the round in between; ``current`` is what stands there now."""

    def __init__(self, current: Round) -> None:
        super().__init__("這一輪的設定剛才已由別人修改。")
        self.current = current


def locked(round_: Round) -> Round:
    """The round as it is now, its row held until the transaction ends."""
    rounds = Round.objects.select_for_update(of=("self",))
    return rounds.select_related("plan__office", "scale").get(pk=round_.pk)


@transaction.atomic
def make_round(plan: Plan, values: Mapping[str, Any], *, by: User) -> Round:
    """A new round with these values of its fields."""
    made = Round(plan=plan, **values)
    made._history_user = by  # type: ignore[attr-defined]
    made.save()
    record(
        Act.ROUND_OPENED, by=by, office=plan.office, target=made, details=_terms(made)
    )
    return made


@transaction.atomic
def save_round(
    round_: Round, *, version: int, values: Mapping[str, Any], by: User
) -> Round:
    """Raises StaleRound, and RefusedRound once it is closed or its scheme is in use."""
    current = locked(round_)
    _require_open(current)
    changes = {k: v for k, v in values.items() if getattr(current, k) != v}
    if not changes:
        return current
    if current.version != version:
        raise StaleRound(current)
    if changes.keys() & {"scheme", "settings"} and _has_scores(current):
        raise RefusedRound(
            "已經有人評分，評分方式和它的設定不能再改；需要另一種方式請另開一輪。"
        )
    for name, value in changes.items():
        setattr(current, name, value)
    current.version += 1
    current._history_user = by  # type: ignore[attr-defined]
    current.save()
    return current


@transaction.atomic
def delete_round(round_: Round) -> None:
    """Raises RefusedRound where somebody scored."""
    current = locked(round_)
    if current.is_closed or _has_scores(current):
        raise RefusedRound("已經有人評分的輪次不能刪除。")
    current.delete()


@transaction.atomic
def name_assessor(
    round_: Round, member: Member, *, units: Collection[Unit]
) -> Assessor:
    """Give the member these units to score, all for none.  Raises RefusedRound."""
    current = locked(round_)
    _require_open(current)
    assessor, _ = Assessor.objects.update_or_create(
        round=current, member=member, defaults={"is_limited": bool(units)}
    )
    assessor.units.set(units)
    return assessor


@transaction.atomic
def remove_assessor(assessor: Assessor) -> None:
    """Raises RefusedRound where they scored already."""
    _require_open(locked(assessor.round))
    if count := assessor.scores.exclude(value=None).count():
        raise RefusedRound(f"「{assessor}」已經評了 {count} 項，不能移除。")
    assessor.delete()


@transaction.atomic
def close_round(round_: Round, *, by: User) -> Round:
    """No more scores; what it was scored on is kept.  RefusedRound where it is closed."""
    current = locked(round_)
    _require_open(current)
    current.frozen = frozen_book(read_book(current))
    current.closed_at, current.closed_by = timezone.now(), by
    _save_state(current, by)
    _record_state(Act.ROUND_CLOSED, current, by, {})
    return current


@transaction.atomic
def reopen_round(round_: Round, *, reason: str, by: User) -> Round:
    """Take scores again; RefusedRound where it is open, or no reason is given."""
    current = locked(round_)
    if not current.is_closed:
        raise RefusedRound("這一輪還沒有結束。")
    if not reason:
        raise RefusedRound("請填寫重新開放的原因。")
    current.frozen = current.closed_at = current.closed_by = None
    _save_state(current, by)
    _record_state(Act.ROUND_REOPENED, current, by, {"原因": reason})
    return current


def _require_open(round_: Round) -> None:
    if round_.is_closed:
        raise RefusedRound("這一輪已經結束；要修改請先重新開放。")


def _has_scores(round_: Round) -> bool:
    return Score.objects.filter(assessor__round=round_).exclude(value=None).exists()


def _save_state(round_: Round, by: User) -> None:
    round_.version += 1
    round_._history_user = by  # type: ignore[attr-defined]
    round_.save()


def _record_state(act: Act, round_: Round, by: User, more: Mapping[str, str]) -> None:
    details = {"計畫": str(round_.plan), **more}
    record(act, by=by, office=round_.plan.office, target=round_, details=details)


def _terms(round_: Round) -> dict[str, str]:
    dates = f"{roc.numeric(round_.opens_on)} 到 {roc.numeric(round_.closes_on)}"
    return {"計畫": str(round_.plan), "期間": dates}
