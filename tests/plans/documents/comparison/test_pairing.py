"""Documents without common ids: paired by number and words."""

from dataclasses import replace

from hypothesis import given, settings

from plans.documents.comparison import (
    Counts,
    NodeKind,
    apply,
    compare,
    have_common_ids,
    pair,
)
from plans.documents.comparison.likeness import grams, likeness
from plans.documents.model import (
    Annex,
    Cell,
    Column,
    Document,
    Line,
    Paragraph,
    Point,
    RevisionLine,
    Row,
    Table,
)
from tests.plans.documents.comparison.editing import numbered
from tests.plans.documents.strategies import documents

LISTS = ("children", "annexes", "revisions", "columns", "rows")


def document(*children, **kwargs):
    return Document("明山鄉公所", 114, "服務計畫", children, **kwargs)


def rows(*texts):
    return tuple(Row(tuple(Cell((Line(t),)) for t in row)) for row in texts)


def bare(part):
    """The part without any id."""
    names = {name: getattr(part, name) for name in LISTS if hasattr(part, name)}
    lists = {name: tuple(map(bare, parts)) for name, parts in names.items()}
    return replace(part, **({"id": ""} if hasattr(part, "id") else {}), **lists)


def ids(part):
    found = [part.id] if hasattr(part, "id") else []
    for name in LISTS:
        for one in getattr(part, name, ()):
            found += ids(one)
    return found


def told(old, new):
    pairing = pair(old, new)
    difference = compare(pairing.old, pairing.new)
    return difference.counts, [
        (c.node.value, "".join(sorted(mark.word for mark in c.marks)))
        for c in difference.changes
    ]


@settings(max_examples=60)
@given(documents(), documents())
def test_only_ids_are_given(old, new):
    pairing = pair(old, new)

    assert bare(pairing.old) == old
    assert bare(pairing.new) == new
    for side in (pairing.old, pairing.new):
        assert "" not in ids(side)
        assert len(set(ids(side))) == len(ids(side))
    assert apply(pairing.old, compare(pairing.old, pairing.new)) == pairing.new


@settings(max_examples=60)
@given(documents())
def test_a_document_is_paired_with_itself_as_it_stands(same):
    pairing = pair(same, same)

    assert pairing.old == pairing.new
    assert all(one.likeness == 1 for one in pairing.pairs)


def test_ids_that_are_there_are_kept():
    old = numbered(document(Point(1, "計畫依據", children=(Point(2, "施政計畫"),))))

    pairing = pair(old, document(Point(1, "計畫依據")))

    assert pairing.old == old
    assert pairing.new.children[0].id == old.children[0].id


def test_points_are_found_by_their_words_where_numbers_changed():
    old = document(
        Point(1, "計畫依據", "明山市政府函頒計畫辦理。"),
        Point(1, "實施方法", "接聽電話應先報單位名稱及姓名。"),
    )
    new = document(
        Point(1, "計畫緣起", "因應高齡社會，提供在地服務。"),
        Point(1, "計畫依據", "明山市政府函頒計畫及本所會議決議辦理。"),
        Point(1, "實施方法", "接聽電話應先報單位名稱及姓名。"),
    )

    counts, _ = told(old, new)

    assert counts == Counts(added=1, changed=1, renumbered=1)


def test_a_reworded_point_is_found_by_its_number():
    old = document(Point(1, "櫃檯服務", "主動招呼，態度親切。"))
    new = document(Point(1, "櫃檯禮貌", "主動招呼，態度和善，使用敬語。"))

    (one,) = pair(old, new).pairs

    assert 0.4 < one.likeness < 1
    assert (one.old_number, one.new_number) == ("壹、", "壹、")
    assert one.new_text == "櫃檯禮貌 主動招呼，態度和善，使用敬語。"


def test_points_with_nothing_in_common_are_no_pair():
    old = document(Point(1, "櫃檯服務"))
    new = document(Point(1, "獎勵與懲處"))

    assert pair(old, new).pairs == ()


