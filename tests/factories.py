"""Plain functions that make saved objects; pass only what the test is about."""

from datetime import timedelta
from itertools import count

from django.utils import timezone

from offices.models import Deputy, Member, MemberRole, Office, Role, Unit, User
from plans.models import Block, BlockKind, Column, Plan, Row
from schedule.models import Feed, Indicator, Item, Method, Ownership, Share

_serial = count(1)


def make_user(username="", **kwargs):
    number = next(_serial)
    kwargs.setdefault("full_name", f"測試員{number}")
    return User.objects.create_user(
        username or f"user{number}", password="right-Password-1", **kwargs
    )


def make_office(name="明山市政服務中心", **kwargs):
    kwargs.setdefault("code", f"T{next(_serial):05d}")
    return Office.objects.create(name=name, **kwargs)


def make_unit(office, name="綜合課", label="綜", **kwargs):
    return Unit.objects.create(office=office, name=name, label=label, **kwargs)


def make_member(office, *roles, user=None, **kwargs):
    member = Member.objects.create(user=user or make_user(), office=office, **kwargs)
    for role in roles or (Role.OWNER,):
        MemberRole.objects.create(member=member, role=role)
    return member


def make_deputy(member, deputy, days=7, **kwargs):
    """``deputy`` acts for ``member`` from today."""
    kwargs.setdefault("starts_on", timezone.localdate())
    kwargs.setdefault("ends_on", kwargs["starts_on"] + timedelta(days=days))
    return Deputy.objects.create(member=member, deputy=deputy, **kwargs)


def make_plan(office=None, **kwargs):
    kwargs.setdefault("year", 114)
    kwargs.setdefault("title", "114年度提升服務品質執行計畫")
    return Plan.objects.create(office=office or make_office(), **kwargs)


def make_point(plan, heading="計畫依據", parent=None, **kwargs):
    kwargs.setdefault("level", parent.level + 1 if parent and parent.level else 1)
    kwargs.setdefault(
        "position", plan.blocks.filter(parent=parent).exclude(kind="annex").count()
    )
    return Block.objects.create(plan=plan, parent=parent, heading=heading, **kwargs)


def make_table(plan, names=("實施要領", "執行策略"), rows=(), parent=None, **kwargs):
    """``rows`` are tuples of texts; None makes a cell joined with the one above."""
    table = make_point(
        plan, kwargs.pop("heading", ""), parent, kind=BlockKind.TABLE, **kwargs
    )
    columns = [
        Column.objects.create(table=table, name=name, position=i)
        for i, name in enumerate(names)
    ]
    for position, texts in enumerate(rows):
        cells = {
            str(column.pk): {"joined": True} if text is None else {"text": text}
            for column, text in zip(columns, texts, strict=True)
        }
        Row.objects.create(table=table, position=position, cells=cells)
    return table


def make_item(plan, *units, name="社區巡守輔導", points=None, owners=(), **kwargs):
    """An item with a share for each unit; ``owners`` are members, or names of others."""
    item = Item.objects.create(plan=plan, name=name, **kwargs)
    for unit in units or (make_unit(plan.office),):
        share = make_share(item, unit, points=points)
        for owner in owners:
            make_ownership(share, owner)
    return item


def make_share(item, unit, **kwargs):
    """Last in the sheet of the unit."""
    last = Share.objects.filter(item__plan=item.plan, unit=unit).count()
    return Share.objects.create(item=item, unit=unit, position=last, **kwargs)


def make_ownership(share, owner, **kwargs):
    """``owner`` is a member, or the name of somebody who is none."""
    member = owner if isinstance(owner, Member) else None
    name = member.user.full_name if member else owner
    return Ownership.objects.create(share=share, member=member, name=name, **kwargs)


def make_feed(shown, **kwargs):
    """A calendar link of a member, or of a unit (then ``created_by`` is needed)."""
    if isinstance(shown, Member):
        kwargs = {"created_by": shown.user, "member": shown} | kwargs
    else:
        kwargs["unit"] = shown
    return Feed.objects.create(**kwargs)


def make_indicator(item, text="訪視紀錄完整", weight=None, **kwargs):
    kwargs.setdefault("position", item.indicators.count())
    return Indicator.objects.create(item=item, text=text, weight=weight, **kwargs)


def make_method(item, months="001100000000", **kwargs):
    kwargs.setdefault("text", "實地（3-4月）")
    kwargs.setdefault("position", item.methods.count())
    return Method.objects.create(item=item, months=months, **kwargs)
