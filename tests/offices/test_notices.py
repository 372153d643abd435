"""Notices on the page, by mail at once, and once a day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from offices.models import Notice, Role
from offices.notices.mailing import send_digests, send_urgent
from offices.notices.sending import notify
from offices.permissions import unread_notices
from tests.factories import make_member, make_office, make_user

pytestmark = pytest.mark.django_db

TEXT = "輪到您審核「114年度服務計畫」"


@pytest.fixture(autouse=True)
def mailbox(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.SITE_URL = "https://plans.example.org"


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def person(office):
    user = make_user(full_name="江予安", email="jiang@example.org")
    make_member(office, Role.CHIEF, user=user)
    return user


def tell(office, *people, **kwargs):
    return notify(people, office=office, text=TEXT, url="/review/", **kwargs)


def test_a_person_named_twice_is_told_once(office, person):
    assert len(tell(office, person, person, None)) == 1


def test_people_who_left_are_not_told(office):
    assert tell(office, make_user(is_active=False)) == []


def test_one_digest_a_day_whatever_happens(office, person):
    tell(office, person)
    tell(office, person)

    assert send_digests() == 1
    tell(office, person)
    assert send_digests() == 0

    (sent,) = mail.outbox
    assert sent.to == ["jiang@example.org"]
    assert sent.subject == "年度服務計畫：2 則通知"
    assert sent.body.count("https://plans.example.org/review/") == 2


def test_what_was_not_mailed_today_is_mailed_tomorrow(office, person):
    tell(office, person)
    send_digests()
    Notice.objects.update(mailed_at=timezone.now() - timedelta(days=1))
    tell(office, person)

    assert send_digests() == 1


def test_what_was_read_on_the_page_is_not_mailed(office, person):
    tell(office, person)
    Notice.objects.update(read_at=timezone.now())

    assert send_digests() == 0


def test_no_address_no_mail(office):
    tell(office, make_user(email=""))

    assert send_digests() == 0
    assert Notice.objects.get().mailed_at is None


def test_a_return_is_mailed_at_once(office, person, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=False) as callbacks:
        made = tell(office, person, urgent=True)
    assert len(callbacks) == 1

    send_urgent.call([notice.pk for notice in made])
    send_urgent.call([notice.pk for notice in made])

    (sent,) = mail.outbox
    assert sent.subject == TEXT
    assert send_digests() == 0


def test_a_line_break_in_a_text_breaks_no_mail(office, person):
    made = notify([person], office=office, text="第一行\n第二行", url="/", urgent=True)

    send_urgent.call([made[0].pk])

    assert mail.outbox[0].subject == "第一行 第二行"


def test_a_mail_server_that_is_down_loses_nothing(office, person, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    tell(office, person)

    assert send_digests() == 0
    assert Notice.objects.get().mailed_at is None


def test_the_command_says_how_many(office, person, capsys):
    tell(office, person)

    call_command("send_digests")

    assert capsys.readouterr().out == "已寄出 1 封通知摘要。\n"


def test_opening_reads_it_and_goes_on(client, office, person):
    (notice,) = tell(office, person)
    client.force_login(person)

    answer = client.post(reverse("offices:notice_open", args=[notice.pk]))

    assert answer.url == "/review/"
    notice.refresh_from_db()
    assert notice.read_at


def test_the_head_of_every_page_counts_them(client, office, person):
    tell(office, person)
    tell(office, person)
    client.force_login(person)

    page = client.get(reverse("plans:list")).content.decode()

    assert '通知 <span class="count">2' in page
    assert unread_notices(person) == 2
    client.post(reverse("offices:notices_read"))
    assert 'class="count"' not in client.get(reverse("plans:list")).content.decode()


@pytest.mark.parametrize("count", [3, 30])
def test_a_long_list_costs_the_same_queries(
    client, office, person, count, django_assert_num_queries
):
    for _ in range(count):
        tell(office, person)
    client.force_login(person)

    with django_assert_num_queries(6):
        client.get(reverse("offices:notices"))


def test_one_sets_ones_own_address(client, office, person):
    client.force_login(person)

    client.post(reverse("offices:notices"), {"email": "new@example.org"})

    person.refresh_from_db()
    assert person.email == "new@example.org"


def test_what_is_no_address_is_told(client, office, person):
    client.force_login(person)

    answer = client.post(reverse("offices:notices"), {"email": "不是信箱"})

    assert answer.status_code == 422
    assert "電子郵件" in answer.content.decode()
