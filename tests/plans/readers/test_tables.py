"""Tables as offices copy them: merged cells lost, heads repeated, rows cut by pages."""

from plans.documents.cells import marked_rows, write_lines
from plans.documents.model import (
    ColumnKind,
    Document,
    RowKind,
    Table,
    logical_rows,
    tables,
)
from plans.readers.text import Reading, fold, read

HEAD = "星河市北港鄉公所115年度護樹計畫\n壹、內容\n"


def document_of(text: str) -> Document:
    return fold(read(HEAD + text), {})


def table_of(text: str) -> Table:
    (table,) = tables(document_of(text))
    return table


def printed(table: Table) -> list[list[str]]:
    """Each row's cells as printed; ^ stands for a cell joined with the one above."""
    style = read(HEAD).style
    return [
        [
            "^" if c.joined else write_lines(m)
            for c, m in zip(row.cells, marks, strict=True)
        ]
        for row, marks in zip(table.rows, marked_rows(table, style), strict=True)
    ]


def codes(reading: Reading) -> list[str]:
    return [flag.code for flag in reading.flags if flag.severity == "warning"]


def test_empty_first_cells_are_joined_and_lists_count_on() -> None:
    table = table_of(
        "要領\t策略\t方法\n"
        "一、種樹\t（一）選苗\t挑耐旱的樹種。\n\t（二）整地\t先量土壤濕度。\n"
        "二、護樹\t（一）巡查\t每週走一圈。\n\t（二）修枝\t請樹藝師到場。\n"
    )

    assert printed(table) == [
        ["一、種樹", "（一）選苗", "挑耐旱的樹種。"],
        ["^", "（二）整地", "先量土壤濕度。"],
        ["二、護樹", "（一）巡查", "每週走一圈。"],
        ["^", "（二）修枝", "請樹藝師到場。"],
    ]
    assert [column.continues for column in table.columns] == [True, True, False]
    assert [column.joins_down for column in table.columns] == [True, False, False]


def test_a_row_cut_by_a_page_is_one_row_again() -> None:
    table = table_of(
        "要領\t策略\t方法\n"
        "一、種樹苗與養\t（一）選苗\t挑耐旱、耐鹽而且本地苗圃\n\n"
        "要領\t策略\t方法\n"
        "土護根\t\t買得到的樹種。\n\t（二）整地\t先量土壤濕度。\n"
        "二、護樹\t（一）巡查\t每週走一圈。\n"
    )

    assert printed(table)[0] == [
        "一、種樹苗與養土護根",
        "（一）選苗",
        "挑耐旱、耐鹽而且本地苗圃買得到的樹種。",
    ]
    assert logical_rows(table) == 3


def test_only_the_first_cell_may_be_cut() -> None:
    table = table_of(
        "要領\t策略\t方法\n一、種\t（一）選苗\t挑耐旱的樹種。\n\n"
        "要領\t策略\t方法\n樹與護土\t（二）整地\t先量土壤濕度。\n"
        "二、護樹\t（一）巡查\t每週走一圈。\n"
    )

    assert printed(table)[:2] == [
        ["一、種樹與護土", "（一）選苗", "挑耐旱的樹種。"],
        ["^", "（二）整地", "先量土壤濕度。"],
    ]


def test_the_end_of_a_list_in_the_next_row_goes_back_up() -> None:
    table = table_of(
        "構面\t策略\t方法\n甲面\t一、服務\t<ol> 1. 編手冊 2. 立期限 3. 說明要簡明且容\n\n"
        "構面\t策略\t方法\n\t二、便捷\t<p>易讀懂。</p> <p>4. 可查進度</p> <p>1. 跨機關</p> <p>2. 線上辦</p>\n"
    )

    assert [row[2] for row in printed(table)] == [
        "1、編手冊\n2、立期限\n3、說明要簡明且容易讀懂。\n4、可查進度",
        "1、跨機關\n2、線上辦",
    ]


