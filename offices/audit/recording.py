"""Adding to the audit trail, in the transaction of what is told."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from django.db import models, transaction
from django.utils import timezone

from ..models import WRITERS, Member, MemberRole, Office, Role, User
from . import origin
from .models import INSTALLATION, Act, AuditChain, AuditEvent, digest_of

_KEEPS = frozenset({Role.COORDINATOR})
# By which roles an act is done, so that the trail can tell whose role was lent.
ROLES: Mapping[Act, frozenset[Role]] = {
    **dict.fromkeys(
        (
            Act.UNIT_ADDED,
            Act.UNIT_CHANGED,
            Act.UNIT_MOVED,
            Act.UNIT_DELETED,
            Act.MEMBER_ADDED,
            Act.MEMBER_CHANGED,
            Act.ROLES_CHANGED,
            Act.MEMBER_LEFT,
            Act.MEMBER_BACK,
            Act.PASSWORD_ISSUED,
            Act.DEPUTY_SET,
            Act.DEPUTY_ENDED,
            Act.PLAN_DELETED,
            Act.SCHEDULE_IMPORTED,
            Act.HANDED_OVER,
            Act.ROUND_OPENED,
            Act.ROUND_CLOSED,
            Act.ROUND_REOPENED,
            Act.AUDIT_CHECKED,
            Act.AUDIT_EXPORTED,
        ),
        _KEEPS,
    ),
    Act.PLAN_CREATED: WRITERS,
    Act.PLAN_IMPORTED: WRITERS,
}
Target = models.Model | str | None


@transaction.atomic(savepoint=False)
def record(
    act: Act,
    *,
    by: User | None,
    office: Office | None,
    target: Target = None,
    details: Mapping[str, str] | None = None,
    acting_for: Member | None = None,
) -> AuditEvent:
    """Append to the chain of ``office``, or of the installation for None.

    To be called last in a verb, inside its transaction: the chain stays locked until
    that ends, and what is rolled back is not told.  ``by`` is None for commands and
    strangers; ``target`` an object or, of what is none here, its name.  Whose role a
    deputy uses is found for acts in ROLES; the caller of others tells ``acting_for``.
    Three statements, and one more for acts in ROLES.
    """
    lender = acting_for or lender_of(by, office, ROLES.get(act, frozenset()))
    event = AuditEvent(
        at=timezone.now(),
        office_name=office.name if office else "",
        actor=by.pk if by else None,
        actor_name=_storable(_named(by) if by else origin.nobody(), 220),
        acting_for=lender.user_id if lender else None,
        acting_for_name=_named(lender.user) if lender else "",
        address=_storable(origin.address(), 64),
        act=act.value,
        details={name: _storable(text) for name, text in (details or {}).items()},
        **_target_fields(target),
    )
    return _append(event, office.pk if office else INSTALLATION)


def record_of_person(
    act: Act, person: User, *, by: User | None, details: Mapping[str, str] | None = None
) -> None:
    """What concerns an account is told in each office where its person works."""
    offices = Office.objects.filter(
        members__user=person, members__is_active=True
    ).distinct()
    record_in(offices, act, by=by, target=person, details=details)


def record_in(
    offices: Iterable[Office],
    act: Act,
    *,
    by: User | None,
    target: Target,
    details: Mapping[str, str] | None = None,
) -> None:
    """In each of ``offices``, or in the installation's chain where there are none."""
    # One order for everybody, so that nobody waits for a chain while holding the next.
    ordered: list[Office | None] = [*sorted(offices, key=lambda office: office.pk)]
    with transaction.atomic(savepoint=False):
        for office in ordered or [None]:
            record(act, by=by, office=office, target=target, details=details)


def lender_of(
    user: User | None, office: Office | None, roles: Collection[Role]
) -> Member | None:
    """The member whose role the deputy uses; None for their own, which comes first.

    One query, or none where there is nobody or nothing to ask about.
    """
    if user is None or office is None or not roles:
        return None
    held = MemberRole.objects.held_by(user).filter(
        member__office=office, role__in=roles
    )
    members = [one.member for one in held.select_related("member__user").order_by("pk")]
    if any(member.user_id == user.pk for member in members):
        return None
    return members[0] if members else None


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, str]:
    """Details that tell what was and what is, where it changed: 「承辦人 → 研考」."""
    return {
        name: f"{before[name] or '（空白）'} → {now or '（空白）'}"
        for name, now in after.items()
        if now != before[name]
    }


def _append(event: AuditEvent, office: int) -> AuditEvent:
    chain = _locked_chain(office)
    event.chain = chain
    event.number = chain.last_number + 1
    event.previous = chain.last_digest
    event.digest = digest_of(event)
    event.save(force_insert=True)
    chain.last_number, chain.last_digest = event.number, event.digest
    chain.save(update_fields=["last_number", "last_digest"])
    return event


def _locked_chain(office: int) -> AuditChain:
    """Others who append wait until the transaction ends; the first one makes it."""
    chains = AuditChain.objects.select_for_update()
    chain = chains.filter(pk=office).first()
    if chain is None:
        AuditChain.objects.bulk_create([AuditChain(office)], ignore_conflicts=True)
        chain = chains.get(pk=office)
    return chain


def _target_fields(target: Target) -> dict[str, str | int | None]:
    if isinstance(target, models.Model):
        name = _named(target) if isinstance(target, User) else str(target)
        kind = target._meta.label_lower
        return {
            "target_kind": kind,
            "target": target.pk,
            "target_name": _storable(name, 250),
        }
    return {"target_name": _storable(target or "", 250)}


def _named(user: User) -> str:
    return f"{user.full_name}（{user.username}）" if user.full_name else user.username


def _storable(text: str, longest: int = 1000) -> str:
    """Text that both databases take; what strangers typed passes here, too."""
    plain = text.encode(errors="replace").decode().replace("\x00", "")
    return plain[:longest]
