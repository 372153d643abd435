"""Lists inside cells: what is typed, what is printed."""

from plans.documents.cells import mark_lines, marked_rows, read_lines, write_lines
from plans.documents.model import (
    Cell,
    Column,
    ColumnKind,
    DigitMark,
    Line,
    NumberingStyle,
    Row,
    RowKind,
    Table,
)

DOTS = NumberingStyle(digit_mark=DigitMark.DOT)


def printed(table):
    return [[write_lines(cell) for cell in row] for row in marked_rows(table, DOTS)]


def cell(text, *, continues=False):
    return Cell(read_lines(text, continues=continues))


def test_marks_are_taken_off_and_put_back():
    text = "1.設置櫃檯\n(1)一樓\n(2)二樓\n2.定期檢查"

    lines = read_lines(text)

    assert [line.text for line in lines] == ["設置櫃檯", "一樓", "二樓", "定期檢查"]
    assert write_lines(mark_lines(lines, DOTS)) == text.replace("(", "（").replace(
        ")", "）"
    )


def test_wrong_numbers_are_counted_anew():
    lines = read_lines("1.甲案\n1.乙案\n5.丙案")

    assert write_lines(mark_lines(lines[1:], DOTS)) == "1.乙案\n2.丙案"


def test_one_typed_below_a_list_starts_it_anew():
    lines = read_lines("使用單位：\n1.收件\n2.發證\n出納單位：\n1.繳庫")

    assert write_lines(mark_lines(lines, DOTS)).splitlines()[-1] == "1.繳庫"


def test_list_that_begins_at_three_keeps_its_start():
    assert (
        write_lines(mark_lines(read_lines("3.續辦\n4.結案"), DOTS)) == "3.續辦\n4.結案"
    )


def test_blank_lines_are_left_out():
    assert read_lines("\n 甲 \n\n") == (Line("甲"),)


def test_list_counts_on_until_the_group_at_its_left_changes():
    columns = (Column("構面", joins_down=True), Column("重點", continues=True))
    rows = (
        Row((cell("甲"), cell("1.一", continues=True))),
        Row((Cell(joined=True), cell("7.二\n8.三", continues=True))),
        Row((cell("乙"), cell("9.四", continues=True))),
    )

    texts = printed(Table(columns, rows))

    assert [row[1] for row in texts] == ["1.一", "2.二\n3.三", "1.四"]


def test_first_column_counts_on_to_the_end():
    rows = tuple(
        Row((cell(text, continues=True),)) for text in ("一、甲", "二、乙", "二、丙")
    )

    texts = printed(Table((Column("構面", continues=True),), rows))

    assert texts == [["一、甲"], ["二、乙"], ["三、丙"]]


def test_item_numbers_are_computed():
    column = Column("項次", kind=ColumnKind.NUMBER)
    rows = (
        Row((cell("4"),)),
        Row((Cell(joined=True),)),
        Row((cell("人事費"),), RowKind.GROUP),
        Row((Cell(),)),
        Row((cell("附帶"),)),
    )

    assert printed(Table((column,), rows)) == [["1"], [""], ["人事費"], ["2"], ["附帶"]]
