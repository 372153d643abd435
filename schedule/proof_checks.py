"""The checks of single items, and their part of the published catalogue.  Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from plans.documents.proofs.finding import CheckInfo, Grade

from .timetable.model import Item
from .timetable.months import NO_MONTHS, months_of
from .timetable.wording import plain_number

_HUNDRED = Decimal(100)

_CHECKS = (
    CheckInfo(
        "total-points",
        "配分總計不合",
        Grade.ERROR,
        "各項目的配分相加，與管制表設定的配分總計不同，考核時無從計分。",
        "改正各項目的配分，或到管制表的「設定」改配分總計。",
    ),
    CheckInfo(
        "item-weights",
        "指標權重合計不是100%",
        Grade.ERROR,
        "一個項目的考核指標有了權重，合計就必須是100%。",
        "打開考核指標改正；尚差的可按「加到最後一項」。",
    ),
    CheckInfo(
        "item-unweighted",
        "指標沒有權重",
        Grade.NOTE,
        "項目有兩項以上的考核指標，都沒有權重；可以這樣，但評分時須另行約定。",
        "需要時打開考核指標填上權重。",
    ),
    CheckInfo(
        "item-points",
        "項目沒有配分",
        Grade.WARNING,
        "別的項目都有配分，這個項目有課室沒有。",
        "打開項目填上配分。",
    ),
    CheckInfo(
        "item-owner",
        "項目沒有承辦人",
        Grade.WARNING,
        "沒有承辦人的項目，不會出現在任何人的「我的項目」與催報名單。",
        "打開項目填上承辦人。",
    ),
    CheckInfo(
        "owner-member",
        "承辦人不是成員",
        Grade.WARNING,
        "承辦人的姓名不是本機關在職的成員，可能已離職、調職或打錯字；"
        "他不能登入填報，也收不到通知。",
        "改填現任的承辦人，或請研考新增成員後重新儲存這個項目。",
    ),
    CheckInfo(
        "item-method",
        "項目沒有考核方式",
        Grade.WARNING,
        "沒有考核方式，月份格裡就沒有這個項目的列。",
        "新增考核方式。",
    ),
    CheckInfo(
        "item-months",
        "項目沒有排定月份",
        Grade.NOTE,
        "所有的考核方式都沒有排月份；依來文或活動時間辦理的項目可以這樣。",
        "打開考核方式填上月份。",
    ),
    CheckInfo(
        "months-unconfirmed",
        "月份待確認",
        Grade.WARNING,
        "月份是系統從文字推得的，還沒有人確認。",
        "打開考核方式確認月份後儲存。",
    ),
    CheckInfo(
        "months-outside",
        "月份在成績統計區間之外",
        Grade.WARNING,
        "排在成績統計區間以外的月份，辦了也不計入本年度的成績。",
        "改正月份，或改正項目的成績統計區間。",
    ),
    CheckInfo(
        "interval-behind",
        "成績統計區間不含計畫年度",
        Grade.ERROR,
        "成績統計區間整段都不在計畫年度，或迄月早於起月；多半是沿用去年的項目忘了改。",
        "打開項目改正成績統計區間。",
    ),
    CheckInfo(
        "item-fragment",
        "匯入後待處理的內容",
        Grade.WARNING,
        "匯入的管制表有找不到名稱的內容（缺頁），還沒有決定放到哪個項目。",
        "到月份格上方「找不到名稱的內容」處理。",
    ),
)

CATALOGUE: Mapping[str, CheckInfo] = {info.code: info for info in _CHECKS}


@dataclass(frozen=True, slots=True)
class Told:
    """What a check says of an item; ``field`` decides the page that mends it.

    ``place`` is "" for the item itself, m5 for one of its rows; ``field`` is then the
    item's key.
    """

    check: str
    message: str
    found: str = ""
    field: str = ""
    place: str = ""


def weights(item: Item, _year: int) -> Iterator[Told]:
    """Weights that do not come to 100, or are not given at all."""
    given = [one.weight for one in item.indicators if one.weight is not None]
    if not given and len(item.indicators) > 1:
        message = "考核指標都沒有權重。"
        yield Told("item-unweighted", message, field="indicators")
    missing = _HUNDRED - sum(given, Decimal(0))
    if given and missing:
        total = f"{plain_number(_HUNDRED - missing)}%"
        verb = "尚差" if missing > 0 else "超過"
        message = f"權重合計 {total}，{verb} {plain_number(abs(missing))}%。"
        yield Told("item-weights", message, total, "indicators")


def points(item: Item, _year: int) -> Iterator[Told]:
    """A share without points, in an item that has some."""
    without = [share.unit for share in item.shares if share.points is None]
    if without and len(without) < len(item.shares):
        units = "、".join(without)
        yield Told("item-points", f"{units}沒有配分。", units, "shares")


def owners(item: Item, _year: int) -> Iterator[Told]:
    units = "、".join(share.unit for share in item.shares if not share.owners)
    if units:
        yield Told("item-owner", f"{units}沒有承辦人。", units, "shares")


def methods(item: Item, _year: int) -> Iterator[Told]:
    """No row at all, or no month in any, or months that nobody confirmed."""
    if not item.methods:
        yield Told("item-method", "沒有考核方式。", field="methods")
    elif all(row.months == NO_MONTHS for row in item.methods):
        message = "沒有排定任何月份。"
        yield Told("item-months", message, field=item.id, place=item.methods[0].id)
    for row in item.methods:
        if not row.confirmed:
            message = f"「{row.text or '考核方式'}」的月份還沒有確認。"
            yield Told("months-unconfirmed", message, row.text, item.id, row.id)


def interval(item: Item, year: int) -> Iterator[Told]:
    """A scoring interval of another year, or months of this year outside of it."""
    first, last = item.scored_from, item.scored_until
    words = "至".join(f"{m[0]}年{m[1]}月" for m in (first, last) if m)
    begins, ends = first or (year, 1), last or (year, 12)
    if ends < (year, 1) or begins > (year, 12) or begins > ends:
        message = f"成績統計區間是{words}，不在 {year} 年度。"
        yield Told("interval-behind", message, words, "head")
        return
    for row in item.methods:
        outside = [
            month
            for month in sorted(months_of(row.months))
            if not begins <= (year, month) <= ends
        ]
        if outside:
            months = "、".join(f"{month}月" for month in outside)
            message = f"{months}在成績統計區間（{words}）之外。"
            yield Told("months-outside", message, months, item.id, row.id)


ITEM_CHECKS: tuple[Callable[[Item, int], Iterator[Told]], ...] = (
    weights,
    points,
    owners,
    methods,
    interval,
)
