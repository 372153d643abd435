"""Bytes of an uploaded text file → str, or a sentence that says why not."""

from __future__ import annotations

import codecs
import unicodedata

LARGEST_FILE = 20 * 1024 * 1024
FEW_CONTROL_CHARACTERS = 3
MOST_CONTROL_CHARACTERS = 0.02
MOST_PRIVATE_CHARACTERS = 0.3

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_PACKED = {
    b"PK\x03\x04": "這是壓縮檔或 Word、Excel、ODF 檔，不是純文字檔",
    b"PK\x05\x06": "這是空的壓縮檔，不是純文字檔",
    b"%PDF": "這是 PDF 檔，不是純文字檔",
    b"\xd0\xcf\x11\xe0": "這是舊版 Word 或 Excel 檔，不是純文字檔",
    b"\x1f\x8b": "這是壓縮檔，不是純文字檔",
    b"7z\xbc\xaf": "這是壓縮檔，不是純文字檔",
    b"Rar!": "這是壓縮檔，不是純文字檔",
    b"{\\rtf": "這是 RTF 檔，不是純文字檔",
    b"\x89PNG": "這是圖片檔，不是純文字檔",
    b"\xff\xd8\xff": "這是圖片檔，不是純文字檔",
    b"GIF8": "這是圖片檔，不是純文字檔",
}
_ADVICE = "；請開啟原檔後複製文字貼上，或另存為純文字檔（.txt）再上傳。"
_ENCODINGS = ("utf-8", "cp950", "big5hkscs")
# Taiwan's files hold ① ⑴ ⅰ (倚天 extension) where Python's cp950 reads kana.
_ETEN_MARKS = {
    ord(code.decode("cp950")): code.decode("big5hkscs")
    for code in (bytes((0xC6, low)) for low in range(0xA1, 0xBF))
}
_LAYOUT_CONTROLS = frozenset("\t\n\r\x0b\x0c\x1a")


class Unreadable(ValueError):
    """The bytes hold no text that can be read; the message is for the user."""


def decode(data: bytes) -> str:
    """The text of an uploaded file: UTF-8, UTF-16, CP950 or Big5-HKSCS.

    Raises Unreadable for anything else, for an empty file, and for more than
    LARGEST_FILE bytes.
    """
    if len(data) > LARGEST_FILE:
        raise Unreadable("檔案超過 20 MB，請只上傳計畫的文字內容。")
    for start, words in _PACKED.items():
        if data.startswith(start):
            raise Unreadable(words + _ADVICE)
    text = _decoded(data)
    if not text.strip("\x00\ufeff\x1a" + " \t\r\n\x0b\x0c\u3000"):
        raise Unreadable("檔案是空的，沒有可以讀取的文字。")
    if not _is_writing(text):
        raise Unreadable("檔案內容不是文字（含有大量控制字元）" + _ADVICE)
    return text


def _decoded(data: bytes) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding)
    if b"\x00" in data[:4096]:
        return _strictly(data, _bare_utf16(data))
    for encoding in _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text.translate(_ETEN_MARKS) if encoding == "cp950" else text
    raise Unreadable("無法辨識檔案的文字編碼；請另存為 UTF-8 編碼的純文字檔再上傳。")


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        message = "檔案的文字編碼有誤，可能已損壞；請另存為 UTF-8 編碼再上傳。"
        raise Unreadable(message) from error


def _bare_utf16(data: bytes) -> str:
    """UTF-16 without a mark: line feeds and blanks show which byte comes first."""
    little = data.count(b"\n\x00") + data.count(b" \x00")
    big = data.count(b"\x00\n") + data.count(b"\x00 ")
    return "utf-16-le" if little >= big else "utf-16-be"


def _is_writing(text: str) -> bool:
    sample = text[:200_000]
    controls = sum(
        unicodedata.category(c) in {"Cc", "Cn"} and c not in _LAYOUT_CONTROLS
        for c in sample
    )
    private = sum(unicodedata.category(c) == "Co" for c in sample)
    return controls <= max(
        FEW_CONTROL_CHARACTERS, MOST_CONTROL_CHARACTERS * len(sample)
    ) and private <= MOST_PRIVATE_CHARACTERS * len(sample)
