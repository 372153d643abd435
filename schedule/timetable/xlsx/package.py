"""An uploaded file → the parts of a workbook, or a sentence that says why not.

Everything that could hurt is looked at before the workbook is parsed: sizes, macros,
declarations of entities, and how many rows and cells there are.
"""

from __future__ import annotations

import posixpath
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError
from zipfile import BadZipFile, ZipFile

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

MEGABYTE = 1024 * 1024
LARGEST_WHOLE = 60 * MEGABYTE
LARGEST_PART = 20 * MEGABYTE
MOST_PARTS = 2_000
# Repeated rows shrink to a fiftieth; a bomb shrinks to a thousandth.
HIGHEST_RATIO = 200
MOST_ROWS = 3_000
MOST_CELLS = 200_000
LAST_ROW = 20_000

_OLD_FORMAT = b"\xd0\xcf\x11\xe0"
_WORD = "WordDocument".encode("utf-16-le")
_WORKBOOK = "xl/workbook.xml"
_WORKBOOK_TYPES = (b"spreadsheetml.sheet.main+xml", b"sheet.macroEnabled.main+xml")
_CONTENT_TYPES = "[Content_Types].xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_RELATION_ID = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)
_ROW = re.compile(rb"<(?:\w+:)?row\b")
_ROW_NUMBER = re.compile(rb'^[^>]*?\br="(\d{1,9})"')
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|is)\b[^/>]*>")
BROKEN = "檔案不完整或已損壞，無法讀取；請用 Excel 開啟後另存新檔（.xlsx）再試。"
# Whatever a broken file makes the parsers of its parts raise.
BREAKAGES = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    OSError,
    EOFError,
    RuntimeError,
    BadZipFile,
    ParseError,
    zlib.error,
)


