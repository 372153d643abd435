"""Two rounds of assessment for a sample plan: one closed, one in the middle of scoring."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from offices.models import Member, Role
from plans.models import Plan

from .assessment.rules import Rules, Scheme
from .models import Round
from .scoring.book import read_book
from .scoring.rounds import close_round, make_round, name_assessor
from .scoring.scales import usual_scale_of
from .scoring.scores import Typed, cells_of, save_scores

OFFICE = "MS11"
# Who scores the own unit in the first round, and everything in the second.
SELF_ASSESSORS = ("pan", "chi", "bo", "zeng", "duan", "gu")
ASSESSORS = ("gu", "jin")
LOWEST, SPREAD = 74, 25
COMMENTS = {3: "佐證齊全。", 11: "第二季資料補送後再看。"}


def add_rounds(plan: Plan) -> None:
    """A closed 自評, and a 初評 of which the office's own part is half done."""
    keeper = plan.office.members.filter(roles__role=Role.COORDINATOR).first()
    if plan.office.code != OFFICE or keeper is None or not plan.items.exists():
        return
    first = _round(plan, "第1次自評", Round.Stage.SELF, days=(-45, 0), by=keeper)
    for username in SELF_ASSESSORS:
        member = Member.objects.get(user__username=username)
        name_assessor(first, member, units=[member.unit] if member.unit else [])
    _score(first, every=1)
    closed = close_round(first, by=keeper.user)
    second = _round(
        plan, "第1次初評", Round.Stage.FIRST, days=(-5, 40), by=keeper, earlier=closed
    )
    for username in ASSESSORS:
        name_assessor(second, Member.objects.get(user__username=username), units=[])
    _score(second, every=2)


def _round(
    plan: Plan,
    name: str,
    stage: Round.Stage,
    *,
    days: tuple[int, int],
    by: Member,
    earlier: Round | None = None,
) -> Round:
    today = timezone.localdate()
    values = {
        "name": f"{plan.year}年度{name}",
        "stage": stage,
        "occasion": Round.Occasion.REGULAR,
        "scheme": Scheme.POINTS.value,
        "settings": Rules(Scheme.POINTS).to_settings(),
        "scale": usual_scale_of(plan.office),
        "opens_on": today + timedelta(days=days[0]),
        "closes_on": today + timedelta(days=days[1]),
        "earlier": earlier,
    }
    return make_round(plan, values, by=by.user)


def _score(round_: Round, *, every: int) -> None:
    """Everybody scores every cell of theirs, or each second one."""
    book = read_book(round_)
    for judge in book.judges:
        mine = cells_of(book, judge)
        typed = {
            key: Typed(_points(place), COMMENTS.get(place, ""), 0)
            for place, key in enumerate(mine)
            if place % every == 0
        }
        user = Member.objects.select_related("user").get(pk=judge.member).user
        save_scores(book, judge, typed, by=user)


def _points(place: int) -> Decimal:
    """Spread out, and the same at every loading; some with half a point."""
    return LOWEST + Decimal(place * 7 % SPREAD) + Decimal(place % 2) / 2
