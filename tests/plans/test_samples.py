"""The sample data that a trial installation starts with."""

from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.management import CommandError, call_command

from offices.models import Deputy, Member, MemberRole, Office, Role, Unit, User
from offices.permissions import roles_of
from plans.compose import compose
from plans.documents.model import ColumnKind, Point, RowKind, tables
from plans.models import Block, Column, Plan, Row, State
from plans.samples.loading import USERNAMES
from plans.samples.people import OFFICES, PASSWORD
from schedule.compose import timetable_of
from schedule.models import Ownership
from schedule.timetable.annex import unit_points
from tests.factories import make_office, make_user

pytestmark = pytest.mark.django_db


def demo(*args):
    out = StringIO()
    call_command("demo", *args, stdout=out)
    return out.getvalue()


def documents():
    """The composed sample plans of 114, by office code."""
    plans = Plan.objects.filter(year=114)
    return {plan.office.code: compose(plan) for plan in plans}


def count_rows():
    models = (Office, Unit, User, Member, MemberRole, Deputy, Plan, Block, Column, Row)
    return [model.objects.count() for model in models]


def test_demo_stores_five_plans_in_their_shapes():
    demo()

    shapes = {
        code: (
            sum(isinstance(b, Point) and b.level == 1 for b in document.children),
            [len(table.rows) for table in tables(document)],
            len(document.revisions),
            len(document.annexes),
        )
        for code, document in documents().items()
    }

    assert shapes == {
        "MS01": (12, [23], 2, 0),
        "MS02": (6, [49], 0, 0),
        "MS03": (9, [3, 5], 1, 0),
        "MS11": (8, [12, 9, 8, 9, 5, 3], 18, 1),
        "HA21": (8, [7, 5, 3], 0, 0),
    }


def test_demo_reads_title_cover_and_running_head():
    demo()

    found = documents()

    assert found["MS02"].title == "明山市南埔戶政事務所114年度優化服務工作計畫"
    assert found["MS03"].cover.date == "中華民國114年1月"
    assert found["HA21"].running_head == "海岸縣石坪鄉戶政事務所編印"
    assert {document.year for document in found.values()} == {114}


def test_sample_points_and_weights_close():
    demo()
    timetable = timetable_of(Plan.objects.get(office__code="MS11"))

    weights = [[i.weight or 0 for i in x.indicators] for x in timetable.items()]
    given = [found for found in weights if any(found)]
    assert {sum(found) for found in given} == {100}
    assert (
        sum(unit_points(one) or 0 for one in timetable.sheets) == timetable.total == 100
    )


def test_demo_has_what_an_office_meets_in_a_year():
    demo()
    plan = Plan.objects.get(office__code="MS11")

    items = list(timetable_of(plan).items())

    assert [item.name for item in items if item.is_joint] == ["防災整備與收容安置"]
    assert any("2" in method.months for item in items for method in item.methods)
    assert any(not method.confirmed for item in items for method in item.methods)
    assert plan.items.filter(links__isnull=False).distinct().count() >= 5
    assert Ownership.objects.filter(share__item__plan=plan, member=None).count() == 0


def test_demo_tells_the_story_of_two_years():
    demo()
    last = Plan.objects.get(office__code="MS01", year=114)
    draft = Plan.objects.get(office__code="MS01", year=115)
    submission = draft.submissions.get()

    assert (last.state, last.approvals.count()) == (State.APPROVED, 1)
    assert (draft.state, draft.source) == (State.SUBMITTED, last)
    counts = submission.counts
    assert (counts["added"], counts["deleted"], counts["moved"]) == (1, 1, 1)
    assert submission.steps.earliest("position").state == "current"
    assert submission.remarks.count() == 1


def test_demo_run_again_changes_nothing():
    first = demo()
    before = count_rows()

    second = demo()

    assert count_rows() == before
    assert "示範資料已載入" in first
    assert "沒有更動任何資料" in second


def test_demo_prints_an_account_for_every_role_of_an_office():
    lines = [line.split() for line in demo().splitlines()]

    donghu = [line[1:] for line in lines if line[0] == "東湖戶所"]

    assert donghu == [
        ["zhou", "周品堃", "課員", "研考"],
        ["wu", "吳沛芩", "課員", "承辦人"],
        ["xu", "許泓哲", "課長", "課室主管"],
        ["lin", "林喆維", "主任", "首長／秘書"],
        ["lai", "賴映竹", "書記", "檢視者"],
    ]


def test_demo_prints_the_password_and_columns_that_line_up():
    printed = demo()

    table = [line for line in printed.splitlines() if len(line.split()) == 5]
    # In Big5 a Chinese character takes two bytes, as it takes two columns.
    starts = {
        len(line[: line.index(line.split()[1])].encode("cp950")) for line in table
    }
    assert starts == {12}
    assert PASSWORD in printed


def test_every_sample_account_signs_in(rf):
    demo()

    known = [
        authenticate(rf.post("/"), username=username, password=PASSWORD)
        for username in sorted(USERNAMES)
    ]

    assert [str(getattr(user, "username", "")) for user in known] == sorted(USERNAMES)


def test_sample_password_keeps_the_rules_for_every_person():
    for office in OFFICES:
        for person in office.people:
            stranger = User(username=person.username, full_name=person.full_name)

            validate_password(PASSWORD, stranger)


def test_every_role_has_a_sample_account():
    demo()

    held = MemberRole.objects.values_list("role", flat=True)

    assert set(held) == set(Role.values)


def test_superior_reads_the_offices_below_and_no_other():
    demo()

    seen = Plan.objects.visible_to(User.objects.get(username="ding"))

    assert sorted(plan.office.code for plan in seen) == [
        "MS01",
        "MS01",
        "MS02",
        "MS03",
        "MS11",
    ]


def test_sample_deputy_acts_today():
    demo()

    deputy = User.objects.get(username="wu")

    assert roles_of(deputy, Office.objects.get(code="MS01")) == {
        Role.OWNER,
        Role.COORDINATOR,
    }


def test_people_belong_to_units_of_their_office():
    for office in OFFICES:
        labels = {label for _, label in office.units} | {""}

        assert {person.unit for person in office.people} <= labels


def test_demo_refuses_a_database_in_use():
    make_office()

    with pytest.raises(CommandError, match="--force"):
        demo()

    assert Plan.objects.count() == 0


def test_demo_is_added_to_a_database_in_use_when_forced():
    make_office()

    demo("--force")

    assert Plan.objects.count() == 6


def test_demo_never_takes_over_an_account():
    make_user("zhou")

    with pytest.raises(CommandError, match="zhou"):
        demo("--force")

    assert Office.objects.count() == 0


def test_months_without_a_plan_stay_apart():
    demo()

    cells = [
        cell
        for table in tables(documents()["MS11"])
        for row in table.rows
        for column, cell in zip(table.columns, row.cells, strict=True)
        if column.kind is ColumnKind.MONTH and row.kind is RowKind.DATA
    ]

    assert len(cells) == 12 * 40  # three rows stand in the sheets of two units
    assert not any(cell.joined for cell in cells)
