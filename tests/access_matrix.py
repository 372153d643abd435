"""Who gets what from every address: one line for each URL name.

A line says, for GET and for POST, what each person gets for an object of the office
they have to do with; test_access.py derives the rest (another office's object is 404,
strangers are sent to the sign-in page).  ``at`` names the URL's arguments as attributes
of a Target; ``data`` is what POST sends, strings beginning with "=" being attributes too.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from operator import attrgetter
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

MEMBERS = ("reader", "owner", "unit_head", "chief", "coordinator")
WRITERS = ("owner", "unit_head", "coordinator")
PEOPLE = ("anonymous", "outsider", *MEMBERS, "superior", "superuser")

SIGN_IN = "sign-in"  # a redirect to the sign-in page
Answers = dict[str, int | str]


def public(status: int = 200) -> Answers:
    """Everyone, signed in or not."""
    return dict.fromkeys(PEOPLE, status)


def signed_in(status: int = 200) -> Answers:
    """Everyone with an account; for pages about no object of an office."""
    return public(status) | {"anonymous": SIGN_IN}


def visible(status: int = 200) -> Answers:
    """Everyone who may read the office; outsiders learn nothing."""
    return signed_in(status) | {"outsider": 404, "superuser": 404}


def only(*people: str, status: int = 200) -> Answers:
    """These people; others who may read the office are refused."""
    return visible(403) | dict.fromkeys(people, status)


def coordinator(status: int = 200) -> Answers:
    """研考 alone."""
    return only("coordinator", status=status)


def writers(status: int = 200) -> Answers:
    """Those who write plans."""
    return only(*WRITERS, status=status)


def auditors(status: int = 200) -> Answers:
    """研考, and the administrator, who keeps no office."""
    return only("coordinator", "superuser", status=status)


NEVER: Answers = signed_in(405)


@dataclass(frozen=True)
class Access:
    """One URL name; ``get`` and ``post`` tell the answer for each person."""

    name: str
    get: Answers
    post: Answers
    at: dict[str, str] = field(default_factory=dict)
    data: dict[str, str] = field(default_factory=dict)
    # The object itself says who may change it: one of another plan is 404 for all.
    object_first: bool = False
    # Whoever knows the address may open it, whatever office it is of.
    is_open: bool = False
    # People who get the same answer from every office, foreign ones too.
    of_any_office: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name

    def arguments(self, target: "Target") -> dict[str, Any]:
        """The URL's arguments, from the objects of ``target``."""
        return {key: attrgetter(path)(target) for key, path in self.at.items()}

    def posted(self, target: "Target") -> dict[str, Any]:
        """The data that a POST sends."""
        return {
            key: attrgetter(value[1:])(target) if value.startswith("=") else value
            for key, value in self.data.items()
        }


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


OFFICES = [
    Access(
        "offices:sign_in",
        get=signed_in(302) | {"anonymous": 200},
        post=signed_in(302) | {"anonymous": 200},
    ),
    Access("offices:sign_out", get=NEVER, post=signed_in(302)),
    Access("offices:password", get=signed_in(), post=signed_in()),
    Access("offices:help", get=public(), post=public(405)),
    Access("offices:list", get=signed_in(), post=NEVER),
    Access("offices:detail", get=coordinator(), post=NEVER, at={"pk": "office.pk"}),
    Access(
        "offices:audit",
        get=auditors(),
        post=NEVER,
        at={"office_pk": "office.pk"},
        of_any_office=("superuser",),
    ),
    Access(
        "offices:audit_verify",
        get=NEVER,
        post=auditors(302),
        at={"office_pk": "office.pk"},
        of_any_office=("superuser",),
    ),
    Access(
        "offices:audit_file",
        get=auditors(),
        post=NEVER,
        at={"office_pk": "office.pk"},
        of_any_office=("superuser",),
    ),
    Access("offices:notices", get=signed_in(), post=signed_in(302), data={"email": ""}),
    Access("offices:notices_read", get=NEVER, post=signed_in(302)),
    Access(
        "offices:notice_open", get=NEVER, post=signed_in(404), at={"pk": "notice.pk"}
    ),
    Access(
        "offices:unit_create",
        get=coordinator(),
        post=coordinator(302),
        at={"office_pk": "office.pk"},
        data={"name": "新課", "label": "新"},
    ),
    Access(
        "offices:unit_edit",
        get=coordinator(),
        post=coordinator(302),
        at={"pk": "unit.pk"},
        data={"name": "新課", "label": "新"},
    ),
    Access(
        "offices:unit_move",
        get=NEVER,
        post=coordinator(302),
        at={"pk": "unit.pk"},
        data={"direction": "down"},
    ),
    Access(
        "offices:unit_delete",
        get=NEVER,
        post=coordinator(302),
        at={"pk": "spare_unit.pk"},
    ),
    Access(
        "offices:member_create",
        get=coordinator(),
        post=coordinator(),
        at={"office_pk": "office.pk"},
        data={"username": "newcomer", "full_name": "新人", "roles": "owner"},
    ),
    Access(
        "offices:member_edit",
        get=coordinator(),
        post=coordinator(302),
        at={"pk": "member.pk"},
        data={"full_name": "改名", "roles": "owner"},
    ),
    Access(
        "offices:member_deactivate",
        get=NEVER,
        post=coordinator(302),
        at={"pk": "member.pk"},
    ),
    Access(
        "offices:member_reactivate",
        get=NEVER,
        post=coordinator(302),
        at={"pk": "member.pk"},
    ),
    Access(
        "offices:member_reset_password",
        get=NEVER,
        post=coordinator(),
        at={"pk": "member.pk"},
    ),
    Access(
        "offices:deputy_create",
        get=coordinator(),
        post=coordinator(302),
        at={"office_pk": "office.pk"},
        data={
            "member": "=member.pk",
            "deputy": "=colleague.pk",
            "starts_on": "114/1/2",
            "ends_on": "114/1/3",
        },
    ),
    Access(
        "offices:deputy_end",
        get=NEVER,
        post=coordinator(302),
        at={"pk": "deputy.pk"},
    ),
]

