"""The month grid: what it shows, its filters, changing cells, and proposals."""

import re

import pytest
from django.urls import reverse

from offices.models import Role
from offices.units import move_unit
from schedule.models import Method
from schedule.months import Clash, months_row, set_months
from tests.factories import (
    make_deputy,
    make_item,
    make_member,
    make_method,
    make_office,
    make_plan,
    make_unit,
    make_user,
)

pytestmark = pytest.mark.django_db
EMPTY, MARCH, APRIL = "0" * 12, "001000000000", "000100000000"


@pytest.fixture
def plan():
    return make_plan()


@pytest.fixture
def keeper(plan, client):
    """研考, signed in."""
    user = make_member(plan.office, Role.COORDINATOR).user
    client.force_login(user)
    return user


@pytest.fixture
def unit(plan):
    return make_unit(plan.office, "民政課", "民")


@pytest.fixture
def owner(plan, unit, client):
    """承辦人 of 民政課, signed in."""
    member = make_member(plan.office, Role.OWNER, unit=unit)
    client.force_login(member.user)
    return member


def grid_of(client, plan, **query):
    return client.get(reverse("schedule:grid", args=[plan.pk]), query).content.decode()


def change(client, method, was, months):
    url = reverse("schedule:months", args=[method.item.plan_id, method.pk])
    return client.post(url, {"was": was, "months": months})


def row_of(page, method):
    """The tag of the method's first row."""
    found = re.search(rf'<tr data-m="{method.pk}"[^>]*>', page)
    assert found, f"no row of {method}"
    return found[0]


def test_the_grid_shows_every_method_with_its_months(client, plan, keeper, unit):
    method = make_method(make_item(plan, unit, name="里鄰聯繫"), MARCH)

    page = grid_of(client, plan)

    assert "里鄰聯繫" in page
    assert f'data-p="{MARCH}" data-e' in row_of(page, method)
    assert '<td class="p"><i>預定</i></td>' in page


def test_a_joint_item_stands_in_the_part_of_each_unit(client, plan, keeper, unit):
    other = make_unit(plan.office, "社會課", "社")
    item = make_item(plan, unit, other, points=3)
    shared = make_method(item)
    own = make_method(item, unit=other)

    page = grid_of(client, plan)

    assert page.count(f'data-m="{shared.pk}"') == 2
    assert page.count(f'data-m="{own.pk}"') == 1


def test_filters_leave_the_rows_that_are_asked_for(client, plan, keeper, unit):
    member = make_member(plan.office, unit=unit)
    mine = make_method(make_item(plan, unit, owners=[member]), MARCH)
    other = make_method(make_item(plan, unit, name="場館營運"), APRIL)

    by_person = grid_of(client, plan, person=member.user.full_name)
    by_month = grid_of(client, plan, month="4")
    by_words = grid_of(client, plan, q="場館")
    by_nonsense = grid_of(client, plan, unit="沒有這一課", month="13", q="")

    assert row_of(by_person, mine)
    assert f'data-m="{other.pk}"' not in by_person
    assert f'data-m="{mine.pk}"' not in by_month
    assert f'data-m="{mine.pk}"' not in by_words
    assert row_of(by_nonsense, mine)
    assert row_of(by_nonsense, other)


def test_a_month_shows_an_item_only_to_the_unit_that_plans_it(
    client, plan, keeper, unit
):
    other = make_unit(plan.office, "社會課", "社")
    item = make_item(plan, unit, other)
    make_method(item, MARCH, unit=unit)
    theirs = make_method(item, APRIL, unit=other)

    page = grid_of(client, plan, month="4")

    assert page.count("<tr data-m=") == 1
    assert row_of(page, theirs)
    assert page.count('<td class="no">') == 1


def test_numbers_stay_those_of_the_sheet_when_filtered(client, plan, keeper, unit):
    make_method(make_item(plan, unit, name="第一件"))
    make_method(make_item(plan, unit, name="第二件"))

    page = grid_of(client, plan, q="第二件")

    assert re.findall(r'<td class="no">(\d+)</td>', page) == ["2"]


def test_hostile_words_are_escaped(client, plan, keeper, unit):
    bad = "<img src=x onerror=alert(1)>"
    make_method(make_item(plan, unit, name=bad, owners=[bad]), text=bad)

    page = grid_of(client, plan)

    assert bad not in page
    assert "&lt;img" in page


