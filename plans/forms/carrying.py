"""沿用為新年度計畫: for which year, under which title, and from which text."""

from __future__ import annotations

from typing import Any

from django import forms

from offices.forms.accounts import plain_helper
from offices.forms.fields import RocYearField

from ..carrying import title_for
from ..models import Approval, Plan
from .masthead import TitleField

NOW = "now"
APPROVED = "approved"


class CarryForm(forms.Form):
    """``again`` is asked only where the plan was carried over before."""

    year = RocYearField(label="新計畫的年度（民國）")
    title = TitleField()
    text = forms.ChoiceField(
        label="沿用哪一份內容",
        widget=forms.RadioSelect,
        error_messages={"required": "請選擇沿用哪一份內容。"},
    )
    again = forms.BooleanField(label="仍然再建立一份", required=False)

    def __init__(
        self, *args: Any, source: Plan, approval: Approval | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.approval = approval
        year = source.year + 1
        offered = title_for(source.title, source.year, year)
        self.initial.update(year=year, title=offered, text=NOW)
        choices = [(NOW, "目前的內容")]
        if approval:
            choices.insert(0, (APPROVED, f"核定版本（{approval}，核定後的修改不沿用）"))
            self.initial["text"] = APPROVED
        self.fields["text"].choices = choices  # type: ignore[attr-defined]
        if offered != source.title:
            self.fields[
                "title"
            ].help_text = f"去年的名稱：{source}。上面已代換年度，請確認。"
        self.carried = list(source.carried_to.filter(office=source.office_id))
        if not self.carried:
            del self.fields["again"]
        self.helper = plain_helper()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        twice = [plan for plan in self.carried if plan.year == data.get("year")]
        if twice and not data.get("again"):
            words = f"這份計畫已經沿用為 {twice[0].year} 年度的「{twice[0]}」"
            self.add_error("again", f"{words}；要再建立一份請勾選。")
        return data

    @property
    def version(self) -> Approval | None:
        """The approved version that was chosen; None for the text as it stands."""
        return self.approval if self.cleaned_data["text"] == APPROVED else None
