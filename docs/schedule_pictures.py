"""The pictures of the control table (作業時程管制表); docs/screenshots.py takes them."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from picture_tools import IMAGES, open_plan, place, printed, save, shrink, signed_in
from playwright.sync_api import Browser, Page

JOINT = "防災整備與收容安置"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def opened(browser: Browser, address: str, *way: str) -> Page:
    """The month grid as 研考 sees it, or the page that the links of ``way`` lead to."""
    page = signed_in(browser, address, "gu")
    open_plan(page)
    for name in ("作業時程", *way):
        page.get_by_role("main").get_by_role("link", name=name, exact=True).click()
        page.wait_for_load_state()
    return page


def grid(browser: Browser, address: str) -> None:
    """Months being edited: three of them selected, in a row of a joint item."""
    page = opened(browser, address)
    page.get_by_role("button", name="編輯月份").click()
    row = page.locator("tr[data-m]", has_text="物資複查").first
    row.locator("td").nth(-6).click()
    for key in ("ArrowLeft", "Shift+ArrowLeft", "Shift+ArrowLeft", "2"):
        page.keyboard.press(key)
    page.get_by_text("已儲存").wait_for()
    place(page, "form.filters", "start")
    save(page, "grid")


def item(browser: Browser, address: str) -> None:
    """A joint item beside the grid, and there weights that do not close."""
    page = opened(browser, address)
    page.locator("#month-grid").get_by_role("link", name=JOINT).first.click()
    page.locator("#drawer .page-actions").first.wait_for()
    save(page, "item")
    page.locator("#drawer").get_by_role("link", name="編輯指標").click()
    page.get_by_label("權重").nth(2).fill("10")
    page.get_by_label("權重").nth(2).blur()
    save(page, "weights")


def year(browser: Browser, address: str) -> None:
    save(opened(browser, address, "年度概覽"), "year")


def coverage(browser: Browser, address: str) -> None:
    save(opened(browser, address, "策略對照"), "coverage")


def sheet_import(browser: Browser, address: str) -> None:
    """The differences of a spreadsheet in which somebody changed a few cells."""
    page = opened(browser, address, "匯出")
    link = page.get_by_role("link", name="試算表（XLSX）")
    exported = page.request.get(str(link.get_attribute("href"))).body()
    page.get_by_role("link", name="匯入", exact=True).last.click()
    file = {"name": "管制表修改稿.xlsx", "mimeType": XLSX, "buffer": changed(exported)}
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="讀入並確認").click()
    page.get_by_role("heading", name="確認匯入").wait_for()
    save(page, "sheet-import")


def changed(exported: bytes) -> bytes:
    """The workbook with another weight, a month to watch, and an item more."""
    book = load_workbook(BytesIO(exported))
    sheet: Any = book["兵役課"]
    row = next(cell.row for cell in sheet["C"] if "役男權益照顧" in str(cell.value))
    sheet[f"D{row}"] = sheet[f"D{row}"].value.replace("60%", "50%")
    sheet[f"Q{row}"] = "★"
    sheet.append(
        ["", "兵役課", "役政宣導（1分／曾雋）", "校園宣導場次。(100%)", "書面（10月）"]
    )
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def annex(browser: Browser, address: str) -> None:
    """The printed sheet of one unit."""
    page = opened(browser, address, "匯出", "社會課")
    printed(page, 88)[0].save(IMAGES / "annex.png")
    shrink(IMAGES / "annex.png")


def handover(browser: Browser, address: str) -> None:
    page = opened(browser, address, "移交")
    page.get_by_label("交出的人").select_option(label="曹仲犇（民政課）")
    page.get_by_label("接手的人").select_option(label="溫筱喆（民政課）")
    page.get_by_label("從哪一天起").fill("114/7/1")
    page.get_by_role("button", name="列出會移交的項目").click()
    page.get_by_role("button", name="確定移交").wait_for()
    save(page, "handover")


# Those that change anything come last, so that the others show the sample as it is.
PICTURES: tuple[Callable[[Browser, str], None], ...] = (
    year,
    coverage,
    annex,
    sheet_import,
    handover,
    item,
    grid,
)
