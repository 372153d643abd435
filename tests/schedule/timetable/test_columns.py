"""Which column holds what, by the names that offices give them."""

import pytest

from plans.documents.model import Column, Table
from plans.readers.heads import kind_of
from schedule.timetable.columns import control_columns

MONTHS = tuple(f"{month}月" for month in range(1, 13))


def places(*names, months=MONTHS):
    """The columns found in a table with these heads; None for another table."""
    heads = tuple(Column(name, kind=kind_of(name)) for name in (*names, *months))
    return control_columns(Table(heads, ()))


def test_the_usual_heads_of_an_annex():
    found = places(
        "項次", "課室", "工作名稱（配分／承辦人）", "考核指標", "查核方式（月份）"
    )

    assert (found.number, found.unit, found.name) == (0, 1, 2)
    assert (found.indicators, found.method) == (3, 4)
    assert (found.points, found.owners, found.weight, found.note) == (-1,) * 4
    assert found.months == {month: month + 4 for month in range(1, 13)}


def test_points_owners_weights_and_notes_in_columns_of_their_own():
    found = places(
        "編號",
        "主辦單位",
        "工作項目",
        "指標",
        "權重",
        "辦理方式",
        "配分",
        "承辦人",
        "備註",
    )

    assert (found.number, found.unit, found.name) == (0, 1, 2)
    assert (found.indicators, found.weight, found.method) == (3, 4, 5)
    assert (found.points, found.owners, found.note) == (6, 7, 8)
    assert found.unread == ()


@pytest.mark.parametrize(
    ("names", "name", "indicators"),
    [
        (("重點工作項目", "考核指標"), 0, 1),
        (("工作項目", "工作重點"), 0, 1),
        (("業務", "評分標準"), 0, 1),
        (("內容", "考核指標"), 0, 1),
    ],
)
def test_name_and_indicators_are_told_apart(names, name, indicators):
    found = places(*names)

    assert (found.name, found.indicators) == (name, indicators)


@pytest.mark.parametrize(
    "head", ["考核方式", "查核方法", "查核時間（月份）", "辦理期程", "完成期限"]
)
def test_the_method_goes_by_many_names(head):
    assert places("項目", head).method == 1


def test_a_method_is_preferred_to_a_time():
    found = places("項目", "辦理期程", "考核方式")

    assert (found.method, found.unread) == (2, (1,))


def test_a_number_column_with_gaps_is_still_no_name():
    heads = (Column("項次"), Column("內容"), *(Column(month) for month in MONTHS))

    found = control_columns(Table(heads, ()))

    assert found is not None
    assert (found.number, found.name) == (0, 1)


@pytest.mark.parametrize(
    ("names", "months"),
    [(("項目", "方式"), MONTHS[:5]), ((), MONTHS), (("項次", "課室"), MONTHS)],
)
def test_a_table_without_months_or_names_is_another(names, months):
    assert places(*names, months=months) is None