def test_cells_that_slid_to_the_left_go_back_to_their_columns() -> None:
    reading = read(
        HEAD + "要項\t\t重點\t單位\n"
        "一、苗圃\t（一）育苗\t1. 浸種。\t農經課\n\t\t2. 催芽。\t農經課\n"
        "（二）移植\t1. 挖穴。\t建設課\t\n\t2. 覆土。\t建設課\t\n"
        "（三）養護\t1. 澆水。\t\t農經課\n"
        "二、志工\t（一）招募\t1. 公告。\t民政課\n\t（二）訓練\t1. 上課。\t民政課\n"
        "三、成果\t（一）檢討\t1. 開會。\t農經課\n"
    )
    (table,) = tables(fold(reading, {}))

    assert printed(table)[2:5] == [
        ["^", "（二）移植", "1、挖穴。", "建設課"],
        ["^", "^", "2、覆土。", "建設課"],
        ["^", "（三）養護", "1、澆水。", "農經課"],
    ]
    assert codes(reading) == ["moved-cells"]
    assert "第 6～8 行" in reading.flags[0].message
    assert [(c.group, c.name) for c in table.columns[:2]] == [
        ("要項", ""),
        ("要項", ""),
    ]


def test_a_month_grid_has_a_head_of_two_rows_and_is_shaded_by_its_text() -> None:
    months = "\t".join(f"{n} 月" if n < 10 else f"1 {n - 10} 月" for n in range(1, 13))
    reading = read(
        HEAD
        + "附件 1 護樹管制表\n項次\t課室\t項目 (配分/承辦人)\t指標\t方式(月份)\t115 年"
        + "\t" * 12
        + "\n\t\t\t\t\t"
        + months
        + "\t\n1\t農經課\t巡樹 (5分/林一)\t1. 次數。(60%) 2. 紀錄。(40%)\t實地(3-4月)"
        + "\t" * 13
        + "\n\t\t\t\t書面(11月)"
        + "\t" * 12
        + "\n2\t民政課\t志工 (5分/王二)\t1. 人數。(50%) 2. 時數。(40%)\t書面(整年)"
        + "\t" * 13
        + "\n"
    )
    document = fold(reading, {})
    (table,) = tables(document)

    assert [c.name for c in table.columns if c.kind is ColumnKind.MONTH] == [
        f"{n}月" for n in range(1, 13)
    ]
    assert {c.group for c in table.columns if c.kind is ColumnKind.MONTH} == {"115 年"}
    shaded = [
        [n for n, c in enumerate(row.cells[5:], 1) if c.shaded] for row in table.rows
    ]
    assert shaded == [[3, 4], [11], list(range(1, 13))]
    assert logical_rows(table) == 2
    assert (document.annexes[0].label, document.annexes[0].landscape) == ("附件1", True)
    assert codes(reading) == ["open-weights"]


def test_a_table_copied_cell_by_cell_from_a_word_processor() -> None:
    table = table_of(
        "\t項目\n\t指標\n\t作法\n\t期限\n\n"
        "\t流程\n\t快\n\t1.單一窗口。\n2.減少附\n\n件。\n\t115/1~115/12\n\n"
        "\t\n\t透明\n\t1.公告。\n\n2.可查\n\n  進度。\n\t115/1~115/12\n\n貳、獎懲\n"
    )

    assert printed(table) == [
        ["流程", "快", "1、單一窗口。\n2、減少附件。", "115/1~115/12"],
        ["^", "透明", "1、公告。\n2、可查進度。", "115/1~115/12"],
    ]


def test_an_annex_title_repeated_for_a_new_count_begins_a_new_table() -> None:
    part = "附件 1 管制表\n項次\t課室\t工作\n1\t民政課\t巡查\n2\t民政課\t修枝\n"

    document = document_of(part + part.replace("民政課", "農經課"))

    assert len(document.annexes) == 1
    assert [logical_rows(table) for table in tables(document)] == [2, 2]


def test_items_that_count_on_below_a_repeated_head_are_one_table() -> None:
    table = table_of(
        "項次\t課室\t工作\n1\t民政課\t巡查\n2\t民政課\t修枝\n\n項次\t課室\t工作\n3\t農經課\t施肥\n"
    )

    assert [row.cells[0].lines[0].text for row in table.rows] == ["1", "2", "3"]


