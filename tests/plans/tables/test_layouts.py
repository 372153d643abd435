"""Every layout can be made, composed and printed with its heads, joins and spans."""

import re

import pytest

from plans.compose import compose
from plans.documents.html import block_html
from plans.documents.model import RowKind, tables
from plans.documents.pdf import render
from plans.tables.creation import create_table
from plans.tables.layouts import LAYOUTS
from tests.factories import make_plan, make_point, make_user

# Per layout: how many cells the head's rows have.
HEADS = {
    "strategy-3": (3,),
    "work-items": (3,),
    "timetable": (6, 12),
    "indicators": (5,),
    "facets": (4,),
    "programme": (3,),
    "lead-units": (4,),
    "requirements": (4,),
    "two-columns": (2,),
    "evaluation": (7,),
    "weighted-goals": (4, 5),
    "budget-plan": (5,),
    "targets-4-years": (4, 4),
    "baselines": (5,),
    "milestones": (5, 2),
    "expenses": (3, 8),
    "self-assessment": (5, 5),
    "judged-groups": (3,),
    "core-business": (5,),
    "schedule-2-sides": (4,),
    "duties": (2,),
    "comparison": (3,),
    "revision-list": (4,),
    "empty": (2,),
}


def built(key):
    plan = make_plan(year=114)
    block = create_table(plan, layout=LAYOUTS[key].for_year(114), by=make_user())
    document = compose(plan)
    (table,) = tables(document)
    return table, block_html(document, f"b{block.pk}")


def without_ids(table):
    return [(row.kind, row.cells) for row in table.rows]


def test_every_layout_is_checked_here():
    assert set(HEADS) == set(LAYOUTS)
    assert sum(layout.ready for layout in LAYOUTS.values()) == 6


@pytest.mark.django_db
@pytest.mark.parametrize("key", HEADS)
def test_a_layout_is_stored_and_printed_with_its_head(key):
    table, html = built(key)

    head = html[html.index("<thead>") : html.index("</thead>")]
    cells = [len(re.findall("<t[hd]", row)) for row in head.split("<tr>")[1:]]
    assert tuple(cells) == HEADS[key]
    assert without_ids(table) == without_ids(LAYOUTS[key].for_year(114))


def test_layouts_are_told_apart_by_their_names():
    names = [layout.name for layout in LAYOUTS.values()]

    assert len(set(names)) == len(names)
    assert all(layout.purpose.endswith("。") for layout in LAYOUTS.values())


@pytest.mark.django_db
def test_the_timetable_has_the_months_of_the_plan_year():
    table, html = built("timetable")

    assert [column.name for column in table.columns[5:]] == [
        f"{month}月" for month in range(1, 13)
    ]
    assert 'colspan="12">114年</th>' in html
    assert html.count('rowspan="2"') == 5 + 4


@pytest.mark.django_db
def test_the_work_items_begin_with_a_row_over_facet_and_strategy():
    table, html = built("work-items")

    assert table.rows[0].kind is RowKind.LEAD
    assert (table.rows[0].cells[0].span, table.rows[2].cells[0].joined) == (2, True)
    assert 'colspan="2">工作要項</th>' in html


@pytest.mark.django_db
def test_the_expenses_have_groups_subtotals_and_a_total():
    table, html = built("expenses")

    kinds = [row.kind for row in table.rows]
    assert (kinds.count(RowKind.GROUP), kinds.count(RowKind.TOTAL)) == (3, 4)
    assert html.count('class="kind-text" colspan="9"') == 3
    assert 'colspan="5">計畫經費明細</th>' in html


@pytest.mark.django_db
def test_the_years_of_targets_follow_the_plan():
    table, _ = built("targets-4-years")

    assert [c.name for c in table.columns[3:]] == ["114年", "115年", "116年", "117年"]
    assert {c.group for c in table.columns[3:]} == {"年度目標值"}


@pytest.mark.django_db
def test_all_layouts_print_in_one_plan():
    plan, user = make_plan(), make_user()
    for layout in LAYOUTS.values():
        point = make_point(plan, layout.name)
        create_table(plan, layout=layout.for_year(114), parent=point, by=user)

    pdf = render(compose(plan))

    assert pdf.pages >= 3
    assert not pdf.missing
