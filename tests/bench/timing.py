"""Side-by-side timing: contenders take turns, so that a drifting machine hits all."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Sample:
    """One run: seconds on the clock, and seconds of processor incl. children."""

    wall: float
    cpu: float


@dataclass(frozen=True)
class Series:
    """All runs of one contender, in the order in which they took turns."""

    name: str
    samples: tuple[Sample, ...]

    def median(self, figure: str = "wall") -> float:
        return statistics.median(float(getattr(s, figure)) for s in self.samples)

    def line(self) -> str:
        """Median and spread as a row of the report."""
        walls = [sample.wall for sample in self.samples]
        return (
            f"  {self.name:<34} {self.median():9.4f} s"
            f"  ({min(walls):.4f} - {max(walls):.4f})"
            f"  cpu of this side {self.median('cpu'):8.4f} s"
        )


def take_turns(
    contenders: Mapping[str, Callable[[], object]], rounds: int = 5
) -> dict[str, Series]:
    """Run every contender once uncounted, then ``rounds`` times in turn."""
    samples: dict[str, list[Sample]] = {name: [] for name in contenders}
    for turn in range(rounds + 1):
        for name, act in contenders.items():
            sample = _measure(act)
            if turn:
                samples[name].append(sample)
    return {name: Series(name, tuple(taken)) for name, taken in samples.items()}


def _measure(act: Callable[[], object]) -> Sample:
    cpu, wall = _processor_seconds(), time.perf_counter()
    act()
    return Sample(time.perf_counter() - wall, _processor_seconds() - cpu)


def _processor_seconds() -> float:
    usages = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def ratio(ours: Series, theirs: Series, figure: str = "wall") -> str:
    """Median of the ratios turn by turn, with their spread."""
    pairs = zip(ours.samples, theirs.samples, strict=True)
    ratios = [getattr(a, figure) / max(getattr(b, figure), 1e-9) for a, b in pairs]
    return (
        f"{statistics.median(ratios):.2f} ({min(ratios):.2f} - {max(ratios):.2f})"
        f" {figure}"
    )


def run(command: Sequence[str], **kwargs: object) -> None:
    """A child process that must succeed; its output is thrown away."""
    subprocess.run(command, check=True, capture_output=True, timeout=600, **kwargs)  # type: ignore[call-overload]


def machine() -> str:
    """What the figures were taken on."""
    with Path("/proc/cpuinfo").open(encoding="ascii", errors="replace") as info:
        models = [
            line.split(":", 1)[1].strip() for line in info if "model name" in line
        ]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} x {models[0] if models else '?'}, {memory:.0f} GiB"
