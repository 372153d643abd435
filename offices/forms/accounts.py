"""Sign-in and the person's own password."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.password_validation import validate_password

from offices.models import User


def plain_helper() -> FormHelper:
    """Fields only: the template owns <form>, the token and the buttons."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    return helper


class SignInForm(AuthenticationForm):
    """The fields carry autocomplete names, so password managers and paste work."""

    error_messages = {
        "invalid_login": "帳號或密碼不正確。請留意大小寫；連續錯 5 次，帳號會鎖定 15 分鐘。",
        "inactive": "這個帳號已停用，請洽貴機關的研考人員。",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "帳號"
        self.fields["password"].label = "密碼"
        self.helper = plain_helper()


class PasswordForm(forms.Form):
    """The present password, then the new one twice."""

    present = forms.CharField(
        label="目前的密碼",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label="新密碼",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="至少 10 個字元，須有英文大寫、英文小寫及數字，不可與最近三次用過的密碼相同。",
    )
    again = forms.CharField(
        label="再輸入一次新密碼",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)
        self.helper = plain_helper()

    def clean_present(self) -> str:
        present: str = self.cleaned_data["present"]
        if not self.user.check_password(present):
            raise forms.ValidationError("目前的密碼不正確。")
        return present

    def clean_new(self) -> str:
        new: str = self.cleaned_data["new"]
        validate_password(new, self.user)
        return new

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        new = self.cleaned_data.get("new")
        if new is not None and again != new:
            raise forms.ValidationError("兩次輸入的新密碼不同。")
        return again
