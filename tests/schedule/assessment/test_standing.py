"""Rules, sheets and where the units stand, as plain values."""

import json
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from schedule.assessment.grades import USUAL_SCALE
from schedule.assessment.result import ZERO
from schedule.assessment.rules import BadRules, Kpi, Part, Rules, Scheme, rules_from
from schedule.assessment.schemes import Direction
from schedule.assessment.sheet import Subject, from_json, sheet_of, to_json
from schedule.assessment.standing import kpi_value, standings

UNITS = [("u1", "民政課"), ("u2", "社會課")]
INDICATORS = (("n1", "訪視", Decimal(60)), ("n2", "紀錄", Decimal(40)))
ITEMS = [
    Subject("i1", "s1", "防災", "民政課", Decimal(6), INDICATORS),
    Subject("i1", "s2", "防災", "社會課", Decimal(4), INDICATORS),
    Subject("i2", "s3", "綠美化", "民政課", Decimal(5), (("n3", "植栽", None),)),
    Subject("i3", "s4", "未配分", "社會課", None, INDICATORS),
]
PARTS = (Part("登記", Decimal(60)), Part("服務", Decimal(40)))
ERRORS = Kpi(
    "錯誤率", Direction.AT_MOST, Decimal(2), Decimal(60), "更正件數", "受理件數"
)
PRAISE = Kpi("滿意度", Direction.AT_LEAST, Decimal(90), Decimal(40))


def keys(sheet):
    return [cell.key for entry in sheet for cell in entry.cells]


def test_a_joint_item_is_scored_once_and_counts_for_each_share():
    rules = Rules(Scheme.POINTS)
    sheet = sheet_of(rules, UNITS, ITEMS)

    first, second = standings(
        rules, sheet, {"i1n1": Decimal(100), "i1n2": Decimal(50), "i2": Decimal(90)}
    )

    assert keys(sheet) == ["i1n1", "i1n2", "i2", "i1n1", "i1n2"]
    assert (first.result.score, second.result.score) == (
        Fraction("9.3"),
        Fraction("3.2"),
    )


def test_units_apart_have_cells_of_their_own():
    sheet = sheet_of(Rules(Scheme.POINTS, units_apart=True), UNITS, ITEMS)

    assert keys(sheet) == ["s1n1", "s1n2", "s3", "s2n1", "s2n2"]


def test_an_item_without_points_does_not_count():
    rules = Rules(Scheme.POINTS)
    sheet = sheet_of(rules, UNITS, ITEMS[-1:])

    (unit,) = standings(rules, sheet, {})

    assert (unit.result.of, unit.result.missing, unit.rank) == (ZERO, 0, None)


def test_the_self_scores_of_an_item():
    parts = (
        Part("挑戰性", Decimal(30)),
        Part("進度", Decimal(30)),
        Part("達成度", Decimal(40)),
    )
    rules = Rules(Scheme.SELF, parts)
    sheet = sheet_of(
        rules, UNITS[:1], [Subject("i1", "s1", "目標", "民政課", Decimal(20))]
    )

    marks = {"i1c1": Decimal(26), "i1c2": Decimal(24), "i1c3": Decimal(36)}
    (unit,) = standings(rules, sheet, marks)

    assert unit.result.score == Fraction("17.2")
    assert [cell.most for cell in sheet[0].cells] == [30, 30, 40]


def test_parts_with_a_bonus_are_ranked_and_graded():
    rules = Rules(Scheme.PARTS, PARTS, bonus=(Part("特殊事蹟", Decimal(5)),))
    sheet = sheet_of(rules, UNITS, ())
    marks = {
        "u1p1": Decimal(90),
        "u1p2": Decimal(90),
        "u2p1": Decimal(100),
        "u2p2": Decimal(70),
        "u2b1": Decimal(3),
    }

    first, second = standings(rules, sheet, marks, USUAL_SCALE)

    assert [(u.result.score, u.grade, u.rank) for u in (first, second)] == [
        (Fraction(90), "優等", 2),
        (Fraction(91), "優等", 1),
    ]


