"""The control table of a sample plan: its annex read in, with what a year would add.

The additions show what an office meets: points that close, strategies that items carry
out and some that none does, a month to watch, and months still to be confirmed.
"""

from __future__ import annotations

from decimal import Decimal

from django.db import transaction

from offices.models import Role
from plans.models import Block, Plan

from .compose import schedule_of
from .importing import apply_import, read_own_annex, start_import
from .models import Item, Link, Method
from .reading import NoTimetable

TOTAL = Decimal(100)
# Which item carries out the point that begins with these words.
CARRIED_OUT = {
    "公文時效與檔案管理": ("推動內部線上簽核", "主動公開預決算"),
    "為民服務與電話禮貌": ("改善服務大廳", "設置區長信箱"),
    "防災整備與收容安置": ("結合學校、廟宇",),
    "社區發展輔導": ("盤點閒置空間", "開放會議室"),
    "在地節慶與文化活動": ("規劃四季文化走讀",),
    "高齡者關懷據點輔導": ("結合學校、廟宇",),
    "場館營運（區民活動中心）": ("開放會議室",),
}
# The month in which an item is examined.
WATCHED = {"社會救助總清查": 3, "防災整備與收容安置": 7, "終身學習課程": 12}
UNCONFIRMED = "社區巡守隊輔導"


@transaction.atomic
def add_schedule(plan: Plan) -> None:
    """Turn the plan's annex into items, where it holds a control table."""
    try:
        own = read_own_annex(plan)
    except NoTimetable:
        return
    keeper = plan.office.members.filter(roles__role=Role.COORDINATOR).first()
    if keeper is None:
        return
    started = start_import(
        plan,
        own.reading,
        source_name="計畫的附件",
        by=keeper.user,
        annexes=own.blocks,
    )
    apply_import(started, edition=plan.edition, fragments={}, by=keeper.user)
    schedule = schedule_of(Plan.objects.get(pk=plan.pk))
    schedule.total = TOTAL
    schedule.save()
    _link(plan)
    _mark(plan)


def _link(plan: Plan) -> None:
    for name, beginnings in CARRIED_OUT.items():
        for item in Item.objects.filter(plan=plan, name=name):
            for words in beginnings:
                blocks = Block.objects.filter(plan=plan, heading__startswith=words)
                Link.objects.bulk_create(Link(item=item, block=b) for b in blocks)


def _mark(plan: Plan) -> None:
    methods = Method.objects.filter(item__plan=plan)
    for name, month in WATCHED.items():
        for row in methods.filter(item__name=name):
            if row.months[month - 1] == "1":
                row.months = row.months[: month - 1] + "2" + row.months[month:]
                row.save()
    for row in methods.filter(item__name=UNCONFIRMED):
        row.is_confirmed = False
        row.save()
