"""Text as a browser sends it, made into text that can be stored and printed."""

from __future__ import annotations

import re
from typing import Any

from django import forms

LONGEST_TEXT = 20_000
# Nothing prints for these, and neither a PDF nor every database may hold them; tabs
# and line ends stay.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff]")


def printable(text: str) -> str:
    """One kind of line end, no trailing blanks, no control characters."""
    lines = _UNPRINTABLE.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(line.rstrip() for line in lines.split("\n")).strip("\n")


class TextLines(forms.CharField):
    """A text of any number of lines in a box that grows while typing."""

    def __init__(self, *, rows: int = 2, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        kwargs.setdefault("max_length", LONGEST_TEXT)
        super().__init__(required=False, strip=False, **kwargs)

    def to_python(self, value: Any) -> str:
        return printable(super().to_python(value) or "")
