"""Hypothesis strategies: valid Timetables of any shape, and sheets as they are typed.

Timetables have no ids and are in the form in which a database keeps them: units in one order everywhere,
points of an item the sum of its shares, every unit with at least one item.
"""

from decimal import Decimal

from hypothesis import strategies as st

from schedule.timetable.model import (
    Indicator,
    Item,
    Method,
    Share,
    Stage,
    Timetable,
    UnitSheet,
)
from tests.plans.documents.strategies import some_words

UNITS = ("民政課", "社會課", "民族事務課", "建設課")
NAMES = ("林一樹", "陳二河", "王三山", "周五湖", "李和平", "Pasang")
KINDS = ("實地", "書面", "網頁", "系統查核", "電話抽測")


def decimals(most, places):
    """Exact numbers from 0 to ``most`` with so many places at most."""
    scale = 10**places
    return st.integers(0, most * scale).map(lambda number: Decimal(number) / scale)


patterns = st.text("012", min_size=12, max_size=12)
points = st.none() | decimals(1000, 2)
owners = st.lists(st.sampled_from(NAMES), max_size=3, unique=True).map(tuple)
indicators = st.builds(
    Indicator,
    st.lists(some_words, min_size=1, max_size=2).map("\n".join),
    st.none() | decimals(100, 3),
)
months = st.integers(1, 12)
stages = st.builds(
    lambda first, last, label: Stage(min(first, last), max(first, last), label),
    months,
    months,
    some_words,
)
roc_months = st.none() | st.tuples(st.integers(1, 200), months)


def methods(units=("",)):
    """One method row of an item; joint items have rows of one unit, too."""
    return st.builds(
        Method,
        text=st.lists(some_words, max_size=2).map("\n".join),
        mark=st.sampled_from(("", "1.", "2-1.", "10.")),
        kinds=st.lists(st.sampled_from(KINDS), max_size=2, unique=True).map(tuple),
        months=patterns,
        stages=st.lists(stages, max_size=2).map(tuple),
        examines=st.lists(st.integers(1, 9), max_size=2).map(tuple),
        unit=st.sampled_from(units),
        confirmed=st.booleans(),
    )


@st.composite
def items(draw):
    """An item of one or more units, in the order of UNITS."""
    chosen = draw(st.sets(st.sampled_from(UNITS), min_size=1, max_size=3))
    units = [unit for unit in UNITS if unit in chosen]
    shares = tuple(Share(unit, draw(points), draw(owners)) for unit in units)
    given = [share.points for share in shares if share.points is not None]
    return Item(
        name=draw(some_words),
        shares=shares,
        points=sum(given, Decimal(0)) if given else None,
        indicators=tuple(draw(st.lists(indicators, max_size=3))),
        methods=tuple(draw(st.lists(methods(("", *units)), max_size=3))),
        scored_from=draw(roc_months),
        scored_until=draw(roc_months),
        note="\n".join(draw(st.lists(some_words, max_size=2))),
    )


@st.composite
def timetables(draw):
    """A whole control table; a joint item is one object in all its sheets."""
    found = draw(st.lists(items(), max_size=5))
    sheets = []
    for unit in UNITS:
        own = [i for i in found if unit in {share.unit for share in i.shares}]
        if own:
            sheets.append(UnitSheet(unit, tuple(draw(st.permutations(own)))))
    return Timetable(
        year=115,
        sheets=tuple(sheets),
        title=draw(some_words),
        label=draw(st.sampled_from(("附件1", "附表二"))),
        total=draw(points),
    )


# What stands in cells: words, signs of every width, numbers, marks and brackets.
typed = st.lists(
    st.sampled_from(
        ("(", ")", "（", "）", "分", "%", "％", "/", "／", "、", "和", "月", "年", "至", "-", "～",
         "－", "–", "1", "2-1.", "１２", "0", "10.5", "112", "113", "整年", "每月", "隔年", "日",
         "區間", "實地", "書面", "民", "林一樹", "→", "\n", " ", "　", "。", "配分", "承辦人：", "🙂")
    ),
    max_size=14,
).map("".join)  # fmt: skip
any_text = typed | st.text(max_size=60)

# Pages of a sheet as offices type them; # stands for a character of its own.
PHRASES = (
    "路樹",
    "巡查",
    "清潔",
    "防災",
    "物資",
    "志工",
    "訓練",
    "公園",
    "活動",
    "紀錄",
)
PEOPLE = ("林一樹", "陳二河", "王三山", "周五湖", "李和平", "方志和")
SIGNS = ("", "", "。", "、", "，", "（夜間）", "(春)", "3次", "：")
phrases = st.lists(
    st.tuples(
        st.sampled_from(PHRASES), st.sampled_from(("#", "")), st.sampled_from(SIGNS)
    ).map("".join),
    min_size=1,
    max_size=3,
).map("".join)
two_owners = st.lists(st.sampled_from(PEOPLE), min_size=2, max_size=2, unique=True)


@st.composite
def name_cells(draw):
    """A name cell in one of the ways in which offices write points and owners."""
    name, (first, second) = draw(phrases), draw(two_owners)
    return draw(
        st.sampled_from(
            (
                name,
                f"{name}（2分／{first}、{second}）",
                f"{name}(2.5 分 / {first}){draw(phrases)}",
                f"{name}(6分/{first}、{second[:1]}){second[1:]})",
                f"{name}（民）10.5分／{first}（社）4.5分／{second}",
                f"{name} (民)10分/{first}、(社)5分/{second} (另計3次)",
                f"（3分／{first}）",
                f"{name}（承辦人：{first}）",
            )
        )
    )


@st.composite
def indicator_cells(draw):
    form = draw(st.sampled_from(("{0}. {1}{2}", "({0}){1}{2}", "{1}{2}", "·{1}{2}")))
    start = draw(st.sampled_from((1, 1, 3)))
    weights = st.sampled_from(("", "(50%)", "（40％）。", "(33.5%)", "(100%)"))
    lines = draw(st.lists(st.tuples(phrases, weights), max_size=3))
    typed = (form.format(n, *line) for n, line in enumerate(lines, start))
    return draw(st.sampled_from((" ", "<br>"))).join(typed)


method_cells = st.tuples(
    st.sampled_from(("", "實地", "網頁+書面", "2-1. 實地", "3. 電話", "一、書面")),
    st.sampled_from(
        ("", "（3-4月）", "（整年）", "(每次活動)", "（114年11月至115年10月）")
    ),
).map("".join)


@st.composite
def typed_rows(draw):
    """A row that names an item, goes on with one, or is what a lost page left."""
    rest = (draw(indicator_cells()), draw(method_cells))
    if draw(st.integers(0, 2)) == 0:
        return ("", "", "", *rest)
    units = draw(st.sampled_from(("民政課", "社會課", "民政課／社會課", "")))
    return (str(draw(st.integers(1, 9))), units, draw(name_cells()), *rest)


pages = st.lists(st.lists(typed_rows(), min_size=1, max_size=4), min_size=1, max_size=3)
