"""The page of the audit trail: found, filtered, checked and taken along by 研考."""

from io import BytesIO
from urllib.parse import unquote

import pytest
import time_machine
from openpyxl import load_workbook

from offices.audit.models import Act
from offices.audit.recording import record
from offices.models import Role
from tests.factories import make_deputy, make_member, make_office, make_user
from tests.offices.audit_tools import acts, drop_triggers, tamper, tell, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_office("河東區公所")


@pytest.fixture
def signed_in(client, office):
    user = make_user("gu", full_name="谷昱辰")
    client.force_login(make_member(office, Role.COORDINATOR, user=user).user)
    return client


@pytest.fixture
def url(office):
    return f"/offices/{office.pk}/audit/"


def page(client, url, **data):
    return client.get(url, data).content.decode()


def names(client, url, **data):
    """The targets listed, newest first."""
    return [event.target_name for event in client.get(url, data).context["events"]]


def test_the_page_tells_who_did_what_in_words(signed_in, office, url):
    record(
        Act.ROLES_CHANGED,
        by=make_user("wu", full_name="吳沛芩"),
        office=office,
        target="林小青",
        details={"角色": "承辦人 → 研考"},
    )

    shown = page(signed_in, url)

    for text in ("吳沛芩（wu）", "變更角色", "林小青", "角色：承辦人 → 研考"):
        assert text in shown


def test_newest_comes_first_and_other_offices_never(signed_in, office, url):
    tell(make_office("遠方機關"), 1)
    tell(office, 2)

    assert names(signed_in, url) == ["第1件", "第0件", "谷昱辰（gu）"]


def test_the_office_page_leads_to_it(signed_in, office, url):
    assert f'href="{url}"' in page(signed_in, office.get_absolute_url())


def test_a_deputy_of_the_coordinator_reads_it(client, office, url):
    deputy = make_member(office)
    client.force_login(deputy.user)
    before = client.get(url).status_code
    make_deputy(make_member(office, Role.COORDINATOR), deputy)

    assert (before, client.get(url).status_code) == (403, 200)


def test_the_installations_trail_is_the_administrators(client, signed_in):
    refused = signed_in.get("/offices/0/audit/").status_code
    client.force_login(make_user(is_superuser=True))

    shown = page(client, "/offices/0/audit/")

    assert refused == 404
    assert "系統（不屬於任何機關）" in shown


def test_the_administrator_finds_all_trails(client, office, url):
    client.force_login(make_user(is_superuser=True))

    listed = page(client, client.get("/").context["navigation"].management_url)

    assert f'href="{url}"' in listed
    assert 'href="/offices/0/audit/"' in listed


def test_fifty_events_make_a_page(signed_in, office, url):
    tell(office, 60)

    assert len(names(signed_in, url)) == 50
    assert len(names(signed_in, url, page=2)) == 11


def test_filters_find_people_acts_and_days(signed_in, office, url):
    for day in ("2025-03-02", "2025-03-03", "2025-03-04"):
        with time_machine.travel(f"{day} 23:59:00+08:00", tick=False):
            record(Act.PLAN_EXPORTED, by=None, office=office, target=day)
    record(Act.UNIT_ADDED, by=make_user(full_name="吳沛芩"), office=office, target="課")

    assert names(signed_in, url, act="plan_exported", first_day="114/3/3") == [
        "2025-03-04",
        "2025-03-03",
    ]
    assert names(signed_in, url, first_day="114.3.3", last_day="1140303") == [
        "2025-03-03"
    ]
    assert names(signed_in, url, person="吳沛") == ["課"]
    assert "找不到符合的紀錄" in page(signed_in, url, person="沒有這個人")


@pytest.mark.parametrize(
    ("bad", "sentence"),
    [
        ({"first_day": "昨天"}, "看不懂這個日期"),
        ({"act": "x"}, "請從清單中選一項"),
        ({"person": "甲" * 81}, "最多 80 個字"),
    ],
)
def test_a_bad_filter_is_explained_and_filters_nothing(
    signed_in, office, url, bad, sentence
):
    tell(office, 1)

    answer = signed_in.get(url, bad)

    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert len(answer.context["events"]) == 2


@pytest.mark.parametrize("count", [1, 40])
def test_the_page_costs_the_same_for_any_size(
    signed_in, office, url, count, django_assert_num_queries
):
    tell(office, count)

    with django_assert_num_queries(8):
        signed_in.get(url)


def test_verifying_tells_that_the_chain_is_whole(signed_in, office, url):
    before = page(signed_in, url)
    after = signed_in.post(f"{url}verify/", follow=True).content.decode()

    assert "還沒有驗證過" in before
    assert "稽核軌跡完整，沒有被更動。" in after
    assert "驗證第 1 到第 1 筆" in after
    assert told(office)[-1].details == {"結果": "完整"}


def test_verifying_names_the_broken_link(signed_in, office, url):
    tell(office, 3)
    drop_triggers()
    tamper("UPDATE offices_auditevent SET act = 'x' WHERE id = %s", told(office)[2].pk)

    shown = signed_in.post(f"{url}verify/", follow=True).content.decode()

    assert "軌跡不完整：</strong>第 3 筆的內容被改過。" in shown
    assert told(office)[-1].act == Act.AUDIT_CHECKED


def test_a_trail_without_events_is_verified_in_peace(client):
    client.force_login(make_user(is_superuser=True))
    empty = f"/offices/{make_office().pk}/audit/"

    client.post(f"{empty}verify/")

    assert "還沒有紀錄。" in page(client, empty)


def sheet_of(response):
    return load_workbook(BytesIO(response.content)).active


def test_the_spreadsheet_holds_what_was_found_and_is_told(signed_in, office, url):
    tell(office, 2)

    response = signed_in.get(f"{url}file/", {"person": "第1件"})

    rows = list(sheet_of(response).iter_rows(values_only=True))
    event = told(office)[-2]
    assert rows[0][:3] == ("編號", "時間", "時間（UTC）")
    assert [(row[0], row[8], row[-1]) for row in rows[1:]] == [
        (3, "第1件", event.digest)
    ]
    assert unquote(response["Content-Disposition"]).startswith(
        "attachment; filename*=utf-8''河東區公所稽核軌跡"
    )
    assert acts(office)[-1] == Act.AUDIT_EXPORTED
    assert told(office)[-1].details["筆數"] == "1"


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "#N/A", "_x000D_", "甲\x0b乙"]
)
def test_nothing_in_the_spreadsheet_is_a_formula(signed_in, office, url, text):
    record(Act.PLAN_CREATED, by=None, office=office, target=text)

    cell = sheet_of(signed_in.get(f"{url}file/"))["I2"]

    assert cell.data_type == "s"
    assert cell.value in (text.replace("\x0b", ""), "_x005F_x000D_")
    assert cell.quotePrefix or text[0] not in "=+-@\t"
