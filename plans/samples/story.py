"""The story that the samples tell: last year's plan approved, this year's under review."""

from __future__ import annotations

from datetime import date

from offices.models import Member, Office, User

from ..approving import Signed, approve
from ..carrying import carry_over
from ..cycle import Actor
from ..editing import add_block, move_block_up, save_block
from ..models import Block, Plan, SubmissionStep
from ..removal import delete_block
from ..workflow import remark, submit

OFFICE = "MS01"
WRITER, KEEPER, HEAD, CHIEF = "wu", "zhou", "xu", "lin"
SIGNED = Signed(on=date(2025, 1, 16), verb="訂定", reference="明東戶字第1140000218號")
BASIS = (
    "依明山市政府民政局114年12月18日明市民戶字第1140049126號函頒「明山市115年度戶政"
    "服務精進方案」，並參酌本所114年度檢討會議結論及附件所列年度工作期程，訂定本計畫，"
    "作為全年推動各項工作之準繩。"
)
PERIOD = "自115年1月1日起至115年12月31日止。"
NEW_POINT = "銀髮友善櫃檯服務計畫。"


def tell_story() -> None:
    """Approve the sample office's plan, carry it over, change it and submit it."""
    office = Office.objects.get(code=OFFICE)
    plan = Plan.objects.get(office=office)
    _approve(plan)
    keeper = _user(KEEPER)
    title = plan.title.replace("114年度", "115年度")
    draft = carry_over(plan, office=office, year=115, title=title, by=keeper)
    _write(draft)
    _submit(draft)


def _approve(plan: Plan) -> None:
    submission = submit(plan, by=Actor(_user(KEEPER)), unit=None)
    last = submission.steps.get(state=SubmissionStep.State.CURRENT)
    approve(submission, step=last, by=Actor(_user(CHIEF)), signed=SIGNED)


def _write(plan: Plan) -> None:
    """What changes from one year to the next: basis, dates, one item more, one less."""
    by = _user(WRITER)
    _reword(_point(plan, "計畫依據"), BASIS, by)
    _reword(_point(plan, "實施期程"), PERIOD, by)
    delete_block(_point(plan, "藝文走廊"), by=by)
    move_block_up(_point(plan, "里鄰關懷"), by=by)
    before = _point(plan, "標竿機關")
    add_block(plan, kind="point", by=by, after=before, heading=NEW_POINT)


def _submit(plan: Plan) -> None:
    """One head has agreed to nothing yet, but asked a question."""
    writer = Member.objects.select_related("user", "unit").get(user__username=WRITER)
    note = "配合民政局115年度方案修正依據與期程，新增銀髮友善櫃檯，停辦藝文走廊。"
    plan.refresh_from_db()
    submission = submit(plan, by=Actor(writer.user), unit=writer.unit, note=note)
    point = _point(plan, NEW_POINT)
    text = "請補充服務對象的年齡和每週開放的時段。"
    remark(submission, key=f"b{point.pk}", text=text, by=Actor(_user(HEAD)))


def _reword(block: Block, body: str, by: User) -> None:
    """In the heading where the text stands there, on one line with its mark."""
    save_block(block, version=block.version, heading=block.heading, body=body, by=by)


def _point(plan: Plan, words: str) -> Block:
    return plan.blocks.filter(heading__contains=words).order_by("pk")[0]


def _user(username: str) -> User:
    return User.objects.get(username=username)
