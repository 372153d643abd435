"""Several cells pasted into a table, first shown and then written."""

import pytest
from django.urls import reverse

from offices.models import Role
from plans.documents.model import RowKind
from plans.documents.pasted import read_cells
from plans.tables.paste import paste_cells, preview_paste
from plans.tables.rows import set_row_kind
from plans.tree import Refused
from tests.factories import make_member, make_plan, make_table, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return make_plan()


@pytest.fixture
def table(plan):
    table = make_table(
        plan, ("要領", "策略", "方法"), [("甲", "一", "子"), (None, "二", "丑")]
    )
    table.columns.filter(position=0).update(joins_down=True)
    return table


@pytest.fixture
def writer(plan, client):
    user = make_member(plan.office, Role.OWNER).user
    client.force_login(user)
    return user


def texts_of(table):
    keys = [str(pk) for pk in table.columns.values_list("pk", flat=True)]
    return [
        tuple(
            None if cell.get("joined") else cell.get("text", "")
            for cell in (row.cells.get(key, {}) for key in keys)
        )
        for row in table.rows.all()
    ]


def paste(table, text, row, column, by=None):
    return paste_cells(
        table,
        cells=read_cells(text),
        row=table.rows.filter(position=row).first(),
        column=table.columns.get(position=column),
        by=by or make_user(),
    )


def test_cells_fill_rightward_and_downward(table):
    added = paste(table, "X\tY\nZ\tW", row=0, column=1)

    assert added == 0
    assert texts_of(table) == [("甲", "X", "Y"), (None, "Z", "W")]


def test_rows_are_added_where_the_table_ends(table):
    added = paste(table, "三\n四\n五", row=1, column=1)

    assert added == 2
    assert texts_of(table)[1:] == [
        (None, "三", "丑"),
        (None, "四", ""),
        (None, "五", ""),
    ]


def test_empty_cells_of_new_rows_join_where_the_column_does(table):
    paste(table, "乙\t三\n\t四\n丙\t五", row=9, column=0)

    assert texts_of(table)[2:] == [("乙", "三", ""), (None, "四", ""), ("丙", "五", "")]


def test_a_joined_cell_takes_a_text_but_no_emptiness(table):
    paste(table, "\n新", row=0, column=0)

    assert texts_of(table) == [("", "一", "子"), ("新", "二", "丑")]


def test_text_over_a_wide_cell_is_kept_in_it(table):
    user = make_user()
    row = table.rows.first()
    first = table.columns.first()
    table.rows.filter(pk=row.pk).update(cells={str(first.pk): {"text": "業務費"}})
    set_row_kind(row, kind=RowKind.GROUP, by=user)

    paste(table, "印刷", row=0, column=1, by=user)

    row.refresh_from_db()
    assert row.cells == {str(first.pk): {"text": "業務費\n印刷", "span": 3}}


def test_too_many_columns_are_refused(table):
    with pytest.raises(Refused, match="有 2 欄，但從「方法」起只剩 1 欄"):
        paste(table, "X\tY", row=0, column=2)

    assert texts_of(table)[0] == ("甲", "一", "子")


def test_too_long_a_table_is_refused(table, monkeypatch):
    monkeypatch.setattr("plans.tables.paste.MOST_ROWS", 3)

    with pytest.raises(Refused, match="超過 3 列"):
        paste(table, "X\nY", row=9, column=0)


def test_the_preview_tells_new_and_old_and_stores_nothing(table):
    rows = preview_paste(
        table,
        cells=read_cells("X\nY"),
        row=table.rows.get(position=1),
        column=table.columns.get(position=1),
        by=make_user(),
    )

    assert [(row.number, row.is_new, row.cells[1]) for row in rows] == [
        (2, False, ("X", "二")),
        (3, True, ("Y", "")),
    ]
    assert table.rows.count() == 2


def url_of(table):
    return reverse("plans:table_paste", args=[table.plan_id, table.pk])


def sent(table, text, **more):
    row, column = table.rows.first(), table.columns.get(position=1)
    return {"row": row.pk, "column": column.pk, "text": text, **more}


def test_pasting_is_shown_first_and_then_confirmed(client, table, writer):
    preview = client.post(url_of(table), sent(table, "X\tY"))
    page = preview.content.decode()
    assert "<del>一</del>" in page
    assert texts_of(table)[0] == ("甲", "一", "子")
    table.plan.refresh_from_db()

    response = client.post(
        url_of(table),
        sent(table, "X\tY", confirm="1", edition=table.plan.edition),
    )

    assert response.status_code == 302
    assert texts_of(table)[0] == ("甲", "X", "Y")


def test_a_change_in_between_is_shown_again_before_writing(client, table, writer):
    old = table.plan.edition
    table.plan.touch()

    response = client.post(url_of(table), sent(table, "X", confirm="1", edition=old))

    assert "請再看一次預覽" in response.content.decode()
    assert texts_of(table)[0][1] == "一"


def test_the_open_row_is_saved_before_pasting_into_it(client, table, writer):
    row, third = table.rows.first(), table.columns.get(position=2)

    client.post(
        url_of(table),
        sent(table, "X\tY", version=row.version, **{f"c{third.pk}-text": "剛打的"}),
    )

    assert texts_of(table)[0][2] == "剛打的"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("甲\n" * 10_000, "10,000 列"),
        ("字" * 400_000, "請分幾次貼"),
        ("", "請先貼上"),
        ("甲\t乙\t丙", "只剩 2 欄"),
    ],
)
def test_what_cannot_be_pasted_is_said(client, table, writer, text, message):
    response = client.post(url_of(table), sent(table, text))

    assert response.status_code == 422
    assert message in response.content.decode()


def test_five_megabytes_are_not_sent_back(client, table, writer):
    response = client.post(url_of(table), sent(table, "字\t" * 1_300_000))

    assert response.status_code == 422
    assert "請分幾次貼" in response.content.decode()
    assert len(response.content) < 100_000


def test_rows_and_columns_of_another_table_are_no_choice(client, table, writer):
    foreign = make_table(make_plan(), rows=[("外", "外")])

    response = client.post(
        url_of(table),
        sent(table, "X") | {"row": foreign.rows.get().pk},
    )

    assert response.status_code == 422
    assert foreign.rows.get().version == 1
