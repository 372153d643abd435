"""What somebody with the database, with another's keys or with odd text tries."""

from __future__ import annotations

import hashlib

import pytest
from django.urls import reverse

from offices.models import Role
from plans.approving import approve
from plans.bases import stored_base
from plans.cycle import Actor, NotNow
from plans.editing import save_block
from plans.freezing import ALTERED, Altered, document_of
from plans.masthead import delete_plan
from plans.models import Approval, Block, Plan, Submission
from plans.workflow import send_back
from tests.factories import make_member, make_office, make_point
from tests.plans.approved import alter, approve_as_it_is, text_of
from tests.plans.cycle import SIGNED, Cycle, current
from tests.test_hostile_input import ODD_TEXTS

pytestmark = pytest.mark.django_db


@pytest.fixture
def cycle():
    return Cycle()


@pytest.fixture
def amended(cycle):
    """Approved once, changed, and under review again."""
    cycle.approval = cycle.approve()
    write(cycle, "等候時間縮短為八分鐘。")
    return cycle.submit()


def write(cycle, text):
    block = Block.objects.get(pk=cycle.second.pk)
    save_block(
        block,
        version=block.version,
        heading=block.heading,
        body=text,
        by=cycle.writer.user,
    )


def signed_in(client, member):
    client.force_login(member.user)
    return client


def at(submission, name="submission"):
    return reverse(f"plans:{name}", args=[submission.plan_id, submission.pk])


def rewritten(content):
    """With a digest that fits: who owns the database can do that, too."""
    digest = hashlib.sha256(content.encode()).hexdigest()
    return {"content": content, "digest": digest}


@pytest.mark.parametrize(
    "content", ["", "[]", '"計畫"', '{"type":"Document"}', '{"type":"User"}', "{" * 99]
)
def test_json_that_is_no_plan_is_broken_whatever_its_digest(client, cycle, content):
    approval = cycle.approve()
    Approval.objects.filter(pk=approval.pk).update(**rewritten(content))
    approval.refresh_from_db()

    with pytest.raises(Altered):
        document_of(approval)

    answer = signed_in(client, cycle.writer).get(
        reverse("plans:amendments", args=[cycle.plan.pk, f"v{approval.pk}-now"])
    )
    assert answer.status_code == 200
    assert ALTERED in text_of(answer)
    page = client.get(approval.get_absolute_url())
    assert page.status_code == 200
    assert ALTERED in text_of(page)


def test_a_base_that_is_gone_or_altered_is_not_compared_with(client, cycle, amended):
    alter(cycle.approval)
    amended.refresh_from_db()
    with pytest.raises(Altered):
        stored_base(amended)

    Submission.objects.filter(pk=amended.pk).update(base=None)
    amended.refresh_from_db()

    with pytest.raises(Altered):
        stored_base(amended)
    answer = signed_in(client, cycle.head).get(at(amended))
    assert answer.status_code == 200
    assert "雜湊不符" in text_of(answer)


def test_a_text_that_was_changed_in_the_database_is_not_approved(cycle, amended):
    step = cycle.agree_until_last(amended)
    content = amended.content.replace("八分鐘", "三分鐘")
    Submission.objects.filter(pk=amended.pk).update(content=content)

    with pytest.raises(NotNow, match="不是送核時的樣子"):
        approve(amended, step=step, by=Actor(cycle.chief.user), signed=SIGNED)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("judge", {"verdict": "accepted", "key": "b999"}),
        ("remark", {"text": "意見", "key": "b999"}),
    ],
)
def test_nothing_is_said_of_changes_nobody_can_see(client, cycle, amended, name, data):
    content = amended.content.replace("八分鐘", "三分鐘")
    Submission.objects.filter(pk=amended.pk).update(content=content)

    answer = signed_in(client, cycle.head).post(
        at(amended, name), {"step": current(amended).pk} | data
    )

    assert answer.status_code == 409
    assert not amended.judgements.exists()
    assert not amended.remarks.exists()