PAPER = [
    Access("plans:export", get=visible(), post=NEVER, at={"pk": "plan.pk"}),
    Access("plans:export_start", get=NEVER, post=visible(302), at={"pk": "plan.pk"}),
    Access("plans:preview", get=visible(), post=NEVER, at={"pk": "plan.pk"}),
    Access("plans:pdf", get=visible(302), post=NEVER, at={"pk": "plan.pk"}),
    Access(
        "plans:file",
        get=visible(),
        post=NEVER,
        at={"pk": "plan.pk", "extension": "extension"},
    ),
]

PLAN: dict[str, str] = {"pk": "plan.pk"}
POINT = PLAN | {"block_pk": "point.pk"}
LINE = PLAN | {"line_pk": "line.pk"}

PLANS = [
    Access("plans:list", get=signed_in(), post=NEVER),
    Access(
        "plans:create",
        get=signed_in(403) | dict.fromkeys((*WRITERS, "outsider"), 200),
        post=signed_in(403) | dict.fromkeys((*WRITERS, "outsider"), 422),
    ),
    Access("plans:detail", get=visible(), post=NEVER, at=PLAN),
    Access("plans:settings", get=writers(), post=writers(422), at=PLAN),
    Access("plans:delete", get=coordinator(), post=coordinator(422), at=PLAN),
    Access("plans:revisions", get=writers(), post=writers(422), at=PLAN),
    Access("plans:revision", get=writers(), post=writers(422), at=LINE),
    Access(
        "plans:revision_move",
        get=NEVER,
        post=writers(302),
        at=LINE | {"direction": "direction"},
    ),
    Access("plans:revision_delete", get=NEVER, post=writers(302), at=LINE),
    Access("plans:removals", get=writers(), post=NEVER, at=PLAN),
    Access(
        "plans:restore",
        get=NEVER,
        post=writers(302),
        at=PLAN | {"removed_pk": "removed.pk"},
    ),
    Access(
        "plans:block_append",
        get=NEVER,
        post=writers(302),
        at=PLAN | {"kind": "point.kind"},
    ),
    Access("plans:block", get=writers(), post=writers(302), at=POINT),
    Access(
        "plans:block_add",
        get=NEVER,
        post=writers(302),
        at=POINT | {"addition": "addition"},
    ),
    Access(
        "plans:block_move",
        get=NEVER,
        post=writers(302),
        at=POINT | {"direction": "direction"},
    ),
    Access(
        "plans:block_level",
        get=NEVER,
        post=writers(302),
        at=POINT,
        data={"level": "2"},
    ),
    Access(
        "plans:block_place",
        get=NEVER,
        post=writers(302),
        at=POINT,
        data={"target": "root"},
    ),
    Access(
        "plans:block_reference",
        get=NEVER,
        post=writers(),
        at=POINT,
        data={"target": "=point.pk"},
    ),
    Access("plans:block_delete", get=NEVER, post=writers(302), at=POINT),
]

