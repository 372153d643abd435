"""Fields that hold a mistake are marked, and point at the words that say which."""

from __future__ import annotations

from django import forms


def mark_mistakes(form: forms.Form) -> None:
    """Call at the end of the form's __init__: it checks what was sent."""
    for name in form.errors if form.is_bound else ():
        if name in form.fields:
            attrs = form.fields[name].widget.attrs
            attrs["class"] = f"{attrs.get('class', '')} is-invalid".strip()
            attrs["aria-describedby"] = f"{form[name].auto_id}_error"
