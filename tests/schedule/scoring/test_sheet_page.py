"""The score sheet: what is shown to whom, and saving a cell with and without htmx."""

import pytest

from offices.models import Role
from schedule.models import Score
from schedule.scoring.rounds import close_round
from tests.factories import (
    make_indicator,
    make_item,
    make_member,
    make_office,
    make_share,
)
from tests.schedule.pages import HOSTILE, at, html_of
from tests.schedule.scoring.making import (
    cells_in,
    make_assessor,
    make_scored_item,
    make_test_round,
    score,
)

HTMX = {"HX-Request": "true"}


@pytest.fixture
def head(plan, client):
    """課室主管 who scores, signed in."""
    member = make_assessor(plan)
    client.force_login(member.user)
    return member


@pytest.fixture
def cell(plan, unit):
    return cells_in(make_scored_item(plan, unit))[0]


@pytest.fixture
def round_(plan, head, cell):
    return make_test_round(plan, head)


def send(client, round_, values, *, version="0", comment="", htmx=True, **more):
    data = dict(more)
    for key, value in values.items():
        data |= {key: value, f"{key}-version": version, f"{key}-comment": comment}
    headers = HTMX if htmx else {}
    return client.post(at("scores", round_.plan, round_.pk), data, headers=headers)


def sheet(client, round_, **query):
    return html_of(client.get(at("round", round_.plan, round_.pk), query))


def test_a_cell_is_saved_and_the_totals_come_along(client, round_, cell, unit):
    response = send(client, round_, {cell: "86.5"}, comment="佐證齊全", unit=unit.name)

    page = html_of(response)
    assert "已儲存" in page
    assert "小計 5.19／10 分，尚缺 1 項" in page
    assert "合計 5.19／10 分，尚缺 1 項" in page
    assert f'id="version-{cell}" value="1"' in page
    stored = Score.objects.get()
    assert (str(stored.value), stored.comment) == ("86.500", "佐證齊全")


@pytest.mark.parametrize("typed", ["101", "好", HOSTILE])
def test_a_wrong_value_is_told_at_the_cell_and_not_stored(client, round_, cell, typed):
    response = send(client, round_, {cell: typed})
    whole = send(client, round_, {cell: typed}, htmx=False)

    page = whole.content.decode()
    assert (response.status_code, whole.status_code) == (422, 422)
    assert "0 到 100" in response.content.decode()
    assert 'aria-invalid="true"' in page
    assert "<img" not in page + response.content.decode()
    if typed == "101":
        assert 'value="101"' in page
    assert Score.objects.count() == 0


def test_without_javascript_the_whole_unit_is_saved(client, round_, plan, unit):
    item = plan.items.get()
    first, second = cells_in(item)

    response = send(
        client, round_, {first: "80", second: "x"}, htmx=False, unit=unit.name
    )
    after = send(client, round_, {second: "70"}, htmx=False, unit=unit.name)

    assert response.status_code == 422
    assert after.status_code == 302
    assert {s.cell: s.value for s in Score.objects.all()} == {first: 80, second: 70}


def test_a_clash_shows_both_and_mine_can_be_sent_again(client, round_, head, cell):
    score(round_, head, {cell: "90"})

    clash = send(client, round_, {cell: "85"})
    whole = send(client, round_, {cell: "85"}, htmx=False)
    again = send(client, round_, {cell: "85"}, version="1")

    page = clash.content.decode()
    assert (clash.status_code, whole.status_code, again.status_code) == (409, 409, 200)
    assert ("「90」" in page, "「85」" in page) == (True, True)
    assert 'value="85"' in whole.content.decode()
    assert Score.objects.get().value == 85


def test_a_closed_round_is_refused_at_the_cell(client, round_, head, cell):
    close_round(round_, by=head.user)

    response = send(client, round_, {cell: "85"})
    whole = send(client, round_, {cell: "85"}, htmx=False)

    assert (response.status_code, whole.status_code) == (422, 422)
    assert "已經結束" in response.content.decode()
    assert 'value="85"' in whole.content.decode()
    assert Score.objects.count() == 0


def test_who_is_no_assessor_is_refused(client, round_, cell, plan):
    client.force_login(make_member(plan.office, Role.COORDINATOR).user)

    assert send(client, round_, {cell: "85"}).status_code == 403


@pytest.mark.parametrize("odd", ["9" * 40, "\x00", "²", "nan", "-1", "長" * 5000])
def test_odd_values_are_never_an_error_of_ours(client, round_, cell, odd):
    for htmx in (True, False):
        sent = send(client, round_, {cell: odd}, version=odd, comment=odd, htmx=htmx,
                    assessor=odd, unit=odd, item=odd)  # fmt: skip

        assert sent.status_code in {200, 302, 409, 422}


def test_cells_of_other_units_are_passed_over(client, plan, head, units):
    mine, theirs = (make_scored_item(plan, unit) for unit in units)
    round_ = make_test_round(plan, head, units=[units[0]])
    own, foreign = cells_in(mine)[0], cells_in(theirs)[0]

    send(client, round_, {own: "80", foreign: "10"})

    assert [one.cell for one in Score.objects.all()] == [own]