def test_equal_headings_stay_in_their_chapters():
    def chapter(name, text):
        return Point(1, name, children=(Point(2, "辦理方式"), Point(2, text)))

    old = document(chapter("電話服務", "三聲內接聽"), chapter("櫃檯服務", "主動招呼"))
    new = document(
        chapter("網站服務", "每季更新"),
        chapter("電話服務", "三聲內接聽"),
        chapter("櫃檯服務", "主動招呼"),
    )

    pairing = pair(old, new)

    assert compare(pairing.old, pairing.new).counts == Counts(added=3, renumbered=2)


def test_a_point_that_moved_is_not_deleted_and_added():
    old = document(
        Point(1, "方法", children=(Point(2, "受理案件後七日內回覆申請人"),)),
        Point(1, "管考"),
    )
    new = document(
        Point(1, "方法"),
        Point(1, "管考", children=(Point(2, "受理案件後七日內回覆申請人"),)),
    )

    assert told(old, new)[1] == [("point", "移")]


def test_tables_pair_rows_by_words_and_columns_by_name():
    def strategies(columns, *texts):
        return document(
            Point(1, "方法", children=(Table(columns, rows(*texts), "執行策略"),))
        )

    old = strategies(
        (Column("要領"), Column("作法"), Column("課室")),
        ("優質便民", "每月檢視動線一次", "服務課"),
        ("資訊公開", "每季更新網站內容", "資訊課"),
    )
    new = strategies(
        (Column("要領"), Column("課室"), Column("作法")),
        ("關懷弱勢", "社會課", "提供到府服務"),
        ("優質便民", "服務課", "每月檢視動線兩次"),
        ("資訊公開", "資訊課", "每季更新網站內容"),
    )

    counts, changes = told(old, new)

    assert counts == Counts(added=1, changed=1, moved=1)
    assert changes == [("column", "移"), ("row", "增"), ("row", "改")]


def test_annexes_paragraphs_and_history_are_paired():
    line = RevisionLine(113, 1, 2, verb="訂定")
    text = Paragraph("本計畫奉核定後實施。")
    old = document(
        text, annexes=(Annex("附件1", "時程表", (text,)),), revisions=(line,)
    )
    new = document(
        text,
        annexes=(Annex("附件1", "工作時程表", (text,)),),
        revisions=(line, RevisionLine(114, 1, 2, 1, "修正")),
    )

    counts, changes = told(old, new)

    assert counts == Counts(added=1, changed=1)
    assert changes == [("revision", "增"), ("annex", "改")]


def test_references_follow_to_the_new_ids():
    old = numbered(document(Point(1, "依據"), Paragraph("甲")))
    new = document(
        Point(1, "依據", id="x7"), Paragraph("依[[x7]]及[[x9]]"), Paragraph("甲")
    )

    pairing = pair(old, new)

    _, paragraph, _ = pairing.new.children
    assert isinstance(paragraph, Paragraph)
    text = paragraph.text
    assert text.startswith(f"依[[{pairing.new.children[0].id}]]及[[")
    assert "x9" not in text


def test_documents_with_common_ids_are_known():
    old = numbered(document(Point(1, "依據")))
    kept = Annex(
        "附件1", children=(Table((Column("月"),), (), id="s1"),), id="schedule"
    )

    assert have_common_ids(old, old)
    assert not have_common_ids(old, bare(old))
    assert not have_common_ids(bare(old), bare(old))
    assert not have_common_ids(document(annexes=(kept,)), document(annexes=(kept,)))


def test_pairs_are_for_reading():
    old = document(Point(1, "依據", children=(Point(2, "施政計畫"),)))

    pairs = pair(old, old).pairs

    assert [(p.node, p.new_number, p.old_text) for p in pairs] == [
        (NodeKind.POINT, "壹、", "依據"),
        (NodeKind.POINT, "壹、一、", "施政計畫"),
    ]


def test_likeness_is_a_share():
    assert likeness(grams("服務計畫"), grams("服務計畫")) == 1
    assert likeness(grams("服務計畫"), grams("訓練")) == 0
    assert likeness(grams("服務"), grams("服務計畫")) == 0.5
