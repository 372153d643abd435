"""create_office and reset_password, as the administrator runs them."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from offices.models import Member, Office, Role, User
from offices.permissions import roles_of
from tests.factories import make_office, make_user

pytestmark = pytest.mark.django_db


def run(*arguments):
    printed = StringIO()
    call_command(*arguments, stdout=printed)
    return printed.getvalue()


def password_in(printed):
    return printed.partition("一次性密碼：")[2].splitlines()[0]


def test_create_office_makes_the_office_below_its_parent():
    above = make_office("明山市政府", code="A1")

    printed = run("create_office", "B2", "明山市地政處", "--parent", "A1")

    assert Office.objects.get(code="B2").parent == above
    assert printed == "已建立機關：明山市地政處（B2）\n"


def test_create_office_prints_the_first_password_once():
    printed = run("create_office", "B2", "明山市地政處", "--admin", "lin")

    user = User.objects.get(username="lin")
    assert user.check_password(password_in(printed))
    assert user.must_change_password
    assert not user.is_superuser
    assert roles_of(user, Office.objects.get(code="B2")) == {Role.COORDINATOR}


def test_office_made_by_the_command_can_be_signed_in_to(client):
    printed = run("create_office", "B2", "明山市地政處", "--admin", "lin")

    response = client.post(
        "/sign-in/", {"username": "lin", "password": password_in(printed)}
    )
    onward = client.get("/offices/")

    assert response.status_code == 302
    assert onward.headers["Location"] == "/password/"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["A1", "另一個機關"], "機關代碼 A1 已經有機關使用。"),
        (["", "沒有代碼"], "機關代碼：這個欄位不能為空。"),
        (["B2", ""], "機關全銜：這個欄位不能為空。"),
        (["B2", "新機關", "--parent", "ZZ"], "找不到上級機關：ZZ"),
        (["B2", "新機關", "--admin", "taken"], "帳號 taken 已經有人使用"),
        (["B2", "新機關", "--admin", "a b"], "帳號："),
    ],
)
def test_create_office_refuses_in_words_and_makes_nothing(arguments, sentence):
    make_office(code="A1")
    make_user("taken")

    with pytest.raises(CommandError, match=sentence) as refused:
        run("create_office", *arguments)

    assert refused.value.returncode == 1
    assert Office.objects.count() == 1
    assert not Member.objects.exists()


def test_reset_password_opens_a_locked_account(client):
    make_user("lin")
    for _ in range(5):
        client.post("/sign-in/", {"username": "lin", "password": "wrong"})

    password = password_in(run("reset_password", "lin"))
    response = client.post("/sign-in/", {"username": "lin", "password": password})

    assert response.status_code == 302
    assert User.objects.get(username="lin").must_change_password


def test_reset_password_refuses_strangers_and_sleepers():
    make_user("asleep", is_active=False)

    with pytest.raises(CommandError, match="找不到帳號：nobody"):
        run("reset_password", "nobody")
    with pytest.raises(CommandError, match="這個帳號已停用"):
        run("reset_password", "asleep")
