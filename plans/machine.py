"""What the machine must offer beside Python packages, and which package brings it.

Standard library only: run.py reads this before anything is installed.
"""

from __future__ import annotations

import ctypes
import shutil
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .documents.fonts import TIMES_LIKE

PAPER_FONT = "TW-Kai"


@dataclass(frozen=True)
class Requirement:
    """``package`` is the name Debian and Ubuntu give it; ``purpose`` ends no sentence."""

    package: str
    purpose: str
    is_met: Callable[[], bool]


def has_library(name: str) -> bool:
    """Whether the dynamic linker finds ``name``, e.g. "libpangoft2-1.0.so.0"."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def font_families() -> set[str]:
    """Every family fontconfig knows; empty where fontconfig is missing."""
    program = shutil.which("fc-list")
    if program is None:
        return set()
    answer = subprocess.run(
        [program, "--format=%{family}\\n"], capture_output=True, text=True, check=False
    )
    lines = answer.stdout.splitlines()
    return {family.strip() for line in lines for family in line.split(",")}


def has_program(*names: str) -> bool:
    """Whether one of the names is a program on PATH."""
    return any(shutil.which(name) for name in names)


PDF_LIBRARIES = (
    Requirement(
        "libpangoft2-1.0-0",
        "PDF 排版",
        lambda: has_library("libpangoft2-1.0.so.0"),
    ),
    Requirement(
        "libharfbuzz-subset0",
        "PDF 內嵌字型",
        lambda: has_library("libharfbuzz-subset.so.0"),
    ),
)
FONTS = (
    Requirement("fontconfig", "尋找字型", lambda: has_program("fc-list")),
    Requirement(
        "fonts-cns11643-kai", "全字庫正楷體", lambda: PAPER_FONT in font_families()
    ),
    Requirement(
        "fonts-liberation",
        "英數字型",
        lambda: not font_families().isdisjoint(TIMES_LIKE),
    ),
)
TEST_PROGRAMS = (
    Requirement("chromium", "瀏覽器測試", lambda: has_program("chromium")),
    # What drives the browser is linked to it and brings no copy.
    Requirement(
        "libatomic1", "瀏覽器測試的驅動程式", lambda: has_library("libatomic.so.1")
    ),
    Requirement("poppler-utils", "檢查 PDF", lambda: has_program("pdftotext")),
)


def missing(requirements: Iterable[Requirement]) -> list[Requirement]:
    """Those that the machine does not meet, in order."""
    return [each for each in requirements if not each.is_met()]


def install_command(requirements: Iterable[Requirement]) -> str:
    """The command a person types to get them."""
    packages = " ".join(each.package for each in requirements)
    return f"sudo apt-get install -y --no-install-recommends {packages}"
