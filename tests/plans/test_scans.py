"""The scan of a signed copy: what is kept, what is refused, who gets it."""

import hashlib
import io
import zlib

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from offices.audit.models import Act, AuditEvent
from offices.models import Role
from plans.models import Plan, State
from plans.scans import MOST_BYTES, NotAScan, kind_of
from tests.factories import make_deputy, make_member, make_plan, make_point
from tests.plans.approved import approve_as_it_is, text_of
from tests.plans.requests import at

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def picture(kind):
    made = io.BytesIO()
    Image.new("RGB", (30, 40), "white").save(made, kind)
    return made.getvalue()


def pdf_with(objects, stream=b""):
    packed = b"<</Type/ObjStm/Length 9>>\nstream\n" + zlib.compress(stream)
    return PDF + objects + (packed + b"\nendstream\n" if stream else b"")


def hidden(names, stream, pack=zlib.compress):
    return b"5 0 obj\n<<%b>>\nstream\n%b\nendstream\n" % (names, pack(stream))


SCRIPT, LONG = b"1 0 <</JS (app.alert\\(1\\))>>", b"x" * 900


@pytest.fixture
def approved(plan):
    make_point(plan, "計畫目標")
    plan.approval = approve_as_it_is(plan)
    return plan


@pytest.fixture
def coordinator(approved, client):
    member = make_member(approved.office, Role.COORDINATOR)
    client.force_login(member.user)
    return member


def attach(client, plan, data, name="簽核.pdf"):
    file = SimpleUploadedFile(name, data)
    return client.post(at("scan_attach", plan, plan.approval.pk), {"scan": file})


def download(client, plan):
    return client.get(at("scan", plan, plan.approval.pk))


@pytest.mark.parametrize(
    ("data", "kind"),
    [(PDF, "pdf"), (picture("JPEG"), "jpg"), (picture("PNG"), "png")],
)
def test_the_kind_is_told_by_what_the_file_holds(data, kind):
    assert kind_of(data) == kind


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "空的"),
        (b"MZ\x90\x00", "只收 PDF"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "只收 PDF"),
        (b" %PDF-1.4", "只收 PDF"),
        (PDF.ljust(MOST_BYTES + 1), "20 MB"),
        (picture("JPEG")[:200], "打不開"),
        (picture("PNG")[:60], "打不開"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 40, "打不開"),
        (pdf_with(b"<</S/JavaScript/JS(app.alert\\(1\\))>>"), "程式"),
        (pdf_with(b"<</OpenAction<</S/J#61vaScript>>>>"), "程式"),
        (pdf_with(b"<</S/Launch/F(cmd.exe)>>"), "程式"),
        (pdf_with(b"<</Names<</EmbeddedFiles 3 0 R>>>>"), "程式"),
        (pdf_with(b"", b"1 0 <</JS (app.alert\\(1\\))>>"), "程式"),
        (pdf_with(b"%>>stream\n<</S/J#61vaScript>>\n%endstream\n"), "程式"),
        (PDF + hidden(b"/Type/Obj#53tm/Filter/FlateDecode", SCRIPT), "程式"),
        (PDF + hidden(b"/Type/ObjStm/Filter/FlateDecode/A(%b)" % LONG, SCRIPT), "程式"),
        (PDF + hidden(b"/Type/ObjStm", b"1 0 <</J#53 4 0 R>>", pack=bytes), "程式"),
        (PDF + hidden(b"/Type/ObjStm/Filter/LZWDecode", SCRIPT, pack=bytes), "讀不出"),
    ],
)
def test_what_is_no_scan_is_refused(data, said):
    with pytest.raises(NotAScan, match=said):
        kind_of(data)


def test_bytes_of_a_picture_that_read_like_a_name_are_no_program():
    assert kind_of(pdf_with(b"<<>>\nstream\n\x01/JS \x02\nendstream\n")) == "pdf"


