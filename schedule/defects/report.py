"""The 查核缺失追蹤表 of a quarter: plain values in, a Document out, pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from offices import roc
from plans.documents.model import (
    Annex,
    Cell,
    Column,
    ColumnKind,
    Document,
    Line,
    Row,
    Table,
)

from .quarters import Quarter
from .rounds import (
    ENTRY_WORDS,
    STATE_SIGNS,
    STATE_WORDS,
    Entry,
    EntryKind,
    State,
    Tracked,
    tracked,
)

TABLE_ID = "defects"
NOTHING = "本季沒有列管的查核缺失。"
_JOINED = Cell(joined=True)
_HIDDEN = "○"


@dataclass(frozen=True, slots=True)
class Part:
    """One unit's part of a case; the first entry puts it under control."""

    unit: str
    entries: tuple[Entry, ...]
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A defect with the units that mend it; ``kind`` is its word, 缺失."""

    number: int
    kind: str
    title: str
    text: str
    source: str
    found_on: date
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """Whose names the paper withholds: the members' ``hidden``, and who wrote what.

    Free text may name others; no program finds them.
    """

    shown: bool = True
    hidden: tuple[str, ...] = ()

    @classmethod
    def without(cls, names: Collection[str]) -> Names:
        """The public edition, for an office of these people; longer names first."""
        return cls(False, tuple(sorted(filter(None, names), key=len, reverse=True)))

    def of(self, person: str) -> str:
        """The name as the paper has it, or nothing."""
        return person if self.shown else ""

    def within(self, text: str) -> str:
        """潘羽彤 becomes 潘○○ in the public edition."""
        for name in self.hidden:
            text = text.replace(name, name[:1] + _HIDDEN * (len(name) - 1))
        return text


EVERYBODY = Names()


@dataclass(frozen=True, slots=True)
class _Listed:
    """A part that the report lists, with where it stands on its day."""

    part: Part
    entries: tuple[Entry, ...]
    standing: Tracked


def base_day(quarter: Quarter, today: date) -> date:
    """The day whose standing the report tells: the quarter's last, or today."""
    return min(quarter.last, today)


def report(
    office: str,
    cases: Iterable[Case],
    quarter: Quarter,
    today: date,
    names: Names = EVERYBODY,
) -> Document:
    """One landscape annex: a row for each round of each unit of each case.

    Listed is what was found by the quarter's end and not released before it began.
    All of it is told as it stood on base_day(), so that a past quarter stays as it was.
    """
    day = base_day(quarter, today)
    shown = [
        (case, listed) for case in cases if (listed := _listed(case, quarter, day))
    ]
    rows = tuple(
        row for case, listed in shown for row in _rows(case, listed, day, names)
    )
    standings = [one.standing for _, listed in shown for one in listed]
    table = Table(_COLUMNS, rows, note=_note(len(shown), standings, day), id=TABLE_ID)
    title = f"{office}{quarter}查核缺失追蹤表"
    annex = Annex("", title, (table,), landscape=True)
    return Document(office, quarter.year, "", annexes=(annex,))


_COLUMNS = (
    Column("編號", kind=ColumnKind.NUMBER, width=6, joins_down=True),
    Column("缺失內容", width=27, joins_down=True),
    Column("課室", kind=ColumnKind.UNIT, width=10, joins_down=True),
    Column("期限", kind=ColumnKind.DATE, width=11.5, joins_down=True),
    Column("辦理情形（各次）", width=31),
    Column("審查意見", width=26),
    Column("狀態", kind=ColumnKind.STATUS, width=12, joins_down=True),
)


def _listed(case: Case, quarter: Quarter, day: date) -> list[_Listed]:
    found = []
    for part in case.parts:
        standing = tracked(part.entries, day)
        if standing is None:
            continue
        released = standing.released_on
        if released is None or released >= quarter.first:
            entries = tuple(entry for entry in part.entries if entry.on <= day)
            found.append(_Listed(part, entries, standing))
    return found


