#!/usr/bin/env python3
"""Make the pictures of the handbook from a server of its own: docs/images/*.png.

.venv/bin/python docs/screenshots.py [picture …]

Needs the test tools (python3 run.py setup --dev) and Chromium.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable

import cycle_pictures
import schedule_pictures
from picture_tools import (
    IMAGES,
    ROOT,
    WINDOW,
    open_plan,
    place,
    printed,
    save,
    server,
    shrink,
    signed_in,
)
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright


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
    open_plan(page, "114年度")
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
    place(page, "form.block-form")


def table(browser: Browser, address: str) -> None:
    page = signed_in(browser, address, "zhou")
    open_plan(page, "114年度")
    page.goto(str(page.locator(".paper .table a.edit").first.get_attribute("href")))
    page.locator("tbody a.edit").nth(1).focus()
    page.keyboard.press("Enter")
    page.locator("form.row-form").wait_for()
    save(page, "table")


def conflict(browser: Browser, address: str) -> None:
    mine, theirs = (signed_in(browser, address, name) for name in ("zhou", "wu"))
    for page in (mine, theirs):
        open_plan(page, "114年度")
        edit(page, "捌、推動作法", 2)
    type_over(theirs, "每月5日前", "每月3日前")
    type_over(mine, "補救措施", "補救措施與期限")
    theirs.keyboard.press("Control+Enter")
    theirs.locator("form.block-form").wait_for(state="detached")
    mine.keyboard.press("Control+Enter")
    mine.locator("section.conflict").wait_for()
    place(mine, "section.conflict")
    save(mine, "conflict")


def type_over(page: Page, old: str, new: str) -> None:
    """Change a few words of the open point, as its editor would."""
    field = page.locator("form.block-form textarea").first
    field.fill(field.input_value().replace(old, new))


def paper(browser: Browser, address: str) -> None:
    """The first page and one of the table, side by side."""
    page = signed_in(browser, address, "zhou")
    open_plan(page, "114年度")
    page.get_by_role("link", name="匯出 PDF").click()
    pages = printed(page, 60)
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
    *schedule_pictures.PICTURES,
    *cycle_pictures.PICTURES,
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