@pytest.mark.parametrize(
    "words", [b"stream\n", b"<</ObjStm>>stream\n", b">>\n", b"#2F"]
)
def test_a_hostile_file_is_looked_through_once(words):
    """As large as a scan may be: what is looked at again and again takes hours."""
    assert kind_of(PDF + words * (MOST_BYTES // len(words) - 100)) == "pdf"


def test_a_scan_is_kept_with_its_version(client, approved, coordinator):
    answer = attach(client, approved, PDF)

    assert answer.url == at("approval", approved, approved.approval.pk)
    approved.approval.refresh_from_db()
    assert approved.approval.scan_name == "簽核.pdf"
    assert approved.approval.scan_digest == hashlib.sha256(PDF).hexdigest()
    assert approved.approval.scan.name.startswith("scans/")
    assert "下載「簽核.pdf」" in text_of(client.get(answer.url))


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"", "這個檔案是空的"), (b"MZ", "只收 PDF"), (None, "請先選擇掃描檔")],
)
def test_what_is_wrong_is_told_at_the_field(client, approved, coordinator, data, said):
    if data is None:
        answer = client.post(at("scan_attach", approved, approved.approval.pk))
    else:
        answer = attach(client, approved, data)

    assert answer.status_code == 422
    assert said in text_of(answer)
    approved.approval.refresh_from_db()
    assert not approved.approval.scan


def test_a_file_that_is_too_large_is_not_kept(client, approved, coordinator):
    answer = attach(client, approved, PDF.ljust(MOST_BYTES + 1))

    assert answer.status_code == 422
    assert "超過 20 MB" in text_of(answer)


def test_a_scan_is_handed_out_as_a_file(client, approved, coordinator):
    attach(client, approved, picture("PNG"), name="公文 <1>.png")

    answer = download(client, approved)

    assert answer.content == picture("PNG")
    assert answer["Content-Type"] == "image/png"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"


def test_every_reader_of_the_office_gets_it(client, approved, coordinator):
    attach(client, approved, PDF)
    client.force_login(make_member(approved.office, Role.READER).user)

    assert download(client, approved).status_code == 200


def test_strangers_and_other_plans_do_not_get_it(client, approved, coordinator):
    attach(client, approved, PDF)
    other = make_plan(approved.office)
    other.approval = approved.approval
    assert download(client, other).status_code == 404

    client.force_login(make_member(make_plan().office, Role.COORDINATOR).user)

    assert download(client, approved).status_code == 404
    assert attach(client, approved, PDF).status_code == 404


def test_without_a_scan_there_is_none(client, approved, coordinator):
    assert download(client, approved).status_code == 404


def test_a_lost_or_changed_file_is_told(client, approved, coordinator):
    attach(client, approved, PDF)
    approved.approval.refresh_from_db()
    name = approved.approval.scan.name
    default_storage.delete(name)

    assert "不見了" in text_of(client.get(download(client, approved).url))

    default_storage.save(name, ContentFile(b"another"))
    assert "已被更動" in text_of(client.get(download(client, approved).url))


def test_a_new_scan_takes_the_place_and_the_trail_keeps_both(
    client, approved, coordinator, django_capture_on_commit_callbacks
):
    attach(client, approved, PDF)
    with django_capture_on_commit_callbacks(execute=True):
        attach(client, approved, picture("JPEG"), name="新.jpg")

    approved.approval.refresh_from_db()
    assert approved.approval.scan_name == "新.jpg"
    assert len(default_storage.listdir("scans")[1]) == 1
    first, second = AuditEvent.objects.filter(act=Act.SCAN_ATTACHED).order_by("number")
    digest = hashlib.sha256(PDF).hexdigest()
    assert first.details == {"版次": "第 1 版", "檔名": "簽核.pdf", "雜湊": digest}
    assert second.details["原檔雜湊"] == digest


def test_reading_is_told(client, approved, coordinator):
    attach(client, approved, PDF)

    download(client, approved)

    event = AuditEvent.objects.get(act=Act.SCAN_READ)
    assert (event.actor, event.details) == (coordinator.user_id, {"版次": "第 1 版"})


def test_a_deputy_attaches_for_the_coordinator(client, approved, coordinator):
    deputy = make_member(approved.office, Role.READER)
    make_deputy(coordinator, deputy)
    client.force_login(deputy.user)

    attach(client, approved, PDF)

    event = AuditEvent.objects.get(act=Act.SCAN_ATTACHED)
    assert (event.actor, event.acting_for) == (deputy.user_id, coordinator.user_id)


@pytest.mark.parametrize("role", [Role.OWNER, Role.CHIEF, Role.READER])
def test_others_attach_nothing(client, approved, role):
    client.force_login(make_member(approved.office, role).user)

    assert attach(client, approved, PDF).status_code == 403
    assert 'type="file"' not in text_of(
        client.get(at("approval", approved, approved.approval.pk))
    )


def test_a_closed_plan_still_takes_a_scan(client, approved, coordinator):
    Plan.objects.update(state=State.CLOSED)

    assert attach(client, approved, PDF).status_code == 302
