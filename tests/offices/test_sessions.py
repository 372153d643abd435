import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.http import HttpResponse

from offices.sessions import end_stale_session
from tests.factories import make_user

pytestmark = pytest.mark.django_db
MONDAY = "2025-03-03 08:00:00+08:00"


@pytest.fixture
def visit(client, rf):
    """Sign in at eight on Monday; each call asks for a page at the given time."""
    user = make_user()
    with time_machine.travel(MONDAY, tick=False):
        client.force_login(user)
        session = client.session
        assert "began" in session  # read now, before its cookie is too old

    def ask(moment):
        request = rf.get("/")
        request.session, request.user = session, user
        with time_machine.travel(f"2025-03-03 {moment}:00+08:00", tick=False):
            end_stale_session(lambda request: HttpResponse())(request)
        return request

    return ask


def test_signing_in_notes_when_the_session_began(visit):
    request = visit("08:00")

    assert request.session["began"] == request.session["seen"]


def test_a_working_session_is_saved_at_most_once_a_minute(visit):
    assert not visit("08:00").session.modified
    assert visit("08:01").session.modified


def test_a_session_lasts_a_working_day_and_no_longer(visit):
    assert visit("20:00").user.is_authenticated
    assert isinstance(visit("20:01").user, AnonymousUser)


def test_an_idle_session_expires_after_an_hour(client):
    with time_machine.travel(MONDAY, tick=False):
        client.force_login(make_user())

    session = Session.objects.get()

    assert f"{session.expire_date:%H:%M}" == "01:00"
