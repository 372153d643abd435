"""Loading the sample data into an empty database, all or nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from offices.models import Deputy, Member, MemberRole, Office, Role, Unit, User

from ..apply import apply
from ..models import Plan
from ..readers.text import fold, read
from .people import DEPUTY, OFFICES, PASSWORD, SampleOffice, SamplePerson
from .story import tell_story

FOLDER = Path(__file__).resolve().parent
CODES = frozenset(office.code for office in OFFICES)
USERNAMES = frozenset(person.username for office in OFFICES for person in office.people)
DEPUTY_DAYS = 30

# What other apps add to a sample plan; they register when they are ready.
Addition = Callable[[Plan], None]
_additions: list[Addition] = []


def register(addition: Addition) -> None:
    """Have ``addition`` called for every sample plan, once people and plans stand."""
    _additions.append(addition)


def samples_are_loaded() -> bool:
    """Whether every sample office is there."""
    return Office.objects.filter(code__in=CODES).count() == len(CODES)


def others_are_present() -> bool:
    """Whether the database holds offices or accounts of its own."""
    return (
        Office.objects.exclude(code__in=CODES).exists()
        or User.objects.exclude(username__in=USERNAMES).exists()
    )


def taken_names() -> list[str]:
    """Office codes and usernames of the samples that are in use already."""
    codes = Office.objects.filter(code__in=CODES).values_list("code", flat=True)
    users = User.objects.filter(username__in=USERNAMES)
    return sorted({*codes, *users.values_list("username", flat=True)})


@transaction.atomic
def load_samples() -> None:
    """Make the sample offices, people and plans; none of them may exist."""
    # One hash for all: hashing is slow on purpose, and the password is no secret.
    encoded = make_password(PASSWORD)
    for sample in OFFICES:
        office = _make_office(sample)
        units = _make_units(sample, office)
        for person in sample.people:
            _make_member(person, office, units, encoded)
        if sample.plan:
            load_plan(sample, office)
    _make_deputy()
    for plan in Plan.objects.filter(office__code__in=CODES):
        for add in _additions:
            add(plan)
    tell_story()


def load_plan(sample: SampleOffice, office: Office) -> Plan:
    """Read the office's sample text as any other text, and store what was read."""
    text = (FOLDER / sample.plan).read_text(encoding="utf-8")
    document = fold(read(text), {})
    coordinator = office.members.filter(roles__role=Role.COORDINATOR).first()
    return apply(
        document,
        office=office,
        year=document.year,
        title=document.title,
        by=coordinator.user if coordinator else None,
    )


def _make_office(sample: SampleOffice) -> Office:
    return Office.objects.create(
        code=sample.code,
        name=sample.name,
        short_name=sample.short_name,
        parent=Office.objects.filter(code=sample.parent).first(),
    )


def _make_units(sample: SampleOffice, office: Office) -> dict[str, Unit]:
    return {
        label: Unit.objects.create(
            office=office, name=name, label=label, position=position
        )
        for position, (name, label) in enumerate(sample.units)
    }


def _make_member(
    person: SamplePerson, office: Office, units: dict[str, Unit], encoded: str
) -> None:
    user = User.objects.create(
        username=person.username, full_name=person.full_name, password=encoded
    )
    member = Member.objects.create(
        user=user, office=office, unit=units.get(person.unit), title=person.title
    )
    MemberRole.objects.bulk_create(
        MemberRole(member=member, role=role) for role in person.roles
    )


def _make_deputy() -> None:
    absent, deputy = (Member.objects.get(user__username=name) for name in DEPUTY)
    today = timezone.localdate()
    Deputy.objects.create(
        member=absent,
        deputy=deputy,
        starts_on=today,
        ends_on=today + timedelta(days=DEPUTY_DAYS),
    )
