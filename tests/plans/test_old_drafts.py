"""Drafts nobody came back to go away; the plans made from drafts stay."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from offices.models import Role
from plans.models import DRAFT_DAYS, Draft, Plan
from tests.factories import make_member, make_office, make_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    return make_member(make_office(), Role.OWNER)


def make_draft(member, *, days, **kwargs):
    draft = Draft.objects.create(
        office=member.office,
        created_by=member.user,
        year=114,
        source="壹、依據",
        **kwargs,
    )
    made = timezone.now() - timedelta(days=days, minutes=1)
    Draft.objects.filter(pk=draft.pk).update(created_at=made)
    return draft


def test_command_removes_only_drafts_that_are_too_old(member, capsys):
    plan = make_plan(member.office)
    make_draft(member, days=DRAFT_DAYS, plan=plan)
    make_draft(member, days=DRAFT_DAYS)
    young = make_draft(member, days=DRAFT_DAYS - 1)

    call_command("remove_old_drafts")

    assert "已清除 2 份" in capsys.readouterr().out
    assert list(Draft.objects.all()) == [young]
    assert Plan.objects.get() == plan


def test_an_old_draft_is_neither_listed_nor_found(client, member):
    draft = make_draft(member, days=DRAFT_DAYS)
    client.force_login(member.user)

    listed = client.get(reverse("plans:import")).context["drafts"]

    assert list(listed) == []
    assert client.get(draft.get_absolute_url()).status_code == 404


def test_starting_a_draft_clears_the_old_ones(client, member):
    old = make_draft(member, days=DRAFT_DAYS)
    client.force_login(member.user)
    data = {
        "office": member.office.pk,
        "text": "壹、依據",
        "year": "114",
        "title": "甲",
    }

    client.post(reverse("plans:import"), data)

    assert not Draft.objects.filter(pk=old.pk).exists()
    assert Draft.objects.count() == 1
