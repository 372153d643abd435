"""A table's own page: title, columns, layouts."""

import pytest

from plans.editing import save_block
from plans.models import Block, Removed
from plans.tables.columns import save_column
from tests.factories import make_plan, make_point, make_table
from tests.plans.requests import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def table(plan):
    return make_table(plan, ("要領", "策略"), [("甲", "一"), (None, "二")])


def html_of(response):
    return response.content.decode()


def settings_of(*columns, **changes):
    """What the columns' form sends, with changes as name__position."""
    data: dict[str, object] = {}
    for column in columns:
        prefix = f"c{column.pk}"
        data |= {
            f"{prefix}-version": column.version,
            f"{prefix}-name": column.name,
            f"{prefix}-group": column.group,
            f"{prefix}-kind": column.kind,
            f"{prefix}-width": column.width,
        }
    return data | changes


def test_all_layouts_can_be_chosen(client, plan, writer):
    page = html_of(client.get(at("table_create", plan)))

    assert page.count("用這個版型") == 24
    assert "114年" in page


def test_a_table_is_made_behind_the_block_named(client, plan, writer):
    first, _ = make_point(plan), make_point(plan)

    response = client.post(
        at("table_create", plan) + f"?after={first.pk}", {"layout": "strategy-3"}
    )

    table = plan.blocks.get(kind="table")
    assert response.url == at("table", plan, table.pk)
    assert (table.position, table.columns.count()) == (1, 3)


def test_a_table_is_made_inside_a_point_of_this_plan_only(client, plan, writer):
    own, foreign = make_point(plan), make_point(make_plan())

    for point in (own, foreign):
        client.post(
            at("table_create", plan) + f"?parent={point.pk}", {"layout": "duties"}
        )

    tables = plan.blocks.filter(kind="table")
    assert [table.parent for table in tables.order_by("pk")] == [own, None]


def test_an_unknown_layout_is_asked_for_again(client, plan, writer):
    response = client.post(at("table_create", plan), {"layout": "../etc"})

    assert response.status_code == 422
    assert "請先選擇一種版型" in html_of(response)
    assert not Block.objects.exists()


def test_the_page_shows_the_table_and_its_columns(client, table, writer):
    page = html_of(client.get(at("table", table.plan, table.pk)))

    assert page.count("<fieldset") == 2
    assert f'id="r{table.rows.first().pk}"' in page
    assert page.count(">編輯<") == 2


def test_title_and_note_are_saved(client, table, writer):
    client.post(
        at("table", table.plan, table.pk),
        {"version": 1, "heading": "工作表", "body": "註：略\r\n二、略"},
    )

    table.refresh_from_db()
    assert (table.heading, table.body) == ("工作表", "註：略\n二、略")


def test_a_stale_title_shows_both(client, table, writer):
    save_block(table, version=1, heading="他的", body="", by=writer)

    response = client.post(
        at("table", table.plan, table.pk), {"version": 1, "heading": "我的"}
    )

    assert response.status_code == 409
    assert "他的" in html_of(response)
    assert "我的" in html_of(response)
    table.refresh_from_db()
    assert table.heading == "他的"


def test_columns_are_saved_together(client, table, writer):
    first, second = table.columns.all()

    client.post(
        at("table_columns", table.plan, table.pk),
        settings_of(
            first,
            second,
            **{
                f"c{first.pk}-name": "構面",
                f"c{first.pk}-joins_down": "on",
                f"c{second.pk}-kind": "points",
            },
        ),
    )

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.name, first.joins_down, second.kind) == ("構面", True, "points")
    assert second.version == 2


@pytest.mark.parametrize(
    ("field", "value"), [("width", "0"), ("width", "abc"), ("kind", "magic")]
)
def test_bad_settings_are_shown_at_their_place(client, table, writer, field, value):
    first, second = table.columns.all()

    response = client.post(
        at("table_columns", table.plan, table.pk),
        settings_of(first, second, **{f"c{second.pk}-{field}": value}),
    )

    second.refresh_from_db()
    assert response.status_code == 422
    assert "invalid-feedback" in html_of(response)
    assert second.version == 1


def test_a_stale_column_is_said_and_nothing_overwritten(client, table, writer):
    first, second = table.columns.all()
    data = settings_of(first, second, **{f"c{first.pk}-name": "我的欄名"})
    save_column(first, version=1, name="他的欄名", by=writer)

    response = client.post(at("table_columns", table.plan, table.pk), data)

    first.refresh_from_db()
    assert response.status_code == 409
    assert "我的欄名" in html_of(response)
    assert first.name == "他的欄名"


def test_columns_of_another_table_are_not_changed(client, table, writer):
    foreign = make_table(make_plan()).columns.first()

    client.post(
        at("table_columns", table.plan, table.pk),
        settings_of(foreign, **{f"c{foreign.pk}-name": "改"}),
    )
    response = client.post(at("column_delete", table.plan, foreign.pk))

    foreign.refresh_from_db()
    assert foreign.name == "實施要領"
    assert response.status_code == 404


def test_moving_a_column_saves_the_typed_settings_too(client, table, writer):
    first, second = table.columns.all()

    client.post(
        at("column_move", table.plan, first.pk, "right"),
        settings_of(first, second, **{f"c{first.pk}-name": "構面"}),
    )

    assert list(table.columns.values_list("name", flat=True)) == ["策略", "構面"]


def test_a_column_at_the_edge_stays_and_says_so(client, table, writer):
    first = table.columns.first()

    response = client.post(at("column_move", table.plan, first.pk, "left"))

    assert response.status_code == 422
    assert "已經是最左欄" in html_of(response)


def test_a_column_is_added_deleted_and_put_back(client, table, writer):
    client.post(at("column_add", table.plan, table.pk))
    assert table.columns.last().name == "新欄位"

    client.post(at("column_delete", table.plan, table.columns.first().pk))
    assert table.columns.count() == 2
    client.post(at("restore", table.plan, Removed.objects.get().pk))

    assert table.columns.first().name == "要領"


@pytest.mark.parametrize("name", ["row_move", "column_move", "row_add"])
def test_unknown_directions_are_not_found(client, table, writer, name):
    target = table.columns.first() if name == "column_move" else table.rows.first()

    response = client.post(at(name, table.plan, target.pk, "sideways"))

    assert response.status_code == 404


def test_a_table_takes_no_more_rows_than_it_can(client, table, writer, monkeypatch):
    monkeypatch.setattr("plans.tables.sheet.MOST_ROWS", 2)

    response = client.post(at("row_append", table.plan, table.pk))

    assert response.status_code == 422
    assert "最多 2 列" in html_of(response)


@pytest.mark.parametrize("count", [3, 30])
def test_the_page_takes_the_same_queries_for_long_tables(
    client, plan, writer, count, django_assert_num_queries
):
    table = make_table(plan, rows=[("甲", str(n)) for n in range(count)])

    with django_assert_num_queries(11):
        client.get(at("table", plan, table.pk))
