"""The pages of 送核前檢查, and the way back to the list after saving."""

import pytest
from django.urls import reverse

from offices.models import Role
from plans.models import GradeSetting
from plans.proofing import findings_of
from tests.factories import make_member, make_point, make_table
from tests.plans.requests import HTMX, at, typed

pytestmark = pytest.mark.django_db


def key_of(plan):
    return findings_of(plan).findings[0].key


def list_of(plan, part):
    return f"/plans/{plan.pk}/proof/#at-{part}"


def page(client, plan):
    response = client.get(at("proof", plan))
    assert response.status_code == 200
    return response.content.decode()


def test_each_line_leads_to_its_field_and_knows_the_way_back(plan, writer, client):
    point = make_point(plan, "公佈欄")
    table = make_table(plan, names=("113年度目標",), rows=[("佔用",)])
    row = table.rows.first()

    html = page(client, plan)

    own, its = f"b{point.pk}", f"b{table.pk}"
    assert f"/plans/{plan.pk}/blocks/{point.pk}/?back=proof:{own}" in html
    assert f"/plans/{plan.pk}/rows/{row.pk}/?back=proof:{its}#r{row.pk}" in html
    assert f"/plans/{plan.pk}/tables/{table.pk}/?back=proof:{its}#columns" in html


def test_readers_see_the_list_and_no_button(plan, client):
    client.force_login(make_member(plan.office, Role.READER).user)
    point = make_point(plan, "公佈欄")

    html = page(client, plan)

    assert f'href="/plans/{plan.pk}/#b{point.pk}"' in html
    assert "proof/fix" not in html
    assert "proof/dismiss" not in html


def test_more_than_five_of_one_kind_are_folded(plan, writer, client):
    make_point(plan, "公佈" * 5)
    assert '<details class="proof-kind"' not in page(client, plan)

    make_point(plan, "公佈" * 6)
    assert "法律統一用字（6 件）" in page(client, plan)


def test_the_number_of_lines_does_not_raise_the_number_of_queries(
    plan, writer, client, django_assert_num_queries
):
    make_point(plan, "公佈欄")
    page(client, plan)
    for _ in range(30):
        make_point(plan, "公佈欄")
    with django_assert_num_queries(14):
        page(client, plan)


def test_one_key_mends_and_comes_back(plan, writer, client):
    point = make_point(plan, "公佈欄")
    data = {"key": key_of(plan), "part": f"b{point.pk}"}

    response = client.post(at("proof_fix", plan), data)

    point.refresh_from_db()
    assert response.url == list_of(plan, f"b{point.pk}")
    assert point.heading == "公布欄"


@pytest.mark.parametrize("part", ["", "//evil.example", "b1\n", "b" * 99])
def test_the_way_back_is_never_another_address(plan, writer, client, part):
    response = client.post(at("proof_fix", plan), {"key": "x", "part": part})

    assert response.url == f"/plans/{plan.pk}/proof/"


def test_a_finding_that_is_gone_is_told(plan, writer, client):
    response = client.post(at("proof_fix", plan), {"key": "gone"}, follow=True)

    assert "剛才已經改過" in response.content.decode()


def test_a_reason_is_asked_for(plan, writer, client):
    make_point(plan, "公佈欄")
    data = {"key": key_of(plan), "reason": " "}

    response = client.post(at("proof_dismiss", plan), data)

    assert response.status_code == 422
    assert "請寫下不予處理的理由" in response.content.decode()
    assert not plan.dismissals.exists()


def test_dismissing_and_recalling(plan, writer, client):
    make_point(plan, "公佈欄")
    data = {"key": key_of(plan), "reason": "引用原文"}

    client.post(at("proof_dismiss", plan), data)

    html = page(client, plan)
    assert "引用原文" in html
    dismissal = plan.dismissals.get()
    assert dismissal.by == writer
    client.post(at("proof_recall", plan, dismissal.pk))
    assert not plan.dismissals.exists()


def test_an_error_is_not_dismissed_by_a_forged_form(plan, writer, client):
    make_point(plan, "")
    data = {"key": key_of(plan), "reason": "無妨"}

    response = client.post(at("proof_dismiss", plan), data, follow=True)

    assert "錯誤必須改正" in response.content.decode()
    assert not plan.dismissals.exists()


def test_what_people_typed_is_escaped(plan, writer, client):
    make_point(plan, "公佈<script>alert(1)</script>")

    assert "<script>alert" not in page(client, plan)


