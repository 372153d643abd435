import codecs

import pytest

from plans.readers.decoding import LARGEST_FILE, Unreadable, decode

TEXT = "壹、計畫依據\n一、辦理「好厝邊」方案。\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("cp950"),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
    ],
)
def test_every_usual_encoding_gives_the_same_text(data: bytes) -> None:
    assert decode(data) == TEXT


def test_hong_kong_characters_are_read() -> None:
    text = "壹、里長𨋢先生\n"

    assert decode(text.encode("big5hkscs")) == text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "空的"),
        (b" \r\n\t\n", "空的"),
        (codecs.BOM_UTF8, "空的"),
        (b"PK\x03\x04rest", "不是純文字檔"),
        (b"%PDF-1.7", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "舊版"),
        (bytes(range(256)) * 4, "編碼"),
        (b"\x01\x02\x03" * 50, "控制字元"),
        (b"\x00" * 100, "空的"),
        (b"\xff\xfe\x00\xd8", "編碼"),
        (b"x" * (LARGEST_FILE + 1), "20 MB"),
    ],
)
def test_what_is_no_text_is_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        decode(data)


def test_a_single_control_character_does_not_make_a_short_text_unreadable() -> None:
    assert decode("壹、目\x07的".encode()) == "壹、目\x07的"