def _rows(
    case: Case, listed: Sequence[_Listed], day: date, names: Names
) -> Iterator[Row]:
    own = (
        Cell((Line(str(case.number)),)),
        Cell(tuple(_case_lines(case, names))),
    )
    for place, one in enumerate(listed):
        unit = Cell(tuple(_unit_lines(one.part, names)))
        due = Cell((Line(roc.numeric(one.standing.due_on)),))
        state = Cell(tuple(_state_lines(one.standing, day)))
        for turn, (answers, opinions) in enumerate(rounds_of(one.entries)):
            head = own if place == turn == 0 else (_JOINED, _JOINED)
            middle = (_JOINED, _JOINED) if turn else (unit, due)
            said = (
                Cell(tuple(_answers(answers, names))),
                Cell(tuple(_opinions(opinions, names))),
            )
            last = _JOINED if turn else state
            yield Row(
                (*head, *middle, *said, last), id=f"d{case.number}u{place}r{turn}"
            )


def rounds_of(entries: Iterable[Entry]) -> list[tuple[list[Entry], list[Entry]]]:
    """Each answer with the opinions on it, those before the first answer alone.

    At least one round, empty where nothing was said; what merely opens it is left out.
    """
    rounds: list[tuple[list[Entry], list[Entry]]] = []
    for entry in entries:
        if entry.kind is EntryKind.ANSWER:
            rounds.append(([entry], []))
        elif entry.kind is not EntryKind.OPENED:
            if not rounds:
                rounds.append(([], []))
            rounds[-1][1].append(entry)
    return rounds or [([], [])]


def _case_lines(case: Case, names: Names) -> Iterator[Line]:
    yield from _lines(f"【{case.kind}】{case.title}", names)
    yield from _lines(case.text, names)
    yield from _lines(f"（{case.source}，{roc.numeric(case.found_on)}）", names)


def _unit_lines(part: Part, names: Names) -> Iterator[Line]:
    yield Line(part.unit)
    if owner := names.of(part.owner):
        yield Line(f"（{owner}）")


def _answers(entries: Iterable[Entry], names: Names) -> Iterator[Line]:
    """Each answer with its day, its author and how much is done."""
    for entry in entries:
        percent = "" if entry.percent is None else f"（完成 {entry.percent}%）"
        yield from _said(entry, names.of(entry.by), percent, names)


def _opinions(entries: Iterable[Entry], names: Names) -> Iterator[Line]:
    """What 研考 decided each time; a new due day is told."""
    for entry in entries:
        due = f"至 {roc.numeric(entry.due_on)}" if entry.due_on else ""
        yield from _said(entry, ENTRY_WORDS[entry.kind], due, names)


def _said(entry: Entry, head: str, tail: str, names: Names) -> Iterator[Line]:
    day = roc.numeric(entry.on)
    lead = f"{day} {head}{tail}" if head else f"{day}{tail}"
    yield from _lines(f"{lead}：{entry.text}" if entry.text else lead, names)


def _state_lines(standing: Tracked, day: date) -> Iterator[Line]:
    yield Line(f"{STATE_SIGNS[standing.state]}{STATE_WORDS[standing.state]}")
    if standing.released_on:
        yield Line(roc.numeric(standing.released_on))
    if standing.is_overdue(day):
        yield Line(f"▲逾期 {(day - standing.due_on).days} 日")


def _lines(text: str, names: Names) -> Iterator[Line]:
    yield from (Line(line) for line in names.within(text).splitlines() if line.strip())


def _note(cases: int, standings: Sequence[Tracked], day: date) -> str:
    if not standings:
        return f"{NOTHING}（統計至 {roc.numeric(day)}）"
    by_state = Counter(standing.state for standing in standings)
    counts = "、".join(f"{STATE_WORDS[state]} {by_state[state]} 件" for state in State)
    overdue = sum(standing.is_overdue(day) for standing in standings)
    return (
        f"統計至 {roc.numeric(day)}：列管 {cases} 案，依課室計 {len(standings)} 件，"
        f"其中{counts}；逾期未解列 {overdue} 件。"
    )
