"""Documents compared: by ids first, then by words."""

from dataclasses import replace

from hypothesis import given, settings

from plans.documents.comparison import (
    Counts,
    Mark,
    NodeKind,
    Op,
    apply,
    compare,
    places,
)
from plans.documents.model import (
    Annex,
    Brackets,
    Cell,
    Column,
    ColumnKind,
    Cover,
    Document,
    Line,
    NumberingStyle,
    Paragraph,
    Point,
    RevisionLine,
    Row,
    Table,
)
from tests.plans.documents.comparison.editing import versions
from tests.plans.documents.strategies import documents


def document(*children, **kwargs):
    return Document("明山鄉公所", 114, "服務計畫", children, **kwargs)


def point(key, *children, level=1, heading=""):
    return Point(level, heading or f"第{key}點", children=children, id=key)


def chapter(*keys, key="b0"):
    return point(key, *(point(k, level=2) for k in keys))


def cells(*texts):
    return tuple(
        Cell(joined=True) if t is None else Cell((Line(t),) if t else ()) for t in texts
    )


def table(*rows, kind=ColumnKind.TEXT):
    columns = (Column("項目", kind=kind, id="c1"), Column("內容", id="c2"))
    numbered = (Row(cells(*texts), id=key) for key, *texts in rows)
    return Table(columns, tuple(numbered), "辦理事項", id="b9")


def told(old, new):
    return {
        change.key: "".join(sorted(mark.word for mark in change.marks))
        for change in compare(old, new).changes
    }


def words(part):
    return [(piece.op, piece.text) for piece in part.pieces]


@given(versions())
def test_the_difference_gives_the_new_document(pair):
    old, new = pair

    assert apply(old, compare(old, new)) == new
    assert apply(new, compare(new, old)) == old


@settings(max_examples=50)
@given(documents(), documents())
def test_documents_without_ids_are_no_exception(old, new):
    assert apply(old, compare(old, new)) == new


@settings(max_examples=50)
@given(documents())
def test_a_document_does_not_differ_from_itself(same):
    difference = compare(same, same)

    assert difference.changes == ()
    assert difference.edits == ()
    assert not any(place.marks for place in places(same, same, difference))


@settings(max_examples=50)
@given(versions())
def test_places_hold_all_points_and_changes_in_order(pair):
    old, new = pair
    difference = compare(old, new)

    found = places(old, new, difference)

    points = [place for place in found if place.node is NodeKind.POINT]
    assert [p.key for p in points if p.in_new] == _keys(new)
    assert sorted(p.key for p in points if p.in_old) == sorted(_keys(old))
    order = {(place.node, place.key): n for n, place in enumerate(found)}
    changed = [order[change.node, change.key] for change in difference.changes]
    assert changed == sorted(set(changed))


def _keys(document):
    every = (document.children, *(annex.children for annex in document.annexes))

    def keys(blocks):
        for block in blocks:
            if isinstance(block, Point):
                yield block.id
                yield from keys(block.children)

    return [key for blocks in every for key in keys(blocks)]


def test_ids_that_are_used_twice_are_kept_apart():
    old = document(point("b1"), Paragraph("甲", "b1"), point("b1"))
    new = document(point("b1"), point("b1", heading="乙"), Paragraph("丙", "b1"))

    assert apply(old, compare(old, new)) == new


def test_neighbours_that_were_added_move_nothing():
    old = document(chapter("b1", "b2"))
    new = document(chapter("b7", "b1", "b8", "b2"))

    assert told(old, new) == {"b7": "增", "b1": "改號", "b8": "增", "b2": "改號"}


def test_the_fewest_siblings_have_moved():
    old = document(chapter("b1", "b2", "b3", "b4"))
    new = document(chapter("b4", "b1", "b2", "b3"))

    assert told(old, new) == {
        "b4": "移",
        "b1": "改號",
        "b2": "改號",
        "b3": "改號",
    }


def test_a_point_under_another_parent_has_moved_with_all_below_it():
    under = point("b3", point("b4", level=3), level=2)
    old = document(chapter("b1"), point("b2", under))
    lifted = replace(under, level=1, children=(replace(under.children[0], level=2),))
    new = document(chapter("b1"), point("b2"), lifted)

    assert told(old, new) == {"b3": "移", "b4": "改號"}
    assert compare(old, new).counts == Counts(moved=1, renumbered=1)


def test_a_point_may_move_and_change():
    old = document(chapter("b1", "b2"))
    new = document(
        point("b0", point("b2", level=2, heading="新的第二點"), point("b1", level=2))
    )

    assert told(old, new) == {"b2": "改移", "b1": "改號"}


