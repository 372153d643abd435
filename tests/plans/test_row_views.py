"""Table rows edited in place, with htmx and without, alone and against each other."""

import pytest

from offices.models import Role
from plans.documents.model import ColumnKind, RowKind
from plans.documents.slots import Slot
from plans.models import Removed
from plans.removal import delete_block
from plans.tables.rows import delete_row, save_row
from tests.factories import make_member, make_plan, make_table
from tests.plans.requests import HTMX, at

pytestmark = pytest.mark.django_db


@pytest.fixture
def table(plan):
    table = make_table(
        plan,
        ("實施要領", "執行策略"),
        [("甲", "1.研訂\n1.辦理"), (None, "二"), ("乙", "三")],
    )
    table.columns.filter(position=0).update(joins_down=True)
    return table


def row_at(table, position):
    return table.rows.get(position=position)


def typed(table, row, *texts, **more):
    """What the row's form sends; None ticks 與上列合併."""
    data = {"version": row.version}
    for column, text in zip(table.columns.all(), texts, strict=True):
        data[f"c{column.pk}-text"] = text or ""
        if text is None:
            data[f"c{column.pk}-joined"] = "on"
    return data | more


def texts_of(table):
    keys = [str(pk) for pk in table.columns.values_list("pk", flat=True)]
    return [
        tuple(
            None if cell.get("joined") else cell.get("text", "")
            for cell in (row.cells.get(key, {}) for key in keys)
        )
        for row in table.rows.all()
    ]


def html_of(response):
    return response.content.decode()


def test_a_row_opens_in_the_tables_page_without_javascript(client, table, writer):
    page = html_of(client.get(at("row", table.plan, row_at(table, 0).pk)))

    assert page.count('<form class="row-form"') == 1
    assert "<html" in page
    assert "cell-join" not in page


def test_a_row_opens_alone_for_htmx_and_closes_again(client, table, writer):
    row = row_at(table, 1)

    opened = client.get(at("row", table.plan, row.pk), headers=HTMX)
    closed = client.get(at("row", table.plan, row.pk) + "?closed", headers=HTMX)

    assert opened["HX-Retarget"] == f"#b{table.pk}"
    assert "<html" not in html_of(opened)
    assert html_of(opened).count("cell-join") == 2
    assert "row-form" not in html_of(closed)


def test_the_form_shows_lists_numbered_anew(client, table, writer):
    row = row_at(table, 0)

    first = html_of(client.get(at("row", table.plan, row.pk)))
    client.post(
        at("row", table.plan, row.pk), typed(table, row, "甲", "1.研訂\n9.辦理")
    )
    again = html_of(client.get(at("row", table.plan, row.pk)))

    assert "1、研訂\n1、辦理" in first
    assert "1、研訂\n2、辦理" in again


def test_saving_goes_back_to_the_table(client, table, writer):
    row = row_at(table, 2)

    response = client.post(
        at("row", table.plan, row.pk), typed(table, row, "乙", "三改\r\n續 \r\n")
    )

    assert response.url == at("table", table.plan, table.pk) + f"#r{row.pk}"
    assert texts_of(table)[2] == ("乙", "三改\n續")


def test_a_row_saved_as_it_was_shown_stays_as_it_is(client, table, writer):
    row = row_at(table, 0)

    client.post(
        at("row", table.plan, row.pk), typed(table, row, "甲", "1、研訂\n1、辦理")
    )

    row.refresh_from_db()
    assert row.version == 1


def test_saving_with_htmx_may_open_the_next_row(client, table, writer):
    row = row_at(table, 0)

    response = client.post(
        at("row", table.plan, row.pk),
        typed(table, row, "甲改", "一", then="next"),
        headers=HTMX,
    )

    assert texts_of(table)[0] == ("甲改", "一")
    assert f'data-row="r{row_at(table, 1).pk}"' in html_of(response)
    assert "已儲存" in html_of(response)


def test_ticking_joined_hands_the_text_up(client, table, writer):
    row = row_at(table, 2)

    client.post(at("row", table.plan, row.pk), typed(table, row, None, "三"))

    assert texts_of(table)[2] == (None, "三")


