"""Rounds that take scores today, with who scores in them."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from offices.models import Role
from schedule.assessment.rules import Rules, Scheme
from schedule.models import Round
from schedule.scoring.book import read_book
from schedule.scoring.rounds import make_round, name_assessor
from schedule.scoring.scores import Typed, save_scores
from tests.factories import make_indicator, make_item, make_member, make_user


def round_values(name="第1次查核", rules=None, **kwargs):
    """What make_round and save_round take; open today unless told otherwise."""
    rules = rules or Rules(Scheme.POINTS)
    today = timezone.localdate()
    return {
        "name": name,
        "stage": Round.Stage.FIRST,
        "occasion": Round.Occasion.REGULAR,
        "scheme": rules.scheme.value,
        "settings": rules.to_settings(),
        "opens_on": today - timedelta(days=3),
        "closes_on": today + timedelta(days=3),
        **kwargs,
    }


def make_test_round(plan, *members, units=(), by=None, **kwargs):
    """A round; the members score these units, all for none."""
    made = make_round(plan, round_values(**kwargs), by=by or make_user())
    for member in members:
        name_assessor(made, member, units=units)
    return made


def make_scored_item(plan, *units, points="10", weights=("60", "40"), **kwargs):
    """An item with points for each unit, and an indicator for each weight."""
    item = make_item(plan, *units, points=Decimal(points), **kwargs)
    for number, weight in enumerate(weights, start=1):
        make_indicator(item, f"指標{number}", weight and Decimal(weight))
    return item


def cells_in(item):
    """The keys of the item's cells, where units are not scored apart."""
    return [f"i{item.pk}n{one.pk}" for one in item.indicators.all()]


def judge_of(round_, member):
    return next(j for j in read_book(round_).judges if j.member == member.pk)


def score(round_, member, values, comment="", version=0, by=None):
    """Save {cell: value} as the member; what became of it."""
    typed = {
        cell: Typed(None if value is None else Decimal(value), comment, version)
        for cell, value in values.items()
    }
    judge = judge_of(round_, member)
    return save_scores(read_book(round_), judge, typed, by=by or member.user)


def make_assessor(plan, *roles, **kwargs):
    return make_member(plan.office, *(roles or (Role.UNIT_HEAD,)), **kwargs)
