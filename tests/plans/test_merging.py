from hypothesis import given
from hypothesis import strategies as st

from plans.merging import Merged, Origin, merge_text

PIECES = st.lists(
    st.sampled_from(["開會。", "列管。", "公告\n", "抽查；", "尾"]), max_size=6
)
TEXTS = PIECES.map("".join)


def origins(merged: Merged) -> list[str]:
    return [part.origin.value for part in merged.parts]


def test_changes_in_different_sentences_are_both_taken():
    base = "每月開會。每季檢討。"

    merged = merge_text(base, "每週開會。每季檢討。", "每月開會。每半年檢討。")

    assert merged.text == "每週開會。每半年檢討。"
    assert origins(merged) == ["mine", "theirs"]


def test_changes_in_different_lines_do_not_clash():
    base = "甲案\n說明\n乙案\n"

    merged = merge_text(base, "甲案一\n說明\n乙案\n", "甲案\n說明\n乙案二\n")

    assert merged.text == "甲案一\n說明\n乙案二\n"
    assert origins(merged) == ["mine", "both", "theirs"]


def test_a_clash_keeps_mine_and_then_theirs():
    merged = merge_text("每月抽查", "每週抽查", "每日抽查")

    assert merged.text == "每週抽查\n每日抽查"
    assert merged.clashes == 1


def test_what_one_deleted_and_the_other_changed_is_kept():
    merged = merge_text("甲\n乙\n", "甲\n", "甲\n乙案\n")

    assert merged.text == "甲\n乙案\n"
    assert merged.parts[-1].origin is Origin.CLASH


def test_an_untouched_side_gives_way():
    assert merge_text("甲。乙。", "甲。乙。", "甲。") == merge_text(
        "甲。", "甲。", "甲。"
    )


def test_without_a_base_every_difference_is_taken_from_both():
    merged = merge_text(None, "甲\n我加的\n丙\n", "甲\n丙\n他加的\n")

    assert merged.text == "甲\n我加的\n丙\n他加的\n"


@given(TEXTS, TEXTS)
def test_one_sided_changes_are_taken_whole(base, mine):
    assert merge_text(base, mine, base).text == mine
    assert merge_text(base, base, mine).text == mine


@given(TEXTS, TEXTS, TEXTS)
def test_every_part_of_mine_and_theirs_is_shown_or_was_deleted_by_the_other(
    base, mine, theirs
):
    merged = merge_text(base, mine, theirs)

    shown_as_mine = "".join(
        p.text for p in merged.parts if p.origin is not Origin.THEIRS
    )
    clashed = [p for p in merged.parts if p.origin is Origin.CLASH]
    assert all(p.text in mine and p.other in theirs for p in clashed)
    assert set(mine) - set(base) <= set(shown_as_mine)


@given(TEXTS, TEXTS)
def test_without_a_base_nothing_of_either_side_is_lost(mine, theirs):
    parts = merge_text(None, mine, theirs).parts

    own = "".join(p.text for p in parts if p.origin is not Origin.THEIRS)
    other = "".join(
        p.other if p.origin is Origin.CLASH else p.text
        for p in parts
        if p.origin is not Origin.MINE
    )
    assert (own, other) == (mine, theirs)
