"""Table layouts that offices use, ready to start from; kept as data.

The numbers T1 to T22 are those of the survey of plans that this list was made from.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from .documents.model import Cell, Column, ColumnKind, Line, Row, RowKind, Table

EMPTY = Cell()
JOINED = Cell(joined=True)


@dataclass(frozen=True, slots=True)
class Layout:
    """A table to start from: what it is called, when it is used, how it looks.

    {y} in its words stands for the plan's year, {y1} for the year after, and so on.
    ``ready`` ones are offered first.
    """

    key: str
    name: str
    purpose: str
    table: Table
    ready: bool = False

    def for_year(self, year: int) -> Table:
        """The table with the years of a plan of ROC year ``year``."""
        years = {"y": year, "y1": year + 1, "y2": year + 2, "y3": year + 3}
        columns = tuple(
            replace(c, name=c.name.format(**years), group=c.group.format(**years))
            for c in self.table.columns
        )
        return replace(self.table, columns=columns)


def _column(
    name: str,
    width: float = 1.0,
    kind: ColumnKind = ColumnKind.TEXT,
    *,
    group: str = "",
    down: bool = False,
    on: bool = False,
) -> Column:
    """``down``: joins downwards; ``on``: lists count on from row to row."""
    return Column(name, group, kind, width, down, on)


def _months(group: str) -> Iterator[Column]:
    for month in range(1, 13):
        yield _column(f"{month}月", 0.35, ColumnKind.MONTH, group=group)


def _cells(*texts: str | None) -> tuple[Cell, ...]:
    return tuple(
        JOINED if text is None else Cell((Line(text),)) if text else EMPTY
        for text in texts
    )


def _data(width: int, *texts: str | None) -> Row:
    return Row((*_cells(*texts), *[EMPTY] * (width - len(texts))))


def _over_all(width: int, text: str) -> Row:
    """A group row: one cell over the whole width."""
    cell = Cell((Line(text),), span=width)
    return Row((cell, *[EMPTY] * (width - 1)), RowKind.GROUP)


def _total(width: int, text: str, span: int = 1) -> Row:
    cell = Cell((Line(text),), span=span)
    return Row((cell, *[EMPTY] * (width - 1)), RowKind.TOTAL)


def _layout(
    key: str,
    name: str,
    purpose: str,
    columns: list[Column],
    *rows: Row,
    title: str = "",
    note: str = "",
) -> Layout:
    table = Table(
        tuple(columns), rows or (_data(len(columns)),) * 2, title=title, note=note
    )
    return Layout(key, name, purpose, table)


READY = (
    _layout(  # T1
        "strategy-3",
        "要領、策略、方法三欄表",
        "一個要領之下有幾個策略，每個策略列出執行方法。",
        [
            _column("實施要領", 0.7, down=True),
            _column("執行策略", 1.2),
            _column("執行方法", 2.4, on=True),
        ],
    ),
    _layout(  # T2
        "work-items",
        "工作要項、重點、單位表",
        "構面與策略共用一個表頭，第一列先寫整體工作，不分構面。",
        [
            _column("", 0.8, group="工作要項", down=True),
            _column("", 1.4, group="工作要項", down=True),
            _column("工作重點", 2.4, on=True),
            _column("業務單位", 0.7, ColumnKind.UNIT),
        ],
        Row((Cell(span=2), EMPTY, EMPTY, EMPTY), RowKind.LEAD),
        _data(4),
        _data(4, None),
    ),
    _layout(  # T3
        "timetable",
        "作業時程管制表（十二個月）",
        "每個專案列出課室、指標、考核方式，並在月份格塗色；適合橫印的附件。",
        [
            _column("項次", 0.45, ColumnKind.NUMBER, down=True),
            _column("課室", 0.6, ColumnKind.UNIT, down=True),
            _column("專案名稱（配分／承辦人）", 1.6, down=True),
            _column("考核指標", 2.2, down=True),
            _column("考核方式（月份）", 1.4),
            *_months("{y}年"),
        ],
        _data(17),
        _data(17, None, None, None, None),
    ),
    _layout(  # T4
        "indicators",
        "項目、指標、作法、期限表",
        "每個項目之下分指標，列出內容、具體作法與完成期限。",
        [
            _column("項目", 0.6, down=True),
            _column("指標", 0.8, down=True),
            _column("內容", 1.5),
            _column("具體作法", 2.4),
            _column("完成期限", 0.7, ColumnKind.DATE),
        ],
        _data(5),
        _data(5, None),
    ),
    _layout(  # T5
        "facets",
        "構面、策略、方法、效益表",
        "同一構面的各列共用一格預期效益。",
        [
            _column("實施構面", 0.7, down=True),
            _column("執行策略", 1.1),
            _column("執行方法", 2.4),
            _column("預期效益", 1.2, down=True),
        ],
        _data(4),
        _data(4, None, "", "", None),
    ),
    _layout(  # T6
        "programme",
        "施政目標、計畫項目、實施內容表",
        "實施內容一格之內可再分使用、出納、會計等單位的辦理事項。",
        [
            _column("施政目標", 0.8, down=True),
            _column("計畫項目", 1.1),
            _column("實施內容", 2.8),
        ],
    ),
)

MORE = (
    _layout(  # T7
        "lead-units",
        "策略、方法、主辦單位、作法表",
        "每個構面一個表，主辦單位可有好幾個。",
        [
            _column("執行策略", 1, down=True),
            _column("執行方法", 1.8, on=True),
            _column("主辦單位", 0.7, ColumnKind.UNIT),
            _column("具體作法", 2),
        ],
    ),
    _layout(  # T8
        "requirements",
        "要項、策略、方法、承辦單位表",
        "依實施要項分策略與方法，最後一欄寫承辦單位。",
        [
            _column("實施要項", 0.8, down=True),
            _column("執行策略", 1.2),
            _column("執行方法", 2.2),
            _column("承辦單位", 0.7, ColumnKind.UNIT),
        ],
    ),
    _layout(  # T9
        "two-columns",
        "項目與作法兩欄表",
        "左欄寫實施項目，右欄寫具體作法。",
        [_column("實施項目", 1), _column("具體作法", 3)],
    ),
    _layout(  # T10
        "evaluation",
        "評核項目、指標與檢討表",
        "評核項目、指標、次指標三層，附預期目標、承辦單位與管考方式；配分寫在表名。",
        [
            _column("評核項目", 0.7, down=True),
            _column("評核指標", 0.9, down=True),
            _column("次評核指標", 1),
            _column("具體作法", 2),
            _column("預期目標", 1, ColumnKind.TARGET),
            _column("承辦單位", 0.7, ColumnKind.UNIT),
            _column("檢討管考", 0.8, ColumnKind.STATUS),
        ],
        title="（一）○○構面（○○分）",
    ),
    _layout(  # T11
        "weighted-goals",
        "策略績效目標與衡量指標表（權重）",
        "目標與指標各有權重，指標列出評估方式、計算公式與目標值，表頭兩列。",
        [
            _column("策略績效目標", 1.2, down=True),
            _column("權重％", 0.5, ColumnKind.WEIGHT, down=True),
            _column("指標", 1.2, group="衡量指標"),
            _column("權重％", 0.5, ColumnKind.WEIGHT, group="衡量指標"),
            _column("評估體制", 0.6, group="衡量指標"),
            _column("評估方式", 0.8, group="衡量指標"),
            _column("衡量標準", 1.6, group="衡量指標"),
            _column("{y}年度目標值", 0.8, ColumnKind.TARGET),
        ],
    ),
    _layout(  # T12
        "budget-plan",
        "業務別施政計畫與預算表",
        "依業務別列計畫項目、實施內容與預算金額。",
        [
            _column("業務別", 0.7, down=True),
            _column("重要施政計畫項目", 1.2),
            _column("實施內容", 2.2),
            _column("預算金額（千元）", 0.8, ColumnKind.MONEY),
            _column("備註", 0.6, ColumnKind.NOTE),
        ],
        _data(5),
        _data(5, None),
        _total(5, "合計", span=3),
    ),
    _layout(  # T13
        "targets-4-years",
        "關鍵績效指標四年目標表",
        "每個指標列出本年度起四年的目標值。",
        [
            _column("序號", 0.4, ColumnKind.NUMBER),
            _column("關鍵績效指標", 1.4),
            _column("衡量標準", 1.6),
            _column("{y}年", 0.5, ColumnKind.TARGET, group="年度目標值"),
            _column("{y1}年", 0.5, ColumnKind.TARGET, group="年度目標值"),
            _column("{y2}年", 0.5, ColumnKind.TARGET, group="年度目標值"),
            _column("{y3}年", 0.5, ColumnKind.TARGET, group="年度目標值"),
        ],
    ),
    _layout(  # T14
        "baselines",
        "績效指標現況與階段目標表",
        "指標的定義、現在的數據與第一階段要達到的值。",
        [
            _column("範疇", 0.7, down=True),
            _column("績效指標", 1.1),
            _column("衡量或量化基準", 1.6),
            _column("現況數據", 0.8, ColumnKind.TARGET),
            _column("第一階段達成值", 0.8, ColumnKind.TARGET),
        ],
    ),
    _layout(  # T15
        "milestones",
        "查核點與累計進度表",
        "每個查核點的預定完成日期、累計進度與支用數。",
        [
            _column("工作內容", 1.4, down=True),
            _column("內容狀態", 1, group="查核點"),
            _column("預定完成日期", 0.8, ColumnKind.DATE, group="查核點"),
            _column("累計預定進度％", 0.7, ColumnKind.TARGET),
            _column("累計預定支用數", 0.8, ColumnKind.MONEY),
            _column("查核點說明", 1.4, ColumnKind.NOTE),
        ],
    ),
    _layout(  # T16
        "expenses",
        "經費概算表（分類小計）",
        "分人事費、業務費、資本門，每類有小計，最後總計；列出補助與配合款。",
        [
            _column("項目", 1.2),
            _column("單價", 0.6, ColumnKind.MONEY, group="計畫經費明細"),
            _column("單位", 0.4, group="計畫經費明細"),
            _column("數量", 0.4, ColumnKind.TARGET, group="計畫經費明細"),
            _column("合計", 0.7, ColumnKind.MONEY, group="計畫經費明細"),
            _column("支用說明", 1.4, ColumnKind.NOTE, group="計畫經費明細"),
            _column("補助（A）", 0.7, ColumnKind.MONEY, group="經費來源"),
            _column("配合款（F）", 0.7, ColumnKind.MONEY, group="經費來源"),
            _column("總計（G=A+F）", 0.8, ColumnKind.MONEY, group="經費來源"),
        ],
        _over_all(9, "人事費"),
        _data(9),
        _total(9, "小計", span=4),
        _over_all(9, "業務費"),
        _data(9),
        _total(9, "小計", span=4),
        _over_all(9, "資本門"),
        _data(9),
        _total(9, "小計", span=4),
        _total(9, "總計", span=4),
    ),
    _layout(  # T17
        "self-assessment",
        "單位績效目標自評表",
        "目標與配分、預期與執行成果、評分標準與自評，表頭兩列。",
        [
            _column("單位績效目標（配分％）", 1.1, down=True),
            _column("預期成果", 1.2, group="績效衡量指標"),
            _column("執行成果", 1.2, group="績效衡量指標"),
            _column("項目", 1, group="評分標準"),
            _column("配分", 0.4, ColumnKind.POINTS, group="評分標準"),
            _column("自評", 0.4, ColumnKind.POINTS, group="評分標準"),
            _column("自評分數", 0.5, ColumnKind.POINTS, down=True),
            _column("自我評估報告", 1.2, down=True),
        ],
        _data(8),
        _data(8, None, "", "", "", "", "", None, None),
        _total(8, "合計", span=4),
    ),
    _layout(  # T18
        "judged-groups",
        "受評機關分組表",
        "每組列出受評機關名稱與機關數。",
        [
            _column("組別", 0.5, down=True),
            _column("機關名稱", 2.5),
            _column("機關數", 0.5, ColumnKind.TARGET),
        ],
        _data(3, "甲組"),
        _data(3, "乙組"),
    ),
    _layout(  # T19
        "core-business",
        "核心業務與中斷容忍時間表",
        "每項核心業務的系統、重要性、影響與最大可容忍中斷時間。",
        [
            _column("核心業務", 1),
            _column("資通系統", 1),
            _column("重要性說明", 1.4),
            _column("業務失效影響", 1.4),
            _column("最大可容忍中斷時間", 0.9, ColumnKind.TARGET),
        ],
    ),
    _layout(  # T20
        "schedule-2-sides",
        "時間與活動並列表（一列兩筆）",
        "活動流程左右並列，一列印兩筆。",
        [
            _column("時間", 0.7, ColumnKind.DATE),
            _column("活動內容", 1.6),
            _column("時間", 0.7, ColumnKind.DATE),
            _column("活動內容", 1.6),
        ],
    ),
    _layout(  # T21
        "duties",
        "單位業務分掌表",
        "左欄為單位，右欄分項寫所掌業務。",
        [_column("單位", 0.7, ColumnKind.UNIT), _column("業務分掌", 3)],
    ),
    _layout(  # T22
        "comparison",
        "修正對照表",
        "修正規定、現行規定與說明三欄；適合橫印的附件。",
        [_column("修正規定", 2), _column("現行規定", 2), _column("說明", 1.4)],
    ),
    _layout(  # T22
        "revision-list",
        "歷次修訂一覽表",
        "每次修訂的日期、次別、文號與動作。",
        [
            _column("日期", 0.8, ColumnKind.DATE),
            _column("次別", 0.6),
            _column("文號", 1.6),
            _column("動作", 0.6, ColumnKind.STATUS),
        ],
    ),
    _layout(
        "empty",
        "空白兩欄表",
        "從兩個空白的欄開始，自己加欄、命名。",
        [_column("第一欄"), _column("第二欄")],
    ),
)

LAYOUTS = {
    layout.key: layout
    for layout in (*(replace(layout, ready=True) for layout in READY), *MORE)
}
