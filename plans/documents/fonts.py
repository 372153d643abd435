"""The Latin face of the paper, found on this machine and cut down to Latin."""

from __future__ import annotations

import base64
import shutil
import subprocess
from functools import cache
from io import BytesIO

TIMES_LIKE = ("Liberation Serif", "Tinos", "Times New Roman", "TeX Gyre Termes")
# ASCII and Latin letters only: “ ” … · ● stand in Latin faces too, half as wide as
# Chinese text wants them, and must be left to the Chinese face.
LATIN = (*range(0x20, 0x7F), *range(0xC0, 0x180))

_NOT_NEEDED = ["FFTM", "GDEF", "GPOS", "GSUB", "kern"]


@cache
def latin_face() -> str:
    """An ``@font-face`` rule for "Paper Latin", its font inside; "" without one.

    Carrying the few glyphs along keeps the renderer away from the disk, and costs
    nothing: the face has 30 kB.
    """
    path = _find()
    if not path:
        return ""
    data = base64.b64encode(_cut_down(path)).decode()
    return (
        '@font-face { font-family: "Paper Latin";'
        f" src: url(data:font/ttf;base64,{data}) }}"
    )


def _find() -> str:
    """The file of the first Times-like family that fontconfig knows, or ""."""
    command = shutil.which("fc-match")
    for family in TIMES_LIKE if command else ():
        found = subprocess.run(  # noqa: S603 - fixed words, no shell
            [str(command), "--format=%{family}|%{file}", family],
            capture_output=True,
            text=True,
            check=False,
        ).stdout.split("|")
        if len(found) == 2 and family in found[0].split(","):
            return found[1]
    return ""


def _cut_down(path: str) -> bytes:
    # Slow to import, and only needed where a PDF is made.
    from fontTools.subset import Options, Subsetter  # noqa: PLC0415
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    font = TTFont(path)
    subsetter = Subsetter(Options(hinting=False, drop_tables=_NOT_NEEDED))
    subsetter.populate(unicodes=LATIN)
    subsetter.subset(font)
    file = BytesIO()
    font.save(file)
    return file.getvalue()
