"""Signing in, being locked out, and the session that ends under htmx."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from tests.factories import make_user

pytestmark = pytest.mark.django_db

SIGN_IN = "/sign-in/"
RIGHT = "right-Password-1"


def try_sign_in(client, password, **extra):
    return client.post(SIGN_IN, {"username": "wang", "password": password, **extra})


def test_right_password_opens_a_new_session(client):
    make_user("wang")
    client.get(SIGN_IN)
    client.session["before"] = True
    client.session.save()

    response = try_sign_in(client, RIGHT)

    assert response.status_code == 302
    assert "_auth_user_id" in client.session


def test_sign_in_returns_to_the_page_asked_for(client):
    make_user("wang")

    response = try_sign_in(client, RIGHT, next="/help/")

    assert response.headers["Location"] == "/help/"


def test_sign_in_never_leads_to_another_host(client):
    make_user("wang")

    response = try_sign_in(client, RIGHT, next="https://elsewhere.example/")

    assert response.headers["Location"] == "/"


def test_wrong_password_says_so_and_keeps_the_name(client):
    make_user("wang")

    response = try_sign_in(client, "wrong")

    page = response.content.decode()
    assert "帳號或密碼不正確" in page
    assert 'value="wang"' in page


def test_fields_can_be_filled_by_a_password_manager(client):
    page = client.get(SIGN_IN).content.decode()

    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page
    assert "onpaste" not in page


def test_inactive_person_stays_outside(client):
    make_user("wang", is_active=False)

    response = try_sign_in(client, RIGHT)

    assert response.status_code == 200
    assert "_auth_user_id" not in client.session


def test_locked_account_stays_locked_with_the_right_password(client):
    make_user("wang")
    for _ in range(5):
        locked = try_sign_in(client, "wrong")

    response = try_sign_in(client, RIGHT)

    assert locked.status_code == 429
    assert response.status_code == 429
    assert "15 分鐘內無法登入" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_locked_account_opens_after_fifteen_minutes(client):
    make_user("wang")
    noon = datetime(2025, 1, 2, 4, 0, tzinfo=UTC)
    with time_machine.travel(noon, tick=False):
        for _ in range(5):
            try_sign_in(client, "wrong")

    with time_machine.travel(noon + timedelta(minutes=14), tick=False):
        too_early = try_sign_in(client, RIGHT)
    with time_machine.travel(noon + timedelta(minutes=15, seconds=1), tick=False):
        response = try_sign_in(client, RIGHT)

    assert too_early.status_code == 429
    assert response.status_code == 302


def test_a_success_forgets_the_failures_before_it(client):
    make_user("wang")
    for password in ["wrong"] * 4 + [RIGHT] + ["wrong"]:
        client.logout()
        response = try_sign_in(client, password)

    assert response.status_code == 200


def test_sign_out_needs_a_post(client):
    client.force_login(make_user())

    got = client.get("/sign-out/")
    posted = client.post("/sign-out/")

    assert got.status_code == 405
    assert posted.headers["Location"] == SIGN_IN
    assert "_auth_user_id" not in client.session


def test_expired_session_sends_htmx_to_the_sign_in_page(client):
    response = client.get(
        reverse("offices:password"),
        headers={
            "HX-Request": "true",
            "HX-Current-URL": "http://testserver/help/?a=1",
        },
    )

    assert response.status_code == 200
    assert response.headers["HX-Redirect"] == "/sign-in/?next=%2Fhelp%2F%3Fa%3D1"
