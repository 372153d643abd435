"""Load the sample offices, accounts and plans for a trial installation."""

from __future__ import annotations

import unicodedata
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from plans.samples.loading import (
    load_samples,
    others_are_present,
    samples_are_loaded,
    taken_names,
)
from plans.samples.people import OFFICES, PASSWORD, SampleOffice, SamplePerson

HEAD = ("機關", "帳號", "姓名", "職稱", "角色")


class Command(BaseCommand):
    help = "載入示範機關、帳號與六份計畫（密碼公開，只供試用）。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--force",
            action="store_true",
            help="資料庫已有其他機關或使用者時，仍加入示範資料。",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if samples_are_loaded():
            self.stdout.write("示範資料先前已載入，這次沒有更動任何資料。")
        else:
            _refuse_over_real_data(force=options["force"])
            load_samples()
            self.stdout.write("示範資料已載入：六份計畫，六個虛構機關。")
        self.stdout.write(account_table())
        self.stdout.write(f"以上帳號的初始密碼都是 {PASSWORD}，只供試用。")


def _refuse_over_real_data(*, force: bool) -> None:
    if taken := taken_names():
        raise CommandError(
            f"這些代碼或帳號已有人使用，示範資料未載入：{'、'.join(taken)}"
        )
    if others_are_present() and not force:
        raise CommandError(
            "資料庫已有其他機關或使用者，示範資料未載入；確定要加入請用 --force。"
        )


def account_table() -> str:
    """One sample account for each role of each office, in columns that line up."""
    rows = [HEAD]
    for office in OFFICES:
        for person in representatives(office):
            roles = "、".join(role.label for role in person.roles)
            names = (person.username, person.full_name, person.title)
            rows.append((office.short_name, *names, roles))
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return "\n".join(_line(row, widths) for row in rows)


def representatives(office: SampleOffice) -> list[SamplePerson]:
    """The first person of the office with each set of roles."""
    first: dict[object, SamplePerson] = {}
    for person in office.people:
        first.setdefault(person.roles, person)
    return list(first.values())


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    padded = (
        text + " " * (width - _width(text))
        for text, width in zip(row, widths, strict=True)
    )
    return "  ".join(padded).rstrip()


def _width(text: str) -> int:
    """Terminal columns: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
