"""Creating a plan, its settings, its revision lines, and looking for one."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django import forms
from django.db.models import QuerySet

from offices.forms.accounts import plain_helper
from offices.forms.fields import RocYearField
from offices.models import Office, User

from ..documents.model import RevisionLine
from ..documents.revisions import revision_date
from ..models import Plan, Revision
from ..permissions import offices_to_write_for
from .typed_text import printable

_DATE = re.compile(
    r"(?:中華)?(?:民國)?(\d{1,3})(?:年|[./-])?(?:(\d{1,2})(?:月|[./-])?(?:(\d{1,2})日?)?)?"
)
DAYS_AT_MOST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class PlanSearchForm(forms.Form):
    """Words of the title, a year, an office; bad values simply filter nothing."""

    q = forms.CharField(label="計畫名稱", max_length=80, required=False)
    year = RocYearField(label="年度", required=False)
    office = forms.ModelChoiceField(
        Office.objects.none(), label="機關", required=False, empty_label="全部"
    )

    def __init__(self, *args: Any, offices: QuerySet[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]
        self.fields["q"].widget.attrs["class"] = "form-control"
        self.fields["year"].widget.attrs["class"] = "form-control"
        self.fields["office"].widget.attrs["class"] = "form-select"

    def found_in(self, plans: QuerySet[Plan]) -> QuerySet[Plan]:
        """The plans that fit every field filled in."""
        wanted = self.cleaned_data if self.is_valid() else {}
        if wanted.get("q"):
            plans = plans.filter(title__icontains=wanted["q"])
        if wanted.get("year"):
            plans = plans.filter(year=wanted["year"])
        if wanted.get("office"):
            plans = plans.filter(office=wanted["office"])
        return plans


class TitleField(forms.CharField):
    """A title as it is printed, in one line or several."""

    widget = forms.Textarea(attrs={"rows": 2})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label="計畫名稱",
            max_length=200,
            help_text="照印在紙上的樣子輸入，可分成幾行。",
            error_messages={"required": "請輸入計畫名稱。"},
            **kwargs,
        )

    def to_python(self, value: Any) -> str:
        return printable(super().to_python(value) or "")


class PlanForm(forms.ModelForm[Plan]):
    """A new plan: whose, for which year, and its title."""

    year = RocYearField(label="年度（民國）")
    title = TitleField()

    class Meta:
        model = Plan
        fields = ["office", "year", "title"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offices = offices_to_write_for(user)
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]
        self.fields["office"].initial = offices.first()
        self.helper = plain_helper()


class SettingsForm(forms.ModelForm[Plan]):
    """How the paper looks, and its title; ``version`` guards against a lost update."""

    year = RocYearField(label="年度（民國）")
    title = TitleField()
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Plan
        fields = [
            "title",
            "year",
            "brackets",
            "tens",
            "digit_mark",
            "has_cover",
            "cover_date",
            "running_head",
            "body_size",
        ]
        help_texts = {
            "cover_date": "例如：中華民國114年1月；不印封面時不用填。",
            "running_head": "印在每頁上方，可以空白。",
            "body_size": "公文慣用 16 點；10 到 24 點。",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version
        self.helper = plain_helper()

    def values(self) -> dict[str, Any]:
        """What save_settings takes."""
        return {k: v for k, v in self.cleaned_data.items() if k != "version"}


class RevisionDateField(forms.CharField):
    """A ROC date whose day, or month and day, may be missing; typed as printed.

    Gives {"year", "month", "day", "dotted"}, 0 for what is missing.
    """

    def to_python(self, value: Any) -> Any:
        text = unicodedata.normalize("NFKC", super().to_python(value) or "")
        plain = "".join(text.split())
        if not plain:
            return {"year": 0, "month": 0, "day": 0, "dotted": False}
        found = _DATE.fullmatch(plain)
        year, month, day = (
            (int(part or 0) for part in found.groups()) if found else (0,) * 3
        )
        if not year or not _is_day(month, day):
            raise forms.ValidationError(
                "看不懂這個日期，請輸入如 113.4.11、113年4月11日、113年4月 或 98.2。"
            )
        dotted = "." in plain
        return {"year": year, "month": month, "day": day, "dotted": dotted}


def _is_day(month: int, day: int) -> bool:
    if not month:
        return not day
    return month <= 12 and day <= DAYS_AT_MOST[month - 1]


class RevisionForm(forms.ModelForm[Revision]):
    """One line of the history block."""

    date = RevisionDateField(
        label="日期",
        required=False,
        max_length=30,
        help_text="照紙上的寫法，如 113.4.11、113年4月11日；沒有日就寫 113年4月 或 98.2。",
    )

    class Meta:
        model = Revision
        fields = ["ordinal", "verb", "number", "approval"]
        labels = {"ordinal": "第幾次", "approval": "文號後的用語"}
        help_texts = {
            "ordinal": "不印「第幾次」就空白。",
            "verb": "訂定、修訂、修正、初版……",
            "number": "沒有文號可以空白。",
            "approval": "例如：核定、函頒、備查；可以空白。",
        }

    field_order = ["date", "ordinal", "verb", "number", "approval"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["date"] = revision_date(
                RevisionLine(
                    self.instance.year,
                    self.instance.month,
                    self.instance.day,
                    dotted=self.instance.dotted,
                )
            )
        self.fields["ordinal"].required = False
        self.initial["ordinal"] = self.instance.ordinal or None
        self.helper = plain_helper()

    def clean_ordinal(self) -> int:
        return self.cleaned_data["ordinal"] or 0

    def values(self) -> dict[str, Any]:
        """What add_revision and save_revision take."""
        values = {k: v for k, v in self.cleaned_data.items() if k != "date"}
        return {**values, **self.cleaned_data["date"]}
