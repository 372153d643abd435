"""Results and comparisons as pages: numbers, grades, ranks, charts with their tables."""

from decimal import Decimal

import pytest

from offices.models import Role
from schedule.assessment.rules import Part, Rules, Scheme
from schedule.scoring.rounds import close_round
from schedule.scoring.scales import usual_scale_of
from tests.factories import make_member, make_plan
from tests.schedule.pages import at, html_of
from tests.schedule.scoring.making import (
    cells_in,
    make_assessor,
    make_scored_item,
    make_test_round,
    score,
)

HALF = Decimal(50)


@pytest.fixture
def reader(plan, client):
    user = make_member(plan.office, Role.READER).user
    client.force_login(user)
    return user


@pytest.fixture
def head(plan):
    return make_assessor(plan)


def closed_round(plan, head, units, values, **kwargs):
    """A closed round in which each unit's only item got its value (None: nothing)."""
    round_ = make_test_round(plan, head, scale=usual_scale_of(plan.office), **kwargs)
    for unit, value in zip(units, values, strict=True):
        item = plan.items.filter(shares__unit=unit).first() or make_scored_item(
            plan, unit, name=f"{unit}的項目"
        )
        if value is not None:
            score(round_, head, dict.fromkeys(cells_in(item), value))
    return close_round(round_, by=head.user)


def page_of(client, name, round_, **query):
    return client.get(at(name, round_.plan, round_.pk), query)


def test_units_items_and_indicators_with_grades_and_ranks(
    client, plan, units, head, reader
):
    round_ = closed_round(plan, head, units, ["89.995", "95"])

    response = page_of(client, "results", round_)

    page = html_of(response)
    rows = response.context["results"].rows
    assert [(r.unit, r.score, r.percent, r.grade, r.rank) for r in rows] == [
        ("民政課", "9／10", "90%", "甲等", "第 2 名"),
        ("社會課", "9.5／10", "95%", "優等", "第 1 名"),
    ]
    assert rows[0].items[0].indicators[0] == ("指標1", "60%", "90")
    assert "四捨五入到小數第 2 位" in page
    assert '<title id="results-title">' in page
    assert '<desc id="results-desc">民政課 90%、社會課 95%</desc>' in page


def test_what_is_missing_is_said_and_has_no_rank(client, plan, units, head, reader):
    round_ = closed_round(plan, head, units, ["80", None])

    rows = page_of(client, "results", round_).context["results"].rows

    assert [(r.score, r.grade, r.rank) for r in rows] == [
        ("8／10", "甲等", "第 1 名"),
        ("尚缺 2 項", "", ""),
    ]


def test_ranks_under_the_floor(client, plan, units, head, reader):
    for unit in units:
        make_scored_item(plan, unit)
    rules = Rules(Scheme.RANKS, (Part("登記", HALF), Part("服務", HALF)), floor=HALF)
    round_ = make_test_round(plan, head, rules=rules)
    cells = [f"u{unit.pk}p{number}" for unit in units for number in (1, 2)]
    score(round_, head, dict(zip(cells, ["90", "80", "100", "49"], strict=True)))
    close_round(round_, by=head.user)

    response = page_of(client, "results", round_)

    rows = response.context["results"].rows
    assert [row.rank for row in rows] == ["第 1 名", "不列名次"]
    assert [bar.label for bar in response.context["results"].bars] == ["民政課"]


def test_an_open_round_shows_no_results(client, plan, units, head, reader):
    round_ = make_test_round(plan, head)

    page = html_of(page_of(client, "results", round_))

    assert "結束後公布成績" in page
    assert "結束後才能比較" in html_of(page_of(client, "round_compare", round_))


def test_two_rounds_and_two_years_side_by_side(client, plan, units, head, reader):
    last = closed_round(
        make_plan(plan.office, year=113), head, units, ["80", "90"], name="去年"
    )
    first = closed_round(plan, head, units, ["85", "85"], name="自評")
    now = closed_round(plan, head, units, ["90", "85"], name="初評", earlier=first)

    earlier = page_of(client, "round_compare", now).context
    year = page_of(client, "round_compare", now, **{"with": last.pk}).context

    assert earlier["before"] == first
    changes = [one.whole.change for one in earlier["comparison"].units]
    assert changes == ["▲ 增加 5", "持平"]
    units_compared = year["comparison"].units
    assert [(u.whole.before, u.whole.now, u.whole.change) for u in units_compared] == [
        ("80%", "90%", "▲ 增加 10"),
        ("90%", "85%", "▼ 減少 5"),
    ]
    assert units_compared[0].items[0].change == "▲ 增加 10"
    assert [bar.words for bar in year["comparison"].bars] == [
        "80%",
        "90%",
        "90%",
        "85%",
    ]


def test_rounds_of_other_offices_are_not_offered(client, plan, units, head, reader):
    other = make_plan()
    foreign = close_round(make_test_round(other), by=head.user)
    round_ = closed_round(plan, head, units, ["80", "90"])

    page = page_of(client, "round_compare", round_, **{"with": foreign.pk})

    assert page.context["others"] == []
    assert "還沒有別的已結束的輪次" in html_of(page)


@pytest.mark.parametrize("count", [1, 15])
def test_results_cost_the_same_queries(
    client, plan, unit, head, reader, count, django_assert_num_queries
):
    for _ in range(count):
        make_scored_item(plan, unit)
    round_ = close_round(make_test_round(plan, head), by=head.user)

    with django_assert_num_queries(7):
        page_of(client, "results", round_)