PROOF = [
    Access("plans:proof_marks", get=visible(), post=NEVER, at=PLAN),
    Access("plans:proof", get=visible(), post=NEVER, at=PLAN),
    Access("plans:proof_fix", get=NEVER, post=writers(302), at=PLAN),
    Access("plans:proof_dismiss", get=NEVER, post=writers(422), at=PLAN),
    Access(
        "plans:proof_recall",
        get=NEVER,
        post=writers(302),
        at=PLAN | {"dismissal_pk": "dismissal.pk"},
    ),
    Access("plans:proof_catalogue", get=signed_in(), post=NEVER),
    Access(
        "plans:proof_grades",
        get=coordinator(),
        post=coordinator(302),
        at={"office_pk": "office.pk"},
        data={"word": "note"},
    ),
]

# A draft is its creator's alone, and the creator is none of these people.
DRAFT = {"pk": "draft.pk"}
IMPORTING = [
    Access(
        "plans:import",
        get=signed_in(403) | dict.fromkeys((*WRITERS, "outsider"), 200),
        post=signed_in(403) | dict.fromkeys((*WRITERS, "outsider"), 422),
    ),
    Access("plans:draft", get=signed_in(404), post=NEVER, at=DRAFT),
    Access("plans:draft_settings", get=NEVER, post=signed_in(404), at=DRAFT),
    Access(
        "plans:draft_piece",
        get=NEVER,
        post=signed_in(404),
        at=DRAFT | {"key": "piece_key"},
    ),
    Access("plans:draft_apply", get=NEVER, post=signed_in(404), at=DRAFT),
    Access("plans:draft_discard", get=NEVER, post=signed_in(404), at=DRAFT),
]

TABLE = PLAN | {"block_pk": "table.pk"}
COLUMN = PLAN | {"column_pk": "column.pk"}
ROW = PLAN | {"row_pk": "row.pk"}

TABLES = [
    Access(
        "plans:table_create",
        get=writers(),
        post=writers(302),
        at=PLAN,
        data={"layout": "duties"},
    ),
    Access(
        "plans:table",
        get=writers(),
        post=writers(302),
        at=TABLE,
        data={"version": "1", "heading": "表一"},
    ),
    Access(
        "plans:table_layout",
        get=writers(),
        post=writers(302),
        at=TABLE,
        data={"layout": "duties"},
    ),
    Access("plans:table_columns", get=NEVER, post=writers(302), at=TABLE),
    Access("plans:column_add", get=NEVER, post=writers(302), at=TABLE),
    Access(
        "plans:column_move",
        get=NEVER,
        post=writers(302),
        at=COLUMN | {"direction": "column_direction"},
    ),
    Access("plans:column_delete", get=NEVER, post=writers(302), at=COLUMN),
    Access(
        "plans:table_paste",
        get=writers(),
        post=writers(),
        at=TABLE,
        data={"column": "=column.pk", "text": "甲\t乙"},
    ),
    Access("plans:row_append", get=NEVER, post=writers(302), at=TABLE),
    Access("plans:row", get=writers(), post=writers(302), at=ROW),
    Access("plans:row_add", get=NEVER, post=writers(302), at=ROW | {"side": "side"}),
    # The table has one row: there is nowhere to move it and nothing to join it with.
    Access(
        "plans:row_move",
        get=NEVER,
        post=writers(422),
        at=ROW | {"direction": "direction"},
    ),
    Access("plans:row_split", get=NEVER, post=writers(302), at=ROW),
    Access("plans:row_join", get=NEVER, post=writers(422), at=ROW),
    Access(
        "plans:row_kind",
        get=NEVER,
        post=writers(302),
        at=ROW,
        data={"kind": "lead"},
    ),
    Access("plans:row_delete", get=NEVER, post=writers(302), at=ROW),
]

ITEM = PLAN | {"item_pk": "item.pk"}
METHOD = PLAN | {"method_pk": "method.pk"}
# 承辦人 and 課室主管 of these people belong to no unit: the items are not theirs.
PARTS = {
    "parts-TOTAL_FORMS": "1",
    "parts-INITIAL_FORMS": "0",
    "parts-0-unit": "=unit.pk",
}
IMPORT = PLAN | {"import_pk": "sheet_import.pk"}
ROWS = {"rows-TOTAL_FORMS": "1", "rows-INITIAL_FORMS": "0", "version": "1"}

