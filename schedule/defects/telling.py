"""What every verb of a defect shares: the lock, the entry, the trail and the notices."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from offices.audit.models import Act
from offices.audit.recording import record
from offices.models import WRITERS, Member, Role, User
from offices.notices.sending import notify
from plans.cycle import Actor, NotNow

from ..models import Defect, DefectEntry, DefectTarget
from .rounds import ENTRY_WORDS, Entry, EntryKind, State, Tracked


def held(target: DefectTarget, seen: int) -> DefectTarget:
    """The target as it is now, its row locked, if it still is at version ``seen``.

    Raises NotNow, which names what happened in between.
    """
    rows = DefectTarget.objects.select_for_update(of=("self",))
    current = rows.select_related("defect__plan__office", "unit", "owner__user").get(
        pk=target.pk
    )
    if current.version != seen:
        raise NotNow(_happened(current))
    return current


def _happened(target: DefectTarget) -> str:
    last = target.entries.select_related("by").order_by("-at", "-pk").first()
    if last is None:
        return "這一件剛才有別人更新，沒有存入；請看過最新的紀錄再送出。"
    words = ENTRY_WORDS[EntryKind(last.kind)]
    return (
        f"{last.by or '系統'}剛才先送出了「{words}」，您的內容還沒有存入；"
        "請看過最新的紀錄再送出。"
    )


def add_entry(
    target: DefectTarget,
    kind: EntryKind,
    by: Actor,
    *,
    text: str = "",
    percent: int | None = None,
    wants_release: bool = False,
    due_on: date | None = None,
) -> DefectEntry:
    """One entry more, and the target where it leads; inside the caller's transaction."""
    made = DefectEntry.objects.create(
        target=target,
        kind=kind.value,
        text=text,
        percent=percent,
        wants_release=wants_release,
        due_on=due_on,
        by=by.user,
        acting_for=by.acting_for,
    )
    today = timezone.localdate(made.at)
    entry = Entry(kind, today, wants_release=wants_release, due_on=due_on)
    reached = Tracked(State(target.state), target.due_on).after(entry)
    target.state, target.due_on = reached.state.value, reached.due_on
    target.version += 1
    target.save(update_fields=["state", "due_on", "version"])
    return made


def tell_trail(act: Act, defect: Defect, by: Actor, **details: str) -> None:
    """Into the audit trail, with both names where a deputy acts."""
    record(
        act,
        by=by.user,
        acting_for=by.acting_for,
        office=defect.plan.office,
        target=defect,
        details={name: text for name, text in details.items() if text},
    )


def tell_unit(
    target: DefectTarget, by: Actor, text: str, *, urgent: bool = False
) -> None:
    """To the owner, the unit's heads and whoever answered; its writers if none of them."""
    answers = target.entries.filter(kind=EntryKind.ANSWER.value).select_related("by")
    people: list[User | None] = [answer.by for answer in answers]
    if target.owner and target.owner.is_active:
        people.append(target.owner.user)
    people += _users(target, [Role.UNIT_HEAD])
    _notify(target, people or _users(target, WRITERS), by, text, urgent)


def tell_keepers(target: DefectTarget, by: Actor, text: str) -> None:
    """To 研考."""
    office = target.defect.plan.office
    keepers = office.members.coordinators().select_related("user")
    _notify(target, [member.user for member in keepers], by, text, False)


def _users(target: DefectTarget, roles: Iterable[Role]) -> list[User | None]:
    members = Member.objects.active().filter(unit=target.unit_id, roles__role__in=roles)
    return [member.user for member in members.select_related("user").distinct()]


def _notify(
    target: DefectTarget,
    people: Iterable[User | None],
    by: Actor,
    text: str,
    urgent: bool,
) -> None:
    """Whoever acts knows already."""
    notify(
        [user for user in people if user != by.user],
        office=target.defect.plan.office,
        text=text,
        url=target.get_absolute_url(),
        urgent=urgent,
    )