@pytest.mark.parametrize("count", [3, 30])
def test_the_grid_costs_the_same_queries_however_long(
    client, plan, keeper, unit, count, django_assert_num_queries
):
    for number in range(count):
        member = make_member(plan.office, unit=unit)
        item = make_item(plan, unit, name=f"第{number}件", owners=[member])
        make_method(item)
        make_method(item)

    with django_assert_num_queries(6):
        page = grid_of(client, plan)

    assert page.count("<tr data-m=") == 2 * count


def test_a_kept_grid_is_renewed_by_every_change(client, plan, keeper, unit):
    method = make_method(make_item(plan, unit), MARCH)
    grid_of(client, plan)

    change(client, method, MARCH, APRIL)
    after_months = grid_of(client, plan)
    unit.name = "民政及社會課"
    unit.save()
    after_unit = grid_of(client, plan)

    assert f'data-p="{APRIL}"' in row_of(after_months, method)
    assert "民政及社會課" in after_unit


@pytest.mark.parametrize("change_unit", ["rename", "reorder"])
def test_a_unit_named_or_ordered_anew_renews_the_papers(plan, unit, change_unit):
    other = make_unit(plan.office, "社會課", "社", position=1)
    make_item(plan, unit)
    elsewhere = make_plan(plan.office)
    edition = plan.edition

    if change_unit == "rename":
        unit.name = "民政及社會課"
        unit.save()
    else:
        move_unit(other, up=True, by=None)

    plan.refresh_from_db()
    elsewhere.refresh_from_db()
    assert plan.edition > edition
    assert elsewhere.edition == 1


def test_a_kept_grid_is_that_of_ones_own_rights(client, plan, keeper, unit):
    method = make_method(make_item(plan, unit))
    grid_of(client, plan)
    client.force_login(make_member(plan.office, Role.READER).user)

    page = grid_of(client, plan)

    assert "data-e" not in row_of(page, method)
    assert 'id="edit-months"' not in page


def test_an_owner_may_edit_the_rows_of_the_own_unit_alone(client, plan, owner, unit):
    own = make_method(make_item(plan, unit))
    foreign = make_method(make_item(plan, make_unit(plan.office, "社會課", "社")))

    page = grid_of(client, plan)

    assert "data-e" in row_of(page, own)
    assert "data-e" not in row_of(page, foreign)
    assert change(client, own, own.months, MARCH).status_code == 200
    assert change(client, foreign, foreign.months, MARCH).status_code == 403


def test_an_owner_may_edit_what_they_own_in_another_unit(client, plan, owner):
    other = make_unit(plan.office, "社會課", "社")
    method = make_method(make_item(plan, other, owners=[owner]))

    answer = change(client, method, method.months, MARCH)

    assert answer.status_code == 200


def test_a_deputy_writes_for_whom_they_act(client, plan, owner, unit):
    deputy = make_member(plan.office, Role.READER)
    make_deputy(owner, deputy)
    client.force_login(deputy.user)
    method = make_method(make_item(plan, unit))

    answer = change(client, method, method.months, MARCH)

    assert answer.status_code == 200


def test_one_change_saves_the_row_with_its_history(client, plan, keeper, unit):
    method = make_method(make_item(plan, unit), MARCH)
    edition = plan.edition

    answer = change(client, method, MARCH, "002100000000")

    method.refresh_from_db()
    plan.refresh_from_db()
    assert answer.json()["months"] == method.months == "002100000000"
    assert plan.edition == edition + 1
    latest = method.history.first()
    assert (latest.months, latest.history_user) == ("002100000000", keeper)


@pytest.mark.parametrize("items", [1, 30])
def test_one_change_costs_the_same_queries(
    client, plan, keeper, unit, items, django_assert_num_queries
):
    methods = [make_method(make_item(plan, unit), MARCH) for _ in range(items)]

    # Two of them begin and end a savepoint in the test's own transaction.
    with django_assert_num_queries(9):
        change(client, methods[0], MARCH, APRIL)


def test_changes_of_different_cells_are_put_together(plan, unit):
    method = make_method(make_item(plan, unit), EMPTY)
    first, second = make_user(), make_user()

    seen = months_row(method.pk)
    set_months(seen, was=EMPTY, months=MARCH, by=first)
    saved = set_months(seen, was=EMPTY, months=APRIL, by=second)

    assert saved == Method.objects.get(pk=method.pk).months == "001100000000"


