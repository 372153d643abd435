"""策略對照: which parts of the plan an item carries out, and which are nobody's."""

import pytest

from offices.models import Role
from plans.compose import compose
from schedule.compose import timetable_of
from schedule.linking import links_in, save_links
from schedule.pages.coverage import coverage_of
from schedule.strategies import chapters_of
from tests.factories import (
    make_indicator,
    make_item,
    make_member,
    make_method,
    make_office,
    make_plan,
    make_point,
    make_table,
    make_unit,
)
from tests.schedule.pages import (
    HOSTILE,
    at,
    html_of,
    key_of,
    link_of,
    sums_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return make_plan()


@pytest.fixture
def keeper(plan, client):
    """研考, signed in."""
    user = make_member(plan.office, Role.COORDINATOR).user
    client.force_login(user)
    return user


@pytest.fixture
def units(plan):
    return (
        make_unit(plan.office, "民政課", "民", position=0),
        make_unit(plan.office, "社會課", "社", position=1),
    )


def cover(plan, **kwargs):
    return coverage_of(
        chapters_of(compose(plan)), timetable_of(plan), links_in(plan), **kwargs
    )


def told(covers):
    """Each strategy with its heads and the names of its items."""
    return [
        (*one.heads, one.line.name, [carrier.item.name for carrier in one.carriers])
        for cover in covers
        for one in cover.strategies
    ]


@pytest.fixture
def strategies(plan):
    """肆 with a point that has two below it, and a table."""
    chapter = make_point(plan, "實施策略")
    first = make_point(plan, "簡化流程", chapter)
    make_point(plan, "減少書表", first)
    make_point(plan, "線上申辦", first)
    make_table(
        plan, rows=[("主動服務", "到府收件"), (None, "預約辦理")], parent=chapter
    )
    return chapter


def test_leaf_points_and_table_rows_are_the_strategies(plan, strategies):
    make_item(plan)

    coverage = cover(plan)

    assert told(coverage.chapters) == [
        ("壹、一　簡化流程", "壹、一、（一）　減少書表", []),
        ("壹、一、（二）　線上申辦", []),
        ("主動服務", "到府收件", []),
        ("預約辦理", []),
    ]
    assert (coverage.count, coverage.carried, coverage.open) == (4, 0, 4)


def test_an_item_carries_out_what_it_is_linked_to_and_all_below(
    plan, units, strategies
):
    whole = make_item(plan, units[0], name="流程改造")
    part = make_item(plan, units[0], name="行動收件")
    save_links(whole, seen=[], wanted=[key_of(plan, "簡化流程")])
    save_links(
        part, seen=[], wanted=[key_of(plan, "線上申辦"), key_of(plan, "到府收件")]
    )

    coverage = cover(plan)

    (chapter,) = coverage.chapters
    carried = [
        [(carrier.item.name, carrier.via) for carrier in one.carriers]
        for one in chapter.strategies
    ]
    assert carried == [
        [("流程改造", "壹、一")],
        [("行動收件", ""), ("流程改造", "壹、一")],
        [("行動收件", "")],
        [],
    ]
    assert (coverage.count, coverage.carried) == (4, 3)
    assert coverage.idle == ()


def test_items_that_serve_nothing_are_named(plan, units, strategies):
    make_item(plan, units[0], name="行動收件")
    removed = make_item(plan, units[0], name="已刪項目")
    save_links(removed, seen=[], wanted=[key_of(plan, "線上申辦")])
    type(removed).objects.filter(pk=removed.pk).update(removed_at="2025-01-01T00:00Z")

    coverage = cover(plan)

    assert [one.item.name for one in coverage.idle] == ["行動收件"]
    assert coverage.carried == 0


def test_chapters_that_say_why_do_not_count_until_an_item_serves_them(plan, strategies):
    goals = make_point(plan, "計畫目標：")
    make_point(plan, "縮短等候時間", goals)
    item = make_item(plan)

    before = cover(plan)
    save_links(item, seen=[], wanted=[key_of(plan, "縮短等候時間")])
    after = cover(plan)

    assert (before.count, len(before.background)) == (4, 1)
    assert (after.count, len(after.background)) == (5, 0)


@pytest.mark.parametrize(
    ("heading", "counts"),
    [
        ("計畫依據：院頒方案", False),
        ("獎懲方式", False),
        ("經費來源", False),
        ("目標管理作業", True),
        ("服務對象關懷措施", True),
    ],
)
def test_the_heading_tells_whether_a_chapter_counts(plan, heading, counts):
    make_point(plan, "第一點", make_point(plan, heading))
    make_item(plan)

    coverage = cover(plan)

    assert bool(coverage.chapters) is counts
    assert bool(coverage.background) is not counts


def test_a_chapter_without_points_is_no_strategy(plan):
    make_point(plan, "本計畫奉核後施行")
    make_item(plan)

    assert cover(plan).count == 0


def test_rows_that_only_sum_up_or_explain_are_left_out(plan):
    chapter = make_point(plan, "工作重點")
    table = make_table(
        plan,
        rows=[
            ("便民組", ""),
            ("延長服務時間", "每週三"),
            ("合計", "1項"),
            ("註：另訂", ""),
        ],
        parent=chapter,
    )
    table.rows.filter(position=0).update(kind="group")
    table.rows.filter(position=2).update(kind="total")
    make_item(plan)

    coverage = cover(plan)

    assert told(coverage.chapters) == [("便民組", "延長服務時間", [])]


def test_the_control_table_itself_is_no_strategy(plan, strategies):
    names = ("項次", "專案名稱", *(f"{month}月" for month in range(1, 13)))
    make_table(plan, names, [("1", "到府收件", *[""] * 12)], parent=strategies)
    make_method(make_item(plan))

    assert cover(plan).count == 4


def test_only_open_strategies_keep_the_heads_above_them(plan, strategies):
    item = make_item(plan)
    wanted = [key_of(plan, "減少書表"), key_of(plan, "到府收件")]
    save_links(item, seen=[], wanted=wanted)

    coverage = cover(plan, only_open=True)

    assert told(coverage.chapters) == [
        ("壹、一　簡化流程", "壹、一、（二）　線上申辦", []),
        ("主動服務", "預約辦理", []),
    ]
    assert (coverage.count, coverage.carried) == (4, 2)


def test_the_coverage_page_says_the_counts_and_leads_to_the_mending(
    client, keeper, plan, units, strategies
):
    idle = make_item(plan, units[0], name="行動收件")
    carrier = make_item(plan, units[0], name="減紙行動")
    save_links(carrier, seen=[], wanted=[key_of(plan, "減少書表")])

    html = html_of(client.get(at("coverage", plan)))

    assert sums_in(html) == ("4項策略中1項有項目，3項沒有項目。1個項目沒有對應的策略。")
    assert link_of(html, "減紙行動") == carrier.get_absolute_url()
    linking = at("links", plan, idle.pk)
    assert link_of(html, "行動收件") == f"{linking}?from=coverage"
    key = key_of(plan, "線上申辦")
    mending = at("carriers", plan, key)
    assert link_of(html, "指定項目：線上申辦") == mending
    place = f"{plan.get_absolute_url()}#{key}"
    assert link_of(html, "壹、一、（二） 線上申辦") == place


def test_readers_of_the_coverage_are_offered_nothing_to_change(
    client, plan, strategies
):
    idle = make_item(plan, name="行動收件")
    client.force_login(make_member(plan.office, Role.READER).user)

    html = html_of(client.get(at("coverage", plan)))

    assert "指定項目" not in html
    assert link_of(html, "行動收件") == idle.get_absolute_url()


def test_the_filter_stands_in_the_address(client, keeper, plan, strategies):
    item = make_item(plan)
    save_links(item, seen=[], wanted=[key_of(plan, "減少書表")])

    html = html_of(client.get(at("coverage", plan) + "?open=on"))

    assert "減少書表" not in html
    assert "線上申辦" in html


def test_other_offices_see_nothing(client, plan):
    client.force_login(make_member(make_office("遠方機關"), Role.COORDINATOR).user)

    response = client.get(at("coverage", plan))

    assert response.status_code == 404


def test_hostile_names_are_escaped(client, keeper, plan):
    unit = make_unit(plan.office, HOSTILE, "駭")
    make_point(plan, HOSTILE, make_point(plan, "實施策略"))
    item = make_item(plan, unit, name=HOSTILE, points=1, note=HOSTILE)
    make_method(item)

    html = html_of(client.get(at("coverage", plan)))

    assert HOSTILE not in html
    assert "&lt;img src=x" in html


@pytest.mark.parametrize("count", [1, 3])
def test_more_items_cost_no_more_queries(
    client, keeper, plan, strategies, count, django_assert_num_queries
):
    owner = make_member(plan.office)
    for number in range(count):
        unit = make_unit(plan.office, f"第{number}課", f"{number}")
        item = make_item(plan, unit, points=1, owners=[owner])
        make_method(item)
        make_indicator(item, weight=90)
        save_links(item, seen=[], wanted=[key_of(plan, "減少書表")])

    with django_assert_num_queries(15):
        html_of(client.get(at("coverage", plan)))
