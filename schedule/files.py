"""The control table as files: one Timetable, many formats."""

from __future__ import annotations

import json
from collections.abc import Callable

from django.utils import timezone

from plans.compose import compose
from plans.documents.part import part_of
from plans.documents.pdf import render
from plans.models import Plan

from .compose import timetable_of
from .paper import labels_by_unit
from .reading import origin_of
from .report import report
from .timetable.annex import ANNEX_ID
from .timetable.ics import entries_of, write_calendar
from .timetable.xlsx.writer import write_workbook


class NothingToPrint(Exception):
    """The plan has no items; the message says so in Chinese."""


def as_xlsx(plan: Plan) -> bytes:
    labels = labels_by_unit(plan.office)
    return write_workbook(timetable_of(plan), labels, origin_of(plan))


def as_json(plan: Plan) -> bytes:
    text = json.dumps(report(timetable_of(plan)), ensure_ascii=False, indent=1)
    return text.encode()


def as_ics(plan: Plan) -> bytes:
    entries = entries_of(timetable_of(plan, timezone.localdate()))
    return write_calendar(
        f"{plan.office} {plan.year}年作業時程", entries, timezone.now()
    )


def as_pdf(plan: Plan) -> bytes:
    """The annex alone.  Raises NothingToPrint, and PdfUnavailable as render does."""
    document = part_of(compose(plan), ANNEX_ID)
    if document is None:
        raise NothingToPrint("這份計畫還沒有管制項目，沒有東西可印。")
    return render(document).pdf


Writer = Callable[[Plan], bytes]

# What a browser may ask for at once; a PDF is made by the worker.
QUICK_FILES: dict[str, tuple[str, Writer]] = {
    "xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        as_xlsx,
    ),
    "json": ("application/json", as_json),
    "ics": ("text/calendar; charset=utf-8", as_ics),
}
WRITERS: dict[str, Writer] = {
    "pdf": as_pdf,
    **{name: write for name, (_, write) in QUICK_FILES.items()},
}
