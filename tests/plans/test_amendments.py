"""修正對照表: what is compared, the 說明 of its rows, and its papers."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offices.models import Role
from plans.amending import Asked, StaleNote, amendment_of, save_note, stamp_of
from plans.documents.comparison.amendment import Unchanged
from plans.documents.model import tables
from plans.editing import add_block, save_block
from plans.exports import finished_export, make_export, request_export
from plans.freezing import ALTERED
from plans.models import AmendmentNote, Plan, State
from plans.removal import delete_block
from plans.versions import Pair
from tests.factories import make_member, make_plan, make_point, make_user
from tests.plans.approved import alter, approve_as_it_is, text_of
from tests.plans.requests import HTMX, at

pytestmark = pytest.mark.django_db


@pytest.fixture
def amended(plan):
    """One point reworded, one deleted, one added since version 1; one as it was."""
    plan.kept = make_point(plan, "計畫依據")
    plan.point = make_point(plan, "計畫目標", body="每年檢討一次。")
    plan.gone = make_point(plan, "附則")
    plan.approval = approve_as_it_is(plan)
    by = make_user()
    save_block(plan.point, version=1, heading="計畫目標", body="每季檢討一次。", by=by)
    delete_block(plan.gone, by=by)
    plan.new = add_block(plan, kind="point", by=by, heading="考核")
    plan.refresh_from_db()
    plan.pair = f"v{plan.approval.pk}-now"
    plan.key = f"b{plan.point.pk}"
    return plan


def table(client, plan, name="", **kwargs):
    return text_of(client.get(at("amendments", plan, name or plan.pair), **kwargs))


def typed(plan, text, *, version=0, key=""):
    return {"key": key or plan.key, "text": text, "version": version}


def send(client, plan, data, **headers):
    return client.post(at("amendment_note", plan, plan.pair), data, headers=headers)


@given(
    old=st.integers(1, 10**9),
    new=st.none() | st.integers(1, 10**9),
    say=st.booleans(),
    law=st.booleans(),
)
def test_the_name_of_a_comparison_reads_back(old, new, say, law):
    pair = Pair(f"v{old}", f"v{new}" if new else "now")
    asked = Asked(pair, Unchanged.SAY if say else Unchanged.OMIT, law)

    assert Asked.parse(asked.name) == (asked if pair.old != pair.new else None)


@pytest.mark.parametrize("name", ["", "v1", "now-now", "v1-v1", "v1-now.x", "v01-now"])
def test_what_names_no_comparison(name):
    assert Asked.parse(name) is None


def test_old_and_new_stand_side_by_side(client, amended, writer):
    page = table(client, amended)

    assert "<ins>季</ins>" in page
    assert "<del>年</del>" in page
    assert "（刪除）" in page
    assert "計畫依據" not in page
    assert page.index("計畫目標") < page.index("考核")


def test_points_that_stay_are_listed_where_asked_for(client, amended, writer):
    page = table(client, amended, f"{amended.pair}.say.law")

    assert "計畫依據" in page
    assert "修正條文" in page


def test_the_comparison_of_two_versions_does_not_see_the_draft(client, amended, writer):
    second = approve_as_it_is(amended)
    save_block(
        amended.blocks.get(pk=amended.kept.pk),
        version=1,
        heading="後來的文字",
        body="",
        by=writer,
    )

    page = table(client, amended, f"v{amended.approval.pk}-v{second.pk}")

    assert "季" in page
    assert "後來的文字" not in page


def test_the_plan_of_last_year_is_a_side_too(client, plan, writer):
    plan.source = make_plan(plan.office, year=113)
    plan.save()
    make_point(plan, "今年新增")

    chooser = text_of(client.get(at("compare", plan)))
    page = table(client, plan, "last-now")
    start = client.post(at("export_start", plan), {"part": "last-now"})

    assert "113年度的計畫" in chooser
    assert at("amendments", plan, "last-now") in chooser
    assert "今年新增</ins>" in page
    assert start.status_code == 302


def test_without_last_year_there_is_no_such_side(client, plan, writer):
    assert client.get(at("amendments", plan, "last-now")).status_code == 404
    assert client.get(at("export", plan), {"part": "last-now"}).status_code == 404


def test_an_altered_side_is_not_compared(client, amended, writer):
    alter(amended.approval)

    page = table(client, amended)

    assert ALTERED in page
    assert "修正規定</th>" not in page


@pytest.mark.parametrize("name", ["v999-now", "x-now", "v1-v1"])
def test_a_side_that_is_not_there_is_not_found(client, amended, writer, name):
    assert client.get(at("amendments", amended, name)).status_code == 404


def test_a_version_of_another_plan_is_not_compared(client, amended, writer):
    other = make_plan(amended.office)

    assert client.get(at("amendments", other, amended.pair)).status_code == 404


@pytest.mark.parametrize("points", [1, 12])
def test_the_table_costs_the_same_for_any_size(
    client, amended, writer, points, django_assert_num_queries
):
    for _ in range(points):
        add_block(amended, kind="point", by=writer, heading="新增")
    save_note(
        amended, Pair.parse(amended.pair), amended.key, text="甲", version=0, by=writer
    )

    # session, person, plan; version, notes, names of the sides, roles; and five for
    # the plan's own text and those of its control table
    with django_assert_num_queries(12):
        client.get(at("amendments", amended, amended.pair))


def test_a_row_says_by_itself_what_happened(client, amended, writer):
    assert "本點新增" in table(client, amended)


def test_a_typed_reason_takes_the_place_of_the_own_words(client, amended, writer):
    response = send(client, amended, typed(amended, "配合人力調整。"))

    assert response.url == f"{at('amendments', amended, amended.pair)}#at-{amended.key}"
    assert "配合人力調整。" in table(client, amended)
    note = amended.amendment_notes.get()
    assert (note.key, note.version, note.by) == (amended.key, 1, writer)


def test_htmx_gets_the_cell_alone(client, amended, writer):
    response = send(client, amended, typed(amended, "配合人力調整。"), **HTMX)

    cell = text_of(response)
    assert cell.startswith('<div class="note"')
    assert "已儲存" in cell
    assert 'value="1"' in cell


def test_an_emptied_reason_gives_the_own_words_back(client, amended, writer):
    key = f"b{amended.new.pk}"
    send(client, amended, typed(amended, "新的要求。", key=key))

    send(client, amended, typed(amended, "", key=key, version=1))

    page = table(client, amended)
    assert "新的要求。" not in page
    assert "本點新增" in page


def test_own_words_sent_back_are_not_kept_as_typed(client, amended, writer):
    asked = Asked.parse(amended.pair)
    assert asked
    amendment = amendment_of(amended, asked)
    assert amendment
    rows = next(tables(amendment.untold)).rows
    row = next(row for row in rows if row.id == amended.key)
    words = "\n".join(line.text for line in row.cells[2].lines)

    send(client, amended, typed(amended, words))

    assert not AmendmentNote.objects.exclude(text="").exists()


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_conflict_shows_both_and_loses_neither(client, amended, writer, headers):
    colleague = make_user(full_name="許先到")
    pair = Pair.parse(amended.pair)
    save_note(amended, pair, amended.key, text="他的話。", version=0, by=colleague)

    response = send(client, amended, typed(amended, "我的話。"), **headers)

    page = text_of(response)
    assert response.status_code == 409
    assert "許先到" in page
    assert "他的話。" in page
    assert "我的話。" in page
    assert amended.amendment_notes.get().text == "他的話。"
    again = send(client, amended, typed(amended, "我的話。", version=1), **headers)
    assert again.status_code in {200, 302}
    assert amended.amendment_notes.get().text == "我的話。"


def test_saving_the_same_twice_is_no_conflict(amended, writer):
    pair = Pair.parse(amended.pair)

    for _ in range(2):
        save_note(amended, pair, amended.key, text="甲", version=0, by=writer)

    assert amended.amendment_notes.get().version == 1


def test_a_late_save_is_stale(amended, writer):
    pair = Pair.parse(amended.pair)
    save_note(amended, pair, amended.key, text="甲", version=0, by=writer)

    with pytest.raises(StaleNote):
        save_note(amended, pair, amended.key, text="乙", version=0, by=writer)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"text": "長" * 2001}, "說明最多 2000 字"),
        ({"version": "x"}, "我的話"),
    ],
)
def test_what_cannot_be_saved_stays_in_the_form(client, amended, writer, data, said):
    response = send(client, amended, typed(amended, "我的話") | data)

    assert response.status_code == 422
    assert said in text_of(response)


def test_a_reason_for_what_is_not_in_the_table_is_refused(client, amended, writer):
    for key in ("b999999", f"b{amended.kept.pk}", "\x00"):
        assert send(client, amended, typed(amended, "甲", key=key)).status_code == 404


def test_readers_see_no_forms_and_save_nothing(client, amended):
    client.force_login(make_member(amended.office, Role.READER).user)

    assert "編寫說明" not in table(client, amended)
    assert send(client, amended, typed(amended, "甲")).status_code == 403


def test_a_submitted_plan_can_still_be_explained(client, amended, writer):
    Plan.objects.update(state=State.SUBMITTED)

    assert send(client, amended, typed(amended, "甲")).status_code == 302


def test_the_chooser_proposes_the_last_version_and_now(client, amended, writer):
    page = text_of(client.get(at("compare", amended)))

    assert at("amendments", amended, amended.pair) in page
    assert "增 <strong>1</strong>" in page
    assert "刪 <strong>1</strong>" in page
    assert "改 <strong>1</strong>" in page


def test_the_chooser_compares_what_is_chosen(client, amended, writer):
    second = approve_as_it_is(amended)
    chosen = {"old": f"v{amended.approval.pk}", "new": f"v{second.pk}"}

    page = text_of(client.get(at("compare", amended), chosen))

    assert at("amendments", amended, "{old}-{new}".format(**chosen)) in page


@pytest.mark.parametrize(
    "chosen", [{"old": "now", "new": "now"}, {"old": "v999", "new": "now"}, {"old": ""}]
)
def test_a_wrong_choice_is_told(client, amended, writer, chosen):
    response = client.get(at("compare", amended), chosen)

    assert response.status_code == 422
    assert "invalid-feedback" in text_of(response)


def test_before_the_first_version_there_is_nothing_to_compare(client, plan, writer):
    assert "沒有可以比較的對象" in text_of(client.get(at("compare", plan)))


def test_without_a_difference_it_says_so(client, plan, writer):
    make_point(plan)
    approve_as_it_is(plan)

    assert "兩份內容相同" in text_of(client.get(at("compare", plan)))


def test_the_table_is_downloaded_as_data(client, amended, writer):
    response = client.get(at("amendment_file", amended, amended.pair))

    data = json.loads(response.content)
    heads = [column["name"] for column in data["annexes"][0]["children"][0]["columns"]]
    assert heads == ["修正規定", "現行規定", "說明"]
    assert response["Content-Disposition"].startswith("attachment")


@pytest.fixture
def printed(django_capture_on_commit_callbacks):
    def make(plan):
        plan.refresh_from_db()
        with django_capture_on_commit_callbacks(execute=True):
            request_export(plan, plan.pair)
        with django_capture_on_commit_callbacks(execute=True):
            return finished_export(Plan.objects.get(pk=plan.pk), plan.pair)

    return make


def test_a_changed_reason_needs_a_new_pdf(amended, writer, printed):
    pair = Pair.parse(amended.pair)
    before = printed(amended)

    save_note(amended, pair, amended.key, text="配合人力。", version=0, by=writer)

    assert finished_export(amended, amended.pair) is None
    after = printed(amended)
    assert after.digest != before.digest
    storage = after.file.storage
    assert storage.listdir("exports")[1] == [after.file.name.removeprefix("exports/")]


def test_a_job_prints_the_reasons_of_the_moment_it_is_done(amended, writer):
    pair = Pair.parse(amended.pair)
    export = request_export(amended, amended.pair)
    save_note(amended, pair, amended.key, text="配合人力。", version=0, by=writer)

    make_export.call(export.pk)

    assert finished_export(amended, amended.pair) == export


def test_reasons_that_are_the_same_again_need_none(amended, writer):
    pair = Pair.parse(amended.pair)
    nothing = stamp_of(amended, pair)
    note = save_note(amended, pair, amended.key, text="甲", version=0, by=writer)

    changed = stamp_of(amended, pair)
    save_note(amended, pair, amended.key, text="", version=note.version, by=writer)

    assert nothing == ""
    assert changed
    assert stamp_of(amended, pair) == nothing


def test_a_changed_draft_needs_a_new_pdf(amended, writer, printed):
    printed(amended)

    add_block(amended, kind="point", by=writer, heading="新增")

    amended.refresh_from_db()
    assert finished_export(amended, amended.pair) is None


def test_the_pdf_of_two_versions_outlives_later_editions(amended, writer, printed):
    second = approve_as_it_is(amended)
    amended.pair = f"v{amended.approval.pk}-v{second.pk}"
    printed(amended)

    add_block(amended, kind="point", by=writer, heading="新增")

    amended.refresh_from_db()
    assert finished_export(amended, amended.pair) is not None
