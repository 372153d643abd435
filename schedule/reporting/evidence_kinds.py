"""What a file of evidence holds, told by its content and never by its name.

Refused are macros, programs in a PDF, what a document would fetch from elsewhere, and
archives that unpack to far more than they are.
"""

from __future__ import annotations

import re
import zlib
from io import BytesIO
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from plans import scans

EMPTY = "這個檔案是空的（0 位元組），請檢查原始檔後再選一次。"
UNKNOWN = (
    "只收 PDF、ODF（odt、ods、odp）、Office（docx、xlsx、pptx）、JPEG 或 PNG；"
    "這個檔案的內容不是這幾種（與副檔名無關）。"
)
OLD_OFFICE = (
    "舊版 Office 檔（doc、xls、ppt）或設了密碼的檔案看不出有沒有巨集，不能收；"
    "請另存成 docx、xlsx、pptx、ODF 或 PDF。"
)
MACROS = "這個檔案含有巨集或內嵌程式，不能收；請另存成不含巨集的檔案或 PDF。"
FETCHES = "這個檔案會從別處載入範本，不能收；請另存成 PDF。"
BOMB = "這個檔案解開後異常龐大，不能收；請另存成 PDF 或分開存放。"
BROKEN = "這個檔案打不開，可能不完整或設了密碼，請檢查原始檔。"
ACTIVE_PDF = "這個 PDF 含有程式、附加檔案或外部指令，不能收；請重新列印成 PDF。"

MOST_ENTRIES = 5_000
MOST_UNPACKED = 200 * 1024 * 1024
# Office's own XML packs well, but not like this.
HIGHEST_RATIO = 200
SMALL = 4 * 1024 * 1024

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_ODF = {CONTENT_TYPES[kind].encode(): kind for kind in ("odt", "ods", "odp")}
_OFFICE = {
    "word/document.xml": "docx",
    "xl/workbook.xml": "xlsx",
    "ppt/presentation.xml": "pptx",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
# Where macros, ActiveX, old macro sheets and foreign objects are kept.
_ACTIVE = re.compile(
    r"(?:^|/)(?:vbaProject|vbaData|activeX|macrosheets|dialogsheets|customUI"
    r"|Basic|Scripts|Object \d+\.bin)(?:[/.\d]|$)"
    r"|embeddings/.*\.(?:bin|exe|vbs|js|bat|cmd|ps1|lnk)$",
    re.IGNORECASE,
)
_ACTIVE_TYPE = re.compile(
    rb"macroEnabled|vnd\.ms-office\.(?:vba|active)", re.IGNORECASE
)
_TEMPLATE = re.compile(
    rb'(?:attachedTemplate|frame|oleObject)"[^>]{0,400}TargetMode\s*=\s*"External"'
)


class NotEvidence(Exception):
    """A file that is not kept; the message says why, in Chinese."""


def kind_of(data: bytes) -> str:
    """A key of CONTENT_TYPES, by what the file holds.  Raises NotEvidence."""
    if not data:
        raise NotEvidence(EMPTY)
    if data.startswith((b"%PDF-", *_PICTURES)):
        return _kind_of_paper(data)
    if data.startswith(_OLE):
        raise NotEvidence(OLD_OFFICE)
    if data.startswith(b"PK\x03\x04"):
        return _kind_of_package(data)
    raise NotEvidence(UNKNOWN)


def _kind_of_paper(data: bytes) -> str:
    """A PDF or a picture, checked as the scan of a signed copy is."""
    try:
        return scans.kind_of(data)
    except scans.NotAScan as refused:
        told = {scans.ACTIVE: ACTIVE_PDF, scans.BROKEN: BROKEN}
        raise NotEvidence(told.get(str(refused), str(refused))) from refused


def _kind_of_package(data: bytes) -> str:
    try:
        with ZipFile(BytesIO(data)) as package:
            entries = package.infolist()
            _refuse_bomb(entries, len(data))
            _refuse_active(entries)
            kind = _named(package)
            _refuse_hidden(package)
            if package.testzip() is not None:
                raise NotEvidence(BROKEN)
    except (
        BadZipFile,
        LargeZipFile,
        zlib.error,
        EOFError,
        OSError,
        RuntimeError,  # encrypted entries
        NotImplementedError,  # methods that no office program uses
        ValueError,
    ) as error:
        raise NotEvidence(BROKEN) from error
    return kind


def _refuse_bomb(entries: list[ZipInfo], size: int) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    is_swollen = unpacked > SMALL and unpacked > HIGHEST_RATIO * size
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or is_swollen:
        raise NotEvidence(BOMB)


def _refuse_active(entries: list[ZipInfo]) -> None:
    if any(_ACTIVE.search(entry.filename) for entry in entries):
        raise NotEvidence(MACROS)


def _named(package: ZipFile) -> str:
    """The kind that the package calls itself; raises NotEvidence."""
    names = set(package.namelist())
    if "mimetype" in names:
        with package.open("mimetype") as file:
            kind = _ODF.get(file.read(100).strip())
        if kind and "content.xml" in names:
            return kind
    elif "[Content_Types].xml" in names:
        kinds = [kind for name, kind in _OFFICE.items() if name in names]
        if len(kinds) == 1:
            return kinds[0]
    raise NotEvidence(UNKNOWN)


def _refuse_hidden(package: ZipFile) -> None:
    """What only the lists inside tell: macro types, and templates fetched from afar."""
    for name in package.namelist():
        if name == "[Content_Types].xml" and _ACTIVE_TYPE.search(package.read(name)):
            raise NotEvidence(MACROS)
        if name == "META-INF/manifest.xml" and b"script-lb" in package.read(name):
            raise NotEvidence(MACROS)
        if name.endswith(".rels") and _TEMPLATE.search(package.read(name)):
            raise NotEvidence(FETCHES)
