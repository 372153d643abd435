"""Defects made by their verbs, and forms as a browser sends them."""

from dataclasses import replace
from datetime import date

from offices.models import Role
from plans.cycle import Actor
from schedule.defects.answering import Answer, answer
from schedule.defects.opening import Named, Wording, open_defect
from schedule.defects.releasing import release
from schedule.models import DefectTarget
from tests.factories import make_member

FOUND, DUE = date(2025, 7, 1), date(2025, 8, 1)
DID = "已補齊簽名並重新盤點"


def worded(title="盤點表沒有簽名", **said):
    """The wording of a defect."""
    first = Wording("fault", title, "", "第3季查核，研考", FOUND)
    return replace(first, **said)


def keeper_in(office):
    """研考 of the office, as the one who acts."""
    return Actor(make_member(office, Role.COORDINATOR).user)


def opened(plan, *units, by=None, due_on=DUE, owner=None, **said):
    """A defect with a part for each unit, due on the same day."""
    named = [Named(unit, due_on, owner) for unit in units]
    return open_defect(plan, worded(**said), named, by=by or keeper_in(plan.office))


def part(plan, unit, **kwargs):
    """The unit's part of a new defect."""
    return opened(plan, unit, **kwargs).targets.get()


def fresh(target):
    """The part as the database has it now."""
    return DefectTarget.objects.select_related("defect__plan__office", "unit").get(
        pk=target.pk
    )


def answered(target, text=DID, *, by, asks=False, percent=None):
    """The part after an answer."""
    told = Answer(text, percent, asks)
    answer(target, told, seen=fresh(target).version, by=by)
    return fresh(target)


def released(target, *, by):
    """The part after an answer that asks, and the release."""
    target = answered(target, by=by, asks=True)
    release(target, opinion="同意", seen=target.version, by=by)
    return fresh(target)


def form_of(*units, **changed):
    """What the page of a new defect sends, the units ticked."""
    typed = {
        "kind": "fault",
        "title": "盤點表沒有簽名",
        "text": "兩處收容處所",
        "source": "第3季查核，研考",
        "found_on": "114/7/1",
        "item": "",
        "due_on": "114/8/1",
        "version": "1",
    }
    return typed | {f"u{unit.pk}-on": "on" for unit in units} | changed
