"""Cells typed on several lines, quoted cells, and group rows without tabs."""

import pytest

from plans.documents.cells import marked_rows, write_lines
from plans.documents.model import NumberingStyle, RowKind, Table, tables
from plans.readers.text import Reading, fold, read

HEAD = "晴川縣松林鄉公所115年度工作計畫\n壹、要項\n"


def the_table(text: str) -> Table:
    (table,) = tables(fold(read(HEAD + text), {}))
    return table


def printed(table: Table) -> list[list[str]]:
    rows = marked_rows(table, NumberingStyle())
    return [[write_lines(cell) for cell in row] for row in rows]


def warnings(reading: Reading) -> list[str]:
    return [flag.code for flag in reading.flags if flag.severity == "warning"]


def test_quoted_cells_of_a_spreadsheet_lose_their_quotes() -> None:
    table = the_table(
        '作法\t單位\n"1. 單一窗口\n2. 午間輪值"\t一課\n"說明 ""附註"""\t"一課\n二課"\n'
    )

    assert printed(table) == [
        ["1、單一窗口\n2、午間輪值", "一課"],
        ['說明 "附註"', "一課\n二課"],
    ]


@pytest.mark.parametrize("cell", ['"服務"到家', '"未完', '說"明"'])
def test_other_quotation_marks_stay(cell: str) -> None:
    assert printed(the_table(f"作法\t單位\n{cell}\t一課\n宣導\t二課\n"))[0][0] == cell


def test_a_head_name_on_two_lines_is_one_cell() -> None:
    table = the_table("項目\t預算金額\n(千元)\t備註\n苗圃\t120\t\n志工\t30\t自籌\n")

    assert [column.name for column in table.columns] == [
        "項目",
        "預算金額(千元)",
        "備註",
    ]
    assert len(table.rows) == 2


def test_a_list_in_the_last_cell_goes_on_below_its_row() -> None:
    table = the_table("單位\t業務\n一課\t登記\n二課\t1.訪視。\n2.統計。\n三課\t庶務\n")

    assert printed(table)[1:] == [["二課", "1、訪視。\n2、統計。"], ["三課", "庶務"]]


def test_the_next_item_of_the_text_is_no_part_of_the_cell() -> None:
    reading = read(
        HEAD + "一、分工\n單位\t業務\n一課\t登記\n二課\t一、訪視\n二、經費\n"
    )

    assert reading.pieces[-1].heading == "經費"


def test_names_of_groups_without_tabs_are_rows() -> None:
    table = the_table(
        "項目\t單價\t合計\n人事費\n講師\t2\t12\n小計\t\t12\n業務費\n茶水\t1\t9\n合計\t\t21\n"
    )

    assert [row.kind for row in table.rows] == [
        RowKind.GROUP, RowKind.DATA, RowKind.TOTAL,
        RowKind.GROUP, RowKind.DATA, RowKind.TOTAL,
    ]  # fmt: skip


def test_named_parts_of_a_cell_stand_on_lines_of_their_own() -> None:
    table = the_table(
        "計畫\t內容\n財產\t使用單位：1.盤點。2.報廢 出納單位：1.登帳。2.抽查。 說明：按月。\n"
        "檔案\t承辦：一課\n方式：調閱\n"
    )

    assert [row[1] for row in printed(table)] == [
        "使用單位：\n1、盤點。\n2、報廢\n出納單位：\n1、登帳。\n2、抽查。\n說明：按月。",
        "承辦：一課\n方式：調閱",
    ]


def test_a_column_of_weights_that_does_not_close_is_told() -> None:
    rows = "項目\t權重(%)\n苗圃\t60\n志工\t{}\n"

    assert "open-weights" in warnings(read(HEAD + rows.format("30")))
    assert "open-weights" not in warnings(read(HEAD + rows.format("40%")))


def test_columns_that_cite_points_are_not_counted() -> None:
    reading = read(
        HEAD + "修正規定\t現行規定\t說明\n二、每週檢查。\t二、每月檢查。\t酌修。\n"
        "五、（刪除）\t五、每季檢討。\t合併。\n六、每年訪視。\t\t一、新增。\n"
    )

    assert warnings(reading) == []


def test_a_line_below_one_column_goes_on_in_the_row_above() -> None:
    table = the_table(
        "項目      要領      作法            單位\n"
        "接種      催注      (1)通知。       一課\n"
        "                    (2)追蹤。\n"
        "健檢      設站      (1)合作。       二課\n"
    )

    assert printed(table) == [
        ["接種", "催注", "（1）通知。\n（2）追蹤。", "一課"],
        ["健檢", "設站", "（1）合作。", "二課"],
    ]
