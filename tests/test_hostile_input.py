"""Whatever is sent to whichever address, the answer is never an error of ours (500)."""

import io
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from offices.models import Role
from tests.access import NEVER
from tests.access_matrix import MATRIX, Target, session_of, standing
from tests.factories import make_member, make_office

FORM = "application/x-www-form-urlencoded"
HUGE = "9" * 30
LONG = "長" * 350_000  # a megabyte of UTF-8
ODD_TEXTS = (
    "",
    "壹\x00、依據",
    "\x01\x1b[31m\x7f\x85\u2028\u202e\ufffe甲\ud800乙 [[b99999999999999999999]][[bx]]",
    HUGE,
    "2147483648",  # one more than an integer column holds
    "-1",
    "²",
    "nan",
    "</textarea><script>{{ 7*7 }}{% csrf_token %}" + "\t\n" * 60,
)
ODD_HEADERS = (
    {"HX-Request": "true", "HX-Current-URL": "http://[::1", "HX-Target": "\x7f"},
    {"HX-Request": "true", "HX-Current-URL": "x", "HX-Prompt-URI-AutoEncoded": "x"},
    {"Accept": "*/;q=x,,", "Accept-Language": "x" * 9000, "If-None-Match": '"'},
    {"X-Forwarded-For": ",", "X-Forwarded-Proto": "\xe7", "Referer": "//["},
)
ODD_BODIES = (
    ("", b"version=1"),
    ("application/json", b"[1"),
    (FORM, b"%%%=&&&==%ED%A0%80&version=%00&" + b"a&" * 900),
    (FORM + "; charset=utf-7", b"version=+AAA-"),
    ("multipart/form-data", b"--x"),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data"),
    ("multipart/form-data; boundary=x; charset=punycode", b"--x--\r\n"),
)
# The fields of every form there is; those of a table's columns are added below.
FIELDS = """
    version heading body label landscape level target layout text column at kind then
    confirmed title year office brackets tens digit_mark has_cover cover_date
    running_head body_size date ordinal verb number approval name username full_name
    email roles unit starts_on ends_on member deputy direction choice after parent
    q page piece next old new again password row closed
    giver taker day total place names
    key reason part all word
    verdict step steps on reference note show do preview field
    rhythm due closing instructions opens closes words until grant indicator file
    stage occasion opens_on closes_on is_blind scale earlier scheme units_apart parts
    floor kpis period is_partial bonus units grades assessor item with
    source found_on due_on item percent wants_release edition quarter state overdue
    ahead behind serious name0 standing0 name1 standing1
"""
ROW_FIELDS = (
    "status",
    "percent",
    "words",
    "cause",
    "remedy",
    "carried",
    "done",
    "seen",
)
UNIT_FIELDS = ("on", "due_on", "owner")
CELL_FIELDS = ("text", "joined", "shaded", "span", "name", "width", "kind", "version")


class Desk:
    """研考 at work: one of everything in their own office, and a client to ask with."""

    def __init__(self):
        self.target = Target(make_office())
        coordinator = make_member(self.target.office, Role.COORDINATOR).user
        self.target.draft.created_by = coordinator
        self.target.draft.save()
        self.foreign = Target(make_office("遠方機關"))
        self.session = session_of(coordinator)
        columns = self.target.table.columns.all()
        cells = [f"c{column.pk}-{field}" for column in columns for field in CELL_FIELDS]
        share = self.target.reporting.share.pk
        told = [f"r{share}-{field}" for field in ROW_FIELDS]
        units = self.target.office.units.values_list("pk", flat=True)
        named = [f"u{pk}-{field}" for pk in units for field in UNIT_FIELDS]
        self.fields = [*FIELDS.split(), *cells, *told, *named]

    def client(self):
        client = Client()
        client.cookies["sessionid"] = self.session
        return client

    def path(self, access):
        return reverse(access.name, kwargs=access.arguments(self.target))

    def fitting(self, access):
        """What the address expects, so that the odd rest gets as far as it can."""
        return {"version": "1"} | access.posted(self.target)

    def ask(self, method, path, sent=b"", content_type=FORM, **extra):
        """The status; whatever the request changed is undone."""
        client = self.client()
        with transaction.atomic():
            if method == "get":
                query = sent.decode() if isinstance(sent, bytes) else sent
                response = client.get(path, QUERY_STRING=query, **extra)
            else:
                response = client.post(path, sent, content_type, **extra)
            transaction.set_rollback(True)
        return response.status_code