SCHEDULE = [
    Access("schedule:grid", get=visible(), post=NEVER, at=PLAN),
    Access("schedule:months_confirm", get=NEVER, post=writers(302), at=PLAN),
    Access(
        "schedule:months",
        get=NEVER,
        post=coordinator(),
        at=METHOD,
        object_first=True,
        data={"was": "0" * 12, "months": "1" * 12},
    ),
    Access(
        "schedule:method",
        get=coordinator(),
        post=coordinator(409),
        at=METHOD,
        object_first=True,
    ),
    Access(
        "schedule:method_delete",
        get=NEVER,
        post=coordinator(302),
        at=METHOD,
        object_first=True,
    ),
    Access(
        "schedule:item_create",
        get=coordinator(),
        post=coordinator(302),
        at=PLAN,
        data={"name": "新項目", "version": "0"} | PARTS,
    ),
    Access("schedule:item", get=visible(), post=NEVER, at=ITEM, object_first=True),
    Access(
        "schedule:item_edit",
        get=coordinator(),
        post=coordinator(302),
        at=ITEM,
        object_first=True,
        data={"name": "改名", "version": "1"} | PARTS,
    ),
    Access(
        "schedule:indicators",
        get=coordinator(),
        post=coordinator(302),
        at=ITEM,
        object_first=True,
        data=ROWS,
    ),
    Access(
        "schedule:points",
        get=coordinator(),
        post=coordinator(302),
        at=ITEM,
        object_first=True,
        data={"version": "1"},
    ),
    Access(
        "schedule:method_create",
        get=coordinator(),
        post=coordinator(302),
        at=ITEM,
        object_first=True,
    ),
    Access(
        "schedule:item_move",
        get=NEVER,
        post=coordinator(302),
        at=ITEM | {"direction": "direction"},
        object_first=True,
    ),
    Access(
        "schedule:item_delete",
        get=NEVER,
        post=coordinator(302),
        at=ITEM,
        object_first=True,
    ),
    Access(
        "schedule:item_restore",
        get=NEVER,
        post=coordinator(302),
        at=PLAN | {"item_pk": "removed_item.pk"},
        object_first=True,
    ),
    Access("schedule:removed", get=writers(), post=NEVER, at=PLAN),
    Access(
        "schedule:handover",
        get=coordinator(),
        post=coordinator(302),
        at=PLAN,
        data={
            "giver": "=member.pk",
            "taker": "=colleague.pk",
            "day": "114/7/1",
            "confirmed": "1",
        },
    ),
    Access(
        "schedule:settings",
        get=coordinator(),
        post=coordinator(302),
        at=PLAN,
        data={"label": "附件2", "title": "時程表", "place": "0", "version": "1"},
    ),
    Access(
        "schedule:kinds",
        get=coordinator(),
        post=coordinator(302),
        at={"office_pk": "office.pk"},
        data={"names": "實地\n抽查"},
    ),
    Access("schedule:feeds", get=signed_in(), post=NEVER),
    Access(
        "schedule:feed_create",
        get=NEVER,
        post=signed_in(404) | {"coordinator": 302},
        data={"unit": "=unit.pk"},
    ),
    # A link is its creator's alone, and the creator is none of these people.
    Access(
        "schedule:feed_revoke",
        get=NEVER,
        post=signed_in(404),
        at={"pk": "feed.pk"},
    ),
    Access(
        "schedule:feed",
        get=public(),
        post=public(405),
        at={"secret": "feed.secret"},
        is_open=True,
    ),
    Access("schedule:export", get=visible(), post=NEVER, at=PLAN),
    Access(
        "schedule:file",
        get=visible(),
        post=NEVER,
        at=PLAN | {"extension": "extension"},
    ),
    Access("schedule:fragment", get=NEVER, post=coordinator(302), at=PLAN),
    Access("schedule:import", get=coordinator(), post=coordinator(422), at=PLAN),
    # An import is its creator's alone, and the creator is none of these people.
    Access(
        "schedule:import_confirm",
        get=signed_in(404),
        post=signed_in(404),
        at=IMPORT,
        object_first=True,
    ),
    Access(
        "schedule:import_discard",
        get=NEVER,
        post=signed_in(404),
        at=IMPORT,
        object_first=True,
    ),
    Access("schedule:year", get=visible(), post=NEVER, at=PLAN),
    Access("schedule:coverage", get=visible(), post=NEVER, at=PLAN),
    Access(
        "schedule:carriers",
        get=writers(),
        post=writers(302),
        at=PLAN | {"key": "point_key"},
        data={"items": "=item.pk"},
    ),
    Access("schedule:my_items", get=signed_in(), post=NEVER),
    Access(
        "schedule:links",
        get=coordinator(),
        post=coordinator(302),
        at=ITEM,
        object_first=True,
        data={"links": "=point_key"},
    ),
]

# Its lines are made of what stands above.
from tests.access_carry import CARRY, Carry  # noqa: E402
from tests.access_cycle import CYCLE, Review  # noqa: E402
from tests.access_defects import DEFECTS, Defects  # noqa: E402
from tests.access_reporting import REPORTING, Reporting  # noqa: E402
from tests.access_scoring import SCORING, Scoring  # noqa: E402
from tests.access_versions import VERSIONS, Versions  # noqa: E402

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
