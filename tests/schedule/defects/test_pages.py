"""The pages of defects: forms that lose nothing, a list that is filtered, the report."""

import re
from datetime import date

import pytest
from django.urls import reverse

from offices.audit.models import Act, AuditEvent
from offices.models import Role
from schedule.models import Defect, DefectTarget
from tests.factories import make_item, make_member, make_office, make_plan
from tests.schedule.defects.making import (
    DID,
    answered,
    form_of,
    opened,
    part,
    released,
)
from tests.schedule.pages import HOSTILE, at, html_of

pytestmark = pytest.mark.django_db
EARLY = date(2025, 12, 1)


def titles(html):
    return re.findall(r'#t\d+">([^<]*)</a>', html)


def said(response):
    return response.content.decode()


def test_a_new_defect_is_typed_once_for_several_units(
    signed_in, plan, unit, other_unit
):
    url = at("defect_create", plan)
    typed = form_of(unit, other_unit, **{f"u{other_unit.pk}-due_on": "114/9/30"})

    first = signed_in.post(url, typed)
    second = signed_in.post(url, typed)

    defect = Defect.objects.get()
    assert first.url == second.url == defect.get_absolute_url()
    dues = [str(target.due_on) for target in defect.targets.all()]
    assert dues == ["2025-08-01", "2025-09-30"]


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"title": " \t"}, "請用一句話寫出缺失名稱。"),
        ({"source": ""}, "請填寫是哪一次查核、由誰查核。"),
        ({"found_on": "114/9/11"}, "查核日期不能在今天以後。"),
        ({"found_on": "114/13/1"}, "沒有 13 月"),
        ({"kind": "crime"}, "請選擇清單裡的類別。"),
        ({"item": "999"}, "請選擇清單裡的管制項目。"),
        ({"due_on": ""}, "請填寫期限，或填寫上面的共同期限。"),
        ({"due_on": "114/6/30"}, "期限不能早於查核日期。"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(
    signed_in, plan, unit, changed, problem
):
    response = signed_in.post(
        at("defect_create", plan), form_of(unit, text="已經打好的內容", **changed)
    )

    assert response.status_code == 422
    assert problem in said(response)
    assert "已經打好的內容" in said(response)
    assert not Defect.objects.exists()


def test_at_least_one_unit_is_to_mend_it(signed_in, plan, unit):
    response = signed_in.post(at("defect_create", plan), form_of())

    assert response.status_code == 422
    assert "請至少勾選一個課室。" in said(response)


def test_an_owner_is_one_of_the_unit(signed_in, plan, unit):
    stranger = make_member(make_office("遠方機關"), Role.OWNER)
    typed = form_of(unit, **{f"u{unit.pk}-owner": stranger.pk})

    response = signed_in.post(at("defect_create", plan), typed)

    assert response.status_code == 422
    assert "請選擇這個課室的承辦人。" in said(response)


def test_a_defect_of_an_item_is_begun_with_it(signed_in, plan, unit):
    item = make_item(plan, unit, name="防汛整備")

    html = html_of(signed_in.get(f"{at('defect_create', plan)}?item={item.pk}"))

    assert f'<option value="{item.pk}" selected>防汛整備' in html


def test_editing_names_a_unit_more_and_keeps_who_answered(
    signed_in, plan, unit, other_unit, writer
):
    defect = opened(plan, unit)
    answered(defect.targets.get(), by=writer)

    response = signed_in.post(
        at("defect_edit", plan, defect.pk), form_of(other_unit, title="改過的名稱")
    )

    assert response.status_code == 302
    defect.refresh_from_db()
    assert defect.title == "改過的名稱"
    assert defect.targets.count() == 2


def test_an_edit_on_an_old_version_shows_both(signed_in, plan, unit):
    defect = opened(plan, unit)
    url = at("defect_edit", plan, defect.pk)
    signed_in.post(url, form_of(unit, title="先存的名稱"))

    late = signed_in.post(url, form_of(unit, title="後存的名稱"))

    assert late.status_code == 409
    assert "先存的名稱" in said(late)
    assert "後存的名稱" in said(late)
    assert 'name="version" value="2"' in said(late)


def test_readers_see_no_form(client, plan, target):
    client.force_login(make_member(plan.office, Role.READER).user)

    html = html_of(client.get(target.defect.get_absolute_url()))

    assert 'name="text"' not in html
    assert "編輯" not in html


def test_the_list_is_filtered_by_its_address(signed_in, plan, unit, other_unit, writer):
    opened(plan, unit, title="逾期的")
    answered(part(plan, unit, title="請求的", due_on=EARLY), by=writer, asks=True)
    opened(plan, other_unit, title="建議的", kind="advice", due_on=EARLY)
    url = at("defects", plan)

    def shown(query):
        return titles(html_of(signed_in.get(f"{url}?{query}")))

    assert shown("") == ["逾期的", "請求的", "建議的"]
    assert shown("state=asked") == ["請求的"]
    assert shown("kind=advice") == ["建議的"]
    assert shown(f"unit={unit.pk}&overdue=on") == ["逾期的"]
    assert shown("state=released") == []
    assert shown("state=%00&unit=x&kind=9&overdue=") == shown("")


def test_overdue_is_a_word_and_a_sign(signed_in, plan, unit):
    opened(plan, unit)

    html = html_of(signed_in.get(at("defects", plan)))

    assert '<span aria-hidden="true">▲</span> 逾期</span>' in html
    assert "逾期未解列 <strong>1</strong>" in html


def test_an_empty_list_says_what_it_is_for(signed_in, plan):
    assert "還沒有列管的查核缺失" in html_of(signed_in.get(at("defects", plan)))


def test_hostile_words_are_escaped_everywhere(signed_in, plan, unit, by):
    target = part(plan, unit, title=HOSTILE, text=HOSTILE, source=HOSTILE)
    answered(target, f"{HOSTILE}已經完成的事", by=by)

    for name, *args in (("defects",), ("defect", target.defect.pk), ("defect_report",)):
        html = html_of(signed_in.get(at(name, plan, *args)))
        assert HOSTILE not in html
        assert "&lt;img" in html


def test_ones_overdue_defects_stand_on_the_first_page(
    client, plan, unit, other_unit, writer, by
):
    opened(plan, unit, title="民政的")
    opened(plan, other_unit, title="社會的")
    opened(plan, unit, title="還早的", due_on=EARLY)
    released(part(plan, unit, title="解列的"), by=by)
    opened(make_plan(make_office("遠方機關")), unit, title="別處的")

    def mine(user):
        client.force_login(user)
        html = html_of(client.get(reverse("schedule:my_items")))
        return re.findall(r"#t\d+\">第 \d+ 案 ([^<]*)</a>", html)

    reader = make_member(plan.office, Role.READER, unit=unit).user
    assert mine(writer.user) == ["民政的"]
    assert mine(by.user) == ["民政的", "社會的"]
    assert mine(reader) == []


def test_the_report_is_shown_for_a_quarter_with_and_without_names(
    signed_in, plan, unit, by
):
    answered(part(plan, unit), by=by)
    url = at("defect_report", plan)
    name = str(by.user)

    inside = html_of(signed_in.get(url))
    outside = html_of(signed_in.get(f"{url}?edition=open&quarter=114q3"))
    before = html_of(signed_in.get(f"{url}?quarter=114q2"))

    assert f"114/9/10 {name}：{DID}" in inside
    assert f"114/9/10：{DID}" in outside
    assert "part=defects-114q3.open" in outside
    assert "本季沒有列管的查核缺失" in before


@pytest.mark.parametrize(
    ("edition", "told"), [("", "承辦人等姓名"), (".open", "不印姓名")]
)
def test_the_trail_tells_whether_names_were_taken_along(signed_in, plan, edition, told):
    signed_in.post(
        reverse("plans:export_start", args=[plan.pk]),
        {"part": f"defects-114q3{edition}"},
    )

    details = AuditEvent.objects.get(act=Act.PDF_REQUESTED).details
    assert details["個人資料"] == told
    assert details["範圍"].startswith("114年第3季查核缺失追蹤表")


def test_printing_leads_back_to_the_report(signed_in, plan):
    url = f"{reverse('plans:export', args=[plan.pk])}?part=defects-114q3.open"

    html = html_of(signed_in.get(url))

    assert "quarter=114q3&amp;edition=open" in html
    assert "核定版本" not in html


@pytest.mark.parametrize("count", [1, 4])
@pytest.mark.parametrize(
    ("name", "queries"), [("defects", 5), ("defect", 6), ("defect_edit", 8)]
)
def test_more_cost_no_more_queries(
    signed_in,
    plan,
    unit,
    other_unit,
    by,
    count,
    name,
    queries,
    django_assert_num_queries,
):
    for number in range(count):
        defect = opened(plan, unit, other_unit, by=by, title=f"第{number}件")
        for target in defect.targets.all()[:count]:
            answered(target, by=by)
    args = [] if name == "defects" else [defect.pk]

    with django_assert_num_queries(queries):
        html_of(signed_in.get(at(name, plan, *args)))


def test_every_part_has_a_place_of_its_own(signed_in, plan, unit, other_unit):
    defect = opened(plan, unit, other_unit)

    html = html_of(signed_in.get(defect.get_absolute_url()))

    for target in DefectTarget.objects.all():
        assert html.count(f'id="t{target.pk}"') == 1
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_all_mistakes_are_told_at_once(signed_in, plan, unit):
    response = signed_in.post(
        at("defect_create", plan), form_of(unit, title="", source="", due_on="")
    )

    for problem in ("一句話寫出缺失名稱", "哪一次查核", "或填寫上面的共同期限"):
        assert problem in said(response)
