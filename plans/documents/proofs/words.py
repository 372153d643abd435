"""Words of law and office that are often written otherwise.

Sources: 法律統一用字表 and 法律統一用語表 (立法院第51會期第5次及後續院會認可),
文書處理手冊 for 臺 in official names.  A word is only listed where the other writing
is wrong in any sense; ``not_after`` and ``not_before`` name the neighbours with which
the same characters are parts of other words (重複|查詢, 全部|份數).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .finding import Finding
from .galley import Passage


@dataclass(frozen=True, slots=True)
class Word:
    """``wrong`` should be ``right``, but not beside any of these characters."""

    wrong: str
    right: str
    not_after: str = ""
    not_before: str = ""


class WordList:
    """Finds the wrong words of one check."""

    def __init__(self, check: str, message: str, words: Sequence[Word]) -> None:
        """``message`` has the fields ``wrong`` and ``right``."""
        self.check, self.message = check, message
        self.words = {word.wrong: word for word in words}
        longest_first = sorted(self.words, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, longest_first)))

    def __call__(self, passage: Passage, _year: int) -> Iterator[Finding]:
        text = passage.text
        for met in self._pattern.finditer(text):
            word = self.words[met[0]]
            before, after = text[: met.start()][-1:], text[met.end() :][:1]
            if (before and before in word.not_after) or (
                after and after in word.not_before
            ):
                continue
            message = self.message.format(wrong=word.wrong, right=word.right)
            yield passage.finding(self.check, *met.span(), message, word.right)


def _pairs(text: str) -> list[Word]:
    return [Word(*pair.split("→")) for pair in text.split()]


# 佔→占 and the like: the character itself is the wrong one.
LAW = WordList(
    "word",
    "「{wrong}」應寫成「{right}」。",
    [
        *_pairs(
            "公佈→公布 頒佈→頒布 分佈→分布 發佈→發布 宣佈→宣布 散佈→散布 遍佈→遍布"
            " 佈告→布告 佈置→布置 佈達→布達 佈建→布建 佈署→布署"
            " 賬→帳 碍→礙 粮→糧 舘→館"
            " 粘貼→黏貼 粘著→黏著 粘合→黏合 粘性→黏性 粘附→黏附 粘存→黏存"
            " 行踪→行蹤 失踪→失蹤 追踪→追蹤 踪跡→蹤跡"
            " 征收→徵收 征兵→徵兵 稽征→稽徵 征才→徵才 征選→徵選"
            " 厘訂→釐訂 厘定→釐定 厘清→釐清 鑛產→礦產 鑛業→礦業"
            " 搜集→蒐集 貫澈→貫徹 規畫→規劃 策畫→策劃"
            " 煙酒→菸酒 香煙→香菸 吸煙→吸菸 抽煙→抽菸 戒煙→戒菸 禁煙→禁菸 二手煙→二手菸"
            " 電錶→電表 水錶→水表 雇用→僱用 聘雇→聘僱 約雇→約僱 解雇→解僱 僱主→雇主 僱員→雇員"
            " 史跡→史蹟 遺跡→遺蹟 古跡→古蹟 抵觸→牴觸 臟物→贓物 祗領→祇領"
        ),
        Word("佔", "占", not_after="竊"),
        Word("部份", "部分", not_before="數額"),
        Word("身份", "身分", not_before="數額"),
        Word("計劃", "計畫", not_before="於在將要自以從把"),
        Word("徹底", "澈底", not_after="貫", not_before="線下"),
        Word("煙害", "菸害", not_after="濃黑火油"),
        Word("征求", "徵求", not_after="長遠出"),
        Word("谷物", "穀物", not_after="河山溪峽縱幽深"),
        Word("盡量", "儘量", not_after="用竭耗窮燃", not_before="能"),
        Word("盡速", "儘速", not_after="用竭耗窮燃", not_before="度率"),
        Word("盡快", "儘快", not_after="用竭耗窮燃"),
        Word("盡早", "儘早", not_after="用竭耗窮燃", not_before="期餐晨"),
        Word("事跡", "事蹟", not_after="故往軍", not_before="象近"),
        Word("複核", "覆核", not_after="重繁反", not_before="定准備發銷給"),
        Word(
            "復核",
            "覆核",
            not_after="恢回修函答收光康往平興批見敬電來逕陸反重",
            not_before="定准備發銷給",
        ),
        Word("複查", "復查", not_after="重繁反", not_before="詢證閱察驗獲對"),
        Word("覆查", "復查", not_after="答函回傾反", not_before="詢證閱察驗獲對"),
        Word("復驗", "複驗", not_after="恢回修函收康", not_before="收證"),
        Word("覆驗", "複驗", not_after="答函回傾反", not_before="收證"),
    ],
)

_RECORDS = [
    "會議",
    "訪視",
    "訪談",
    "訪查",
    "工作",
    "通話",
    "維護",
    "檢查",
    "服務",
    "查核",
    "考核",
    "巡查",
    "維修",
    "保養",
    "借用",
    "簽到",
    "異動",
    "存取",
    "稽核",
    "測試",
    "輔導",
    "值勤",
    "出席",
]
_GOODS = ["津貼", "補助", "獎金", "獎品", "禮券", "禮品", "物資", "實物"]
_HONOURS = [
    "協助",
    "鼓勵",
    "肯定",
    "尊重",
    "表揚",
    "嘉獎",
    "記功",
    "機會",
    "支持",
    "關懷",
]

USAGE = WordList(
    "usage",
    "「{wrong}」通常寫成「{right}」，請看文意。",
    [
        *(
            Word(f"{noun}記錄", f"{noun}紀錄", not_before="了著每其該民各下")
            for noun in _RECORDS
        ),
        *_pairs("記錄表→紀錄表 記錄簿→紀錄簿 記錄冊→紀錄冊 記錄單→紀錄單"),
        *(Word(f"給予{thing}", f"給與{thing}") for thing in _GOODS),
        *(Word(f"給與{thing}", f"給予{thing}") for thing in _HONOURS),
        *_pairs("剩餘款→賸餘款 剩餘經費→賸餘經費 經費剩餘→經費賸餘"),
    ],
)

# 台灣 alone is left: many companies are registered so.
TAI = WordList(
    "tai",
    "機關全銜與幣別用「臺」：「{right}」。",
    _pairs(
        "台北市→臺北市 台中市→臺中市 台南市→臺南市 台東縣→臺東縣 台東市→臺東市"
        " 台灣省→臺灣省 台灣地區→臺灣地區 新台幣→新臺幣 台端→臺端 台閩地區→臺閩地區"
    ),
)
