"""Which parts of two documents are the same, where only their words can tell."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from .model import Ref

# From what likeness on two texts are one: at the same place, and elsewhere.
AT_PLACE, ELSEWHERE = 0.4, 0.5
# Likeness apart, what speaks for a pair.
SAME_PLACE, SAME_PARENT = 0.15, 0.1
# A text so short may stand anywhere and says nothing by itself.
TELLING = 8
# Pairs of characters that more parts than this have tell none from another.
COMMON = 40
CANDIDATES = 8


@dataclass(frozen=True)
class Item:
    """One part: its words; where it stands in ``parent``, and by its whole number."""

    ref: Ref
    text: str
    parent: Ref
    place: Hashable
    path: Hashable
    depth: int

    @cached_property
    def grams(self) -> Counter[str]:
        """What it is judged by, where no equal one is found; see likeness."""
        return grams(self.text)


def item(
    ref: Ref, text: str, parent: Ref, place: Hashable, path: Hashable, depth: int = 0
) -> Item:
    """An Item of ``text``; how it is spaced and broken does not matter."""
    words = "".join(text.split())
    return Item(ref, words, parent, place, path, depth)


def grams(text: str) -> Counter[str]:
    """The pairs of neighbouring characters, those at both ends included."""
    return Counter(map("".join, pairwise(f"\n{text}\n")))


def likeness(one: Counter[str], other: Counter[str]) -> float:
    """0 to 1: the share of their pairs of characters that both texts have (Dice)."""
    if len(one) > len(other):
        one, other = other, one
    shared = sum(min(number, other[gram]) for gram, number in one.items())
    return 2 * shared / (one.total() + other.total())


class Matcher:
    """Pairs items of two documents; ``parents`` are pairs known before, new to old."""

    def __init__(
        self, old: Sequence[Item], new: Sequence[Item], parents: Mapping[Ref, Ref]
    ) -> None:
        self.old, self.new = old, new
        self.free = {one.ref: one for one in old}
        self.parents = dict(parents)
        self.found: dict[Ref, tuple[Ref, float]] = {}

    def match(self) -> dict[Ref, tuple[Ref, float]]:
        """For each paired item of the new document its partner, and how like they are.

        Long texts that both have once come first; then each depth from the outside,
        so that what is in paired parts finds each other.
        """
        self._equal(self.new, self._singular(), _same)
        for depth in sorted({one.depth for one in self.new}):
            level = [one for one in self.new if one.depth == depth]
            inside = self._in_old_parent
            self._equal(level, lambda one: (one.text, one.parent, one.place), inside)
            self._equal(level, lambda one: (one.text, one.parent), inside)
            self._equal(level, lambda one: (one.text, one.path), _same)
            self._equal(level, _telling, _same)
            self._alike(level)
        return self.found

    def _singular(self) -> Callable[[Item], Hashable]:
        """The text of an item that no other one of its document has."""
        counts = [Counter(one.text for one in side) for side in (self.old, self.new)]
        return lambda one: all(c[one.text] == 1 for c in counts) and _telling(one)

    def _in_old_parent(self, one: Item) -> Item:
        """The item as if it stood in the partner of its parent."""
        return replace(one, parent=self.parents.get(one.parent, one.ref))

    def _equal(
        self,
        new: Iterable[Item],
        key: Callable[[Item], Hashable],
        translated: Callable[[Item], Item],
    ) -> None:
        """Pair in order what has one ``key``, which False says is none."""
        waiting: dict[Hashable, deque[Ref]] = defaultdict(deque)
        for one in self.free.values():
            waiting[key(one)].append(one.ref)
        for one in new:
            wanted = key(translated(one))
            is_new = wanted is not False and one.ref not in self.found
            if is_new and waiting.get(wanted):
                self._pair(waiting[wanted].popleft(), one.ref, 1.0)

    def _pair(self, old: Ref, new: Ref, like: float) -> None:
        del self.free[old]
        self.found[new] = old, like
        self.parents[new] = old

    def _alike(self, level: Iterable[Item]) -> None:
        """Pair what is like enough, the likest first."""
        waiting = [one for one in level if one.ref not in self.found]
        near = _Neighbours(self.free.values()) if waiting else None
        judged = [
            (*verdict, old.ref, new.ref)
            for new in map(self._in_old_parent, waiting)
            for old in (near.of(new) if near else ())
            if (verdict := _judged(old, new))
        ]
        for _, like, old, new in sorted(judged, key=lambda one: -one[0]):
            if old in self.free and new not in self.found:
                self._pair(old, new, like)


def _same(one: Item) -> Item:
    return one


def _telling(one: Item) -> Hashable:
    """A text long enough to know the item by; False for others."""
    return len(one.text) >= TELLING and one.text


def _judged(old: Item, new: Item) -> tuple[float, float] | None:
    """What speaks for a pair, and its likeness; None where that is too little."""
    like = likeness(old.grams, new.grams)
    in_parent = old.parent == new.parent
    at_place = (in_parent and old.place == new.place) or old.path == new.path
    if like < (AT_PLACE if at_place else ELSEWHERE):
        return None
    return like + at_place * SAME_PLACE + in_parent * SAME_PARENT, like


class _Neighbours:
    """Finds the few parts that may be like another one, whatever their number."""

    def __init__(self, items: Iterable[Item]) -> None:
        self.having: dict[str, list[Item]] = defaultdict(list)
        self.standing: dict[Hashable, Item] = {}
        for one in items:
            self.standing.setdefault(one.path, one)
            self.standing.setdefault((one.parent, one.place), one)
            for gram in one.grams:
                self.having[gram].append(one)

    def of(self, new: Item) -> Iterator[Item]:
        """Those at its place, and those that have most of its rarer words."""
        shared: Counter[Ref] = Counter()
        by_ref: dict[Ref, Item] = {}
        for gram in new.grams:
            having = self.having.get(gram, ())
            if len(having) <= COMMON:
                shared.update(one.ref for one in having)
                by_ref.update((one.ref, one) for one in having)
        for key in (new.path, (new.parent, new.place)):
            if one := self.standing.get(key):
                by_ref[one.ref] = one
                shared[one.ref] += len(new.grams)
        for ref, _ in shared.most_common(CANDIDATES):
            yield by_ref[ref]
