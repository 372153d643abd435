"""PDF export against LibreOffice (from ODT) and Chromium, on the same content.

Every contender is a whole cold process; the ODT is made once, by LibreOffice
itself, from the very HTML that our own PDF is made of.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from plans.documents.canonical import to_json
from plans.documents.html import paper_html
from plans.documents.model import Document

from .documents import control_annex
from .documents import plan as synthetic
from .timing import Series, ratio, run, take_turns

SECTIONS = {10: 1, 40: 6, 160: 26}  # pages wanted: chapters that give about that


def measure(rounds: int = 5) -> None:
    """Print the table; peers that are not installed are named and left out."""
    ours: dict[int, Series] = {}
    for pages, sections in SECTIONS.items():
        with tempfile.TemporaryDirectory() as folder:
            contenders = _contenders(synthetic(sections), Path(folder))
            print(f"PDF of about {pages} pages, cold processes")
            series = take_turns(contenders, rounds)
        for one in series.values():
            print(one.line())
        ours[pages] = series.pop("ours, tagged PDF/UA")
        for one in series.values():
            print(f"  ours / {one.name}: {ratio(ours[pages], one)}")
    with tempfile.TemporaryDirectory() as folder:
        contenders = _contenders(control_annex(), Path(folder))
        print("PDF of a control table, 5 units with 40 items each, cold processes")
        series = take_turns(contenders, rounds)
    annex = series.pop("ours, tagged PDF/UA")
    print(annex.line())
    for one in series.values():
        print(one.line())
        print(f"  ours / {one.name}: {ratio(annex, one)}")
    growth = ours[160].median() / ours[40].median()
    print(f"growth of ours, 160 / 40 pages: {growth:.2f}")


def _contenders(document: Document, folder: Path) -> dict[str, Callable[[], object]]:
    source, page, target = (folder / name for name in ("d.json", "d.html", "d.pdf"))
    source.write_bytes(to_json(document))
    page.write_text(paper_html(document), encoding="utf-8")
    render = [sys.executable, "-m", "tests.bench.render", str(source), str(target)]
    found: dict[str, Callable[[], object]] = {
        "ours, tagged PDF/UA": lambda: run(render)
    }
    if office := shutil.which("soffice"):
        convert = [office, f"-env:UserInstallation=file://{folder}/lo", "--headless"]
        to_odt = [*convert, "--infilter=HTML (StarWriter)", "--convert-to", "odt"]
        run([*to_odt, "--outdir", str(folder), str(page)])
        odt = [*convert, "--convert-to", "pdf", "--outdir", str(folder / "lo-out")]
        found["LibreOffice from ODT"] = lambda: run([*odt, str(folder / "d.odt")])
    if chromium := shutil.which("chromium"):
        flags = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-pdf-header-footer",
        ]
        profile = f"--user-data-dir={folder}/chromium"
        output = f"--print-to-pdf={folder}/chromium.pdf"
        found["Chromium from the same HTML"] = lambda: run(
            [chromium, *flags, profile, output, page.as_uri()]
        )
    for name in ("soffice", "chromium"):
        if not shutil.which(name):
            print(f"  ({name} is not installed: left out)")
    return found
