"""The table shapes of real plans, with made-up words: for tests and for looking at."""

from itertools import cycle

from plans.documents.model import (
    Annex,
    Cell,
    Column,
    ColumnKind,
    Document,
    Line,
    Point,
    Row,
    RowKind,
    Table,
)
from tests.bench.documents import WORDS, month_grid

_words = cycle(WORDS)
BELOW = Cell(joined=True)


def cell(content):
    """None joins the cell above; a number makes a list of so many items."""
    if content is None:
        return BELOW
    if isinstance(content, int):
        return listed(content)
    return Cell((Line(content),) if content else ())


def listed(items):
    lines = []
    for number in range(items):
        lines.append(Line(f"{next(_words)}。", 4))
        if number % 3 == 2:
            lines += [Line(f"{next(_words)}。", 5), Line(f"{next(_words)}。", 5)]
    return Cell(tuple(lines))


def row(*contents, kind=RowKind.DATA):
    return Row(tuple(map(cell, contents)), kind)


def across(words, width, *others, kind=RowKind.GROUP):
    """A row whose first cell reaches over ``width`` columns."""
    first = Cell((Line(words),), span=width)
    covered = (Cell(),) * (width - 1)
    return Row((first, *covered, *map(cell, others)), kind)


def columns(*names, **kwargs):
    return tuple(Column(name, **kwargs) for name in names)


def strategies():
    """實施要領⇣／執行策略／執行方法, with rows higher than a page."""
    return Table(
        columns("實施要領", "執行策略", "執行方法"),
        (
            row("優質便民服務", "改善洽公環境", 4),
            row(None, "縮短等候時間", 40),
            row(None, "友善櫃檯", 3),
            row("資訊流通服務", "公開資料", 18),
            row(None, "線上申辦", 2),
        ),
        "執行策略及方法",
    )


def lead_row():
    """Two columns under one head, and a first row that breaks the pattern."""
    return Table(
        (
            Column("", "工作要項"),
            Column("", "工作要項"),
            Column("工作重點", continues=True),
            Column("業務單位", kind=ColumnKind.UNIT),
        ),
        (
            across("訂定年度計畫並公布於網站", 2, 2, "綜合課", kind=RowKind.LEAD),
            row("基礎服務", "服務一致及正確", 3, "服務課"),
            row(None, None, 2, "服務課、資訊課"),
            row(None, "服務友善", 5, "各課"),
            row("服務遞送", "便捷可近", 12, "各課"),
        ),
    )


def vertical():
    """項目 written downwards in a narrow column."""
    return Table(
        (
            Column("項目", vertical=True),
            Column("指標"),
            Column("內容"),
            Column("具體作法"),
            Column("完成期限", kind=ColumnKind.DATE),
        ),
        (
            row(
                "探查民意趨勢，建立顧客關係", "民意調查", next(_words), 6, "114年6月底"
            ),
            row(None, "意見處理", next(_words), 9, "隨時"),
            row("豐富服務資訊，促進網路溝通", "網站", next(_words), 7, "每月"),
            row(None, None, next(_words), 5, "114年12月31日前"),
        ),
    )


def long_joined():
    """預期效益⇣: a joined cell that is itself longer than its rows."""
    return Table(
        columns("實施構面", "執行策略", "執行方法", "預期效益"),
        (
            row("數位與創新", "服務公開", 8, 16),
            row(None, "友善便捷", 6, None),
            row(None, "數位傳遞", 5, None),
            row("社會創新共融", "在地服務", 9, 2),
            row(None, "客製服務", 6, None),
        ),
    )


def budget():
    """Money with group rows, totals and a two-row head."""
    return Table(
        (
            Column("項目"),
            Column("單價", kind=ColumnKind.MONEY),
            Column("數量", kind=ColumnKind.POINTS),
            Column("補助款(A)", "經費來源", ColumnKind.MONEY),
            Column("配合款(F)", "經費來源", ColumnKind.MONEY),
            Column("總計(G=A+F)", "經費來源", ColumnKind.MONEY),
            Column("支用說明", kind=ColumnKind.NOTE),
        ),
        (
            across("人事費", 7),
            row("臨時人員", "32,000", "2", "50,000", "14,000", "64,000", next(_words)),
            across("業務費", 7),
            row("印刷費", "120", "300", "30,000", "6,000", "36,000", next(_words)),
            across("合計", 3, "80,000", "20,000", "100,000", "", kind=RowKind.TOTAL),
        ),
        "經費概算表（單位：元）",
        "註：實際支用依核定數辦理。",
    )


def indicators():
    """Seven columns, two of them joined: items, indicators and targets."""
    return Table(
        columns(
            "評核項目",
            "評核指標",
            "次評核指標",
            "具體作法",
            "預期目標",
            "承辦單位",
            "檢討管考",
        ),
        (
            row("服務品質", "等候時間", "尖峰等候", 4, "10分鐘內", "服務課", "每月"),
            row(None, None, "離峰等候", 3, "5分鐘內", "服務課", "每月"),
            row(None, "滿意度", "臨櫃", 2, "90％以上", "綜合課", "每季"),
            row("創新", "提案", "", 3, "3案", "各課", "每半年"),
        ),
    )


def bare():
    """A plain list in two columns, nothing set."""
    return Table(
        columns("單位", "業務分掌"),
        tuple(row(unit, next(_words)) for unit in ("綜合課", "服務課", "資訊課")),
    )


SHAPES = (
    strategies,
    lead_row,
    vertical,
    long_joined,
    budget,
    indicators,
    bare,
    lambda: month_grid(12),
)


def every_shape():
    """One document with each shape under a heading of its own."""
    return Document(
        "明山鄉公所",
        114,
        "明山鄉公所表格樣式",
        tuple(
            Point(1, f"第{number}種表格", children=(shape(),))
            for number, shape in enumerate(SHAPES, 1)
        ),
        (Annex("附件1", "工作時程", (month_grid(6),)),),
    )
