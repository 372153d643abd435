"""What is typed on a plan's way to its approval: reasons, remarks, the signed line."""

from __future__ import annotations

from typing import Any

from django import forms

from offices.forms.accounts import plain_helper
from offices.forms.fields import RocDateField

from ..approving import Signed
from ..models import Judgement
from ..reviews.signing import VERBS, WORDS_AFTER
from .typed_text import printable

LONGEST = 2000


class WordsField(forms.CharField):
    """Some lines of text, of which ``required`` says what is missing."""

    def __init__(self, *, label: str, missing: str = "", **kwargs: Any) -> None:
        super().__init__(
            label=label,
            max_length=LONGEST,
            required=bool(missing),
            widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"}),
            error_messages={"required": missing},
            **kwargs,
        )

    def to_python(self, value: Any) -> str:
        return printable(super().to_python(value) or "")


class PrintedField(forms.CharField):
    """One line of what is printed."""

    def to_python(self, value: Any) -> str:
        return printable(super().to_python(value) or "")


class SubmitForm(forms.Form):
    """送核."""

    note = WordsField(
        label="送核說明（可空白）",
        help_text="這次改了什麼、為什麼改；審核的人會先看到。",
    )


class JudgeForm(forms.Form):
    """同意 or 退回 one change; returning needs a reason."""

    key = forms.CharField(max_length=80)
    verdict = forms.ChoiceField(choices=Judgement.Verdict.choices)
    reason = WordsField(label="退回原因")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        returned = cleaned.get("verdict") == Judgement.Verdict.RETURNED
        if returned and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "請寫下退回的原因，承辦人才知道怎麼改。")
        return cleaned


class RemarkForm(forms.Form):
    """A remark on one change, or with an empty key on the whole."""

    key = forms.CharField(max_length=80, required=False)
    text = WordsField(label="意見", missing="請輸入意見。")


class NoteForm(forms.Form):
    """A step that agrees may say something."""

    note = WordsField(label="意見（同意時可空白）")


class OpinionForm(forms.Form):
    """會辦 says something, be it 「無意見」."""

    note = WordsField(
        label="會辦意見", missing="請輸入會辦意見；沒有意見請寫「無意見」。"
    )


class ReasonForm(forms.Form):
    """Why a plan is sent back, a step is skipped, a closed plan opened again."""

    reason = WordsField(label="原因", missing="請寫下原因，相關的人會看到。")


class WithdrawForm(forms.Form):
    """撤回送核."""

    reason = WordsField(label="撤回原因（可空白）")


class SignedForm(forms.Form):
    """核定: what stands on the signed paper."""

    on = RocDateField(label="核定日期")
    verb = PrintedField(
        label="動作",
        max_length=20,
        widget=forms.TextInput(attrs={"list": "verbs"}),
        help_text=f"{'、'.join(VERBS)}……，照修訂紀錄要印的寫。",
        error_messages={"required": "請填動作，例如「訂定」或「修正」。"},
    )
    ordinal = forms.IntegerField(
        label="第幾次",
        min_value=0,
        max_value=999,
        required=False,
        help_text="不印「第幾次」就空白。",
    )
    reference = PrintedField(
        label="文號",
        max_length=120,
        required=False,
        help_text="例如 明市戶字第1140000123號；沒有文號可以空白。",
    )
    approval = PrintedField(
        label="核定用語",
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"list": "words-after"}),
        help_text=f"印在文號後面，例如{'、'.join(WORDS_AFTER)}；可以空白。",
    )
    note = WordsField(label="備註（不印在紙上，可空白）")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper()

    def signed(self) -> Signed:
        """Of a valid form."""
        values = dict(self.cleaned_data)
        return Signed(ordinal=values.pop("ordinal") or 0, **values)
