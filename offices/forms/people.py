"""Units, members and deputies; every choice is limited to the office at hand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from offices.models import Deputy, Member, Office, Role, Unit, User

from .accounts import plain_helper
from .fields import RocDateField


class UnitForm(forms.ModelForm[Unit]):
    """A unit's name and label, each once in the office."""

    class Meta:
        model = Unit
        fields = ("name", "label")
        help_texts = {"label": "印在聯合項目前的一到四個字，例如「民」印成（民）。"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper()

    def clean_name(self) -> str:
        return self._once("name", "這個課室名稱已經有了。")

    def clean_label(self) -> str:
        return self._once("label", "這個簡稱已經有別的課室使用。")

    def _once(self, field: str, message: str) -> str:
        value: str = self.cleaned_data[field]
        others = self.instance.office.units.exclude(pk=self.instance.pk)
        if others.filter(**{field: value}).exists():
            raise ValidationError(message, code="taken")
        return value


class MemberForm(forms.Form):
    """A member's name, unit, title and roles."""

    full_name = forms.CharField(label="姓名", max_length=60)
    title = forms.CharField(label="職稱", max_length=40, required=False)
    roles = forms.TypedMultipleChoiceField(
        label="角色",
        coerce=Role,
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="可以同時有幾個角色；上級機關的角色可以讀所屬機關的計畫。",
        error_messages={"required": "請至少勾選一個角色。"},
    )

    def __init__(self, office: Office, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.office = office
        self.fields["unit"] = forms.ModelChoiceField(
            office.units.all(),
            label="課室",
            required=False,
            empty_label="（不屬於課室）",
        )
        self.order_fields(("username", "full_name", "unit", "title", "roles"))
        self.helper = plain_helper()


class MemberEditForm(MemberForm):
    """``name_locked``: the account belongs to other offices too, its name stays."""

    def __init__(
        self, member: Member, *args: Any, name_locked: bool, **kwargs: Any
    ) -> None:
        initial = {
            "full_name": member.user.full_name,
            "unit": member.unit_id,
            "title": member.title,
            "roles": [held.role for held in member.roles.all()],
        }
        super().__init__(member.office, *args, initial=initial, **kwargs)
        if name_locked:
            self.fields["full_name"].disabled = True
            self.fields[
                "full_name"
            ].help_text = "這個人也屬於您不能管理的機關，姓名請洽系統管理者變更。"


class MemberCreateForm(MemberForm):
    """A new person, or one who already has an account and now also works here."""

    username = forms.CharField(
        label="帳號",
        max_length=150,
        validators=[User.username_validator],
        help_text="登入用的名稱，英文、數字或 @ . + - _，例如員工編號。",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        known = User.objects.filter(username=data.get("username", "")).first()
        if known is None:
            return data
        if self.office.members.filter(user=known).exists():
            self.add_error("username", "這個帳號已經是本機關的成員。")
        elif known.is_superuser or known.full_name != data.get("full_name"):
            self.add_error(
                "username",
                "這個帳號已有人使用。若是同一人兼任，姓名須與帳號登記的相同；否則請換一個帳號。",
            )
        return data


class DeputyForm(forms.ModelForm[Deputy]):
    """Who acts for whom, from day to day; both from the office at hand."""

    starts_on = RocDateField(label="代理起日")
    ends_on = RocDateField(label="代理迄日")

    class Meta:
        model = Deputy
        fields = ("member", "deputy", "starts_on", "ends_on")

    def __init__(self, office: Office, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = office.members.active().select_related("user")
        self.fields["member"] = forms.ModelChoiceField(people, label="被代理人")
        self.fields["deputy"] = forms.ModelChoiceField(
            people, label="代理人", help_text="代理期間可以使用被代理人的角色。"
        )
        self.helper = plain_helper()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        member, deputy = data.get("member"), data.get("deputy")
        if member is not None and member == deputy:
            self.add_error("deputy", "代理人不能是本人。")
        starts_on, ends_on = data.get("starts_on"), data.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "代理迄日不能早於代理起日。")
        return data
