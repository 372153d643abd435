"""Leaving a finding as it is, and an office's own grades."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from ..documents.proofs.finding import CheckInfo, Grade
from ..models.proof import OFF

GRADES = [(one.value, f"{one.sign} {one.word}") for one in Grade]


class DismissForm(forms.Form):
    """Why a finding is left as it is."""

    key = forms.CharField(max_length=24, widget=forms.HiddenInput)
    reason = forms.CharField(
        label="理由",
        max_length=200,
        error_messages={
            "required": "請寫下不予處理的理由，審核的人會看到。",
            "max_length": "理由最多 200 字。",
        },
    )


class GradesForm(forms.Form):
    """One list for each check; the catalogue's own grade is marked."""

    def __init__(
        self,
        checks: Mapping[str, CheckInfo],
        standing: Mapping[str, Grade | None],
        data: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, auto_id="grade-%s")
        for code, info in checks.items():
            choices = [(value, _marked(value, name, info)) for value, name in GRADES]
            own = standing[code]
            self.fields[code] = forms.ChoiceField(
                label=info.name,
                choices=[*choices, (OFF, "－ 不檢查")],
                initial=own.value if own else OFF,
                required=False,
                error_messages={"invalid_choice": "請從清單中選擇等級。"},
            )

    def grades(self) -> dict[str, Grade | None]:
        """What was changed, by code; a check that was not sent stays as it is."""
        return {
            code: None if chosen == OFF else Grade(chosen)
            for code, chosen in self.cleaned_data.items()
            if chosen and code in self.changed_data
        }


def _marked(value: str, name: str, info: CheckInfo) -> str:
    return f"{name}（目錄）" if value == info.grade.value else name
