"""The main job: a plan's text in, corrected by two people at once, the official PDF out."""

import io

import pypdf
import pytest

from offices.models import Role
from plans.models import Block, Plan, Row

pytestmark = pytest.mark.browser

TEXT = """壹、計畫依據
明山市民政局114年服務精進方案。
貳、實施要領
一、主動服務
行動不便的市民，由同仁到府辦理。
二、會前準備
參、工作分配
項次\t工作項目\t主辦
1\t櫃檯禮貌查核\t行政課
2\t到府收件\t戶籍課
肆、備忘
只供內部參考的一段。
"""


def import_plan(page):
    """Paste, refuse to read one line as found, leave one out, and take the rest."""
    page.get_by_role("link", name="匯入", exact=True).click()
    page.get_by_label("年度").fill("114")
    page.get_by_label("計畫名稱").fill("明山市114年服務計畫")
    page.get_by_label("貼上計畫文字").fill(TEXT)
    page.get_by_role("button", name="讀入並確認").click()
    page.wait_for_url("**/drafts/*/")
    decide(page, "會前準備", "level-3")
    decide(page, "備忘", "drop-below")
    page.get_by_role("button", name="全部匯入").first.click()
    page.get_by_text("已匯入").wait_for()


def decide(page, words, choice):
    """Correct how the piece with these words is read."""
    piece = page.locator(".piece", has_text=words)
    if piece.get_by_role("link", name="更正").count():
        piece.get_by_role("link", name="更正").click()
    piece.locator("select").select_option(choice)
    apply = piece.get_by_role("button", name="套用")
    if apply.count() and apply.is_visible():
        apply.click()
    page.locator(".piece.decided", has_text=words).wait_for()


def open_point(page, heading):
    point = Block.objects.get(heading=heading)
    page.wait_for_load_state()
    page.locator(f"#b{point.pk} .line").first.click()
    page.locator(".block-form :focus").wait_for()


def download(page):
    """The text of the PDF, page by page in one string."""
    page.get_by_role("link", name="匯出 PDF").click()
    page.get_by_role("button", name="產生 PDF").click()
    with page.expect_download() as downloading:
        page.get_by_role("link", name="下載 PDF").click()
    pdf = pypdf.PdfReader(io.BytesIO(downloading.value.path().read_bytes()))
    return "".join(sheet.extract_text() for sheet in pdf.pages).replace("\n", "")


def test_a_pasted_plan_is_corrected_by_two_people_and_printed(sign_in):
    mine, other = sign_in(), sign_in(Role.COORDINATOR)
    import_plan(mine)
    plan = Plan.objects.get()
    assert not Block.objects.filter(heading="備忘").exists()

    open_point(mine, "主動服務")
    other.goto(plan.get_absolute_url())
    open_point(other, "主動服務")
    other.locator(".block-form [name=heading]").fill("主動到府服務")
    other.keyboard.press("Control+Enter")
    other.locator(".plan-note").wait_for()
    mine.locator(".block-form [name=body]").fill("行動不便的市民，三日內到府辦理。")
    mine.keyboard.press("Control+Enter")
    mine.locator(".conflict").wait_for()
    both = "".join(mine.locator(".conflict-texts").all_inner_texts())
    for words in ("主動到府服務", "三日內到府辦理", "由同仁到府辦理"):
        assert words in both
    mine.get_by_role("button", name="用合併後的").click()
    mine.locator(".point a.edit:focus").wait_for()  # the cursor is back on the point

    row = Row.objects.get(position=1)
    mine.locator(f"#r{row.pk} a.edit").focus()
    mine.keyboard.press("Enter")
    mine.locator(".row-form textarea:focus").wait_for()
    mine.locator(".row-form textarea").nth(1).focus()
    mine.keyboard.press("Control+A")
    mine.keyboard.type("到府及視訊收件")
    mine.keyboard.press("Control+Enter")
    mine.locator(".row-form").wait_for(state="detached")

    text = download(mine)
    for words in ("一、主動到府服務", "三日內到府辦理", "（一）會前準備", "視訊收件"):
        assert words in text
    assert "備忘" not in text


def test_the_same_without_javascript(sign_in):
    page = sign_in(java_script_enabled=False)
    import_plan(page)

    point = Block.objects.get(heading="主動服務")
    page.locator(f"#b{point.pk} a.edit").first.press("Enter")
    page.locator("[name=heading]").fill("主動到府服務")
    page.get_by_role("button", name="儲存", exact=True).click()
    row = Row.objects.get(position=1)
    page.locator(f"#r{row.pk} a.edit").press("Enter")
    page.locator(".row-form textarea").nth(1).fill("到府及視訊收件")
    page.get_by_role("button", name="儲存", exact=True).click()
    page.get_by_role("link", name="回到計畫").click()

    text = download(page)
    for words in ("一、主動到府服務", "（一）會前準備", "視訊收件"):
        assert words in text
