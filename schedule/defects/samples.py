"""Five defects of a sample plan: one of each state, one overdue, one with two units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from offices.models import User
from plans.models import Plan

from ..models import Defect, DefectEntry, DefectKind, DefectTarget
from .rounds import Entry, EntryKind, tracked

OFFICE = "MS11"
KEEPER = "gu"
_SPRING = "年中定期查核，研考"
_SUMMER = "不定期實地查核，民政局督導"

_Kind = EntryKind


@dataclass(frozen=True, slots=True)
class _Said:
    """An entry of ``ago`` days; ``due`` are the days from today until it is due."""

    ago: int
    kind: EntryKind
    by: str
    text: str = ""
    percent: int | None = None
    asks: bool = False
    due: int | None = None


@dataclass(frozen=True, slots=True)
class _Part:
    """A unit (its label) with its owner's account, due day and rounds."""

    unit: str
    owner: str
    due: int
    said: Sequence[_Said] = ()


@dataclass(frozen=True, slots=True)
class _Case:
    kind: DefectKind
    title: str
    text: str
    source: str
    found: int
    item: str
    parts: Sequence[_Part]


CASES = (
    _Case(
        DefectKind.FAULT,
        "收容處所物資盤點紀錄不全",
        "抽查兩處收容處所，帳面飲用水和睡袋數量與現場不符，盤點表沒有會同人簽名。",
        _SPRING,
        70,
        "防災整備與收容安置",
        (
            _Part(
                "民",
                "cao",
                -20,
                (
                    _Said(
                        55,
                        _Kind.ANSWER,
                        "cao",
                        "兩處收容處所已重新盤點，短少的睡袋 12 條已補足，盤點表補簽完成。",
                        90,
                        asks=True,
                    ),
                    _Said(
                        52,
                        _Kind.RETURNED,
                        KEEPER,
                        "請附上補足後的盤點結果，並寫明以後多久盤點一次。",
                    ),
                    _Said(
                        40,
                        _Kind.ANSWER,
                        "cao",
                        "盤點結果與帳面相符；自本月起每季第一週由承辦人和里幹事會同盤點。",
                        100,
                        asks=True,
                    ),
                    _Said(
                        38,
                        _Kind.RELEASED,
                        KEEPER,
                        "已看過盤點表，同意解列，下次查核複查。",
                    ),
                ),
            ),
        ),
    ),
    _Case(
        DefectKind.FAULT,
        "社會救助複查案件逾期",
        "抽查 20 件，有 3 件超過 30 日才完成複查，也沒有通知申請人延長處理期間。",
        _SPRING,
        70,
        "社會救助總清查",
        (
            _Part(
                "社",
                "chi",
                10,
                (
                    _Said(
                        12,
                        _Kind.ANSWER,
                        "chi",
                        "三件都已結案並補寄通知；系統已設定第 25 日提醒，另指定代理人收件。",
                        100,
                        asks=True,
                    ),
                ),
            ),
        ),
    ),
    _Case(
        DefectKind.OBSERVATION,
        "電話禮貌抽測結果未公布",
        "每月抽測都有辦理，但結果沒有回饋各課室。",
        _SUMMER,
        45,
        "為民服務與電話禮貌",
        (
            _Part(
                "秘",
                "gu",
                -9,
                (
                    _Said(
                        30,
                        _Kind.ANSWER,
                        "gu",
                        "已整理上半年抽測結果，準備在下次主管會報提出。",
                        40,
                    ),
                ),
            ),
        ),
    ),
    _Case(
        DefectKind.FAULT,
        "活動中心無障礙坡道扶手鬆脫",
        "三樓坡道扶手鬆脫，已當場要求圍起警示帶；請各管理課室全面檢查所轄場館。",
        _SUMMER,
        30,
        "場館營運（區民活動中心）",
        (
            _Part(
                "民",
                "luo",
                25,
                (
                    _Said(
                        21,
                        _Kind.ANSWER,
                        "luo",
                        "扶手已由廠商鎖固，另兩處場館預定月底前檢查完畢。",
                        60,
                    ),
                    _Said(18, _Kind.DUE, KEEPER, "配合廠商檢修期程。", due=45),
                ),
            ),
            _Part("文", "duan", 25),
        ),
    ),
    _Case(
        DefectKind.ADVICE,
        "節慶活動宣導可結合里鄰系統",
        "建議活動訊息同步送各里辦公處公布欄，減少另外印製文宣。",
        _SUMMER,
        30,
        "在地節慶與文化活動",
        (_Part("文", "yin", 60),),
    ),
)


@transaction.atomic
def add_defects(plan: Plan) -> None:
    """Only for the sample office; days count from today, so that they never grow old."""
    if plan.office.code != OFFICE or not plan.items.exists():
        return
    users = {
        member.user.username: member.user
        for member in plan.office.members.select_related("user")
    }
    today = timezone.localdate()
    for number, case in enumerate(CASES, start=1):
        _add(plan, number, case, users, today)


def _add(
    plan: Plan, number: int, case: _Case, users: dict[str, User], today: date
) -> None:
    found_on = today - timedelta(days=case.found)
    defect = Defect.objects.create(
        plan=plan,
        number=number,
        item=plan.items.standing().filter(name=case.item).first(),
        kind=case.kind,
        title=case.title,
        text=case.text,
        source=case.source,
        found_on=found_on,
        created_by=users[KEEPER],
        created_at=_morning(found_on),
    )
    for part in case.parts:
        _add_part(defect, part, users, today)


def _add_part(defect: Defect, part: _Part, users: dict[str, User], today: date) -> None:
    office = defect.plan.office
    found = (today - defect.found_on).days
    opened = _Said(found, EntryKind.OPENED, KEEPER, due=part.due)
    rounds = [_entry(one, users, today) for one in (opened, *part.said)]
    reached = tracked([_plain(one) for one in rounds], today)
    if reached is None:
        return
    target = DefectTarget.objects.create(
        defect=defect,
        unit=office.units.get(label=part.unit),
        owner=office.members.get(user__username=part.owner),
        due_on=reached.due_on,
        state=reached.state.value,
        version=len(rounds),
    )
    for one in rounds:
        one.target = target
    DefectEntry.objects.bulk_create(rounds)


def _entry(said: _Said, users: dict[str, User], today: date) -> DefectEntry:
    return DefectEntry(
        kind=said.kind.value,
        text=said.text,
        percent=said.percent,
        wants_release=said.asks,
        due_on=None if said.due is None else today + timedelta(days=said.due),
        by=users[said.by],
        at=_morning(today - timedelta(days=said.ago)),
    )


def _plain(entry: DefectEntry) -> Entry:
    kind, day = EntryKind(entry.kind), timezone.localdate(entry.at)
    return Entry(kind, day, wants_release=entry.wants_release, due_on=entry.due_on)


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9, 30)))
