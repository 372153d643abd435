"""The scan of a signed copy: looked into before it is kept, proven by its digest."""

from __future__ import annotations

import hashlib
import re
import warnings
import zlib
from collections.abc import Iterator
from functools import partial
from io import BytesIO

from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image

from offices.audit.models import Act

from .cycle import Actor, locked, tell
from .models import Approval

MOST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 200_000_000
TOO_LARGE = "檔案超過 20 MB；請降低掃描解析度（300 dpi 黑白已足夠）或分開存放。"
EMPTY = "這個檔案是空的（0 位元組），請重新掃描或另選檔案。"
UNKNOWN = "只收 PDF、JPEG 或 PNG；這個檔案的內容不是這三種（與副檔名無關）。"
BROKEN = "這張圖片打不開，檔案可能不完整，請重新掃描。"
ACTIVE = "這個 PDF 含有程式、附加檔案或外部指令，不能收；請改用掃描機直接產生的 PDF。"
UNREADABLE = "這個 PDF 加密或有讀不出的內容，不能收；請改用掃描機直接產生的 PDF。"

LOST = "留存的掃描檔不見了，請洽系統管理者自備份取回，或重新附上。"
CHANGED = "留存的掃描檔和當時的雜湊不符，已被更動，不能下載；請洽系統管理者。"

# What a picture of paper never has.  Short names are not looked for in streams, where
# three bytes of a picture may read so.
_ACTIVE = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia)(?![A-Za-z0-9])")
_SHORT = re.compile(rb"/(?:JS|XFA)(?![A-Za-z0-9])")
_STREAM = re.compile(rb">>\s*stream\r?\n")
_STREAM_END = b"endstream"
# Names may be written with codes: /J#53 is /JS.
_CODED = re.compile(rb"#([0-9A-Fa-f]{2})")
_MOST_UNPACKED = 50 * 1024 * 1024

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
}


class NotAScan(Exception):
    """A file that is not kept; the message says why, in Chinese."""


def kind_of(data: bytes) -> str:
    """ "pdf", "jpg" or "png", by what the file holds.  Raises NotAScan."""
    if not data:
        raise NotAScan(EMPTY)
    if len(data) > MOST_BYTES:
        raise NotAScan(TOO_LARGE)
    if data.startswith(b"%PDF-"):
        return _checked_pdf(data)
    if data.startswith(b"\xff\xd8\xff"):
        return _checked_image(data, "jpg")
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return _checked_image(data, "png")
    raise NotAScan(UNKNOWN)


@transaction.atomic
def attach_scan(approval: Approval, *, data: bytes, name: str, by: Actor) -> Approval:
    """Keep the picture of the signed copy; one that was there before is replaced.

    The trail keeps the digests of both.  Raises NotAScan.
    """
    kind = kind_of(data)
    plan = locked(approval.plan)
    current = plan.approvals.without_content().get(pk=approval.pk)
    before, before_digest = current.scan.name, current.scan_digest
    current.scan_name = name[-200:]
    current.scan_digest = hashlib.sha256(data).hexdigest()
    stored = f"{plan.pk}-{current.number}-{current.scan_digest[:12]}.{kind}"
    current.scan.save(stored, ContentFile(data), save=False)
    current.save(update_fields=["scan", "scan_name", "scan_digest"])
    if before:
        transaction.on_commit(partial(current.scan.storage.delete, before))
    tell(
        Act.SCAN_ATTACHED,
        plan,
        by,
        版次=str(current),
        檔名=current.scan_name,
        雜湊=current.scan_digest,
        原檔雜湊=before_digest,
    )
    return current


def read_scan(approval: Approval) -> bytes:
    """The file as it was kept.  Raises NotAScan where it is lost or another one."""
    try:
        with approval.scan.open() as file:
            data: bytes = file.read()
    except (FileNotFoundError, ValueError) as error:
        raise NotAScan(LOST) from error
    if hashlib.sha256(data).hexdigest() != approval.scan_digest:
        raise NotAScan(CHANGED)
    return data


def content_type_of(approval: Approval) -> str:
    """By the ending that attach_scan() gave the file after looking into it."""
    ending = approval.scan.name.rpartition(".")[2]
    return CONTENT_TYPES.get(ending, "application/octet-stream")


def _checked_pdf(data: bytes) -> str:
    left = _MOST_UNPACKED
    for objects, stream in _sections(data):
        words = _decoded(objects)
        packed = _unpacked(words, stream, left) if b"/ObjStm" in words else b""
        left -= len(packed)
        if left <= 0 or _is_active(words, packed) or _ACTIVE.search(_decoded(stream)):
            raise NotAScan(ACTIVE)
    return "pdf"


def _sections(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The file's objects up to each stream, with that stream.

    Linear: no byte is looked at twice, whatever a hostile file repeats.
    """
    at = 0
    while begin := _STREAM.search(data, at):
        end = data.find(_STREAM_END, begin.end())
        if end < 0:
            break
        yield data[at : begin.start()], data[begin.end() : end]
        at = end + len(_STREAM_END)
    yield data[at:], b""


def _is_active(*objects: bytes) -> bool:
    return any(_ACTIVE.search(part) or _SHORT.search(part) for part in objects)


def _decoded(data: bytes) -> bytes:
    return _CODED.sub(lambda found: bytes([int(found[1], 16)]), data)


def _unpacked(words: bytes, stream: bytes, most: int) -> bytes:
    """Objects that the file holds compressed.  Raises NotAScan where they cannot be
    read, as in an encrypted file: nobody knows what they do."""
    try:
        return _decoded(zlib.decompressobj().decompress(stream, max(most, 1)))
    except zlib.error as error:
        if b"/Filter" in words:
            raise NotAScan(UNREADABLE) from error
        return _decoded(stream)


def _checked_image(data: bytes, kind: str) -> str:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=["JPEG", "PNG"]) as image:
                width, height = image.size
                image.verify()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise NotAScan(BROKEN) from error
    if width * height > MOST_PIXELS:
        raise NotAScan(TOO_LARGE)
    return kind
