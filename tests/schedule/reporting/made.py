"""Periods, reports and files as the tests of reporting need them."""

import io
import zipfile
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone
from PIL import Image

from schedule.models import Period, Report, Standing


def make_period(plan, first=3, last=None, *, opens=-5, due=3, closes=5, **kwargs):
    """Of one month; the days count from today."""
    today = timezone.localdate()
    return Period.objects.create(
        plan=plan,
        first=first,
        last=last or first,
        opens_on=today + timedelta(days=opens),
        due_on=today + timedelta(days=due),
        closes_on=today + timedelta(days=closes),
        **kwargs,
    )


def make_past_period(plan, first=2, **kwargs):
    """Closed yesterday."""
    return make_period(plan, first, opens=-30, due=-2, closes=-1, **kwargs)


def make_report(period, share, **kwargs):
    """進行中 at 50 %, reported just now."""
    kwargs.setdefault("status", "進行中")
    kwargs.setdefault("standing", Standing.RUNNING)
    kwargs.setdefault("percent", Decimal(50))
    kwargs.setdefault("words", "已訪視三個里")
    kwargs.setdefault("version", 1)
    kwargs.setdefault("reported_at", timezone.now())
    return Report.objects.create(period=period, share=share, **kwargs)


def zipped(files, compression=zipfile.ZIP_DEFLATED):
    """A ZIP archive of these names and contents, in order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def word_file(types="<Types/>", at=()):
    """A text document of Office, with the entries ``at`` besides."""
    parts = {"[Content_Types].xml": types, "word/document.xml": "<w/>"}
    return zipped(parts | dict(at))


def open_text(at=()):
    """A text document of ODF."""
    kind = "application/vnd.oasis.opendocument.text"
    return zipped({"mimetype": kind, "content.xml": "<o/>", **dict(at)})


def picture(kind="PNG"):
    buffer = io.BytesIO()
    Image.new("RGB", (4, 4), "white").save(buffer, kind)
    return buffer.getvalue()


PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