def test_another_level_is_a_change():
    old = document(point("b0", point("b1", level=2)))
    new = document(point("b0", point("b1", level=3)))

    (change,) = compare(old, new).changes

    assert change.marks == {Mark.CHANGED}
    assert (change.old_number, change.new_number) == ("一、", "（一）")
    assert [part.label for part in change.parts] == ["層級"]


def test_another_way_of_writing_numbers_is_one_change():
    bullets = Table(
        (Column("內容", id="c1"),), (Row((Cell((Line("甲", 3),)),)),), id="b8"
    )
    old = document(point("b0", point("b1", level=3), bullets))
    new = replace(old, style=NumberingStyle(Brackets.HALF))

    assert told(old, new) == {"title": "改"}


def test_what_was_deleted_stands_behind_its_predecessor():
    old = document(chapter("b1", "b2", "b3", key="b0"), point("b4"), point("b5"))
    new = document(chapter("b1", "b3", "b6", key="b0"), point("b5"))

    keys = [change.key for change in compare(old, new).changes]

    assert keys == ["b2", "b3", "b6", "b4", "b5"]


def test_numbers_and_paths_are_those_of_each_side():
    old = document(chapter("b1"), chapter("b2", "b3", key="b5"))
    new = document(chapter("b2", "b1", key="b5"))

    changes = {change.key: change for change in compare(old, new).changes}

    assert (changes["b1"].old_number, changes["b1"].new_number) == ("一、", "二、")
    assert changes["b1"].path == "壹、"
    assert changes["b3"].path == "貳、"
    assert (changes["b3"].old_number, changes["b3"].new_number) == ("二、", "")


def test_a_chapter_that_stays_is_not_told():
    old = document(chapter("b1"), point("b2"))
    new = document(chapter("b1"), point("b2", heading="新的第二點"))

    assert told(old, new) == {"b2": "改"}


def test_words_that_changed_stand_in_pieces():
    old = document(Point(1, "依據", "每月5日前回報。", id="b1"))
    new = document(Point(1, "依據", "每月10日前回報。", id="b1"))

    (part,) = compare(old, new).changes[0].parts

    assert (part.field, part.label) == ("body", "內文")
    assert words(part) == [
        (Op.EQUAL, "每月"),
        (Op.DELETE, "5"),
        (Op.INSERT, "10"),
        (Op.EQUAL, "日前回報。"),
    ]
    assert (part.old, part.new) == ("每月5日前回報。", "每月10日前回報。")


def test_a_reference_that_names_another_number_is_only_renumbered():
    old = document(chapter("b1", "b2"), Paragraph("依[[b2]]辦理", "b3"))
    new = document(chapter("b2"), Paragraph("依[[b2]]辦理", "b3"))

    assert told(old, new) == {"b1": "刪", "b2": "改號", "b3": "改號"}
    change = compare(old, new).changes[-1]
    assert (change.parts[0].old, change.parts[0].new) == (
        "依壹、二辦理",
        "依壹、一辦理",
    )


def test_cells_are_compared_each_by_itself():
    old = document(point("b0", table(("r1", "宣導", "每月"), ("r2", "訓練", "每季"))))
    new = document(point("b0", table(("r1", "宣導", "每月"), ("r2", "訓練", "每半年"))))

    (change,) = compare(old, new).changes

    assert (change.node, change.key, change.new_number) == (NodeKind.ROW, "r2", "第2列")
    assert change.path == "壹、「辦理事項」"
    assert [(part.field, part.label) for part in change.parts] == [("c2", "內容")]


def test_rows_with_item_numbers_are_renumbered_others_are_not():
    rows = ("r1", "", "甲"), ("r2", None, "乙"), ("r3", "", "丙")
    added = ("r9", "", "新"), *rows

    plain = told(document(table(*rows)), document(table(*added)))
    items = told(
        document(table(*rows, kind=ColumnKind.NUMBER)),
        document(table(*added, kind=ColumnKind.NUMBER)),
    )

    assert plain == {"r9": "增"}
    assert items == {"r9": "增", "r1": "改號", "r3": "改號"}


def test_a_typed_item_number_is_no_change():
    def numbered(typed):
        return document(table(("r1", typed, "甲"), kind=ColumnKind.NUMBER))

    difference = compare(numbered("1"), numbered("7"))

    assert difference.changes == ()
    assert apply(numbered("1"), difference) == numbered("7")


