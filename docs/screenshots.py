#!/usr/bin/env python3
"""Make the pictures of the handbook from a server of its own: docs/images/*.png.

.venv/bin/python docs/screenshots.py [picture …]

Needs the test tools (python3 run.py setup --dev) and Chromium.
"""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
# The sample accounts' password is published; see plans/samples/people.py.
PASSWORD = "Demo-plan-114"  # noqa: S105
WINDOW: ViewportSize = {"width": 1366, "height": 768}
COLOURS = 64
READY_SECONDS = 30
SETTLED_MS = 400


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


def open_plan(page: Page) -> None:
    """Follow the first plan of the list to its page."""
    page.goto("/")
    page.locator("table.list-table th a").first.click()
    page.wait_for_load_state()


def sign_in(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport=WINDOW, base_url=address)
    page.goto("/sign-in/")
    save(page, "sign-in")


def import_and_confirm(browser: Browser, address: str) -> None:
    page = signed_in(browser, address, "he")
    page.goto("/plans/import/")
    text = ROOT / "plans" / "samples" / "nanpu-114.txt"
    page.get_by_label("貼上計畫文字").fill(text.read_text(encoding="utf-8"))
    save(page, "import")
    page.get_by_role("button", name="讀入並確認").click()
    page.get_by_role("heading", name="找到的內容").wait_for()
    save(page, "confirm")


def plan_and_point(browser: Browser, address: str) -> None:
    page = signed_in(browser, address, "zhou")
    open_plan(page)
    save(page, "plan")
    edit(page, "貳、計畫目標", 1)
    save(page, "point")


def edit(page: Page, heading: str, below: int) -> None:
    """Open in place the point that stands ``below`` points under ``heading``."""
    own = page.locator(".paper .own")
    texts = own.all_inner_texts()
    index = next(i for i, text in enumerate(texts) if heading in text)
    own.nth(index + below).locator("a.edit").focus()
    page.keyboard.press("Enter")
    page.locator("form.block-form").wait_for()
    centre(page, "form.block-form")


def centre(page: Page, selector: str) -> None:
    page.locator(selector).first.evaluate(
        "part => part.scrollIntoView({block: 'center', behavior: 'instant'})"
    )


def table(browser: Browser, address: str) -> None:
    page = signed_in(browser, address, "zhou")
    open_plan(page)
    page.goto(str(page.locator(".paper .table a.edit").first.get_attribute("href")))
    page.locator("tbody a.edit").nth(1).focus()
    page.keyboard.press("Enter")
    page.locator("form.row-form").wait_for()
    save(page, "table")


def conflict(browser: Browser, address: str) -> None:
    mine, theirs = (signed_in(browser, address, name) for name in ("zhou", "wu"))
    for page in (mine, theirs):
        open_plan(page)
        edit(page, "捌、推動作法", 2)
    type_over(theirs, "每月5日前", "每月3日前")
    type_over(mine, "補救措施", "補救措施與期限")
    theirs.keyboard.press("Control+Enter")
    theirs.locator("form.block-form").wait_for(state="detached")
    mine.keyboard.press("Control+Enter")
    mine.locator("section.conflict").wait_for()
    centre(mine, "section.conflict")
    save(mine, "conflict")


def type_over(page: Page, old: str, new: str) -> None:
    """Change a few words of the open point, as its editor would."""
    field = page.locator("form.block-form textarea").first
    field.fill(field.input_value().replace(old, new))


def paper(browser: Browser, address: str) -> None:
    """The first page and one of the table, side by side."""
    page = signed_in(browser, address, "zhou")
    open_plan(page)
    page.get_by_role("link", name="匯出 PDF").click()
    page.get_by_role("button", name="產生 PDF").click()
    link = page.get_by_role("link", name="下載 PDF")
    link.wait_for(timeout=60_000)
    answer = page.request.get(str(link.get_attribute("href")))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "plan.pdf"
        file.write_bytes(answer.body())
        command = ["pdftoppm", "-r", "60", "-png", str(file), f"{folder}/page"]
        subprocess.run(command, check=True)  # noqa: S603 - a file of our own
        pages = [Image.open(p) for p in sorted(Path(folder).glob("page*.png"))]
    left, right = pages[0], pages[4]
    both = Image.new("RGB", (left.width + right.width + 20, left.height), "#888")
    both.paste(left)
    both.paste(right, (left.width + 20, 0))
    both.save(IMAGES / "paper.png")
    shrink(IMAGES / "paper.png")


def office(browser: Browser, address: str) -> None:
    page = signed_in(browser, address, "zhou")
    page.get_by_role("link", name="機關管理").click()
    page.wait_for_load_state()
    save(page, "office")


PICTURES: tuple[Callable[[Browser, str], None], ...] = (
    sign_in,
    import_and_confirm,
    plan_and_point,
    table,
    conflict,
    paper,
    office,
)


def main(wanted: list[str]) -> None:
    IMAGES.mkdir(exist_ok=True)
    with server() as address, sync_playwright() as playwright:
        chromium = shutil.which("chromium")
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox"]
        )
        for take in PICTURES:
            if not wanted or take.__name__ in wanted:
                take(browser, address)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