def test_lost_pages_show_in_item_numbers_and_weights() -> None:
    reading = read(
        HEAD + "項次\t工作\t指標\n1\t巡查\t1. 甲。(60%) 2. 乙。(40%)\n"
        "4\t修枝\t1. 丙。(30%) 2. 丁。(30%)\n"
    )

    assert codes(reading) == ["skipped-number", "open-weights"]


def test_group_lead_and_total_rows_are_known() -> None:
    table = table_of(
        "項目\t單價\t數量\t金額\n人事費\t\t\t\n解說員\t1,000\t5\t5,000\n"
        "業務費\t\t\t\n茶水\t50\t20\t1,000\n合計\t\t\t6,000\n"
    )

    assert [row.kind for row in table.rows] == [
        RowKind.GROUP,
        RowKind.DATA,
        RowKind.GROUP,
        RowKind.DATA,
        RowKind.TOTAL,
    ]
    assert table.rows[0].cells[0].span == 4


def test_a_single_missing_cell_is_named() -> None:
    reading = read(
        HEAD + "單位\t業務\t備註\n民政課\t戶籍。\t\n農經課\t\t\n建設課\t道路。\t\n"
        "社會課\t津貼。\t\n主計室\t帳務。\t\n人事室\t考績。\t\n"
    )

    assert [(f.code, f.line) for f in reading.flags if f.severity == "warning"] == [
        ("missing-cell", 5)
    ]


def test_drawn_tables_are_read_too() -> None:
    bars = "| 項目 | 作法 |\n|---|---|\n| 巡查 | 每週 |\n| 修枝 | 每季 |\n"
    boxes = (
        "┌────┬────┐\n│ 項目 │ 作法 │\n├────┼────┤\n│ 巡查 │ 每一 │\n│      │ 週   │\n"
        "├────┼────┤\n│ 修枝 │ 每季 │\n└────┴────┘\n"
    )

    assert printed(table_of(bars)) == [["巡查", "每週"], ["修枝", "每季"]]
    assert printed(table_of(boxes)) == [["巡查", "每一週"], ["修枝", "每季"]]


def test_cells_of_several_lines_stay_in_their_row() -> None:
    table = table_of(
        "要項\t策略\t方法\t單位\n"
        "一、縮短\t（一）檢討\t1.每季檢討。\n2.公告標準。\n3.列管。\t地籍科\n"
        "\t（二）線上\t1.建系統。\n2.辦說明會。\t資訊科\n測量科\n"
        "二、主動\t（一）到府\t1.預約。\t地籍科\n貳、附則\n"
    )

    assert [row[2:] for row in printed(table)] == [
        ["1、每季檢討。\n2、公告標準。\n3、列管。", "地籍科"],
        ["1、建系統。\n2、辦說明會。", "資訊科\n測量科"],
        ["1、預約。", "地籍科"],
    ]


def test_a_column_of_units_under_a_second_head() -> None:
    table = table_of(
        "工作\t查核點\t\t說明\n\t內容\t期限\t\n設計\t委託\t115/3/31\t含審查\n施工\t完工\t115/9/30\t\n"
    )

    assert [(c.group, c.name, c.kind) for c in table.columns] == [
        ("", "工作", ColumnKind.TEXT),
        ("查核點", "內容", ColumnKind.TEXT),
        ("查核點", "期限", ColumnKind.DATE),
        ("", "說明", ColumnKind.NOTE),
    ]


def test_a_form_to_be_filled_in_keeps_its_empty_rows() -> None:
    document = document_of("附表一 巡查紀錄表\n日期\t地點\t情形\n\t\t\n\t\t\n")

    (table,) = tables(document)
    assert [column.name for column in table.columns] == ["日期", "地點", "情形"]
    assert len(table.rows) == 2


def test_a_page_of_the_web_is_read_without_its_tags() -> None:
    document = document_of(
        "<p>貳、作法</p><p>一、訪視。</p>\n"
        "<table><tr><th>項目</th><th>作法</th></tr><tr><td>訪視</td><td>每週</td></tr></table>\n"
    )

    (table,) = tables(document)
    assert [column.name for column in table.columns] == ["項目", "作法"]
    assert printed(table) == [["訪視", "每週"]]
    assert "<p>" not in repr(document.children)