def test_a_joined_or_shaded_cell_says_so():
    old = document(table(("r1", "甲", "乙"), ("r2", "甲", "")))
    first, second = old.children[0].rows
    shaded = replace(second, cells=(Cell(joined=True), Cell(shaded=True)))
    new = document(replace(old.children[0], rows=(first, shaded)))

    (change,) = compare(old, new).changes

    assert [part.new for part in change.parts] == ["〔同上列〕", "●"]


def test_shading_and_span_are_seen_where_the_words_stay():
    old = document(table(("r1", "甲", "")))
    wide = Cell((Line("甲"),), span=2, shaded=True)
    new = document(
        replace(old.children[0], rows=(Row((wide, Cell()), id="r1"),)),
    )

    (part,) = compare(old, new).changes[0].parts

    assert part.new == "甲〔網底〕〔跨2欄〕"


def test_a_new_table_is_one_change_and_a_new_column_another():
    old = document(point("b0"))
    whole = document(point("b0", table(("r1", "甲", "乙"), ("r2", "丙", "丁"))))
    wider = document(
        point(
            "b0",
            replace(
                whole.children[0].children[0],
                columns=(
                    *whole.children[0].children[0].columns,
                    Column("備註", id="c3"),
                ),
                rows=(
                    Row((*cells("甲", "乙"), *cells("新")), id="r1"),
                    Row((*cells("丙", "丁"), Cell()), id="r2"),
                ),
            ),
        )
    )

    assert told(old, whole) == {"b9": "增"}
    assert told(whole, old) == {"b9": "刪"}
    assert told(whole, wider) == {"c3": "增", "r1": "改"}
    assert told(wider, whole) == {"c3": "刪", "r1": "改"}


def test_a_row_moved_into_a_new_table_has_moved():
    old = document(table(("r1", "甲", "乙"), ("r2", "丙", "丁")))
    kept, moved = old.children[0].rows
    columns = (Column("項目", id="c8"), Column("內容", id="c9"))
    new = document(
        replace(old.children[0], rows=(kept,)), Table(columns, (moved,), id="b10")
    )

    difference = compare(old, new)

    assert told(old, new) == {"b10": "增", "r2": "改移"}
    assert apply(old, difference) == new


def test_title_cover_and_settings_are_one_change():
    old = document(cover=Cover("服務計畫", "114年1月"), running_head="明山")
    new = replace(
        old,
        title="新服務計畫",
        cover=Cover("新服務計畫", "115年1月"),
        year=115,
        body_size=14.0,
    )

    (change,) = compare(old, new).changes

    assert (change.key, change.node) == ("title", NodeKind.HEAD)
    assert [part.label for part in change.parts] == [
        "計畫名稱",
        "封面日期",
        "年度",
        "內文字級",
    ]


def test_annexes_and_history_lines_are_told():
    line = RevisionLine(114, 1, 2, verb="訂定", id="v1")
    old = document(annexes=(Annex("附件1", "時程", id="b5"),), revisions=(line,))
    new = document(
        annexes=(Annex("附件一", "時程", id="b5"), Annex("附件二", id="b6")),
        revisions=(line, RevisionLine(115, 1, 3, 1, "修正", id="v2")),
    )

    changes = compare(old, new).changes

    assert [(c.key, c.node) for c in changes] == [
        ("v2", NodeKind.REVISION),
        ("b5", NodeKind.ANNEX),
        ("b6", NodeKind.ANNEX),
    ]
    assert changes[0].parts[0].new == "115年1月3日第1次修正"
    assert (changes[1].old_number, changes[1].new_number) == ("附件1", "附件一")


def test_counts_tell_the_renumbered_apart():
    old = document(chapter("b1", "b2", "b3", "b4"))
    new = document(
        point(
            "b0",
            point("b7", level=2),
            point("b1", level=2, heading="改寫"),
            point("b2", level=2),
            point("b4", level=2),
        )
    )

    counts = compare(old, new).counts

    assert counts == Counts(added=1, deleted=1, changed=1, moved=0, renumbered=1)


def test_places_tell_where_every_node_stands():
    old = document(chapter("b1", "b2"), table(("r1", "甲", "乙")))
    new = document(chapter("b2"), table(("r1", "甲", "丙")))

    found = {p.key: p for p in places(old, new, compare(old, new))}

    assert list(found) == ["title", "b0", "b1", "b2", "b9", "c1", "c2", "r1"]
    assert (found["b2"].level, found["b2"].depth, found["b2"].parent) == (2, 1, "b0")
    assert (found["b1"].in_old, found["b1"].in_new) == (True, False)
    assert found["r1"].parent == "b9"
    assert [(p.old, p.new) for p in found["r1"].parts] == [("甲", "甲"), ("乙", "丙")]
