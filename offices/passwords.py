"""Passwords: changing one, handing out a one-time one, and what may not be chosen."""

from __future__ import annotations

import secrets

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.db import transaction

from .audit.models import Act
from .audit.recording import record_of_person
from .models import PastPassword, User

# 附表十, 身分鑑別: a new password differs from the last three, the present one included.
REMEMBERED = 3
# Without the signs that people mix up when they copy from paper: 0 O 1 l I.
LOWER = "abcdefghijkmnpqrstuvwxyz"
UPPER = "ABCDEFGHJKLMNPQRSTUVWXYZ"
DIGITS = "23456789"


class MixedCharactersValidator:
    """At least one capital letter, one small letter and one digit."""

    message = "密碼須同時包含英文大寫、英文小寫及數字。"

    def validate(self, password: str, user: User | None = None) -> None:
        kinds = (str.isupper, str.islower, str.isdigit)
        if not all(any(kind(sign) for sign in password) for kind in kinds):
            raise ValidationError(self.message, code="password_not_mixed")

    def get_help_text(self) -> str:
        return self.message


class RecentPasswordValidator:
    """Not one of the last three passwords of the same person."""

    message = "新密碼不可與最近三次用過的密碼相同。"

    def validate(self, password: str, user: User | None = None) -> None:
        if user is None or user.pk is None:
            return
        if any(check_password(password, encoded) for encoded in recent_hashes(user)):
            raise ValidationError(self.message, code="password_recently_used")

    def get_help_text(self) -> str:
        return self.message


def recent_hashes(user: User) -> list[str]:
    """The present hash and the ones before it, newest first, three at most."""
    past = user.past_passwords.values_list("encoded", flat=True)[: REMEMBERED - 1]
    return [user.password, *past]


@transaction.atomic
def change_password(user: User, *, new: str) -> None:
    """The person's own choice; their other sessions end with the old hash."""
    _set_password(user, new, must_change=False)
    record_of_person(Act.PASSWORD_CHANGED, user, by=user)


@transaction.atomic
def issue_one_time_password(user: User, *, by: User | None) -> str:
    """A random password for the first sign-in, which must then be changed.

    Returned once, never stored in clear; every session of the person ends.
    """
    password = one_time_password()
    _set_password(user, password, must_change=True)
    record_of_person(Act.PASSWORD_ISSUED, user, by=by)
    return password


def one_time_password() -> str:
    """Twelve signs in three groups, easy to read out: "Kpw4-xe7R-mq2T"."""
    groups = [
        "".join(secrets.choice(LOWER + UPPER + DIGITS) for _ in range(2))
        + secrets.choice(kind)
        + secrets.choice(LOWER + UPPER + DIGITS)
        for kind in (DIGITS, LOWER, UPPER)
    ]
    return "-".join(groups)


def _set_password(user: User, password: str, *, must_change: bool) -> None:
    if user.password and user.has_usable_password():
        PastPassword.objects.create(user=user, encoded=user.password)
    kept = user.past_passwords.values("pk")[:REMEMBERED]
    user.past_passwords.exclude(pk__in=list(kept.values_list("pk", flat=True))).delete()
    user.set_password(password)
    user.must_change_password = must_change
    user.save(update_fields=["password", "must_change_password"])
