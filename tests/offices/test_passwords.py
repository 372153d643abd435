"""Changing a password, the forced change, and what may not be chosen."""

import pytest
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from offices.passwords import (
    change_password,
    issue_one_time_password,
    one_time_password,
    recent_hashes,
)
from tests.factories import make_user

pytestmark = pytest.mark.django_db

RIGHT = "right-Password-1"
NEW = "Another-Good-2"


def post_change(client, present=RIGHT, new=NEW, again=None):
    return client.post(
        "/password/", {"present": present, "new": new, "again": again or new}
    )


def test_change_keeps_this_session_and_ends_the_others(client, client_elsewhere):
    user = make_user()
    client.force_login(user)
    client_elsewhere.force_login(user)
    before = client.session.session_key

    response = post_change(client)

    assert response.status_code == 302
    assert client.get("/password/").status_code == 200
    assert client.session.session_key != before
    assert client_elsewhere.get("/password/").status_code == 302


@pytest.fixture
def client_elsewhere():
    return Client()


def test_change_needs_the_present_password(client):
    user = make_user()
    client.force_login(user)

    response = post_change(client, present="not-this-One-9")

    user.refresh_from_db()
    assert "目前的密碼不正確" in response.content.decode()
    assert user.check_password(RIGHT)


def test_change_refuses_two_different_new_passwords(client):
    client.force_login(make_user())

    response = post_change(client, again="Something-Else-3")

    assert "兩次輸入的新密碼不同。" in response.content.decode()


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("Short-1", "密碼太短，必須至少 10 個字元。"),
        ("all-small-letters-1", "密碼須同時包含英文大寫、英文小寫及數字。"),
        ("ALL-CAPITALS-1", "密碼須同時包含英文大寫、英文小寫及數字。"),
        ("No-Digit-At-All", "密碼須同時包含英文大寫、英文小寫及數字。"),
        ("Wangxiaoming1", "這個密碼與使用者名稱太相近。"),
    ],
)
def test_weak_password_is_refused_with_a_reason(password, sentence):
    user = make_user("wangxiaoming")

    with pytest.raises(ValidationError) as refused:
        validate_password(password, user)

    assert sentence in refused.value.messages


def test_last_three_passwords_are_refused_and_the_fourth_is_not():
    user = make_user()
    for new in ["Second-Word-22", "Third-Word-333", "Fourth-Word-44"]:
        change_password(user, new=new)

    for recent in ["Second-Word-22", "Third-Word-333", "Fourth-Word-44"]:
        with pytest.raises(ValidationError, match="最近三次用過的密碼"):
            validate_password(recent, user)
    validate_password(RIGHT, user)


def test_only_three_old_hashes_are_kept():
    user = make_user()

    for number in range(6):
        change_password(user, new=f"Word-Number-{number}")

    assert user.past_passwords.count() == 3
    assert check_password("Word-Number-4", recent_hashes(user)[1])


def test_forced_change_opens_the_system(client):
    user = make_user()
    password = issue_one_time_password(user, by=None)
    client.force_login(user)

    post_change(client, present=password)

    user.refresh_from_db()
    assert not user.must_change_password


def test_one_time_password_cannot_be_kept(client):
    user = make_user()
    password = issue_one_time_password(user, by=None)
    client.force_login(user)

    response = post_change(client, present=password, new=password)

    assert "不可與最近三次用過的密碼相同" in response.content.decode()


def test_one_time_password_leads_every_page_to_the_change(client):
    user = make_user()
    issue_one_time_password(user, by=None)
    client.force_login(user)

    response = client.get("/offices/")
    on_the_way = client.get("/password/")

    assert response.headers["Location"] == "/password/"
    assert "一次性密碼" in on_the_way.content.decode()


def test_forced_change_lets_htmx_leave_the_fragment(client):
    user = make_user(must_change_password=True)
    client.force_login(user)

    response = client.get("/offices/", headers={"HX-Request": "true"})

    assert response.headers["HX-Redirect"] == "/password/"


def test_one_time_passwords_meet_the_rules_and_differ():
    made = {one_time_password() for _ in range(50)}

    assert len(made) == 50
    for password in made:
        validate_password(password)
