"""The texts of one point, paragraph or annex."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from ..models import Block, BlockKind
from .typed_text import TextLines, printable

FIELDS = {
    BlockKind.POINT: ("version", "heading", "body"),
    BlockKind.PARAGRAPH: ("version", "body"),
    BlockKind.ANNEX: ("version", "label", "heading", "landscape"),
}


class BlockForm(forms.Form):
    """Shows the texts that the block's kind has; nothing is required in a draft."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    label = forms.CharField(label="附件編號", max_length=20, required=False)
    heading = TextLines(label="標題或條文", rows=1)
    body = TextLines(label="內文（每一段一行）", rows=2)
    landscape = forms.BooleanField(label="橫印", required=False)

    def __init__(
        self,
        kind: str,
        data: Mapping[str, Any] | None = None,
        *,
        initial: Mapping[str, Any] | None = None,
        key: str,
    ) -> None:
        """``key`` begins every id, as several forms may be open on one page."""
        super().__init__(data, initial=dict(initial or {}), auto_id=f"{key}-%s")
        for name in set(self.fields) - set(FIELDS[BlockKind(kind)]):
            del self.fields[name]
        if kind == BlockKind.PARAGRAPH:
            self.fields["body"].label = "文字（每一段一行）"
        if kind == BlockKind.ANNEX:
            self.fields["heading"].label = "附件名稱"
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def start_typing(self) -> None:
        """Put the cursor into the first text when the page opens, also without scripts."""
        name = "heading" if "heading" in self.fields else "body"
        self.fields[name].widget.attrs["autofocus"] = True

    def texts(self) -> dict[str, Any]:
        """What save_block takes; call it on a valid form."""
        blank = {"label": "", "heading": "", "body": "", "landscape": False}
        typed = {k: v for k, v in self.cleaned_data.items() if k != "version"}
        return blank | typed

    def typed(self) -> dict[str, Any]:
        """The texts as they were sent, whether valid or not."""
        return {
            "label": printable(self.data.get("label", "")),
            "heading": printable(self.data.get("heading", "")),
            "body": printable(self.data.get("body", "")),
            "landscape": self.data.get("landscape") in {"on", "True"},
        }


def texts_of(block: Block) -> dict[str, Any]:
    """The form's initial values."""
    names = ("version", "label", "heading", "body", "landscape")
    return {name: getattr(block, name) for name in names}
