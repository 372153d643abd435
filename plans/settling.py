"""Deciding about the words that grew old: they are kept, or replaced as offered.

Whoever changes the place by hand has decided, too.  Nothing is replaced unasked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from django.core.exceptions import PermissionDenied
from django.db import transaction

from offices.models import User

from .carried import standing_parts, versions_of
from .carriers import Fix, carriers
from .compose import compose
from .documents.mentions import Kind
from .documents.proofs.galley import Passage
from .editing import lock_plan
from .mentioning import Listed, Lister, digest_of, kept_places
from .models import Carried, Plan, Settled
from .rewriting import Gone, rewrite, rewritten


@transaction.atomic
def keep(plan: Plan, key: str, *, everywhere: bool, by: User) -> int:
    """The words stand as they are; ``everywhere``: at all places that say the same.

    How many places that were.  Raises Gone.
    """
    plan = lock_plan(plan)
    same = _chosen(_lister(plan, by), key, everywhere=everywhere)
    _settle(plan, {(one.passage.place, one.digest) for one in same}, by)
    return len(same)


@transaction.atomic
def replace_words(plan: Plan, key: str, *, everywhere: bool, by: User) -> int:
    """Put the offered words there; ``everywhere``: wherever they are offered for the
    same words and the person may write.

    How many places that were.  What is found anew under the plan's lock is replaced,
    so that nothing is overwritten that nobody has seen.  Parts that nobody has
    confirmed stay so: replacing a year is not reading them.  Raises Gone.
    """
    plan = lock_plan(plan)
    lister = _lister(plan, by)
    same = [one for one in _chosen(lister, key, everywhere=everywhere) if one.fix]
    if not same:
        raise Gone
    parts = standing_parts(plan, lister.seen).items()
    decided = _decided_after(lister, same)
    by_place: dict[str, list[Fix]] = defaultdict(list)
    for one in same:
        if one.fix:
            by_place[one.passage.place].append(one.fix)
    _rewrite(plan, by_place, by)
    _settle(plan, decided, by)
    _keep_waiting(plan, {key for key, done in parts if not done} & set(by_place))
    return len(same)


def _lister(plan: Plan, by: User) -> Lister:
    return Lister(plan, compose(plan), kept_places(plan, by), versions_of(plan))


def _chosen(lister: Lister, key: str, *, everywhere: bool) -> list[Listed]:
    """What the key names, with all that is like it; only what the person may change."""
    listing = lister.listing()
    chosen = listing.find(key)
    if chosen is None:
        raise Gone
    if not chosen.is_open:
        raise PermissionDenied
    if not everywhere:
        return [chosen]
    return [one for one in listing.waiting if one.is_open and one.is_like(chosen)]


def _decided_after(lister: Lister, replaced: Sequence[Listed]) -> set[tuple[str, str]]:
    """What is decided in these texts once the words are replaced: the new words, and
    whatever was decided before, although other words stand around it now."""
    chosen = {one.key for one in replaced}
    texts = {(one.passage.place, one.passage.field) for one in replaced}
    by_text: dict[Passage, list[Listed]] = defaultdict(list)
    for one in lister.listed():
        if (one.passage.place, one.passage.field) in texts:
            by_text[one.passage].append(one)
    decided: set[tuple[str, str]] = set()
    for passage, found in by_text.items():
        done = [one for one in found if one.key in chosen]
        stays = [one for one in found if lister.is_settled(one)]
        fixes = [one.fix for one in done if one.fix]
        text = rewritten({passage.field: passage.text}, fixes)[passage.field]
        told = replace(passage, text=text)
        words = {_moved(one, done) for one in (*done, *stays)}
        decided |= {
            (passage.place, digest_of(told, mention))
            for mention in lister.mentions_in(told)
            if (mention.start, mention.kind, mention.text) in words
        }
    return decided


def _moved(one: Listed, done: Collection[Listed]) -> tuple[int, Kind, str]:
    """Where the mention stands, and what it says, after all are replaced."""
    shift = sum(
        len(other.mention.offer or "") - len(other.mention.text)
        for other in done
        if other.mention.start < one.mention.start
    )
    said = one.mention.offer if one in done else one.mention.text
    return one.mention.start + shift, one.mention.kind, said or ""


def _rewrite(plan: Plan, fixes: Mapping[str, Sequence[Fix]], by: User) -> None:
    """What other apps keep they rewrite, the rest is the plan's own."""
    own = {
        place: some
        for place, some in fixes.items()
        if not any(one.rewrite(plan, place, some, by=by) for one in carriers())
    }
    rewrite(plan, own, by=by)


def _settle(plan: Plan, decided: Iterable[tuple[str, str]], by: User) -> None:
    Settled.objects.bulk_create(
        (
            Settled(plan=plan, place=place, digest=digest, by=by)
            for place, digest in sorted(decided)
        ),
        ignore_conflicts=True,
    )


def _keep_waiting(plan: Plan, keys: Collection[str]) -> None:
    """These parts are still to be confirmed, in the version they have now."""
    versions = versions_of(plan)
    rows = list(plan.carried.filter(key__in=keys))
    for row in rows:
        row.version = versions[row.key]
    Carried.objects.bulk_update(rows, ["version"])
