"""The pictures of review, versions and next year; docs/screenshots.py takes them."""

from __future__ import annotations

from collections.abc import Callable

from picture_tools import open_plan, place, save, signed_in
from playwright.sync_api import Browser


def queue(browser: Browser, address: str) -> None:
    """What waits for the head of the unit."""
    page = signed_in(browser, address, "xu")
    page.get_by_role("link", name="待審核").click()
    page.wait_for_load_state()
    save(page, "queue")


def review(browser: Browser, address: str) -> None:
    """The difference, with the outline beside it and a remark."""
    page = signed_in(browser, address, "xu")
    page.goto("/review/")
    page.locator("main a[href*='/submissions/']").first.click()
    page.wait_for_load_state()
    page.keyboard.press("n")
    save(page, "review")


def proof(browser: Browser, address: str) -> None:
    page = signed_in(browser, address, "jian")
    open_plan(page)
    page.get_by_role("main").get_by_role("link", name="送核前檢查").click()
    page.wait_for_load_state()
    save(page, "proof")


def amendments(browser: Browser, address: str) -> None:
    """This year's draft beside last year's plan."""
    page = signed_in(browser, address, "zhou")
    open_plan(page)
    page.goto(f"{page.url}amendments/last-now/")
    place(page, "table", "start")
    save(page, "amendments")


def versions(browser: Browser, address: str) -> None:
    page = signed_in(browser, address, "zhou")
    open_plan(page, "114年度")
    page.goto(f"{page.url}versions/")
    save(page, "versions")


def carried(browser: Browser, address: str) -> None:
    """Last year's plan just carried over, everything still to be confirmed."""
    page = signed_in(browser, address, "he")
    open_plan(page)
    page.goto(f"{page.url}carry/")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_load_state()
    save(page, "carried")


def chain(browser: Browser, address: str) -> None:
    page = signed_in(browser, address, "zhou")
    page.get_by_role("link", name="機關管理").click()
    page.get_by_role("main").get_by_role("link", name="審核步驟").click()
    page.wait_for_load_state()
    save(page, "chain")


PICTURES: tuple[Callable[[Browser, str], None], ...] = (
    queue,
    review,
    proof,
    amendments,
    versions,
    carried,
    chain,
)
