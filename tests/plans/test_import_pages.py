"""The way of a text through the pages: paste, confirm, import."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from offices.models import Role
from plans.compose import compose
from plans.documents.model import Paragraph, Point, tables
from plans.models import Draft, Plan
from tests.factories import make_member, make_office

pytestmark = pytest.mark.django_db

TEXT = """明山市政服務中心114年度為民服務計畫
114年1月5日訂定
壹、計畫依據
一、依市府函辦理。
二、依本中心會議決議辦理。
貳、計畫目標
一、縮短等候時間。
參、工作項目
項目\t內容\t承辦單位
櫃檯服務\t設置引導人員\t服務課
電話服務\t三聲內接聽\t行政課
肆、附則
"""

MANY_ROWS = "壹、依據\n項次\t名稱\t備註\n" + "".join(
    f"{number}\t第{number}項工作\t無\n" for number in range(1, 10_001)
)
MANY_POINTS = "".join(
    f"{number % 90 + 1}、第{number}項。\n" for number in range(10_000)
)


@pytest.fixture
def member():
    return make_member(make_office("明山市政服務中心"), Role.OWNER)


@pytest.fixture
def client(client, member):
    client.force_login(member.user)
    return client


def post_text(client, member, text=TEXT, **fields):
    data = {"office": member.office.pk, "text": text, **fields}
    return client.post(reverse("plans:import"), data)


@pytest.fixture
def draft(client, member):
    post_text(client, member)
    return Draft.objects.get()


def key_of(client, draft, words):
    """The key of the piece that begins with ``words``."""
    response = client.get(draft.get_absolute_url())
    pieces = response.context["confirmation"].pieces
    return next(f.piece.key for f in pieces if f.piece.heading.startswith(words))


def decide(client, draft, words, choice, **headers):
    url = reverse("plans:draft_piece", args=[draft.pk, key_of(client, draft, words)])
    return client.post(url, {"choice": choice}, headers=headers)


def imported(client, draft):
    client.post(reverse("plans:draft_apply", args=[draft.pk]))
    return compose(Plan.objects.get())


def headings(blocks):
    """The headings of the points among ``blocks``."""
    return [block.heading for block in blocks if isinstance(block, Point)]


def test_pasted_text_becomes_a_draft_with_proposed_year_and_title(client, member):
    response = post_text(client, member)

    draft = Draft.objects.get()
    assert response.status_code == 302
    assert response["Location"] == f"/drafts/{draft.pk}/"
    assert (draft.year, draft.title) == (114, "明山市政服務中心114年度為民服務計畫")
    assert (draft.created_by, draft.office) == (member.user, member.office)
    assert not Plan.objects.exists()


def test_typed_year_and_title_go_before_the_proposed_ones(client, member):
    post_text(client, member, year="2026", title="新年度計畫")

    draft = Draft.objects.get()
    assert (draft.year, draft.title) == (115, "新年度計畫")


def test_nothing_is_asked_for_that_was_typed_already(client, member):
    post_text(client, member, text="壹、依據\n依函辦理。", year="114", title="服務計畫")

    page = client.get(Draft.objects.get().get_absolute_url()).content.decode()

    assert "請自行填寫" not in page


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp950", "utf-16"])
def test_uploaded_file_is_read_in_every_usual_encoding(client, member, encoding):
    file = SimpleUploadedFile("去年.txt", TEXT.encode(encoding))

    client.post(reverse("plans:import"), {"office": member.office.pk, "file": file})

    draft = Draft.objects.get()
    assert (draft.source, draft.source_name) == (TEXT, "去年.txt")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "檔案是空的"),
        (b"PK\x03\x04" + b"\0" * 40, "壓縮檔"),
        (bytes(range(256)) * 20, ""),
        (b"\x81" * 400, "編碼"),
        (b"\x01\x02\x03" * 200, "控制字元"),
        ("沒有任何編號的一段話。".encode(), "找不到項次"),
        (b"x" * (20 * 1024 * 1024 + 1), "超過 20 MB"),
        (MANY_ROWS.encode(), "請分成幾份匯入"),
        (MANY_POINTS.encode(), "請分成幾份匯入"),
        (b"a\n" * 20_001, "請分成幾份匯入"),
        (b"a" * 1_000_001, "請分成幾份匯入"),
    ],
    ids=[
        "empty",
        "zip",
        "binary",
        "encoding",
        "control",
        "plain",
        "20MB",
        "10000rows",
        "10000points",
        "20001lines",
        "1000001characters",
    ],
)
def test_bad_file_is_refused_with_a_sentence_at_the_field(
    client, member, content, message
):
    data = {
        "office": member.office.pk,
        "title": "我打的名稱",
        "year": "114",
        "file": SimpleUploadedFile("計畫.txt", content),
    }

    response = client.post(reverse("plans:import"), data)

    assert response.status_code == 422
    assert message in "".join(response.context["form"].errors["file"])
    assert "我打的名稱" in response.content.decode()
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"text": ""}, "text"),
        ({"text": "只有一段話"}, "text"),
        ({"text": "壹、依\x00據"}, "text"),
        ({"text": "壹、依據", "title": "計畫"}, "year"),
        ({"text": "壹、依據", "year": "114"}, "title"),
        ({"year": "一一四"}, "year"),
        ({"year": "0"}, "year"),
        ({"title": "名" * 201}, "title"),
    ],
)
def test_bad_fields_are_refused_and_typed_text_is_kept(client, member, fields, at):
    response = post_text(client, member, **fields)

    assert response.status_code == 422
    assert at in response.context["form"].errors
    assert fields.get("text", TEXT).strip().split("\x00")[0] in (
        response.content.decode().replace("\r\n", "\n")
    )
    assert not Draft.objects.exists()


def test_a_foreign_office_cannot_be_slipped_in(client, member):
    foreign = make_office("遠方機關")

    response = post_text(client, member, office=foreign.pk)

    assert response.status_code == 422
    assert not Draft.objects.exists()


def test_readers_may_not_import(client, member):
    member.roles.all().delete()

    assert client.get(reverse("plans:import")).status_code == 403
    assert post_text(client, member).status_code == 403


def test_confirm_page_shows_source_and_tree_with_links_both_ways(client, draft):
    page = client.get(draft.get_absolute_url()).content.decode()

    assert '<li id="line-3"' in page
    assert 'href="#piece-k1">3</a>' in page
    assert 'id="piece-k1"' in page
    assert 'href="#line-3">第 3 行</a>' in page
    assert "4 章" in page
    assert "1 個表格，2 列" in page
    assert "1 筆修訂紀錄" in page


def test_flags_link_to_the_line_and_the_piece_and_are_settled_by_a_decision(
    client, member
):
    post_text(client, member, TEXT + "肆、重複的一章\n")
    draft = Draft.objects.get()

    before = client.get(draft.get_absolute_url()).content.decode()
    decide(client, draft, "重複的一章", "accept")
    after = client.get(draft.get_absolute_url()).content.decode()

    assert "1 處待確認" in before
    key = key_of(client, draft, "重複的一章")
    assert f'<a class="place" href="#piece-{key}">看這一項</a>' in before
    assert '<a class="place" href="#line-13">原文第 13 行</a>' in before
    assert "沒有待確認的地方" in after
    assert "<strong>已處理</strong>" in after


def test_another_office_in_the_text_is_told(client, member):
    post_text(client, member, TEXT.replace("明山市政服務中心", "青河戶政事務所"))
    draft = Draft.objects.get()

    page = client.get(draft.get_absolute_url()).content.decode()

    assert "文字裡的機關是「青河戶政事務所」" in page


def test_a_long_text_offers_the_list_of_the_opened_piece_only(client, member):
    post_text(client, member, TEXT + "一、內容。\n" * 300)
    draft = Draft.objects.get()

    closed = client.get(draft.get_absolute_url()).content.decode()
    opened = client.get(draft.get_absolute_url() + "?piece=k9").content.decode()

    assert "<select" not in closed.split('id="found"')[1]
    assert 'href="?piece=k9#piece-k9"' in closed
    assert opened.split('id="found"')[1].count("<select") == 1
    assert 'id="choice-k9"' in opened


@pytest.mark.parametrize("times", [1, 3])
def test_confirm_page_needs_the_same_queries_for_any_text(
    client, member, times, django_assert_num_queries
):
    post_text(client, member, TEXT + "壹、計畫依據\n一、內容。\n" * times)
    draft = Draft.objects.get()

    with django_assert_num_queries(7):
        client.get(draft.get_absolute_url())


def test_everything_is_imported_at_once(client, draft, member):
    response = client.post(reverse("plans:draft_apply", args=[draft.pk]))

    plan = Plan.objects.get()
    assert response["Location"] == plan.get_absolute_url()
    assert (plan.office, plan.created_by) == (member.office, member.user)
    document = compose(plan)
    assert headings(document.children) == [
        "計畫依據",
        "計畫目標",
        "工作項目",
        "附則",
    ]
    assert [len(table.rows) for table in tables(document)] == [2]
    assert document.revisions[0].verb == "訂定"


def test_a_second_click_leads_to_the_same_plan(client, draft):
    url = reverse("plans:draft_apply", args=[draft.pk])

    first, second = client.post(url), client.post(url)

    assert first["Location"] == second["Location"]
    assert Plan.objects.count() == 1
    assert client.get(draft.get_absolute_url())["Location"] == first["Location"]


def test_a_point_moves_to_another_level(client, draft):
    response = decide(client, draft, "計畫目標", "level-2")

    key = key_of(client, draft, "計畫目標")
    assert response["Location"] == f"/drafts/{draft.pk}/#piece-{key}"
    first = imported(client, draft).children[0]
    assert isinstance(first, Point)
    assert headings(first.children)[:3] == [
        "依市府函辦理。",
        "依本中心會議決議辦理。",
        "計畫目標",
    ]


def test_a_point_becomes_plain_text_with_its_mark(client, draft):
    decide(client, draft, "依市府函", "paragraph")

    first = imported(client, draft).children[0]
    assert isinstance(first, Point)
    assert isinstance(first.children[0], Paragraph)
    assert first.children[0].text == "一、依市府函辦理。"


def test_a_point_becomes_an_annex(client, draft):
    decide(client, draft, "附則", "annex")

    assert [annex.title for annex in imported(client, draft).annexes] == ["附則"]


def test_a_dropped_point_is_not_imported_and_can_be_restored(client, draft):
    decide(client, draft, "附則", "drop")
    dropped = client.get(draft.get_absolute_url()).content.decode()
    decide(client, draft, "附則", "")

    assert "3 章" in dropped
    assert len(imported(client, draft).children) == 4


def test_a_chapter_is_dropped_with_all_below_it(client, draft):
    decide(client, draft, "計畫依據", "drop-below")
    after_drop = client.get(draft.get_absolute_url()).context["confirmation"].tally
    decide(client, draft, "計畫依據", "-below")
    restored = client.get(draft.get_absolute_url()).context["confirmation"].tally

    assert (after_drop.chapters, after_drop.all_points) == (3, 4)
    assert (restored.chapters, restored.all_points) == (4, 7)


def test_nothing_left_is_refused(client, draft):
    for words in ("計畫依據", "計畫目標", "工作項目", "附則"):
        decide(client, draft, words, "drop-below")

    response = client.post(reverse("plans:draft_apply", args=[draft.pk]))

    assert response.status_code == 422
    assert "沒有可以匯入的內容" in response.content.decode()
    assert not Plan.objects.exists()


def test_htmx_gets_the_found_part_alone(client, draft):
    response = decide(client, draft, "附則", "drop", **{"HX-Request": "true"})

    page = response.content.decode()
    assert response.status_code == 200
    assert page.strip().startswith('<section class="pane found" id="found"')
    assert "3 章" in page
    assert "<html" not in page


@pytest.mark.parametrize("choice", ["level-9", "level-0", "delete", "<script>"])
def test_an_unknown_choice_is_refused(client, draft, choice):
    response = decide(client, draft, "附則", choice)

    assert response.status_code == 422
    draft.refresh_from_db()
    assert draft.choices == {}


def test_an_unknown_piece_is_not_found(client, draft):
    url = reverse("plans:draft_piece", args=[draft.pk, "k999"])

    assert client.post(url, {"choice": "drop"}).status_code == 404


def test_settings_change_what_is_imported(client, draft, member):
    data = {
        "office": member.office.pk,
        "year": "115",
        "title": "改過的名稱",
        "brackets": "half",
        "tens": "long",
        "digit_mark": "dot",
    }

    response = client.post(reverse("plans:draft_settings", args=[draft.pk]), data)

    document = imported(client, draft)
    assert response.status_code == 302
    assert (document.year, document.title) == (115, "改過的名稱")
    assert document.style.brackets.value == "half"
    assert document.style.tens.value == "long"
    assert document.style.digit_mark.value == "dot"


def test_settings_refuse_a_foreign_office_and_keep_what_was_typed(client, draft):
    data = {"office": make_office().pk, "year": "x", "title": "打到一半的名稱"}

    response = client.post(reverse("plans:draft_settings", args=[draft.pk]), data)

    assert response.status_code == 422
    assert set(response.context["form"].errors) >= {"office", "year"}
    assert "打到一半的名稱" in response.content.decode()
    draft.refresh_from_db()
    assert draft.title == "明山市政服務中心114年度為民服務計畫"


def test_a_discarded_draft_leaves_nothing(client, draft):
    response = client.post(reverse("plans:draft_discard", args=[draft.pk]))

    assert response["Location"] == reverse("plans:import")
    assert not Draft.objects.exists()
    assert not Plan.objects.exists()


def test_own_open_drafts_are_listed(client, draft):
    page = client.get(reverse("plans:import")).content.decode()

    assert f'href="/drafts/{draft.pk}/"' in page


@pytest.mark.parametrize("name", ["draft_apply", "draft_discard", "draft_settings"])
def test_a_colleague_does_not_find_the_draft(client, draft, member, name):
    colleague = make_member(member.office, Role.COORDINATOR)
    client.force_login(colleague.user)

    assert client.get(draft.get_absolute_url()).status_code == 404
    url = reverse(f"plans:{name}", args=[draft.pk])
    assert client.post(url).status_code == 404
    assert Draft.objects.filter(pk=draft.pk).exists()


def test_typed_code_stays_text(client, member):
    nasty = "壹、{{ 7*7 }}<script>alert(1)</script>\n一、=HYPERLINK(1)\n"
    post_text(client, member, nasty, year="114", title="{% debug %}")
    draft = Draft.objects.get()

    page = client.get(draft.get_absolute_url()).content.decode()

    assert "{{ 7*7 }}&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page
    assert "{% debug %}" in page
    chapter = imported(client, draft).children[0]
    assert isinstance(chapter, Point)
    assert chapter.heading == "{{ 7*7 }}<script>alert(1)</script>"
