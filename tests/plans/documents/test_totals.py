from decimal import Decimal

import pytest

from plans.documents.model import Cell, Column, ColumnKind, Line, Row, RowKind, Table
from plans.documents.totals import amount, suggested_totals


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("10.5分", "10.5"),
        ("（民）４．５分", "4.5"),
        ("40%", "40"),
        ("新臺幣1,234,500元", "1234500"),
        ("12345", "12345"),
        ("-3", "-3"),
        ("依實際支用", "0"),
        ("", "0"),
    ],
)
def test_the_amount_is_read_from_typed_text(text, number):
    assert amount(text) == Decimal(number)


def row(item, money, kind=RowKind.DATA):
    cell = Cell(joined=True) if money is None else Cell((Line(money),))
    return Row((Cell((Line(item),)), cell), kind)


TABLE = Table(
    (Column("項目"), Column("金額", kind=ColumnKind.MONEY)),
    (
        row("業務費", "", RowKind.GROUP),
        row("印刷", "1,200"),
        row("郵資", "800元"),
        row("小計", "", RowKind.TOTAL),
        row("資本門", "", RowKind.GROUP),
        row("電腦", "30,000"),
        row("螢幕", None),
        row("小計", "", RowKind.TOTAL),
        row("總計", "", RowKind.TOTAL),
    ),
)


@pytest.mark.parametrize(("at", "total"), [(3, 2000), (7, 30000), (8, 32000), (0, 0)])
def test_a_subtotal_sums_its_group_and_the_last_total_everything(at, total):
    assert suggested_totals(TABLE, at) == {1: Decimal(total)}