def test_a_returned_amendment_keeps_its_versions(client, cycle, amended):
    by = Actor(cycle.head.user)
    send_back(amended, step=current(amended), by=by, reason="重寫")
    address = reverse("plans:delete", args=[cycle.plan.pk])

    answer = signed_in(client, cycle.coordinator).post(address, {"confirmed": "1"})

    assert answer.status_code == 403
    with pytest.raises(NotNow, match="核定版本"):
        delete_plan(cycle.plan, by=cycle.coordinator.user)
    assert Approval.objects.filter(plan=cycle.plan).exists()


def test_a_plan_sent_meanwhile_is_not_deleted(cycle):
    cycle.submit()

    with pytest.raises(NotNow, match="送核"):
        delete_plan(cycle.plan, by=cycle.coordinator.user)

    assert Plan.objects.filter(pk=cycle.plan.pk).exists()


def test_versions_and_reviews_outlive_people_and_units(client, cycle, amended):
    reader = signed_in(client, cycle.reader)
    cycle.writer.user.delete()
    cycle.chief.user.delete()
    cycle.head.user.delete()
    cycle.unit.delete()

    for address in (
        at(amended),
        cycle.approval.get_absolute_url(),
        reverse("plans:approvals", args=[cycle.plan.pk]),
        reverse("plans:sittings", args=[cycle.plan.pk]),
        reverse("plans:queue"),
    ):
        assert reader.get(address).status_code == 200


def test_a_point_is_not_restored_with_a_paragraph_that_stays_shut(client, cycle):
    paragraph = make_point(
        cycle.plan, "", cycle.second, kind="paragraph", level=0, body="由各課辦理。"
    )
    approval = approve_as_it_is(cycle.plan)
    write(cycle, "等候時間縮短為八分鐘。")
    save_block(
        paragraph, version=1, heading="", body="由研考辦理。", by=cycle.writer.user
    )
    key = f"b{cycle.second.pk}"
    Plan.objects.filter(pk=cycle.plan.pk).update(state="returned", returned_parts=[key])
    address = reverse("plans:restore_part", args=[cycle.plan.pk, approval.pk, key])

    assert signed_in(client, cycle.writer).get(address).status_code == 403
    assert client.post(address, {"seen": "x"}).status_code == 403

    keys = [key, f"b{paragraph.pk}"]
    Plan.objects.filter(pk=cycle.plan.pk).update(returned_parts=keys)
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("name", ["agree", "send_back", "judge", "approve", "comment"])
def test_a_step_of_another_submission_opens_nothing(client, cycle, amended, name):
    """Neither another office's nor one of another plan of the same office."""
    elsewhere = Cycle(make_office("遠方機關")).submit()
    data = {"note": "好", "reason": "好", "verdict": "accepted", "on": "114/1/16"}
    data |= {"key": f"b{cycle.second.pk}", "verb": "修正"}
    signed_in(client, cycle.head)

    for step in (current(elsewhere).pk, "", "９", "-1", "9" * 30, "\x00"):
        answer = client.post(at(amended, name), data | {"step": step})
        assert answer.status_code == 404

    amended.refresh_from_db()
    assert amended.is_pending
    assert not amended.judgements.exists()


def test_a_chief_with_odd_text_gets_a_sentence(client, cycle, amended):
    step = cycle.agree_until_last(amended)
    chief = signed_in(client, cycle.chief)
    fields = ("on", "verb", "ordinal", "reference", "approval", "note")
    odd = [*(text.encode(errors="replace").decode() for text in ODD_TEXTS), "長" * 9999]
    fitting = {"step": step.pk, "on": "114/1/16", "verb": "修正", "preview": "1"}

    for name in fields:
        for text in odd:
            answer = chief.post(at(amended, "approve"), fitting | {name: text})
            assert answer.status_code in {200, 422}, (name, text[:20])

    assert Approval.objects.filter(plan=cycle.plan).count() == 1


def test_typed_text_is_shown_as_text_on_the_page_of_refusal(client, cycle, amended):
    reader = signed_in(client, make_member(cycle.office, Role.READER))
    typed = "</textarea><script>alert(1)</script>"

    answer = reader.post(
        reverse("plans:submit", args=[cycle.plan.pk]), {"note": typed, "password": "密"}
    )

    page = answer.content.decode()
    assert answer.status_code == 403
    assert "<script>alert(1)" not in page
    assert "&lt;/textarea&gt;&lt;script&gt;alert(1)" in page
