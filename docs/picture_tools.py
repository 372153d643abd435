"""What all pictures of the handbook need: a server, a signed-in window, small files."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
# The sample accounts' password is published; see plans/samples/people.py.
PASSWORD = "Demo-plan-114"  # noqa: S105
WINDOW: ViewportSize = {"width": 1366, "height": 768}
COLOURS = 64
READY_SECONDS = 30
SETTLED_MS = 400
PDF_MS = 60_000


@contextmanager
def server() -> Iterator[str]:
    """The address of a server with the sample data, and a worker beside it."""
    with tempfile.TemporaryDirectory() as folder:
        env = {
            **os.environ,
            "DATA_DIR": folder,
            "DEBUG": "1",
            "SECRET_KEY": secrets.token_urlsafe(50),
        }
        manage("migrate", "-v0", env=env).wait()
        manage("demo", env=env).wait()
        port = free_port()
        children = [
            manage("runserver", "--noreload", f"127.0.0.1:{port}", env=env),
            manage("db_worker", env=env),
        ]
        try:
            wait_until_answering(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            for child in children:
                child.terminate()
            for child in children:
                child.wait()


def manage(*arguments: str, env: Mapping[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own manage.py, fixed arguments
        [sys.executable, str(ROOT / "manage.py"), *arguments],
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_answering(port: int) -> None:
    """Raises TimeoutError where the server does not come up."""
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise TimeoutError("the server does not answer")


def signed_in(browser: Browser, address: str, username: str) -> Page:
    """A fresh window, signed in at the list of plans."""
    page = browser.new_context(
        viewport=WINDOW, locale="zh-TW", timezone_id="Asia/Taipei", base_url=address
    ).new_page()
    page.goto("/sign-in/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="登入").click()
    return page


def open_plan(page: Page, words: str = "") -> None:
    """Follow the first plan of the list, or the first with these words, to its page."""
    page.goto("/")
    page.locator("table.list-table th a", has_text=words).first.click()
    page.wait_for_load_state()


def save(page: Page, name: str) -> None:
    """Keep the window as a small picture with few colours."""
    page.wait_for_timeout(SETTLED_MS)
    path = IMAGES / f"{name}.png"
    page.screenshot(path=path)
    shrink(path)


def shrink(path: Path) -> None:
    """Few colours are enough for a page, and make the file small."""
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(COLOURS).save(path, optimize=True)


def place(page: Page, selector: str, block: str = "center") -> None:
    """Scroll the window to the part; ``block`` is start, center or end."""
    page.locator(selector).first.evaluate(
        "(part, block) => part.scrollIntoView({block, behavior: 'instant'})", block
    )


def printed(page: Page, dots: int) -> list[Image.Image]:
    """Have the PDF of an export page made: its sheets, at so many dots an inch."""
    page.get_by_role("button", name="產生 PDF").click()
    link = page.get_by_role("link", name="下載 PDF")
    link.wait_for(timeout=PDF_MS)
    answer = page.request.get(str(link.get_attribute("href")))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "plan.pdf"
        file.write_bytes(answer.body())
        command = ["pdftoppm", "-r", str(dots), "-png", str(file), f"{folder}/page"]
        subprocess.run(command, check=True)  # noqa: S603 - a file of our own
        return [Image.open(p).copy() for p in sorted(Path(folder).glob("page*.png"))]