def test_months_are_ticked_and_may_hold_words(client, plan, writer):
    table = make_table(plan, ("專案", "1月", "2月"), [("演練", "", "")])
    table.columns.exclude(position=0).update(kind=ColumnKind.MONTH)
    row = row_at(table, 0)
    months = list(table.columns.exclude(position=0))

    client.post(
        at("row", plan, row.pk),
        typed(table, row, "演練", "", "規劃", **{f"c{months[0].pk}-shaded": "on"}),
    )

    row.refresh_from_db()
    assert row.cells[str(months[0].pk)] == {"shaded": True}
    assert row.cells[str(months[1].pk)] == {"text": "規劃"}


@pytest.mark.parametrize(
    ("name", "extra", "expected"),
    [
        ("row_add", ["above"], [("甲", "一"), (None, ""), (None, "改"), ("乙", "三")]),
        ("row_add", ["below"], [("甲", "一"), (None, "改"), (None, ""), ("乙", "三")]),
        ("row_move", ["up"], [("甲", "改"), (None, "一"), ("乙", "三")]),
        ("row_move", ["down"], [("甲", "一"), ("乙", "三"), ("甲", "改")]),
        ("row_split", [], [("甲", "一"), (None, "改"), (None, ""), ("乙", "三")]),
        ("row_join", [], [("甲", "一\n改"), ("乙", "三")]),
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_every_button_saves_what_was_typed(
    client, plan, writer, name, extra, expected, headers
):
    table = make_table(plan, rows=[("甲", "一"), (None, "二"), ("乙", "三")])
    table.columns.filter(position=0).update(joins_down=True)
    row = row_at(table, 1)

    response = client.post(
        at(name, plan, row.pk, *extra), typed(table, row, None, "改"), headers=headers
    )

    assert texts_of(table) == expected
    assert response.status_code == (200 if headers else 302)


def test_a_cell_is_split_at_the_line_chosen(client, table, writer):
    row, second = row_at(table, 0), table.columns.get(position=1)

    client.post(
        at("row_split", table.plan, row.pk),
        typed(table, row, "甲", "1.研訂\n2.辦理", at=f"{second.pk}:1"),
    )

    assert texts_of(table)[:2] == [("甲", "1.研訂"), (None, "2.辦理")]


def test_a_column_of_another_table_splits_nothing(client, table, writer):
    foreign = make_table(make_plan()).columns.first()
    row = row_at(table, 0)

    response = client.post(
        at("row_split", table.plan, row.pk), {"at": f"{foreign.pk}:1"}
    )

    assert response.status_code == 422
    assert "已經被刪除" in html_of(response)


def test_what_cannot_be_done_is_said_and_the_text_kept(client, table, writer):
    row = row_at(table, 0)

    response = client.post(
        at("row_join", table.plan, row.pk),
        typed(table, row, "甲還沒存", "一"),
        headers=HTMX,
    )

    assert response.status_code == 422
    assert "第一列的上面沒有列可以合併" in html_of(response)
    assert "甲還沒存" in html_of(response)
    assert texts_of(table)[0][0] == "甲"


def test_a_total_row_shows_the_sums(client, plan, writer):
    table = make_table(plan, ("項目", "配分"), [("甲", "40"), ("乙", "60.5")])
    table.columns.filter(position=1).update(kind=ColumnKind.POINTS)
    client.post(at("row_append", plan, table.pk))
    row = row_at(table, 2)

    response = client.post(
        at("row_kind", plan, row.pk), {"kind": RowKind.TOTAL.value}, follow=True
    )

    assert "「配分」100.5" in html_of(response)


def test_an_unknown_kind_is_refused(client, table, writer):
    row = row_at(table, 0)

    response = client.post(at("row_kind", table.plan, row.pk), {"kind": "boss"})

    assert response.status_code == 422
    assert row.kind == RowKind.DATA


def test_a_deleted_row_is_put_back_from_the_note(client, table, writer):
    row = row_at(table, 0)
    before = texts_of(table)

    response = client.post(at("row_delete", table.plan, row.pk), headers=HTMX)
    removed = Removed.objects.get()
    assert at("restore", table.plan, removed.pk) in html_of(response)
    restored = client.post(at("restore", table.plan, removed.pk))

    assert texts_of(table) == before
    assert restored.url == at("table", table.plan, table.pk)


def test_two_people_on_one_row_see_mine_theirs_and_merged(client, table, writer):
    row = row_at(table, 2)
    second = table.columns.get(position=1)
    other = make_member(table.plan.office, Role.OWNER).user
    save_row(row, version=1, cells={second.pk: Slot("三。他補一句。")}, by=other)

    response = client.post(
        at("row", table.plan, row.pk),
        typed(table, row, "乙我改", "三", version=1),
        headers=HTMX,
    )

    page = html_of(response)
    assert response.status_code == 409
    assert str(other) in page
    assert "乙我改" in page
    assert "三。他補一句。" in page
    assert 'name="version" value="2"' in page
    assert texts_of(table)[2] == ("乙", "三。他補一句。")


def test_a_conflict_without_javascript_is_a_whole_page(client, table, writer):
    row = row_at(table, 2)
    first = table.columns.get(position=0)
    save_row(row, version=1, cells={first.pk: Slot("他")}, by=writer)

    response = client.post(
        at("row", table.plan, row.pk), typed(table, row, "我", "三", version=1)
    )

    assert response.status_code == 409
    assert "<html" in html_of(response)


def test_the_text_typed_into_a_deleted_row_is_shown_again(client, table, writer):
    row = row_at(table, 2)
    data = typed(table, row, "乙我改", "三")
    delete_row(row, by=writer)

    response = client.post(at("row", table.plan, row.pk), data)

    assert response.status_code == 409
    assert "乙我改" in html_of(response)
    assert "復原被刪除的那一列" in html_of(response)


def test_the_text_typed_into_a_deleted_table_is_shown_again(client, table, writer):
    row = row_at(table, 2)
    data = typed(table, row, "乙我改", "三")
    delete_block(table, by=writer)

    response = client.post(at("row", table.plan, row.pk), data)

    assert response.status_code == 409
    assert "實施要領" in html_of(response)
    assert "乙我改" in html_of(response)


def test_the_history_of_another_plan_is_not_found(client, table, writer):
    foreign = make_table(make_plan(), rows=[("外", "外")]).rows.get()
    pk = foreign.pk
    delete_row(foreign, by=writer)

    response = client.post(at("row", table.plan, pk), {"version": 1})

    assert response.status_code == 404


def test_a_row_that_never_was_is_not_found(client, table, writer):
    assert client.post(at("row", table.plan, 999_999)).status_code == 404


def test_a_row_of_another_plan_is_not_found(client, table, writer):
    foreign = make_table(make_plan(), rows=[("外", "外")]).rows.get()

    response = client.post(
        at("row", table.plan, foreign.pk), {"version": 1, "kind": "total"}
    )

    foreign.refresh_from_db()
    assert response.status_code == 404
    assert (foreign.version, foreign.kind) == (1, RowKind.DATA)


def test_fields_of_another_tables_columns_are_not_stored(client, table, writer):
    foreign = make_table(make_plan()).columns.first()
    row = row_at(table, 2)

    client.post(
        at("row", table.plan, row.pk),
        typed(table, row, "乙", "改", **{f"c{foreign.pk}-text": "外", "position": "9"}),
    )

    row.refresh_from_db()
    assert set(row.cells) == {str(c.pk) for c in table.columns.all()}
    assert row.position == 2


@pytest.mark.parametrize("count", [3, 30])
def test_opening_a_row_takes_the_same_queries_in_long_tables(
    client, plan, writer, count, django_assert_num_queries
):
    table = make_table(plan, rows=[("甲", str(n)) for n in range(count)])

    with django_assert_num_queries(13):
        client.get(at("row", plan, row_at(table, 0).pk), headers=HTMX)


def test_the_texts_of_a_row_deleted_meanwhile_become_a_new_row(client, table, writer):
    row = row_at(table, 2)
    sent = typed(table, row, "乙", "我寫的三")
    delete_row(row, by=writer)

    gone = client.post(at("row", table.plan, row.pk), sent)
    client.post(at("row_append", table.plan, table.pk), sent | {"version": "1"})

    assert gone.status_code == 409
    assert "另存為新列" in html_of(gone)
    assert texts_of(table)[2] == ("乙", "我寫的三")