@pytest.fixture(scope="module")
def standing_desk(django_db_setup, django_db_blocker):
    with standing(django_db_blocker):
        yield Desk()


@pytest.fixture
def desk(standing_desk, db):
    return standing_desk


def written(fields):
    """As a query string; lone surrogates go along, as no browser would send them."""
    return urlencode(fields, doseq=True, encoding="utf-8", errors="surrogatepass")


def methods(access):
    return [method for method in ("get", "post") if getattr(access, method) != NEVER]


def is_answered(status):
    return 200 <= status < 500


every_address = pytest.mark.parametrize(
    "access", [pytest.param(access, id=access.name) for access in MATRIX]
)


@every_address
def test_odd_values_in_every_field(access, desk):
    path = desk.path(access)
    repeated = {name: ["1", HUGE, "", "1"] for name in desk.fields}

    for value in ODD_TEXTS:
        odd = dict.fromkeys(desk.fields, value)
        if access.get != NEVER:
            assert is_answered(desk.ask("get", path, written(odd))), value
        if access.post != NEVER:
            fitting = written(odd | desk.fitting(access))
            assert is_answered(desk.ask("post", path, written(odd))), value
            assert is_answered(desk.ask("post", path, fitting)), value
    for method in methods(access):
        assert is_answered(desk.ask(method, path, written(repeated)))


@every_address
def test_odd_requests(access, desk):
    path, data = desk.path(access), written(desk.fitting(access))
    theirs = written(dict.fromkeys(desk.fields, desk.foreign.table.pk))

    for method in methods(access):
        assert is_answered(desk.ask(method, path, theirs))
        for headers in ODD_HEADERS:
            assert is_answered(desk.ask(method, path, data, headers=headers)), headers
    if access.post != NEVER:
        for content_type, body in ODD_BODIES:
            assert is_answered(desk.ask("post", path, body, content_type)), content_type


@every_address
def test_odd_addresses(access, desk):
    right = access.arguments(desk.target)

    for name, value in right.items():
        for other in (HUGE, "0") if isinstance(value, int) else ("point", "x" * 300):
            path = reverse(access.name, kwargs=right | {name: other})
            for method in methods(access):
                assert is_answered(desk.ask(method, path, b"version=1")), path


LONG_FIELDS = [
    ("plans:block_append", "body"),
    ("plans:block", "body"),
    ("plans:row", "text"),
    ("plans:table_paste", "text"),
    ("plans:import", "text"),
    ("plans:settings", "title"),
    ("offices:password", "new"),
    ("offices:sign_in", "password"),
]


@pytest.mark.parametrize(("name", "field"), LONG_FIELDS)
def test_a_megabyte_of_text(name, field, desk):
    access = next(access for access in MATRIX if access.name == name)
    sent = {key: LONG for key in desk.fields if key.endswith(field)}

    status = desk.ask(
        "post", desk.path(access), written(sent | desk.fitting(access) | {field: LONG})
    )

    assert is_answered(status)


@pytest.mark.parametrize("name", ["\x00.txt", "名" * 90, "../../a.txt", "."])
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04" * 99, b"\xff\x00" * 99])
def test_odd_files_are_refused(name, content, desk):
    file = io.BytesIO(content)
    file.name = name

    response = desk.client().post(
        reverse("plans:import"), {"office": desk.target.office.pk, "file": file}
    )

    assert response.status_code == 422
