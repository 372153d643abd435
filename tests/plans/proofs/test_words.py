"""法律統一用字: what is wrong is found, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.documents.proofs.galley import Passage
from plans.documents.proofs.proof import text_findings
from plans.documents.proofs.words import LAW, TAI, USAGE

from .papers import PART, words_in

WRONG = {
    "於門口佈告欄公佈開放時間。": ["佈告", "公佈"],
    "身份證及戶口名簿影本各1份": ["身份"],
    "場地部份時段佔用，部份開放": ["部份", "佔", "部份"],
    "帳目以電子賬簿保存": ["賬"],
    "標籤須粘貼牢固": ["粘貼"],
    "依年度計劃書辦理，並徹底清查": ["計劃", "徹底"],
    "盡量於上午送達，盡速回覆": ["盡量", "盡速"],
    "由課長複核後送秘書復核": ["複核", "復核"],
    "每季複查1次": ["複查"],
    "雇用臨時人員並約雇助理": ["雇用", "約雇"],
    "里內古跡與優良事跡": ["古跡", "事跡"],
    "搜集里民意見，規畫路線": ["搜集", "規畫"],
    "全面禁煙並宣導煙害": ["禁煙", "煙害"],
    "消除障碍，追踪進度": ["碍", "追踪"],
}
RIGHT = [
    "申請書一式3份，各部份數如下表",
    "本人及其身份數額另計",
    "重複查詢與重複核定不予計次",
    "恢復核發作業，回復核准日期",
    "函復核備情形",
    "用盡量能，竭盡速度，耗盡早期資源",
    "我們計劃於秋季辦理",
    "貫徹底線思維",
    "竊佔公有土地案件",
    "故事跡象與後事跡近",
    "河谷物產豐富，長征求勝",
    "濃煙害及住戶",
    "修復驗收完成",
    "公布、分布、部分、身分、占用、帳冊、黏貼、計畫、儘量、澈底、覆核、復查、複驗",
    "蒐集資料後規劃路線，並記錄辦理情形於紀錄簿",
    "粘先生擔任志工隊長",
]


@pytest.mark.parametrize(("text", "wrong"), WRONG.items())
def test_wrong_words_are_found(text, wrong):
    assert words_in(text) == [("word", word) for word in wrong]


@pytest.mark.parametrize("text", RIGHT)
def test_right_words_are_left(text):
    assert words_in(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("會議記錄上網公開", [("usage", "會議記錄")]),
        ("志工會議記錄其發言", []),
        ("給予補助費", [("usage", "給予補助")]),
        ("給與表揚", [("usage", "給與表揚")]),
        ("給予協助並給與獎品", []),
        ("台北市與臺中市", [("tai", "台北市")]),
        ("補助新台幣500元", [("tai", "新台幣")]),
        ("台電與平台無關", []),
    ],
)
def test_what_depends_on_the_sense_is_only_a_note(text, found):
    assert words_in(text) == found


WORDS = [word for words in (LAW, USAGE, TAI) for word in words.words.values()]


@given(
    st.lists(
        st.one_of(
            st.sampled_from(WORDS).map(lambda word: word.wrong),
            st.sampled_from(WORDS).map(lambda word: word.right),
            st.text("民眾申請於之，數在能定。", max_size=4),
        ),
        max_size=6,
    ).map("".join)
)
def test_a_right_word_put_in_is_found_no_more(text):
    before = fixes_in(text)
    for fix in before:
        mended = text[: fix.start] + fix.new + text[fix.start + len(fix.old) :]
        assert len(fixes_in(mended)) < len(before)


def fixes_in(text):
    passage = Passage("b1", "body", text, "壹", PART)
    return [one.fix for one in text_findings([passage], 114) if one.fix]


def test_no_right_word_is_another_wrong_one():
    for word in WORDS:
        assert words_in(word.right) == []


def test_a_text_without_end_takes_time_in_proportion():
    text = "公佈" * 50_000

    assert len(words_in(text)) >= 50_000
