"""A filled table gets another layout; its words stay."""

import pytest
from django.urls import reverse

from offices.models import Role
from plans.compose import compose
from plans.documents.model import ColumnKind, tables
from plans.tables.layouts import LAYOUTS
from plans.tables.relayout import change_layout, with_layout
from tests.factories import make_member, make_plan, make_table, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def table():
    return make_table(
        make_plan(),
        ("甲", "乙", "丙", "丁"),
        [("一", "二", "", "四"), (None, "五", "", "")],
    )


def printed(table):
    (composed,) = tables(compose(table.plan))
    return composed


def columns_and_cells(table):
    return (
        [(c.name, c.group, c.kind, c.joins_down) for c in table.columns],
        [row.cells for row in table.rows],
    )


@pytest.mark.parametrize("key", LAYOUTS)
def test_the_preview_is_what_is_made(table, key):
    layout = LAYOUTS[key].for_year(114)
    preview = with_layout(printed(table), layout)

    change_layout(table, layout=layout, by=make_user())

    assert columns_and_cells(printed(table)) == columns_and_cells(preview)


def test_columns_with_words_stay_and_empty_ones_go(table):
    change_layout(table, layout=LAYOUTS["duties"].for_year(114), by=make_user())

    names = [column.name for column in printed(table).columns]
    assert names == ["單位", "業務分掌", "丁"]


def test_more_columns_are_added_with_their_kinds(table):
    change_layout(table, layout=LAYOUTS["indicators"].for_year(114), by=make_user())

    columns = printed(table).columns
    assert (len(columns), columns[4].kind) == (5, ColumnKind.DATE)


@pytest.fixture
def writer(table, client):
    user = make_member(table.plan.office, Role.OWNER).user
    client.force_login(user)
    return user


def url_of(table):
    return reverse("plans:table_layout", args=[table.plan_id, table.pk])


def test_a_layout_is_looked_at_before_it_is_taken(client, table, writer):
    page = client.get(url_of(table), {"layout": "facets"}).content.decode()
    assert "換成「構面、策略、方法、效益表」後會是這樣" in page
    assert table.columns.first().name == "甲"

    response = client.post(url_of(table), {"layout": "facets"})

    assert response.status_code == 302
    assert table.columns.first().name == "實施構面"


def test_no_layout_is_asked_for_again(client, table, writer):
    response = client.post(url_of(table), {"layout": "none"})

    assert response.status_code == 422
    assert "請先選擇一種版型" in response.content.decode()