def test_blind_scores_are_seen_when_the_round_has_closed(client, plan, head, cell):
    other = make_assessor(plan)
    round_ = make_test_round(plan, head, other)
    score(round_, other, {cell: "61.25"}, comment="補送資料")

    before = sheet(client, round_)
    round_ = close_round(round_, by=head.user)
    after = sheet(client, round_)

    assert ("61.25" in before, "補送資料" in before) == (False, False)
    assert "61.25 補送資料" in after


def test_an_open_round_lets_assessors_see_each_other(client, plan, head, cell):
    other = make_assessor(plan)
    round_ = make_test_round(plan, head, other, is_blind=False)
    score(round_, other, {cell: "61.25"})

    assert "61.25" in sheet(client, round_)


def test_readers_see_no_score_before_the_end(client, plan, head, cell):
    round_ = make_test_round(plan, head, is_blind=False)
    score(round_, head, {cell: "61.25"})
    client.force_login(make_member(plan.office, Role.READER).user)

    page = sheet(client, round_)

    assert ("61.25" in page, "結束後公布成績" in page) == (False, True)


def test_a_joint_item_has_one_field(client, plan, head, units):
    item = make_scored_item(plan, *units)
    round_ = make_test_round(plan, head)
    key = cells_in(item)[0]

    page = sheet(client, round_, unit="all")
    send(client, round_, {key: "80"}, unit="all")

    assert page.count(f'name="{key}"') == 1
    assert "與上面聯合辦理的同一格" in page


def test_units_apart_have_two_fields(client, plan, head, units):
    item = make_item(plan, units[0], points=5)
    make_share(item, units[1], points=4)
    make_indicator(item, weight=None)
    round_ = make_test_round(plan, head, rules=None)
    round_.settings = {**round_.settings, "units_apart": True}
    round_.save()

    page = sheet(client, round_, unit="all")

    names = [f'name="s{share.pk}"' for share in item.shares.all()]
    assert [page.count(name) for name in names] == [1, 1]


def test_the_sheet_by_item_and_the_first_of_ones_units(client, plan, head, units):
    make_scored_item(plan, units[0], name="里鄰聯繫")
    make_scored_item(plan, units[1], name="社會救助")
    round_ = make_test_round(plan, head, units=[units[1]])

    groups = [
        [g.entry.name for g in client.get(at("round", plan, round_.pk), q).context["sheet"].groups]
        for q in ({}, {"item": "里鄰聯繫"}, {"unit": "民政課"}, {"unit": "all"}, {"unit": "x"})
    ]  # fmt: skip

    assert groups == [
        ["社會救助"],
        ["里鄰聯繫"],
        ["里鄰聯繫"],
        ["里鄰聯繫", "社會救助"],
        ["社會救助"],
    ]


def test_the_earlier_round_stands_beside_this_one(client, plan, head, cell):
    first = make_test_round(plan, head, name="自評")
    score(first, head, {cell: "73.5"})
    still_open = sheet(client, make_test_round(plan, head, name="初評", earlier=first))
    close_round(first, by=head.user)

    closed = sheet(client, make_test_round(plan, head, name="複評", earlier=first))

    assert ("73.5" in still_open, "73.5" in closed) == (False, True)


def test_weights_that_do_not_close_are_told(client, plan, head, unit):
    make_scored_item(plan, unit, weights=("60", "30"))

    assert "權重合計 90%，不是 100%" in sheet(client, make_test_round(plan, head))


@pytest.mark.parametrize("count", [1, 100])
def test_a_sheet_of_200_indicators_costs_the_same_queries(
    client, plan, head, unit, count, django_assert_num_queries
):
    items = [make_scored_item(plan, unit) for _ in range(count)]
    round_ = make_test_round(plan, head)
    score(round_, head, dict.fromkeys(cells_in(items[0]), "80"))

    with django_assert_num_queries(11):
        page = sheet(client, round_)

    assert page.count('inputmode="decimal"') == 2 * count


@pytest.mark.parametrize("count", [1, 30])
def test_saving_a_cell_costs_the_same_queries(
    client, plan, head, unit, count, django_assert_num_queries
):
    items = [make_scored_item(plan, unit) for _ in range(count)]
    round_ = make_test_round(plan, head)

    with django_assert_num_queries(22):
        send(client, round_, {cells_in(items[0])[0]: "80"})


def test_the_agency_above_scores_the_office_below(client, plan, cell):
    above = make_office("明山市政府")
    plan.office.parent = above
    plan.office.save()
    superior = make_member(above, Role.SUPERIOR)
    round_ = make_test_round(plan, superior)
    client.force_login(superior.user)

    page = sheet(client, round_)
    send(client, round_, {cell: "88"})

    assert f'name="{cell}"' in page
    assert Score.objects.get().value == 88


def test_who_closes_a_round_is_told_what_is_missing(client, plan, cell):
    client.force_login(make_member(plan.office, Role.COORDINATOR).user)

    assert "還有 2 項沒有評完" in sheet(client, make_test_round(plan))
