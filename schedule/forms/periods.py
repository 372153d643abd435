"""What 研考 and 課室主管 type about reporting: periods, reasons, files, the office's words."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from offices.forms.fields import RocDateField
from plans.forms.typed_text import TextLines, printable

from ..models import Period, Standing
from ..reporting.evidence import Upload, most_bytes, too_large
from ..reporting.evidence_kinds import EMPTY
from ..reporting.lights import Thresholds
from ..reporting.periods import Days, Rhythm
from ..reporting.settings import Named
from .fields import NumberField
from .marking import mark_mistakes
from .settings import LineField

LONGEST_WORDS = 2_000
LONGEST_NAME = 12
MOST_STATUSES = 8
SUPPLEMENT_TIME = timedelta(days=3)


class PeriodsForm(forms.Form):
    """The periods of a whole year in one go."""

    rhythm = forms.ChoiceField(
        label="多久填報一次",
        choices=[("monthly", "每月（12 期）"), ("quarterly", "每季（4 期）")],
        initial="monthly",
    )
    due = forms.IntegerField(label="次月幾日截止", min_value=1, max_value=31, initial=7)
    closing = forms.IntegerField(
        label="次月幾日關閉", min_value=1, max_value=31, initial=10
    )
    instructions = TextLines(label="填報說明", rows=3, max_length=LONGEST_WORDS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            style = "form-select" if name == "rhythm" else "form-control"
            field.widget.attrs["class"] = style
            field.error_messages |= {
                "required": "請填寫。",
                "invalid": "請輸入 1 到 31 的數字。",
                "min_value": "請輸入 1 到 31 的數字。",
                "max_value": "請輸入 1 到 31 的數字。",
                "invalid_choice": "請選擇每月或每季。",
            }
        for name in ("due", "closing"):
            for check in self.fields[name].validators:
                check.message = "請輸入 1 到 31 的數字。"  # type: ignore[attr-defined]
        mark_mistakes(self)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        due, closing = cleaned.get("due"), cleaned.get("closing")
        if due and closing and closing < due:
            self.add_error("closing", "關閉日不能早於截止日。")
        return cleaned

    def values(self) -> dict[str, Any]:
        """What make_year takes."""
        cleaned = self.cleaned_data
        return {
            "rhythm": Rhythm(cleaned["rhythm"]),
            "days": Days(cleaned["due"], cleaned["closing"]),
            "instructions": cleaned["instructions"],
        }


class PeriodForm(forms.Form):
    """The dates and the instructions of one period."""

    opens = RocDateField(label="開放日")
    due = RocDateField(label="截止日")
    closes = RocDateField(label="關閉日")
    words = TextLines(label="填報說明", rows=3, max_length=LONGEST_WORDS)

    def __init__(self, *args: Any, period: Period, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "opens": period.opens_on,
            "due": period.due_on,
            "closes": period.closes_on,
            "words": period.instructions,
        }
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"
        mark_mistakes(self)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        opens, due, closes = (cleaned.get(name) for name in ("opens", "due", "closes"))
        if opens and due and due < opens:
            self.add_error("due", "截止日不能早於開放日。")
        if due and closes and closes < due:
            self.add_error("closes", "關閉日不能早於截止日。")
        return cleaned


class ReasonForm(forms.Form):
    """Why something is returned, opened again, or asked for."""

    reason = LineField(
        label="原因",
        max_length=200,
        error_messages={
            "required": "請寫下原因。",
            "max_length": "原因最多 200 個字。",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"
        mark_mistakes(self)


class ReopenForm(ReasonForm):
    """Through which day, and why."""

    until = RocDateField(label="重新開啟到")

    def clean_until(self) -> date:
        return not_past(self.cleaned_data["until"])


class DecisionForm(forms.Form):
    """Whether a row is opened again, and through which day."""

    grant = forms.BooleanField(required=False)
    until = RocDateField(label="補報期限", required=False)

    def clean_until(self) -> date:
        until = self.cleaned_data["until"]
        return not_past(until or timezone.localdate() + SUPPLEMENT_TIME)

    def open_until(self) -> date | None:
        """None where the request is refused."""
        until: date = self.cleaned_data["until"]
        return until if self.cleaned_data["grant"] else None


def not_past(day: date) -> date:
    """The day; raises ValidationError where it is over."""
    if day < timezone.localdate():
        raise forms.ValidationError("這一天已經過了，請填今天或以後的日期。")
    return day


class EvidenceForm(forms.Form):
    """A file; what it holds is looked into later."""

    file = forms.FileField(
        label="佐證檔",
        allow_empty_file=True,
        max_length=200,
        error_messages={
            "required": "請先選擇檔案。",
            "invalid": "請先選擇檔案。",
            "missing": "請先選擇檔案。",
            "max_length": "檔名太長（最多 200 字），請先改短。",
        },
        widget=forms.FileInput(
            attrs={
                "accept": ".pdf,.odt,.ods,.odp,.docx,.xlsx,.pptx,.jpg,.jpeg,.png",
                "class": "form-control",
            }
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mark_mistakes(self)

    def clean_file(self) -> UploadedFile:
        """A file that is too large is not read at all."""
        file: UploadedFile = self.cleaned_data["file"]
        if not file.size:
            raise forms.ValidationError(EMPTY)
        if file.size > most_bytes():
            raise forms.ValidationError(too_large())
        return file

    def upload(self) -> Upload:
        """The file with its name in one line."""
        file: UploadedFile = self.cleaned_data["file"]
        name = " ".join(printable(file.name or "").split())
        return Upload(name, file.read())


class ReportingSettingsForm(forms.Form):
    """The office's statuses, a name and its meaning a line, and its thresholds."""

    ahead = NumberField(label="超前：高於預定", most=100, places=2, unit="百分點")
    behind = NumberField(label="落後：低於預定", most=100, places=2, unit="百分點")
    serious = NumberField(label="嚴重落後：低於預定", most=100, places=2, unit="百分點")

    def __init__(
        self,
        *args: Any,
        statuses: tuple[Named, ...],
        thresholds: Thresholds,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in ("ahead", "behind", "serious"):
            self.initial[name] = getattr(thresholds, name)
        for number in range(MOST_STATUSES):
            name, standing = (*statuses, *[("", "")] * MOST_STATUSES)[number]
            self._add_line(number, name, standing)
        for name, field in self.fields.items():
            is_choice = name.startswith("standing")
            field.widget.attrs["class"] = "form-select" if is_choice else "form-control"
        mark_mistakes(self)

    def _add_line(self, number: int, name: str, standing: str) -> None:
        self.fields[f"name{number}"] = LineField(
            label=f"第 {number + 1} 個狀態",
            max_length=LONGEST_NAME,
            required=False,
            initial=name,
            error_messages={"max_length": f"狀態最多 {LONGEST_NAME} 個字。"},
        )
        self.fields[f"standing{number}"] = forms.ChoiceField(
            label=f"第 {number + 1} 個狀態的意義",
            choices=[("", "—"), *Standing.choices],
            required=False,
            initial=standing,
            error_messages={"invalid_choice": "請選擇清單裡的意義。"},
        )

    def lines(self) -> list[tuple[Any, Any]]:
        """The two fields of each status."""
        return [
            (self[f"name{number}"], self[f"standing{number}"])
            for number in range(MOST_STATUSES)
        ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("ahead", "behind", "serious"):
            if cleaned.get(name) is None and name not in self.errors:
                self.add_error(name, "請填寫百分點，例如 5。")
        behind, serious = cleaned.get("behind"), cleaned.get("serious")
        if behind is not None and serious is not None and serious < behind:
            self.add_error("serious", "嚴重落後的門檻不能小於落後的門檻。")
        self._check_statuses(cleaned)
        return cleaned

    def _check_statuses(self, cleaned: dict[str, Any]) -> None:
        met: set[str] = set()
        for number in range(MOST_STATUSES):
            name = cleaned.get(f"name{number}", "")
            if name and not cleaned.get(f"standing{number}"):
                self.add_error(f"standing{number}", f"請選擇「{name}」的意義。")
            if name in met:
                self.add_error(f"name{number}", f"「{name}」寫了兩次。")
            met |= {name} - {""}
        if not self.errors and not met:
            self.add_error("name0", "至少要有一個狀態。")

    def statuses(self) -> list[Named]:
        """Without empty lines."""
        cleaned = self.cleaned_data
        pairs = [
            (cleaned[f"name{number}"], cleaned[f"standing{number}"])
            for number in range(MOST_STATUSES)
        ]
        return [pair for pair in pairs if pair[0]]

    def thresholds(self) -> Thresholds:
        values: list[Decimal] = [
            self.cleaned_data[name] for name in ("ahead", "behind", "serious")
        ]
        return Thresholds(*values)
