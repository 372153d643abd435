"""Where a person wants notices sent."""

from __future__ import annotations

from django import forms

from offices.models import User

from .accounts import plain_helper


class MailForm(forms.ModelForm[User]):
    """The person's own mail address; without one, notices stay on the page."""

    class Meta:
        model = User
        fields = ("email",)
        labels = {"email": "電子郵件"}
        help_texts = {
            "email": "退回修正時立即寄出，其他通知每天至多一封摘要；留空就不寄信。"
        }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["email"].widget.attrs["autocomplete"] = "email"
        self.helper = plain_helper()
