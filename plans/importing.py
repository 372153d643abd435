"""Reading a plan in: from a text to a draft, from the draft to a plan."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction

from offices.audit.models import Act
from offices.audit.recording import record
from offices.models import Office, User

from .apply import UnfitDocumentError, apply
from .documents.model import (
    Brackets,
    DigitMark,
    Document,
    NumberingStyle,
    Tens,
)
from .documents.numbering import BULLET
from .models import Draft, Plan
from .readers.reading import PieceKind, Reading
from .readers.text import fold, read

# What one page can show and one person can check; a plan of 160 pages has a tenth.
MOST_CHARACTERS = 1_000_000
MOST_LINES = 20_000
MOST_PIECES = 3_000
MOST_ROWS = 3_000

LONGEST_TITLE = 200

LINE_ENDS = re.compile("\r\n|\r|\x0b")

Choice = dict[str, Any]
CHOICES: Mapping[str, Choice] = {
    "accept": {"accept": True},
    "drop": {"drop": True},
    "paragraph": {"kind": PieceKind.PARAGRAPH.value},
    "annex": {"kind": PieceKind.ANNEX.value},
    **{
        f"level-{level}": {"kind": PieceKind.POINT.value, "level": level}
        for level in range(1, BULLET + 1)
    },
}


class UnusableTextError(ValueError):
    """A text that cannot become a plan; the message says why, in Chinese."""


def plain_source(text: str) -> str:
    """``text`` with plain line ends, as the reader counts lines, and storable."""
    return LINE_ENDS.sub("\n", text).replace("\x00", "")


def read_source(text: str) -> Reading:
    """What stands in ``text``; raises UnusableTextError for none or far too much."""
    if len(text) > MOST_CHARACTERS:
        raise UnusableTextError(
            f"文字有 {len(text):,} 字，一次最多讀 {MOST_CHARACTERS:,} 字；請分成幾份匯入。"
        )
    lines = text.count("\n") + 1
    if lines > MOST_LINES:
        raise UnusableTextError(
            f"文字有 {lines:,} 行，一次最多讀 {MOST_LINES:,} 行；請分成幾份匯入。"
        )
    reading = read(text)
    _check_amount(reading)
    return reading


def _check_amount(reading: Reading) -> None:
    kinds = {piece.kind for piece in reading.pieces}
    if not kinds & {PieceKind.POINT, PieceKind.TABLE}:
        raise UnusableTextError(
            "文字裡找不到項次（壹、一、（一）、1、…）也找不到表格，無法匯入。"
        )
    rows = sum(len(piece.table.rows) for piece in reading.pieces if piece.table)
    if rows > MOST_ROWS:
        raise UnusableTextError(
            f"表格共有 {rows:,} 列，一次最多匯入 {MOST_ROWS:,} 列；請分成幾份匯入。"
        )
    if len(reading.pieces) > MOST_PIECES:
        raise UnusableTextError(
            f"文字分成 {len(reading.pieces):,} 個項目，"
            f"一次最多匯入 {MOST_PIECES:,} 個；請分成幾份匯入。"
        )


def year_for(reading: Reading, typed: int | None) -> int:
    """The typed ROC year, else the one found in the text."""
    year = typed or reading.year
    if not year:
        raise UnusableTextError("文字裡找不到年度，請填民國年，例如 114。")
    return year


def title_for(reading: Reading, typed: str) -> str:
    """The typed title, else the one found in the text."""
    title = typed.strip() or reading.title.strip()
    if not title:
        raise UnusableTextError("文字裡找不到計畫名稱，請填寫。")
    if len(title) > LONGEST_TITLE:
        raise UnusableTextError(
            f"計畫名稱最多 {LONGEST_TITLE} 字，請自行填寫較短的名稱。"
        )
    return title


@transaction.atomic
def start_draft(
    reading: Reading,
    *,
    source: str,
    source_name: str,
    office: Office,
    year: int,
    title: str,
    by: User,
) -> Draft:
    """Keep ``source`` until its creator has confirmed what was found in it."""
    Draft.objects.outdated().delete()
    return Draft.objects.create(
        office=office,
        created_by=by,
        year=year,
        title=title,
        brackets=reading.style.brackets.value,
        tens=reading.style.tens.value,
        digit_mark=reading.style.digit_mark.value,
        source=source,
        source_name=source_name,
    )


def draft_document(draft: Draft, reading: Reading) -> Document:
    """What the plan will be after every decision made so far."""
    document = fold(reading, draft.choices)
    style = NumberingStyle(
        Brackets(draft.brackets), Tens(draft.tens), DigitMark(draft.digit_mark)
    )
    return replace(
        document,
        office=draft.office.name,
        year=draft.year,
        title=draft.title,
        style=style,
    )


@transaction.atomic
def change_draft(draft: Draft, *, values: Mapping[str, Any]) -> None:
    """Store title, year, office and style alone, unless it is imported or gone by now."""
    Draft.objects.open().filter(pk=draft.pk).update(**values)


@transaction.atomic
def decide(draft: Draft, keys: Iterable[str], *, choice: str) -> None:
    """Keep how the pieces ``keys`` are to be read: a key of CHOICES, "" as found.

    Raises Draft.DoesNotExist where it was thrown away meanwhile.
    """
    locked = Draft.objects.select_for_update().get(pk=draft.pk)
    for key in keys:
        if choice:
            locked.choices[key] = CHOICES[choice]
        else:
            locked.choices.pop(key, None)
    locked.save(update_fields=["choices"])
    draft.choices = locked.choices


def keys_with_below(reading: Reading, key: str) -> list[str]:
    """``key`` and the keys of all that stands under its piece, as it was found."""
    pieces = iter(reading.pieces)
    top = next(piece for piece in pieces if piece.key == key)
    keys = [key]
    for piece in pieces:
        if piece.kind is PieceKind.ANNEX or 0 < piece.level <= top.level:
            break
        keys.append(piece.key)
    return keys


@transaction.atomic
def apply_draft(draft: Draft, *, by: User) -> Plan:
    """Make the draft's plan, once: a second call gives the plan of the first.

    Raises UnfitDocumentError, or Draft.DoesNotExist where it was thrown away
    meanwhile, and then nothing is imported.
    """
    locked = Draft.objects.select_for_update().get(pk=draft.pk)
    if locked.plan:
        return locked.plan
    document = draft_document(locked, read(locked.source))
    if not (document.children or document.annexes):
        raise UnfitDocumentError("每一項都選了不匯入，沒有可以匯入的內容。")
    plan = apply(
        document, office=locked.office, year=locked.year, title=locked.title, by=by
    )
    locked.plan = plan
    locked.save(update_fields=["plan"])
    source = {"來源": locked.source_name or "貼上的文字"}
    record(Act.PLAN_IMPORTED, by=by, office=locked.office, target=plan, details=source)
    return plan
