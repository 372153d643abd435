"""Whether a chain is whole, and removing what is older than has to be kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from ..models import Office
from .models import INSTALLATION, Act, AuditChain, AuditEvent, digest_of
from .recording import record

# 資通系統防護基準 (附表十): six months at least; ten days more for calendars and clocks.
FEWEST_DAYS = 190
# What one page may check, in about two seconds; the command checks all.
MOST_ON_PAGE = 50_000
CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class Link:
    """One end of a chain, or the place before its first event."""

    number: int = 0
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at, and ``found``: the first broken link in words, "" for none."""

    first: int
    last: int
    found: str = ""

    @property
    def is_whole(self) -> bool:
        return not self.found


class BrokenChain(Exception):
    """Nothing is purged from a chain that is not whole: it would be the evidence."""

    def __init__(self, check: Check) -> None:
        super().__init__(check.found)
        self.check = check


def verify(chain: AuditChain, *, newest: int = 0) -> Check:
    """Follow the chain to its end, from its anchor or over the ``newest`` events alone.

    A part is taken on trust to follow what was before it.  The result is kept with
    the chain, for its page.
    """
    check = _followed(chain.pk, newest)
    AuditChain.objects.filter(pk=chain.pk).update(
        checked_at=timezone.now(),
        checked_from=check.first,
        checked_until=check.last,
        break_found=check.found,
    )
    return check


def _followed(pk: int, newest: int) -> Check:
    """Looks again where the oldest events were purged under its eyes."""
    while True:
        chain = AuditChain.objects.get(pk=pk)
        check = _check(chain, newest)
        anchor = AuditChain.objects.values_list("anchor_number", flat=True).get(pk=pk)
        if check.is_whole or anchor == chain.anchor_number:
            return check


def _check(chain: AuditChain, newest: int) -> Check:
    before = _start(chain, newest)
    first = before.number + 1
    events = chain.events.filter(
        number__gt=before.number, number__lte=chain.last_number
    ).order_by("number")
    for event in events.iterator(CHUNK):
        found = _break(before, event)
        if found:
            return Check(first, event.number, found)
        before = Link(event.number, event.digest)
    return Check(first, chain.last_number, _end_break(before, chain))


def _start(chain: AuditChain, newest: int) -> Link:
    """The link before the first event to be checked."""
    number = chain.last_number - newest
    if not newest or number <= chain.anchor_number:
        return Link(chain.anchor_number, chain.anchor_digest)
    first = chain.events.filter(number=number + 1).first()
    return Link(number, first.previous if first else "")


def _break(before: Link, event: AuditEvent) -> str:
    if event.number != before.number + 1:
        return f"缺少{_span(before.number + 1, event.number - 1)}。"
    if event.previous != before.digest:
        return f"第 {event.number} 筆接不上前一筆：其中一筆被改過。"
    if digest_of(event) != event.digest:
        return f"第 {event.number} 筆的內容被改過。"
    return ""


def _end_break(last: Link, chain: AuditChain) -> str:
    if last.number < chain.last_number:
        return f"缺少{_span(last.number + 1, chain.last_number)}：最後面被截去。"
    if last.digest != chain.last_digest:
        return f"第 {last.number} 筆和鏈上登記的最後一筆不同。"
    beyond = chain.events.filter(number__gt=chain.last_number)
    extra = beyond.order_by("number").values_list("number", flat=True).first()
    if extra and _has_ended_at(chain):
        return f"第 {extra} 筆不在鏈上：不是由系統記下的。"
    return ""


def _has_ended_at(chain: AuditChain) -> bool:
    """Whether the chain still ends where it did, so that nobody appended meanwhile."""
    return AuditChain.objects.filter(
        pk=chain.pk, last_number=chain.last_number
    ).exists()


def _span(first: int, last: int) -> str:
    return f"第 {first} 筆" if first == last else f"第 {first} 到第 {last} 筆"


def chains() -> Iterator[tuple[AuditChain, str]]:
    """All chains with the names of their offices, the installation's first."""
    names = dict(Office.objects.values_list("pk", "name"))
    for chain in AuditChain.objects.order_by("pk"):
        yield chain, name_of(chain.pk, names.get(chain.pk, ""))


def name_of(office: int, name: str) -> str:
    if office == INSTALLATION:
        return "系統（不屬於任何機關）"
    return name or f"已刪除的機關 {office}"


@transaction.atomic
def purge(chain: AuditChain) -> int:
    """Remove the events older than AUDIT_DAYS, and tell so; how many.

    The number and digest of the last one removed stay as the chain's anchor.  Raises
    BrokenChain.
    """
    locked = AuditChain.objects.select_for_update().get(pk=chain.pk)
    limit = timezone.now() - timedelta(days=settings.AUDIT_DAYS)
    young = locked.events.filter(at__gte=limit).order_by("number").first()
    old = locked.events.filter(
        number__lt=young.number if young else locked.last_number + 1
    )
    last = old.order_by("-number").first()
    if last is None:
        return 0
    check = verify(locked)
    if not check.is_whole:
        raise BrokenChain(check)
    locked.anchor_number, locked.anchor_digest = last.number, last.digest
    locked.save(update_fields=["anchor_number", "anchor_digest"])
    count = old.purge()
    record(
        Act.AUDIT_PURGED,
        by=None,
        office=Office.objects.filter(pk=chain.pk).first(),
        details={"筆數": str(count), "到": _span(last.number, last.number)},
    )
    return count