def test_the_catalogue_tells_all_checks(plan, writer, client):
    html = client.get(reverse("plans:proof_catalogue")).content.decode()

    assert "法律統一用字" in html
    assert "配分總計不合" in html
    assert "proof-grades" not in html


def test_the_coordinator_sets_the_grades_of_the_office(plan, client):
    user = make_member(plan.office, Role.COORDINATOR).user
    client.force_login(user)
    url = reverse("plans:proof_grades", args=[plan.office.pk])
    assert url in client.get(reverse("plans:proof_catalogue")).content.decode()

    client.post(url, {"word": "off", "usage": "note"})

    setting = GradeSetting.objects.get()
    assert (setting.code, setting.grade) == ("word", "off")
    assert setting.history.get().history_user == user


def test_an_unknown_grade_is_refused_in_words(plan, client):
    client.force_login(make_member(plan.office, Role.COORDINATOR).user)
    url = reverse("plans:proof_grades", args=[plan.office.pk])

    response = client.post(url, {"word": "fatal"})

    assert response.status_code == 422
    assert "請從清單中選擇等級" in response.content.decode()


@pytest.fixture
def point(plan):
    return make_point(plan, "公佈欄")


def test_after_saving_from_the_list_one_is_back_there(plan, writer, client, point):
    url = at("block", plan, point.pk)
    came = {"HTTP_REFERER": f"http://testserver{url}?back=proof:b{point.pk}"}

    response = client.post(url, typed(point, heading="公布欄"), **came)

    assert response.url == list_of(plan, f"b{point.pk}")


def test_htmx_goes_back_as_well(plan, writer, client, point):
    url = at("block", plan, point.pk)
    here = f"http://testserver{url}?back=proof:b{point.pk}"
    headers = HTMX | {"HX-Current-URL": here}

    response = client.post(url, typed(point, heading="公布欄"), headers=headers)

    assert response.headers["HX-Redirect"] == list_of(plan, f"b{point.pk}")


def test_a_stale_save_stays_where_the_question_is(plan, writer, client, point):
    url = at("block", plan, point.pk)
    came = {"HTTP_REFERER": f"http://testserver{url}?back=proof:b{point.pk}"}
    data = typed(point, heading="公布欄") | {"version": "7"}

    assert client.post(url, data, **came).status_code == 409


def test_the_next_row_is_opened_where_it_was_asked_for(plan, writer, client):
    table = make_table(plan, rows=[("佔用", "甲"), ("乙", "丙")])
    row = table.rows.first()
    url = at("row", plan, row.pk)
    came = {"HTTP_REFERER": f"http://testserver{url}?back=proof:b{table.pk}"}

    saved = client.post(url, {"version": 1}, **came)
    onward = client.post(url, {"version": 1, "then": "next"}, **came)

    assert saved.url == list_of(plan, f"b{table.pk}")
    assert "/proof/" not in onward.url


@pytest.mark.parametrize(
    "referer",
    [
        "",
        "http://testserver/plans/1/",
        "http://testserver{url}?back=//evil.example",
        "http://testserver{url}?back=proof:b1%0d%0ax",
        "http://[::1",
        "http://evil.example/elsewhere/?back=proof:b1",
    ],
)
def test_other_ways_to_the_form_end_on_the_plan(plan, writer, client, point, referer):
    url = at("block", plan, point.pk)
    came = {"HTTP_REFERER": referer.format(url=url)}

    response = client.post(url, typed(point, heading="公布欄"), **came)

    assert response.url.startswith(plan.get_absolute_url() + "#")


def test_another_act_of_the_form_leads_nowhere_else(plan, writer, client, point):
    other = make_point(plan, "經費")
    url = at("block_move", plan, other.pk, "up")
    came = {"HTTP_REFERER": f"http://testserver{url}?back=proof:b{other.pk}"}

    assert "/proof/" not in client.post(url, **came).url


def test_marks_count_for_the_menu_and_each_outline_entry(client, plan, writer):
    point = make_point(plan, "公佈結果", body="113年度成果公佈於網站。")

    marks = client.get(reverse("plans:proof_marks", args=[plan.pk])).content.decode()

    assert 'id="found-total"' in marks
    assert "▲ 提醒" in marks
    assert f'id="found-b{point.pk}"' in marks
    assert marks.count("hx-swap-oob") == 2
