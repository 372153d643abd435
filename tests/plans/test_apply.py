"""apply: a Document becomes rows, and compose gives the same Document back."""

from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plans.apply import UnfitDocumentError, apply
from plans.compose import compose
from plans.documents.cells import mark_lines, read_lines, write_lines
from plans.documents.model import (
    Annex,
    Cell,
    Column,
    ColumnKind,
    DigitMark,
    Document,
    NumberingStyle,
    Paragraph,
    Point,
    Row,
    Table,
    tables,
)
from plans.models import Block, Plan
from tests.factories import make_office, make_user
from tests.plans.documents.strategies import documents, styles, typed_cells

pytestmark = pytest.mark.django_db


def without_ids(value):
    """The same value with every id emptied."""
    if isinstance(value, tuple):
        return tuple(without_ids(item) for item in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    named = {f.name: without_ids(getattr(value, f.name)) for f in fields(value)}
    return replace(value, **(named | ({"id": ""} if "id" in named else {})))


def apply_as_it_is(document, office=None, by=None):
    office = office or make_office(document.office)
    return apply(
        document, office=office, year=document.year, title=document.title, by=by
    )


def document_of(*children: Any, **kwargs: Any) -> Document:
    return Document("明山市政服務中心", 114, "服務計畫", children, **kwargs)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(document=documents())
def test_compose_gives_back_what_was_applied(document):
    plan = apply_as_it_is(document)

    composed = compose(Plan.objects.get(pk=plan.pk))

    assert without_ids(composed) == document


@given(typed=typed_cells, style=styles, continues=st.booleans())
def test_written_lines_are_read_back_as_they_were(typed, style, continues):
    lines = read_lines(typed, continues=continues)

    written = write_lines(mark_lines(lines, style))

    assert read_lines(written, continues=continues) == lines


def test_a_number_with_a_dot_keeps_its_distance_from_digits():
    lines = read_lines("1、65歲以上長者")

    written = write_lines(mark_lines(lines, NumberingStyle(digit_mark=DigitMark.DOT)))

    assert written == "1. 65歲以上長者"


def test_apply_takes_office_year_and_title_from_its_caller():
    office = make_office("青河市戶政中心")

    plan = apply(document_of(), office=office, year=115, title="新名稱", by=None)

    assert (plan.office, plan.year, plan.title) == (office, 115, "新名稱")


def test_apply_keeps_the_history_of_every_row_with_its_author():
    user = make_user()
    table = Table((Column("項目"),), (Row((Cell(read_lines("甲")),)),))

    plan = apply_as_it_is(document_of(Point(1, "依據", "", (table,))), by=user)

    histories = [
        plan.history,
        *(block.history for block in plan.blocks.all()),
        plan.blocks.get(kind="table").columns.get().history,
        plan.blocks.get(kind="table").rows.get().history,
    ]
    assert plan.created_by == user
    assert [history.count() for history in histories] == [1] * 5
    assert {history.get().history_user for history in histories[1:]} == {user}


def test_cross_references_name_the_new_rows():
    later = Point(1, "目標", id="b90")
    table = Table((Column("項目"),), (Row((Cell(read_lines("見[[b90]]")),)),))
    earlier = Point(1, "依據", "詳[[b90]]及[[b91]]", (table,), id="b7")

    composed = compose(apply_as_it_is(document_of(earlier, later)))

    first, second = composed.children
    table = next(tables(composed))
    assert isinstance(first, Point)
    assert first.body == f"詳[[{second.id}]]及[[b91]]"
    assert table.rows[0].cells[0].lines[0].text == f"見[[{second.id}]]"


def test_numbers_of_a_number_column_stay_as_typed():
    head = (Column("項次", kind=ColumnKind.NUMBER), Column("名稱"))
    row = Row((Cell(), Cell(read_lines("防災"))))

    composed = compose(apply_as_it_is(document_of(Table(head, (row,)))))

    assert next(tables(composed)).rows[0].cells[0] == Cell()


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (
            document_of(Point(2, "甲", "", (Point(2, "乙"),))),
            "「乙」的層級必須比上一層深",
        ),
        (document_of(Point(9, "太深")), "「太深」的層級必須比上一層深"),
        (
            document_of(Table((Column("一"), Column("二")), (Row((Cell(),)),), "表")),
            "表格「表」第 1 列有 1 格，但表頭有 2 欄",
        ),
        (document_of(Table((Column("欄" * 81),), ())), "欄名最多 80 字"),
        (document_of(annexes=(Annex("附" * 21),)), "附件編號最多 20 字"),
        (document_of(running_head="頁" * 81), "頁首文字最多 80 字"),
    ],
)
def test_what_does_not_fit_is_refused_as_a_whole(document, message):
    with pytest.raises(UnfitDocumentError, match=message):
        apply_as_it_is(document)

    assert not Plan.objects.exists()
    assert not Block.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_apply_needs_as_many_queries_for_one_as_for_many(
    count, django_assert_num_queries
):
    row = Row((Cell(read_lines("內容")),))
    table = Table((Column("項目"),), (row,) * count)
    child = Point(2, "二", "", (table, Paragraph("文字")) * count)
    document = document_of(*(Point(1, "一", "", (child,) * count),) * count)
    office = make_office()

    with django_assert_num_queries(14):
        apply_as_it_is(document, office)
