"""Faces made for the paper: Latin cut down, and Kai brackets that stand close.

Both are carried in the page, so that the renderer never reads the disk.
"""

from __future__ import annotations

import base64
import shutil
import subprocess
from functools import cache
from io import BytesIO
from typing import Any

TIMES_LIKE = ("Liberation Serif", "Tinos", "Times New Roman", "TeX Gyre Termes")
KAI = ("TW-Kai",)
# ASCII and Latin letters only: “ ” … · ● stand in Latin faces too, half as wide as
# Chinese text wants them, and must be left to the Chinese face.
LATIN = (*range(0x20, 0x7F), *range(0xC0, 0x180))

# TW-Kai draws brackets in the middle of their square; 標楷體, as offices know it,
# draws them close to what they enclose.  The gap beside them, in ems:
OPENING, CLOSING, GAP = "（「『【〈《〔", "）」』】〉》〕", 0.09

_NOT_NEEDED = ["FFTM", "GDEF", "GPOS", "GSUB", "kern", "vhea", "vmtx"]


@cache
def paper_faces() -> str:
    """``@font-face`` rules for "Paper Latin" and "Paper Brackets", where they exist."""
    return _latin() + _brackets()


def _latin() -> str:
    path = _find(TIMES_LIKE)
    return _rule("Paper Latin", _cut_down(path, LATIN)) if path else ""


def _brackets() -> str:
    path = _find(KAI)
    if not path:
        return ""
    # A space beside a bracket is drawn with the face of the bracket.
    font = _cut_down(path, tuple(map(ord, " " + OPENING + CLOSING)))
    for character in OPENING + CLOSING:
        _move(font, character)
    return _rule("Paper Brackets", font)


def _move(font: Any, character: str) -> None:
    """Shift a bracket towards what it encloses; its square stays as wide."""
    name = font.getBestCmap().get(ord(character))
    if name is None:
        return
    glyph, gap = font["glyf"][name], round(GAP * font["head"].unitsPerEm)
    advance, _ = font["hmtx"][name]
    left = gap if character in CLOSING else advance - gap - (glyph.xMax - glyph.xMin)
    glyph.coordinates.translate((left - glyph.xMin, 0))
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][name] = (advance, left)


def _find(families: tuple[str, ...]) -> str:
    """The file of the first of these families that fontconfig knows, or ""."""
    command = shutil.which("fc-match")
    for family in families if command else ():
        found = subprocess.run(  # noqa: S603 - fixed words, no shell
            [str(command), "--format=%{family}|%{file}", family.replace("-", r"\-")],
            capture_output=True,
            text=True,
            check=False,
        ).stdout.split("|")
        if len(found) == 2 and family in found[0].split(","):
            return found[1]
    return ""


def _cut_down(path: str, characters: tuple[int, ...]) -> Any:
    # Slow to import, and only needed where a PDF is made.
    from fontTools.subset import Options, Subsetter  # noqa: PLC0415
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    font = TTFont(path, lazy=True)
    subsetter = Subsetter(Options(hinting=False, drop_tables=_NOT_NEEDED))
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    return font


def _rule(family: str, font: Any) -> str:
    file = BytesIO()
    font.save(file)
    font.close()
    data = base64.b64encode(file.getvalue()).decode()
    return (
        f'@font-face {{ font-family: "{family}";'
        f" src: url(data:font/ttf;base64,{data}) }}\n"
    )
