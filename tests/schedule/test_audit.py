"""What the audit trail tells of control tables: read in, taken along, handed over."""

from datetime import date

import pytest
from django.core.management import call_command
from django.urls import reverse

from offices.audit.models import Act
from offices.models import Role
from schedule.handover import hand_over
from schedule.importing import apply_import, start_import
from schedule.models import Feed
from schedule.timetable.from_tables import TimetableReading
from schedule.timetable.model import Item, Share, Timetable, UnitSheet
from tests.factories import make_item, make_member, make_plan, make_unit, make_user
from tests.offices.audit_tools import told

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return make_plan()


@pytest.fixture
def keeper(client, plan):
    user = make_user(full_name="谷昱辰")
    client.force_login(make_member(plan.office, Role.COORDINATOR, user=user).user)
    return user


def last(plan):
    return told(plan.office)[-1]


def test_an_import_tells_how_many_items_changed(plan, keeper):
    items = tuple(Item(name, (Share("民政課"),)) for name in ("里鄰聯繫", "巡守輔導"))
    started = start_import(
        plan,
        TimetableReading(Timetable(114, (UnitSheet("民政課", items),))),
        source_name="貼上的文字",
        by=keeper,
    )

    apply_import(started, edition=plan.edition, fragments={}, by=keeper)

    event = last(plan)
    assert (event.act, event.actor) == (Act.SCHEDULE_IMPORTED, keeper.pk)
    assert event.details == {"來源": "貼上的文字", "項目": "新增 2 項"}


@pytest.mark.parametrize("extension", ["xlsx", "json", "ics"])
def test_files_taken_along_are_told(client, plan, keeper, extension):
    client.get(reverse("schedule:file", args=[plan.pk, extension]))

    event = last(plan)
    assert event.act == Act.SCHEDULE_EXPORTED
    assert event.details == {"格式": extension.upper(), "個人資料": "承辦人姓名"}


def test_an_export_by_command_is_told(plan, tmp_path, capsys):
    call_command(
        "export_schedule",
        str(plan.pk),
        "--format=json",
        f"--output={tmp_path / 'table.json'}",
    )

    event = last(plan)
    assert (event.act, event.actor) == (Act.SCHEDULE_EXPORTED, None)


def test_a_handover_tells_from_whom_to_whom(plan, keeper):
    giver = make_member(plan.office, user=make_user(full_name="甘文"))
    taker = make_member(plan.office, user=make_user(full_name="史乃"))
    make_item(plan, owners=[giver])
    day = date(2025, 7, 1)

    hand_over(plan, giver=giver, taker=taker, day=day, by=keeper)
    hand_over(plan, giver=giver, taker=taker, day=day, by=keeper)

    (event,) = [one for one in told(plan.office) if one.act == Act.HANDED_OVER]
    assert event.details == {
        "交出": "甘文",
        "接手": "史乃",
        "起日": "114/7/1",
        "項目": "1 項",
    }


def test_calendar_links_are_told_without_their_address(client, plan, keeper):
    unit = make_unit(plan.office, "民政課", "民")
    for _ in range(2):
        client.post(reverse("schedule:feed_create"), {"unit": unit.pk})
    feed = Feed.objects.get()
    client.post(reverse("schedule:feed_revoke", args=[feed.pk]))

    _, made, revoked = told(plan.office)
    assert (made.act, revoked.act) == (Act.FEED_MADE, Act.FEED_REVOKED)
    assert {made.target_name, revoked.target_name} == {"民政課"}
    assert feed.secret not in str([made.__dict__, revoked.__dict__])
