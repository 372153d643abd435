"""Comparison, freezing and approval: growth with size, and approval against the PDF."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import pairwise
from typing import Any

from plans.documents.model import Document, Point

from .timing import Series, ratio, run, take_turns

SIZES = (400, 1600, 6400)
EVERY = 4  # of so many points one is changed, one deleted and one added


def measure(rounds: int = 5) -> None:
    """In a process and a database of their own."""
    with tempfile.TemporaryDirectory() as folder:
        environ = os.environ | {
            "DATA_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
            "SECRET_KEY": "only-for-the-benchmark-0123456789-0123456789-0123456789",
            "LOG_LEVEL": "WARNING",
        }
        run([sys.executable, "manage.py", "migrate", "-v0"], env=environ)
        command = [sys.executable, "-m", "tests.bench.cycle", str(rounds)]
        subprocess.run(command, check=True, env=environ)


def main() -> None:
    import django

    django.setup()
    rounds = int(sys.argv[1])
    _measure_growth(rounds)
    _measure_approval(rounds)


def _measure_growth(rounds: int) -> None:
    from plans.documents.comparison import compare
    from plans.freezing import freeze

    pairs = {size: _pair(size) for size in SIZES}
    acts: dict[str, Callable[[], object]] = {}
    for size, (old, new) in pairs.items():
        acts[f"compare {size} points"] = partial(compare, old, new)
        acts[f"freeze {size} points"] = partial(freeze, new)
    series = take_turns(acts, rounds)
    print("comparison and freezing, in the process")
    for one in series.values():
        print(one.line())
    for act in ("compare", "freeze"):
        for small, large in pairwise(SIZES):
            found = ratio(
                series[f"{act} {large} points"], series[f"{act} {small} points"]
            )
            print(f"  {act} {large} / {small} points: {found}")


def _pair(size: int) -> tuple[Document, Document]:
    """A document of points, and what became of it after many edits."""

    def point(number: int, words: str) -> Point:
        return Point(2, f"第{number}項{words}", id=f"b{number}")

    before = [point(n, "每月檢視服務紀錄並改善") for n in range(size)]
    after = []
    for number, kept in enumerate(before):
        place = number % EVERY
        if place == 0:
            kept = replace(kept, heading=f"第{number}項每季檢視服務紀錄並公開")
        if place != 1:
            after.append(kept)
        if place == 2:
            after.append(point(size + number, "新增的服務措施"))
    return _document(before), _document(after)


def _document(points: list[Point]) -> Document:
    chapter = Point(1, "作法", "", tuple(points), "b-1")
    return Document("中心", 114, "計畫", (chapter,))


def _measure_approval(rounds: int) -> None:
    """A plan of about 40 pages: its approval, and its PDF in the same process."""
    from plans.documents.canonical import from_json
    from plans.documents.pdf import render

    prepared = iter([_ready() for _ in range(rounds + 1)])
    kept: list[str] = []

    def approve_one() -> None:
        kept.append(_approve(next(prepared)))

    series: dict[str, Series] = take_turns(
        {
            "approve (核定)": approve_one,
            "PDF of the same plan": lambda: render(from_json(kept[-1].encode())),
        },
        rounds,
    )
    print("approval of a plan of about 40 pages")
    for one in series.values():
        print(one.line())
    approval, pdf = series.values()
    print(f"  approve / PDF: {ratio(approval, pdf)}")


def _ready() -> Any:
    """A submission whose last step is open, and who may take it."""
    from offices.models import Role
    from plans.apply import apply
    from plans.cycle import Actor
    from plans.workflow import submit
    from tests.factories import make_member, make_office

    from .documents import plan as synthetic

    office = make_office()
    keeper = make_member(office, Role.COORDINATOR)
    document = synthetic(6)
    plan = apply(document, office=office, year=114, title="計畫", by=keeper.user)
    return submit(plan, by=Actor(keeper.user), unit=None), keeper


def _approve(ready: Any) -> str:
    """The frozen text of the version."""
    from plans.approving import Signed, approve
    from plans.cycle import Actor

    submission, keeper = ready
    step = submission.steps.get(state="current")
    signed = Signed(date(2025, 1, 16), reference="明服字第1140000001號")
    by = Actor(keeper.user)
    approval = approve(submission, step=step, by=by, signed=signed)
    return str(approval.content)


if __name__ == "__main__":
    main()
