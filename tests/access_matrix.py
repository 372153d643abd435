"""Who gets what from every address: one line for each URL name.

A line says, for GET and for POST, what each person gets for an object of the office
they have to do with; test_access.py derives the rest (another office's object is 404,
strangers are sent to the sign-in page).  ``at`` names the URL's arguments as attributes
of a Target; ``data`` is what POST sends, strings beginning with "=" being attributes too.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.test import Client, override_settings
from django.utils import timezone

from offices.models import Role
from offices.notices.sending import notify
from plans.models import Dismissal, Draft, Revision
from plans.removal import delete_block
from schedule.importing import start_import
from schedule.timetable.from_tables import TimetableReading
from schedule.timetable.model import Timetable
from tests.access import MEMBERS
from tests.access_carry import CARRY, Carry
from tests.access_cycle import CYCLE, Review
from tests.access_defects import DEFECTS, Defects
from tests.access_offices import OFFICES
from tests.access_plans import IMPORTING, PAPER, PLANS, PROOF, TABLES
from tests.access_reporting import REPORTING, Reporting
from tests.access_schedule import SCHEDULE
from tests.access_scoring import SCORING, Scoring
from tests.access_versions import VERSIONS, Versions
from tests.factories import (
    make_deputy,
    make_feed,
    make_item,
    make_member,
    make_method,
    make_office,
    make_plan,
    make_point,
    make_table,
    make_unit,
    make_user,
)


class Target:
    """An office with one of everything an address can name."""

    def __init__(self, office):
        self.office = office
        self.unit = make_unit(office)
        self.spare_unit = make_unit(office, name="備用課", label="備")
        self.member = make_member(office, unit=self.unit)
        self.colleague = make_member(office)
        self.deputy = make_deputy(self.member, self.colleague)
        (self.notice,) = notify(
            [make_user()], office=office, text="輪到您審核", url="/"
        )
        self.plan = make_plan(office)
        self.point = make_point(self.plan)
        self.table = make_table(self.plan, rows=[("主動服務", "到府收件")])
        self.column = self.table.columns.first()
        self.row = self.table.rows.first()
        self.extension = "json"
        self.direction, self.addition = "down", "point-after"
        self.side, self.column_direction = "below", "right"
        self.line = Revision.objects.create(plan=self.plan, year=114)
        self.draft = Draft.objects.create(
            office=office, created_by=self.member.user, year=114, source="壹、依據"
        )
        self.piece_key = "k1"
        self.removed = delete_block(make_point(self.plan), by=make_user())
        self.item = make_item(self.plan, self.unit)
        self.point_key = f"b{self.point.pk}"
        self.method = make_method(self.item)
        self.sheet_import = start_import(
            self.plan,
            TimetableReading(Timetable(114)),
            source_name="貼上的文字",
            by=self.member.user,
        )
        self.removed_item = make_item(self.plan, self.unit, removed_at=timezone.now())
        self.feed = make_feed(self.member)
        self.dismissal = Dismissal.objects.create(
            plan=self.plan, code="word", place="b1", digest="0" * 24, reason="引文"
        )
        self.carry = Carry(office)
        self.review = Review(office)
        self.versions = Versions(office)
        self.reporting = Reporting(office)
        self.scoring = Scoring(office)
        self.defects = Defects(office)


@contextmanager
def standing(blocker: Any) -> Iterator[None]:
    """What is made inside stands for all tests of a module, and is gone after them.

    Each test undoes what it changes: its own transaction is a savepoint in this one.
    """
    quick = override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]
    )
    with blocker.unblock(), transaction.atomic(), quick:
        yield
        transaction.set_rollback(True)


def session_of(user):
    """The cookie of a person who has signed in."""
    client = Client()
    client.force_login(user)
    return client.cookies["sessionid"].value


def make_people(office):
    """One person for each name in PEOPLE but the anonymous one."""
    above = make_office("明山市政府")
    office.parent = above
    office.save()
    people = {role: make_member(office, Role(role)).user for role in MEMBERS}
    people["superior"] = make_member(above, Role.SUPERIOR).user
    people["outsider"] = make_member(make_office("外人機關"), Role.COORDINATOR).user
    people["superuser"] = make_user(is_superuser=True, is_staff=True)
    return people


MATRIX = [
    *OFFICES,
    *PAPER,
    *PLANS,
    *CARRY,
    *CYCLE,
    *VERSIONS,
    *PROOF,
    *IMPORTING,
    *TABLES,
    *SCHEDULE,
    *REPORTING,
    *SCORING,
    *DEFECTS,
]
