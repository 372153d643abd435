"""Timetable → a calendar that other programs subscribe to (iCalendar, RFC 5545).

All-day events, one for each run of months of a row; they leave the time free, for a
month of 考核 keeps nobody from meeting.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from .model import Item, Method, Share, Stage, Timetable
from .months import State, spans
from .wording import plain_number

LONGEST_LINE = 75  # octets, without the line end
_ROC_OFFSET = 1911
_ONE_DAY = timedelta(days=1)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_SPECIAL = re.compile(r"[\\;,]")
# A calendar must have a part; the time zone is one also where there are no events.
_HEAD = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//annual-service-plans//schedule//ZH-TW
CALSCALE:GREGORIAN
REFRESH-INTERVAL;VALUE=DURATION:PT6H
X-PUBLISHED-TTL:PT6H
BEGIN:VTIMEZONE
TZID:Asia/Taipei
BEGIN:STANDARD
DTSTART:19800101T000000
TZOFFSETFROM:+0800
TZOFFSETTO:+0800
END:STANDARD
END:VTIMEZONE""".splitlines()


@dataclass(frozen=True, slots=True)
class Entry:
    """An all-day event, both days included; ``uid`` stays when its words change."""

    uid: str
    summary: str
    first: date
    last: date
    description: str = ""
    is_tentative: bool = False


def entries_of(
    timetable: Timetable, *, unit: str = "", shares: Collection[str] | None = None
) -> Iterator[Entry]:
    """One entry for each run of months, in the order of the items.

    Only of items in the sheet of ``unit``, and with one of ``shares`` (ids, s<pk>),
    where these are given; rows that other units' sheets alone show are left out.
    """
    for item in timetable.items():
        units = {
            share.unit
            for share in item.shares
            if unit in {"", share.unit} and (shares is None or share.id in shares)
        }
        for method in item.methods if units else ():
            if not method.unit or method.unit in units:
                yield from _entries(item, method, timetable.year + _ROC_OFFSET)


def _entries(item: Item, method: Method, year: int) -> Iterator[Entry]:
    for first, last, state in spans(method.months):
        yield Entry(
            f"{method.id}-{year}{first:02}@annual-service-plans",
            _summary(item, method, state),
            date(year, first, 1),
            date(year + last // 12, last % 12 + 1, 1) - _ONE_DAY,
            "\n".join(_description(item, method, first, last)),
            is_tentative=not method.confirmed,
        )


def _summary(item: Item, method: Method, state: State) -> str:
    """「災害防救（實地）」; a narrow month view shows the beginning alone."""
    kinds = f"（{'、'.join(method.kinds)}）" if method.kinds else ""
    return ("重點考核：" if state is State.KEY else "") + item.name + kinds


def _description(item: Item, method: Method, first: int, last: int) -> Iterator[str]:
    yield from (_share_words(share) for share in item.shares)
    if method.text:
        yield f"考核方式：{method.mark}{method.text}"
    yield from (
        f"階段：{_stage_words(stage)}"
        for stage in method.stages
        if stage.first <= last and first <= stage.last
    )
    if not method.confirmed:
        yield "月份尚待確認。"


def _share_words(share: Share) -> str:
    points = "" if share.points is None else f"，配分 {plain_number(share.points)} 分"
    owners = f"，承辦人：{'、'.join(share.owners)}" if share.owners else ""
    return share.unit + points + owners


def _stage_words(stage: Stage) -> str:
    several = stage.last > stage.first
    until = f"–{stage.last}" if several else ""
    return f"{stage.first}{until}月 {stage.label}"


def write_calendar(name: str, entries: Iterable[Entry], stamp: datetime) -> bytes:
    """The whole calendar as a file; ``stamp`` (aware) is when it last changed."""
    lines = [*_HEAD, f"NAME:{escaped(name)}", f"X-WR-CALNAME:{escaped(name)}"]
    for entry in entries:
        lines += _event(entry, f"{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}")
    lines.append("END:VCALENDAR")
    return b"".join(part + b"\r\n" for line in lines for part in folded(line))


def _event(entry: Entry, stamp: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(entry.uid)}"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{_day(entry.first)}"
    yield f"DTEND;VALUE=DATE:{_day(entry.last + _ONE_DAY)}"
    yield f"SUMMARY:{escaped(entry.summary)}"
    if entry.description:
        yield f"DESCRIPTION:{escaped(entry.description)}"
    yield f"STATUS:{'TENTATIVE' if entry.is_tentative else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _day(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def escaped(text: str) -> str:
    """A text as one value: no line ends, no control characters, its signs escaped."""
    one_kind = text.replace("\r\n", "\n").replace("\r", "\n")
    marked = _SPECIAL.sub(lambda sign: f"\\{sign[0]}", _CONTROL.sub("", one_kind))
    return marked.replace("\n", "\\n")


def folded(line: str) -> Iterator[bytes]:
    """The line in parts of 75 octets at most, none of which cuts a character."""
    rest = line.encode()
    while len(rest) > LONGEST_LINE:
        cut = LONGEST_LINE
        while rest[cut] & 0xC0 == 0x80:  # within a character
            cut -= 1
        yield rest[:cut]
        rest = b" " + rest[cut:]
    yield rest
