"""Plans of any length for measuring and for looking at: made-up words, real shapes."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import count, cycle

from plans.documents.model import (
    Annex,
    Cell,
    Column,
    ColumnKind,
    Cover,
    Document,
    Line,
    Paragraph,
    Point,
    RevisionLine,
    Row,
    Table,
)
from schedule.timetable.annex import annex
from schedule.timetable.model import (
    Indicator,
    Item,
    Method,
    Share,
    Timetable,
    UnitSheet,
)
from schedule.timetable.months import pattern_of

WORDS = (
    "規劃動線清楚的等候空間，並於尖峰時段加派引導人員",
    "每月檢視服務紀錄，將重複發生的問題列入改善清單",
    "以電話、網路及臨櫃三種方式蒐集意見，7日內回覆",
    "櫃檯人員輪流參加手語與新住民語言課程，全年至少12小時",
    "申辦表單提供範例與檢核表，減少補件次數",
    "結合社區據點辦理行動服務，照顧行動不便的長者",
    "公開服務時程與承辦窗口，讓申請人隨時查詢進度",
    "與鄰近機關建立聯繫群組，跨機關案件一次收齊",
)
LABELS = ("溫馨服務", "便捷流程", "資訊公開", "關懷弱勢", "創新加值")
UNITS = ("綜合課", "服務課", "資訊課")


def plan(sections: int) -> Document:
    """About three pages to a section, half text and half tables, and one annex."""
    words = cycle(WORDS)
    return Document(
        office="明山市政服務中心",
        year=114,
        title="明山市政服務中心114年度提升服務品質執行計畫",
        children=(
            *(_chapter(words, number) for number in range(sections)),
            Paragraph("本計畫奉核定後實施，未盡事宜得隨時修正。"),
        ),
        annexes=(Annex("附件1", "年度工作時程表", (month_grid(sections * 3),)),),
        revisions=tuple(revision(number) for number in range(1, 6)),
        cover=Cover(
            "明山市政服務中心\n114年度提升服務品質執行計畫", "中華民國114年1月"
        ),
        running_head="明山市政服務中心編印",
    )


def revision(number: int) -> RevisionLine:
    return RevisionLine(
        108 + number,
        2,
        number,
        number,
        "修訂",
        f"明服綜字第{number:010d}號",
        "核准",
        True,
    )


def _chapter(words: Iterator[str], number: int) -> Point:
    items = tuple(
        Point(
            2,
            f"{next(words)}。",
            children=tuple(
                Point(3, f"{next(words)}；{next(words)}。") for _ in range(3)
            ),
        )
        for _ in range(4)
    )
    return Point(
        1,
        "計畫目標",
        f"{next(words)}，{next(words)}。",
        (*items, strategy_table(words, 3 + number % 3)),
    )


def strategy_table(words: Iterator[str], groups: int) -> Table:
    """構面⇣／策略⇣／作法 with lists／單位: the commonest table of such plans."""
    names = ("實施構面", "執行策略", "執行方法", "主辦單位")
    columns = tuple(
        Column(name, joins_down=place < 2, continues=place == 2)
        for place, name in enumerate(names)
    )
    units = cycle(UNITS)
    rows = tuple(
        _strategy_row(words, group, place, next(units))
        for group in range(groups)
        for place in range(4)
    )
    return Table(columns, rows, title="執行策略及方法一覽表")


def _strategy_row(words: Iterator[str], group: int, place: int, unit: str) -> Row:
    below = Cell(joined=True)
    label = LABELS[group % len(LABELS)]
    return Row(
        (
            below if place else text(f"{'一二三四五'[group]}、{label}"),
            below if place % 2 else text(next(words)),
            Cell((Line(f"{next(words)}。", 4), Line(f"{next(words)}。", 4))),
            text(unit),
        )
    )


def month_grid(items: int) -> Table:
    """項次／課室／項目, then twelve months under one head; two method rows an item."""
    columns = (
        Column("項次", kind=ColumnKind.NUMBER, joins_down=True),
        Column("課室", kind=ColumnKind.UNIT, joins_down=True),
        Column("工作項目"),
        *(Column(f"{month}月", "114年", ColumnKind.MONTH) for month in range(1, 13)),
    )
    serial = count()
    rows = tuple(
        Row(
            (
                text("1") if method == 0 else Cell(joined=True),
                text(UNITS[item % 3]) if method == 0 else Cell(joined=True),
                text(WORDS[next(serial) % len(WORDS)]),
                *(Cell(shaded=(month + item) % 4 == method) for month in range(12)),
            )
        )
        for item in range(items)
        for method in range(2)
    )
    return Table(columns, rows)


def text(words: str) -> Cell:
    """A cell that holds one paragraph."""
    return Cell((Line(words),))


def control_annex() -> Document:
    """The control table alone: a sheet for each of 5 units with 40 items."""
    words = cycle(WORDS)
    units = ("民政課", "社會課", "經建課", "兵役課", "人文課")
    sheets = tuple(
        UnitSheet(unit, tuple(_item(words, unit, n) for n in range(40)))
        for unit in units
    )
    timetable = Timetable(114, sheets, "年度工作計畫作業時程管制表", "附件1")
    return Document(
        office="明山市河東區公所",
        year=114,
        title="",
        annexes=(annex(timetable, {}),),
    )


def _item(words: Iterator[str], unit: str, number: int) -> Item:
    methods = tuple(
        Method(
            f"實地（{month}-{month + 2}月）", months=pattern_of(range(month, month + 3))
        )
        for month in range(1, 2 + 3 * (number % 2), 3)
    )
    indicators = tuple(Indicator(next(words), Decimal(50)) for _ in range(2))
    share = Share(unit, Decimal(2), ("王小安",))
    return Item(f"{unit}重點業務{number}", (share,), Decimal(2), indicators, methods)
