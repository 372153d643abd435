"""System checks: what Django says at every start when it is missing."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.checks import CheckMessage
from django.core.checks import Warning as CheckWarning

from .machine import PDF_LIBRARIES, install_command, missing


def pdf_libraries(**_kwargs: object) -> Sequence[CheckMessage]:
    """plans.W001: everything but the PDF works without these."""
    lacking = missing(PDF_LIBRARIES)
    if not lacking:
        return []
    names = "、".join(each.package for each in lacking)
    return [
        CheckWarning(
            f"PDF 匯出暫停：缺少 {names}。",
            hint=install_command(lacking),
            id="plans.W001",
        )
    ]
