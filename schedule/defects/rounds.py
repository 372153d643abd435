"""The rounds of a defect with one unit, and where they leave it: plain values, pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum


class State(StrEnum):
    """Where a unit stands with a defect."""

    TODO = "todo"
    ASKED = "asked"
    RELEASED = "released"


STATE_WORDS: Mapping[State, str] = {
    State.TODO: "待處理",
    State.ASKED: "待解列",
    State.RELEASED: "已解列",
}
# Never colour alone: the sign and the word stand together.
STATE_SIGNS: Mapping[State, str] = {
    State.TODO: "○",
    State.ASKED: "◐",
    State.RELEASED: "●",
}


class EntryKind(StrEnum):
    """What one entry of the rounds is."""

    OPENED = "opened"
    ANSWER = "answer"
    REMARK = "remark"
    RETURNED = "returned"
    RELEASED = "released"
    DUE = "due"
    REOPENED = "reopened"


ENTRY_WORDS: Mapping[EntryKind, str] = {
    EntryKind.OPENED: "開始列管",
    EntryKind.ANSWER: "辦理情形",
    EntryKind.REMARK: "審查意見",
    EntryKind.RETURNED: "退回",
    EntryKind.RELEASED: "同意解列",
    EntryKind.DUE: "變更期限",
    EntryKind.REOPENED: "恢復列管",
}
# Where an entry leaves the unit; what is missing leaves it where it was.
_LEADS_TO: Mapping[EntryKind, State] = {
    EntryKind.OPENED: State.TODO,
    EntryKind.RETURNED: State.TODO,
    EntryKind.REOPENED: State.TODO,
    EntryKind.RELEASED: State.RELEASED,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; ``due_on`` is the new due day where it sets one.

    ``on`` is the day it counts from: of OPENED the day the defect was found.
    ``percent`` is how much is done, 0 to 100, None where nothing was said.
    """

    kind: EntryKind
    on: date
    text: str = ""
    by: str = ""
    percent: int | None = None
    wants_release: bool = False
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Tracked:
    """Where the rounds have led: state, due day, and the day of the release."""

    state: State
    due_on: date
    released_on: date | None = None

    def is_overdue(self, day: date) -> bool:
        """Whether the due day is over before ``day`` and it is not released."""
        return self.state is not State.RELEASED and self.due_on < day

    def after(self, entry: Entry) -> Tracked:
        """The same, one entry on."""
        state = _LEADS_TO.get(entry.kind, self.state)
        if entry.kind is EntryKind.ANSWER:
            state = State.ASKED if entry.wants_release else State.TODO
        released = self.released_on if self.state is state else None
        if entry.kind is EntryKind.RELEASED:
            released = entry.on
        due = entry.due_on or self.due_on
        return replace(self, state=state, due_on=due, released_on=released)


def tracked(entries: Iterable[Entry], day: date) -> Tracked | None:
    """Where the entries up to ``day`` lead; None before the first of them.

    The first entry sets the due day.
    """
    found: Tracked | None = None
    for entry in entries:
        if entry.on > day:
            continue
        if found is None:
            if entry.due_on is None:
                raise ValueError("the first entry sets no due day")
            found = Tracked(State.TODO, entry.due_on)
        found = found.after(entry)
    return found
