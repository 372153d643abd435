"""The quarterly report: what it lists, as it stood then, with names or without."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.exports import finished_export, request_export
from plans.paper_sources import is_of_plan, paper_source_of
from schedule.defects.papers import Asked, cases_of, report_of
from schedule.defects.quarters import Quarter
from schedule.defects.report import NOTHING, Case, Names, Part, report, rounds_of
from schedule.defects.rounds import Entry, EntryKind
from tests.schedule.defects.making import answered, opened, released

OFFICE = "明山市河西區公所"
Q3 = Quarter(114, 3)
OPENED = Entry(EntryKind.OPENED, date(2025, 7, 1), due_on=date(2025, 8, 1))
ASKS = Entry(
    EntryKind.ANSWER, date(2025, 7, 20), "補簽完成", "林一樹", 100, wants_release=True
)
BACK = Entry(EntryKind.RETURNED, date(2025, 7, 22), "請林一樹附照片", "谷研考")
DONE = Entry(EntryKind.RELEASED, date(2025, 10, 3), "同意")
CASE = Case(
    3,
    "缺失",
    "盤點表沒有簽名",
    "兩處\n都沒有",
    "第2季查核，研考",
    date(2025, 7, 1),
    (Part("民政課", (OPENED, ASKS, BACK), "林一樹"),),
)


def case(*entries, **more):
    return replace(CASE, parts=(Part("民政課", (OPENED, *entries), "林一樹"),), **more)


def table_of(document):
    return document.annexes[0].children[0]


def texts(document):
    """The rows as texts of cells; None for joined ones."""
    return [
        [
            None if cell.joined else "\n".join(line.text for line in cell.lines)
            for cell in row.cells
        ]
        for row in table_of(document).rows
    ]


def printed(*cases, quarter=Q3, today=date(2026, 1, 1), **kwargs):
    return report(OFFICE, cases, quarter, today, **kwargs)


def test_a_row_tells_all_of_a_round():
    document = printed(CASE)

    assert document.annexes[0].title == f"{OFFICE}114年第3季查核缺失追蹤表"
    assert document.annexes[0].landscape
    assert texts(document) == [
        [
            "3",
            "【缺失】盤點表沒有簽名\n兩處\n都沒有\n（第2季查核，研考，114/7/1）",
            "民政課\n（林一樹）",
            "114/8/1",
            "114/7/20 林一樹（完成 100%）：補簽完成",
            "114/7/22 退回：請林一樹附照片",
            "○待處理\n▲逾期 60 日",
        ]
    ]


def test_rounds_and_units_are_joined_under_their_case():
    second = Part("社會課", (OPENED,))
    again = Entry(EntryKind.ANSWER, date(2025, 8, 2), "照片已附", "林一樹")
    first = Part("民政課", (OPENED, ASKS, BACK, again), "林一樹")

    rows = texts(printed(replace(CASE, parts=(first, second))))

    joined = [[text is None for text in row] for row in rows]
    assert joined == [
        [False] * 7,
        [True, True, True, True, False, False, True],
        [True, True, False, False, False, False, False],
    ]
    assert rows[1][4:6] == ["114/8/2 林一樹：照片已附", ""]


def test_a_past_quarter_stays_as_it_stood():
    during = printed(case(ASKS, BACK))
    after = printed(case(ASKS, BACK, DONE))

    assert during == after


def test_what_was_released_before_the_quarter_is_not_listed():
    over = case(ASKS, DONE)

    assert "●已解列\n114/10/3" in texts(printed(over, quarter=Quarter(114, 4)))[0][6]
    assert texts(printed(over, quarter=Quarter(115, 1))) == []


def test_what_was_found_later_is_not_listed():
    document = printed(CASE, quarter=Quarter(114, 2))

    assert texts(document) == []
    assert table_of(document).note == f"{NOTHING}（統計至 114/6/30）"


def test_the_current_quarter_is_told_as_of_today():
    note = table_of(printed(CASE, today=date(2025, 7, 21))).note

    assert note.startswith("統計至 114/7/21：列管 1 案，依課室計 1 件")
    assert "待解列 1 件" in note


def test_the_public_edition_names_nobody_of_the_office():
    names = Names.without({"林一樹", "林一", "谷研考", ""})

    words = "".join(
        text or "" for row in texts(printed(CASE, names=names)) for text in row
    )

    assert "林一樹" not in words
    assert "谷研考" not in words
    assert "請林○○附照片" in words
    assert "114/7/20（完成 100%）：補簽完成" in words


KINDS = st.sampled_from([kind for kind in EntryKind if kind is not EntryKind.OPENED])
ENTRIES = st.lists(st.builds(Entry, KINDS, st.just(date(2025, 7, 2)), st.text()))


@given(ENTRIES)
def test_every_entry_stands_in_one_round_in_its_order(entries):
    rounds = rounds_of([OPENED, *entries])

    assert [e for answers, opinions in rounds for e in (*answers, *opinions)] == entries
    assert all(len(answers) <= 1 for answers, _ in rounds)


@given(st.lists(ENTRIES, max_size=5))
def test_the_states_sum_to_the_parts(parts):
    cases = [case(*entries, number=n) for n, entries in enumerate(parts, 1)]

    note = table_of(printed(*cases)).note

    counts = [int(w) for w in note.replace("：", " ").split() if w.isdigit()]
    if not parts:
        assert note.startswith(NOTHING)
    else:
        listed, total, *by_state, overdue = counts
        assert listed == total == len(parts) == sum(by_state)
        assert overdue <= total


@pytest.mark.parametrize("asked", [Asked(Q3), Asked(Q3, is_open=True)])
def test_a_report_is_named_and_read_back(asked):
    assert Asked.parse(asked.name) == asked
    assert not is_of_plan(asked.name)


@pytest.mark.parametrize(
    "name", ["", "defects-114q9", "defects-114q3.shut", "v1", "defects-114q3.open.open"]
)
def test_what_names_no_report(name):
    assert Asked.parse(name) is None


@pytest.mark.django_db
def test_the_database_tells_the_same_cases(plan, unit, other_unit, by, writer):
    defect = opened(plan, unit, other_unit, by=by)
    answered(defect.targets.first(), by=writer)

    (found,) = cases_of(plan)

    assert [one.unit for one in found.parts] == ["民政課", "社會課"]
    assert [entry.kind for entry in found.parts[0].entries] == ["opened", "answer"]
    assert found.parts[0].entries[0].on == found.found_on


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 4])
def test_more_defects_cost_no_more_queries(
    plan, unit, by, count, django_assert_num_queries
):
    for number in range(count):
        opened(plan, unit, by=by, title=f"第{number}件")

    with django_assert_num_queries(4):
        report_of(plan, Asked(Q3, is_open=True))


@pytest.mark.django_db
def test_the_pdf_is_made_once_and_again_after_a_change(
    plan, unit, by, writer, django_capture_on_commit_callbacks
):
    target = opened(plan, unit, by=by).targets.get()
    name = Asked(Q3).name

    with django_capture_on_commit_callbacks(execute=True):
        request_export(plan, name)
    first = finished_export(plan, name)
    assert first is not None
    assert request_export(plan, name).pk == first.pk

    released(target, by=writer)
    assert finished_export(plan, name) is None
    with django_capture_on_commit_callbacks(execute=True):
        request_export(plan, name)
    again = finished_export(plan, name)
    assert again
    assert again.digest != first.digest
    plan.refresh_from_db()
    assert plan.edition == 1


@pytest.mark.django_db
def test_a_quarter_to_come_is_no_paper(plan):
    assert paper_source_of(plan, "defects-114q3") is not None
    assert paper_source_of(plan, "defects-114q4") is None