def test_rank_sums_rank_the_lowest_first_and_leave_out_who_is_under_the_floor():
    rules = Rules(Scheme.RANKS, PARTS, floor=Decimal(50))
    units = [*UNITS, ("u3", "經建課")]
    marks = {
        "u1p1": Decimal(90),
        "u1p2": Decimal(80),
        "u2p1": Decimal(80),
        "u2p2": Decimal(70),
    }
    marks |= {"u3p1": Decimal(100), "u3p2": Decimal("49.999")}

    found = standings(rules, sheet_of(rules, units, ()), marks)

    assert [(u.rank, u.is_excluded) for u in found] == [
        (1, False),
        (2, False),
        (None, True),
    ]


def test_kpis_of_two_periods():
    rules = Rules(Scheme.KPI, kpis=(ERRORS, PRAISE), months=("上半年", "下半年"))
    sheet = sheet_of(rules, UNITS[:1], ())
    errors = {
        "u1k1m1a": Decimal(1),
        "u1k1m1z": Decimal(100),
        "u1k1m2a": Decimal(2),
        "u1k1m2z": Decimal(100),
    }
    praise = {"u1k2m1a": Decimal("99.02"), "u1k2m2a": Decimal("85")}

    (unit,) = standings(rules, sheet, errors | praise)
    (late,) = standings(rules, sheet, errors)

    assert unit.result.score == 100
    assert kpi_value(rules, sheet[1], praise) == Fraction("92.01")
    assert (late.result.score, late.result.missing) == (None, 2)


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("parts", {"scheme": Scheme.PARTS}),
        ("parts", {"scheme": Scheme.PARTS, "parts": PARTS[:1]}),
        ("parts", {"scheme": Scheme.PARTS, "parts": (PARTS[0], PARTS[0])}),
        ("total", {"scheme": Scheme.FACETS, "parts": PARTS}),
        ("parts", {"scheme": Scheme.FACETS, "parts": PARTS, "total": Decimal(1000)}),
        ("kpis", {"scheme": Scheme.KPI}),
        ("kpis", {"scheme": Scheme.KPI, "kpis": (ERRORS,)}),
        ("bonus", {"scheme": Scheme.RANKS, "parts": PARTS, "bonus": PARTS}),
    ],
)
def test_rules_that_do_not_close_are_refused_at_their_field(field, given):
    with pytest.raises(BadRules) as refused:
        Rules(**given)

    assert refused.value.field == field


@pytest.mark.parametrize(
    ("scheme", "given"),
    [("dance", {}), ("parts", {"parts": [["登記", "x"]]}), ("kpi", {"kpis": [["a"]]})],
)
def test_settings_that_cannot_be_read_are_refused(scheme, given):
    with pytest.raises(BadRules):
        rules_from(scheme, given)


@pytest.mark.parametrize(
    "rules",
    [
        Rules(Scheme.POINTS, units_apart=True),
        Rules(Scheme.PARTS, PARTS, bonus=(Part("特殊事蹟", Decimal("2.5")),)),
        Rules(Scheme.RANKS, PARTS, floor=Decimal("50")),
        Rules(Scheme.FACETS, PARTS, total=Decimal(100)),
        Rules(
            Scheme.KPI,
            kpis=(ERRORS, PRAISE),
            months=("上半年", "下半年"),
            is_partial=True,
        ),
    ],
    ids=lambda rules: rules.scheme,
)
def test_rules_and_sheets_come_back_from_json(rules):
    sheet = sheet_of(rules, UNITS, ITEMS)

    settings = json.loads(json.dumps(rules.to_settings()))

    assert rules_from(rules.scheme, settings) == rules
    assert from_json(json.loads(json.dumps(to_json(sheet)))) == sheet


@for_all(
    st.lists(st.tuples(st.decimals(0, 50, places=2), st.decimals(0, 100, places=3)))
)
def test_the_units_sum_to_what_all_items_come_to(rows):
    rules = Rules(Scheme.POINTS)
    items = [
        Subject(f"i{i}", f"s{i}", f"項目{i}", UNITS[i % 2][1], points)
        for i, (points, _) in enumerate(rows)
    ]
    marks = {f"i{i}": score for i, (_, score) in enumerate(rows)}

    found = standings(rules, sheet_of(rules, UNITS, items), marks)

    whole = sum((unit.result.so_far for unit in found), Fraction(0))
    assert whole == sum((Fraction(p) * Fraction(s) / 100 for p, s in rows), Fraction(0))
