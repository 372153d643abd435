"""What is typed about one unit's part of a defect: answers, opinions, due days."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from offices import roc
from offices.forms.fields import RocDateField
from plans.forms.typed_text import TextLines

from ..defects.answering import Answer
from ..models import DefectTarget
from .fields import NumberField
from .rounds import dressed
from .settings import LineField

LONGEST_WORDS = 4_000
LONGEST_REASON = 300
# 「將來會做」 tells nothing: letters, digits and characters, without signs and blanks.
LEAST_WORDS = 6
NO_VERSION = -1


class VersionField(forms.Field):
    """The version that was seen; what is no number never was one."""

    def __init__(self) -> None:
        super().__init__(required=False, widget=forms.HiddenInput)

    def to_python(self, value: Any) -> int:
        typed = "" if value is None else str(value)
        is_number = typed.isascii() and typed.isdigit() and len(typed) < 10
        return int(typed) if is_number else NO_VERSION


class AnswerForm(forms.Form):
    """辦理情形 of a unit."""

    text = TextLines(label="辦理情形", rows=4, max_length=LONGEST_WORDS)
    percent = NumberField(label="完成％", most=100, places=0, unit="完成百分比")
    wants_release = forms.BooleanField(label="已經改善，請求解列", required=False)
    version = VersionField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(self)

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if sum(sign.isalnum() for sign in text) < LEAST_WORDS:
            raise forms.ValidationError(
                f"請寫出做了什麼、什麼時候做的，至少 {LEAST_WORDS} 個字；"
                "「將來會做」不是辦理情形。"
            )
        return text

    def told(self) -> Answer:
        said = self.cleaned_data
        percent = said["percent"]
        return Answer(
            said["text"],
            None if percent is None else int(percent),
            said["wants_release"],
        )


class OpinionForm(forms.Form):
    """What 研考 decides; whoever does not release says why."""

    RELEASE, RETURN, REMARK = "release", "return", "remark"

    verdict = forms.ChoiceField(
        choices=[(RELEASE, "同意解列"), (RETURN, "退回"), (REMARK, "送出審查意見")],
        error_messages={
            "required": "請選擇同意解列或退回。",
            "invalid_choice": "請選擇同意解列或退回。",
        },
    )
    text = TextLines(label="審查意見", rows=3, max_length=LONGEST_WORDS)
    version = VersionField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(self)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        needs_words = said.get("verdict") in {self.RETURN, self.REMARK}
        if (
            needs_words
            and not said.get("text", "").strip()
            and "text" not in self.errors
        ):
            self.add_error("text", "請寫審查意見，說明還缺什麼。")
        return said


class DueForm(forms.Form):
    """Another due day, or the one until which it is reopened, with the reason."""

    due_on = RocDateField(label="新的期限", help_text="")
    reason = LineField(
        label="原因",
        max_length=LONGEST_REASON,
        error_messages={"required": "請填寫原因。"},
    )
    version = VersionField()

    def __init__(self, *args: Any, target: DefectTarget, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.target = target
        dressed(self)

    def clean_due_on(self) -> date:
        day: date = self.cleaned_data["due_on"]
        found_on = self.target.defect.found_on
        if day < found_on:
            raise forms.ValidationError(
                f"期限不能早於查核日期 {roc.numeric(found_on)}。"
            )
        if not self.target.is_released and day == self.target.due_on:
            raise forms.ValidationError("和原來的期限相同，請填寫新的期限。")
        return day
