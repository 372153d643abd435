from plans.documents.model import Brackets, DigitMark, Paragraph, Point, Tens
from plans.readers.text import PieceKind, fold, read

PLAN = """青禾縣柳溪鎮公所115年度走讀老街服務計畫
壹、緣起：鎮民盼望老街有人講古。
貳、目標
一、讓來客聽得懂。
二、讓店家願意留。
參、作法
（一）培訓
1、招募解說員。
2、舉辦共學。
（二）宣傳
肆、本計畫奉 核後實施。
"""


def test_marks_become_levels_and_text_their_body() -> None:
    document = fold(read(PLAN), {})

    chapters = [block for block in document.children if isinstance(block, Point)]
    assert [c.heading for c in chapters] == [
        "緣起：鎮民盼望老街有人講古。",
        "目標",
        "作法",
        "本計畫奉 核後實施。",
    ]
    training = chapters[2].children[0]
    assert isinstance(training, Point)
    assert (training.level, training.heading) == (3, "培訓")
    assert [
        (c.level, c.heading) for c in training.children if isinstance(c, Point)
    ] == [
        (4, "招募解說員。"),
        (4, "舉辦共學。"),
    ]


def test_title_office_and_year_come_from_the_opening() -> None:
    reading = read(PLAN)

    assert reading.title == "青禾縣柳溪鎮公所115年度走讀老街服務計畫"
    assert (reading.office, reading.year) == ("青禾縣柳溪鎮公所", 115)


def test_the_typed_style_of_marks_is_kept() -> None:
    text = "某鎮公所計畫\n壹、甲\n(一) 乙\n1. 丙\n" + "".join(
        f"{mark}、章\n" for mark in "貳參肆伍陸柒捌玖"
    )

    style = read(text + "壹拾、末\n壹拾壹、尾\n").style

    assert (style.brackets, style.tens, style.digit_mark) == (
        Brackets.HALF,
        Tens.LONG,
        DigitMark.DOT,
    )


def test_a_wrapped_item_is_one_text_again() -> None:
    text = (
        "某鎮公所計畫\n壹、目標\n一、請各課於每季檢討櫃檯動線與候位空間，並把意見送交\n\n"
        "秘書室彙整。\n二、其他。\n"
    )

    reading = read(text)

    assert reading.pieces[1].heading.endswith("並把意見送交秘書室彙整。")
    assert (reading.pieces[1].first_line, reading.pieces[1].last_line) == (3, 5)


def test_faults_of_numbering_are_told_with_their_place() -> None:
    text = "某鎮公所計畫\n壹、甲\n壹、乙\n肆、丙\n一、丁\n三、戊\n"

    flags = [(f.code, f.line, f.key) for f in read(text).flags if f.key]

    assert flags == [
        ("double-number", 3, "k2"),
        ("skipped-number", 4, "k3"),
        ("skipped-number", 6, "k5"),
    ]


def test_text_without_numbers_becomes_paragraphs_and_says_so() -> None:
    reading = read("某鎮公所活動說明\n今天天氣很好，大家一起到公園掃地並整理花圃。\n")

    assert [piece.kind for piece in reading.pieces] == [PieceKind.PARAGRAPH]
    assert "no-numbering" in {flag.code for flag in reading.flags}


def test_a_person_may_drop_relevel_and_unnumber_pieces() -> None:
    reading = read("某鎮公所計畫\n壹、甲\n一、乙\n二、丙\n三、丁\n")

    document = fold(
        reading, {"k2": {"drop": True}, "k3": {"level": 1}, "k4": {"kind": "paragraph"}}
    )

    first, second = document.children
    assert isinstance(first, Point)
    assert isinstance(second, Point)
    assert (first.children, second.heading) == ((), "丙")
    assert second.children == (Paragraph("三、丁", "k4"),)