def test_a_changed_cell_stands_in_the_history(plan, unit):
    method = make_method(make_item(plan, unit), EMPTY)
    author = make_user()

    set_months(months_row(method.pk), was=EMPTY, months=MARCH, by=author)

    latest, first = method.history.all()
    assert (latest.months, first.months) == (MARCH, EMPTY)
    assert latest.history_user == author
    assert latest.history_type == "~"
    assert latest.history_date >= first.history_date
    assert latest.text == first.text


def test_two_people_on_one_cell_lose_nothing(plan, unit):
    method = make_method(make_item(plan, unit), EMPTY)
    set_months(months_row(method.pk), was=EMPTY, months=MARCH, by=make_user())

    with pytest.raises(Clash) as clash:
        set_months(
            months_row(method.pk), was=EMPTY, months="002000000000", by=make_user()
        )

    assert clash.value.months == [3]
    assert clash.value.current.months == MARCH
    assert Method.objects.get(pk=method.pk).months == MARCH


def test_a_clash_tells_who_and_what(client, plan, keeper, unit):
    method = make_method(make_item(plan, unit), EMPTY)
    colleague = make_user(full_name="林筱雨")
    set_months(months_row(method.pk), was=EMPTY, months=MARCH, by=colleague)

    answer = change(client, method, EMPTY, "002000000000")

    assert answer.status_code == 409
    assert answer.json()["months"] == MARCH
    assert "林筱雨剛才把3月改為「預定」" in answer.json()["message"]


@pytest.mark.parametrize("months", ["", "3", "0" * 13, "300000000000", "abc" * 4])
def test_what_is_no_pattern_is_refused(client, plan, keeper, unit, months):
    method = make_method(make_item(plan, unit), MARCH)

    answer = change(client, method, MARCH, months)

    assert answer.status_code == 422
    assert "12 格" in answer.json()["message"]
    assert Method.objects.get(pk=method.pk).months == MARCH


def test_a_row_deleted_meanwhile_is_told(client, plan, keeper, unit):
    method = make_method(make_item(plan, unit), MARCH)
    method.item.removed_at = method.item.history.first().history_date
    method.item.save()

    assert change(client, method, MARCH, APRIL).status_code == 404


def test_proposals_are_marked_and_confirmed_one_by_one(client, plan, keeper, unit):
    method = make_method(make_item(plan, unit), MARCH, is_confirmed=False)
    other = make_method(make_item(plan, unit), MARCH, is_confirmed=False)

    before = grid_of(client, plan)
    client.post(
        reverse("schedule:months_confirm", args=[plan.pk]), {"method": method.pk}
    )
    after = grid_of(client, plan)

    assert "2 列的月份待確認" in before
    assert 'class="proposed"' in row_of(before, method)
    assert 'class="proposed"' not in row_of(after, method)
    assert 'class="proposed"' in row_of(after, other)


def test_confirming_all_takes_only_ones_own(client, plan, owner, unit):
    own = make_method(make_item(plan, unit), MARCH, is_confirmed=False)
    other = make_unit(plan.office, "社會課", "社")
    foreign = make_method(make_item(plan, other), MARCH, is_confirmed=False)

    answer = client.post(
        reverse("schedule:months_confirm", args=[plan.pk]),
        {"query": "unit=民政課\r\nX-Bad: 1"},
    )

    own.refresh_from_db()
    foreign.refresh_from_db()
    assert (own.is_confirmed, foreign.is_confirmed) == (True, False)
    assert answer.status_code == 302
    assert "X-Bad" not in answer.headers


def test_painting_a_proposed_row_confirms_it(client, plan, keeper, unit):
    method = make_method(make_item(plan, unit), MARCH, is_confirmed=False)

    change(client, method, MARCH, APRIL)

    assert Method.objects.get(pk=method.pk).is_confirmed


def test_the_empty_page_says_how_to_begin(client, plan, keeper):
    page = grid_of(client, plan)

    assert "還沒有管制項目" in page
    assert reverse("schedule:import", args=[plan.pk]) in page
    assert reverse("schedule:item_create", args=[plan.pk]) in page


def test_another_offices_grid_is_not_there(client, keeper):
    plan = make_plan(make_office("遠方機關"))

    assert client.get(reverse("schedule:grid", args=[plan.pk])).status_code == 404