class UnreadableWorkbook(ValueError):
    """The file is no workbook that can be read; the message is for the person."""


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A worksheet as it stands in the file; ``xml`` is empty for a hidden one.

    ``last_row`` is the last that holds a value, ``used_rows`` counts those.
    """

    name: str
    is_hidden: bool
    xml: bytes = b""
    last_row: int = 0
    used_rows: int = 0


@dataclass(frozen=True, slots=True)
class Package:
    sheets: tuple[SheetPart, ...]
    has_links: bool = False


def is_workbook(data: bytes) -> bool:
    """Whether the bytes are meant as a workbook, readable or not."""
    if data.startswith(_OLD_FORMAT):
        return _WORD not in data
    if not data.startswith(b"PK"):
        return False
    try:
        with ZipFile(BytesIO(data)) as archive:
            return _holds_workbook(archive)
    except BREAKAGES:
        return b"xl/w" in data


def _holds_workbook(archive: ZipFile) -> bool:
    names = archive.namelist()
    if any(name.startswith("xl/") for name in names):
        return True
    if _CONTENT_TYPES not in names:
        return False
    if archive.getinfo(_CONTENT_TYPES).file_size > MEGABYTE:
        return False
    types = archive.read(_CONTENT_TYPES)
    return any(kind in types for kind in _WORKBOOK_TYPES)


def open_package(data: bytes) -> Package:
    """The worksheets of a workbook.  Raises UnreadableWorkbook."""
    if data.startswith(_OLD_FORMAT):
        raise UnreadableWorkbook(
            "檔案有密碼或是舊版 .xls，請另存為沒有密碼的 .xlsx 再試。"
        )
    if not is_workbook(data):
        raise UnreadableWorkbook("這不是 Excel 檔案（.xlsx），無法讀取。")
    try:
        with ZipFile(BytesIO(data)) as archive:
            _check(archive)
            return _package(archive)
    except UnreadableWorkbook:
        raise
    except DefusedXmlException as error:
        raise _unsafe() from error
    except BREAKAGES as error:
        raise UnreadableWorkbook(BROKEN) from error


def _unsafe() -> UnreadableWorkbook:
    return UnreadableWorkbook("檔案內含不安全的 XML 宣告，未讀取。")


def _check(archive: ZipFile) -> None:
    """Raises UnreadableWorkbook for what is too large, encrypted, or does something."""
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if any(name.endswith("vbaProject.bin") for name in names):
        raise UnreadableWorkbook("檔案含有巨集，請另存為不含巨集的 .xlsx 再試。")
    if "xl/workbook.bin" in names:
        raise UnreadableWorkbook("這是 .xlsb 檔案，請另存為 .xlsx 再試。")
    if len(parts) > MOST_PARTS or sum(p.file_size for p in parts) > LARGEST_WHOLE:
        raise UnreadableWorkbook("檔案解壓縮後超過 60 MB，不像是管制表，未讀取。")
    for part in parts:
        is_bomb = part.file_size > HIGHEST_RATIO * max(1, part.compress_size)
        if part.file_size > MEGABYTE and is_bomb:
            raise UnreadableWorkbook("檔案的壓縮比異常，可能有害，未讀取。")
        if part.flag_bits & 1:
            raise UnreadableWorkbook("檔案有密碼，請另存為沒有密碼的 .xlsx 再試。")


def _package(archive: ZipFile) -> Package:
    names = archive.namelist()
    for name in names:
        if name.endswith((".xml", ".rels")) and not name.startswith("customXml/"):
            _check_xml(archive, name)
    has_links = any(name.startswith("xl/externalLinks/") for name in names)
    sheets = tuple(_sheets(archive))
    if not sheets:
        raise UnreadableWorkbook("檔案裡沒有工作表。")
    _check_amount(sheets)
    return Package(sheets, has_links)


def _check_xml(archive: ZipFile, name: str) -> None:
    if archive.getinfo(name).file_size > LARGEST_PART:
        raise UnreadableWorkbook("有一個工作表的內容超過 20 MB，不像是管制表，未讀取。")
    xml = archive.read(name)
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise _unsafe()
    if b"\x00" in xml[:200]:
        raise UnreadableWorkbook(BROKEN)


def _sheets(archive: ZipFile) -> list[SheetPart]:
    targets = _targets(fromstring(archive.read(_RELATIONS)))
    found = []
    for element in _named(fromstring(archive.read(_WORKBOOK)), "sheet"):
        key = next(
            (element.get(name) for name in _RELATION_ID if element.get(name)), ""
        )
        target = targets.get(key or "", "")
        name = element.get("name", "")
        if target and element.get("state", "visible") != "visible":
            found.append(SheetPart(name, is_hidden=True))
        elif target:
            found.append(_sheet_part(name, archive.read(target)))
    return found


def _named(root: Element, name: str) -> list[Element]:
    """All elements of that name, whatever their namespace."""
    return [one for one in root.iter() if one.tag.rpartition("}")[2] == name]


def _targets(root: Element) -> dict[str, str]:
    """Paths of the worksheets by the ids of their relations."""
    return {
        one.get("Id", ""): posixpath.normpath(
            posixpath.join("/xl", one.get("Target", ""))
        ).lstrip("/")
        for one in _named(root, "Relationship")
        if one.get("Type", "").endswith("/worksheet")
    }


def _sheet_part(name: str, xml: bytes) -> SheetPart:
    used = last = 0
    for number, row in enumerate(_ROW.split(xml)[1:], start=1):
        if _VALUE.search(row):
            found = _ROW_NUMBER.match(row)
            used += 1
            last = max(last, int(found[1]) if found else number)
    return SheetPart(name, False, xml, last, used)


def _check_amount(sheets: Sequence[SheetPart]) -> None:
    """Raises UnreadableWorkbook with the counts where there is too much to read."""
    rows = sum(sheet.used_rows for sheet in sheets)
    if rows > MOST_ROWS:
        most = max(sheets, key=lambda sheet: sheet.used_rows)
        raise UnreadableWorkbook(
            f"檔案用了 {rows:,} 列（工作表「{most.name}」{most.used_rows:,} 列），"
            f"超過 {MOST_ROWS:,} 列，不像是管制表；請只留下管制表再匯入。"
        )
    far = next((sheet for sheet in sheets if sheet.last_row > LAST_ROW), None)
    if far:
        raise UnreadableWorkbook(
            f"工作表「{far.name}」在第 {far.last_row:,} 列還有內容，不像是管制表；"
            "請刪除下方不用的列再匯入。"
        )
    cells = sum(len(_CELL.findall(sheet.xml)) for sheet in sheets)
    if cells > MOST_CELLS:
        raise UnreadableWorkbook(
            f"檔案有 {cells:,} 個儲存格，超過 {MOST_CELLS:,} 個，不像是管制表；"
            "請刪除不用的列與欄再匯入。"
        )
