"""Marks, notes and characters outside the official set."""

from plans.documents.model import Point, tables
from plans.documents.text import write_text
from plans.readers.text import Reading, decode, fold, read

HEAD = "晴川縣松林鄉衛生所115年度工作計畫\n壹、依據：方案。\n"


def written(text: str) -> list[str]:
    return write_text(fold(read(HEAD + text), {})).splitlines()[3:]


def flagged(reading: Reading) -> dict[str, int]:
    return {flag.code: flag.line for flag in reading.flags}


def test_one_character_marks_are_read_as_the_marks_they_show() -> None:
    assert written("一、宣導\n㈠學校\n⒈海報\n⑴設計\n⑵印製\n") == [
        "一、宣導", "（一）學校", "1.海報", "（1）設計", "（2）印製",
    ]  # fmt: skip


def test_circled_numbers_count_one_level_below_their_point() -> None:
    text = "一、宣導\n①學校\n②社區\n二、接種\n（一）幼兒\n①通知\n②追蹤\n"

    assert written(text) == [
        "一、宣導", "（一）學校", "（二）社區",
        "二、接種", "（一）幼兒", "1、通知", "2、追蹤",
    ]  # fmt: skip
    assert flagged(read(HEAD + text))["circled-marks"] == 4


def test_letters_and_articles_stay_text_and_are_told() -> None:
    reading = read(HEAD + "一、服裝\n(A)夏季\n(B)冬季\n")
    chapter = fold(reading, {}).children[0]

    assert isinstance(chapter, Point)
    (point,) = chapter.children
    assert isinstance(point, Point)
    assert point.body == "(A)夏季\n(B)冬季"
    assert flagged(reading)["kept-marks"] == 3


def test_notes_keep_their_sign() -> None:
    assert written("一、自評\n※逾期不計分。\n") == ["一、自評", "※逾期不計分。"]


def test_a_note_below_a_table_is_the_tables_own() -> None:
    reading = read(
        HEAD + "單位\t業務\n一課\t登記\n備註：\n1.逐月填報。\n2.逾期催辦。\n貳、附則\n"
    )
    document = fold(reading, {})
    (table,) = tables(document)

    assert table.note == "備註：\n1.逐月填報。\n2.逾期催辦。"
    assert len(document.children) == 2


def test_compatibility_ideographs_and_radicals_become_usual_characters() -> None:
    reading = read(HEAD + "一、提升效\uf961，便利\u2f64\u2f08。\n")

    assert reading.pieces[1].heading == "提升效率，便利用人。"
    assert flagged(reading)["unified-characters"] == 3


def test_bullets_of_symbol_fonts_are_bullets() -> None:
    text = "一、宣導\n\uf06c海報\nl\t摺頁\n"

    assert written(text) == ["一、宣導", "·海報", "·摺頁"]


def test_circled_numbers_of_a_big5_file_are_no_kana() -> None:
    assert decode("①幼兒②長者⑴".encode("big5hkscs")) == "①幼兒②長者⑴"
