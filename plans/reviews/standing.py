"""Where a plan stands, in words, and what the reader can do about it next."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.urls import reverse

from offices.models import User

from ..models import Judgement, Plan, State, Submission, SubmissionStep
from ..permissions import Act, may
from .acting import steps_in_turn
from .people import who

SYMBOLS = {
    State.DRAFT: "○",
    State.SUBMITTED: "▶",
    State.RETURNED: "↩",
    State.APPROVED: "✓",
    State.AMENDING: "✎",
    State.CLOSED: "■",
}
MEANINGS = {
    State.DRAFT: "還在編寫，沒有送核。",
    State.SUBMITTED: "已送核，審核期間內容不能修改。",
    State.RETURNED: "已退回修正，改好後重新送核。",
    State.APPROVED: "現在的內容就是核定的版本；一有修改，就成為修正中。",
    State.AMENDING: "核定之後有修改，還沒有重新核定；對外仍以核定的版本為準。",
    State.CLOSED: "本年度已結案，內容不再修改。",
}
KINDS = {"r": "表格的一列", "c": "表格的一欄", "v": "修訂紀錄", "t": "首頁與設定"}


@dataclass(frozen=True, slots=True)
class Way:
    """A page to go on with."""

    url: str
    words: str


@dataclass(frozen=True, slots=True)
class ReturnedPart:
    """A change that was judged 退回; its key is the anchor of its part in the paper."""

    key: str
    reason: str

    @property
    def kind(self) -> str:
        return KINDS.get(self.key[:1], "")


@dataclass(frozen=True, slots=True)
class Standing:
    """What the plan page says of the state; ``ways`` begin with the next step."""

    state: State
    meaning: str
    ways: list[Way] = field(default_factory=list)
    submission: Submission | None = None
    reason: str = ""
    returned_by: str = ""
    returned: list[ReturnedPart] = field(default_factory=list)

    @property
    def symbol(self) -> str:
        return SYMBOLS[self.state]

    @property
    def word(self) -> str:
        return str(self.state.label)


def standing_of(plan: Plan, user: User) -> Standing:
    """No query of its own but for a plan under review (2) or returned (3)."""
    state = State(plan.state)
    if state is State.SUBMITTED:
        return _submitted(plan, user)
    if state is State.RETURNED:
        return _returned(plan, user)
    return Standing(state, MEANINGS[state], _ways(plan, user))


def _ways(plan: Plan, user: User) -> list[Way]:
    """送核, 結案 and 重新開啟, where the person may."""
    words = {Act.SUBMIT: "送核", Act.CLOSE: "結案", Act.REOPEN: "重新開啟"}
    return [
        Way(reverse(f"plans:{act}", args=[plan.pk]), word)
        for act, word in words.items()
        if may(user, plan, act)
    ]


def _latest(plan: Plan) -> Submission | None:
    submissions = plan.submissions.defer("content", "base_content")
    latest = submissions.select_related("submitted_by").first()
    if latest is not None:
        latest.plan = plan
    return latest


def _submitted(plan: Plan, user: User) -> Standing:
    meaning, ways = MEANINGS[State.SUBMITTED], []
    submission = _latest(plan)
    if submission is not None:
        open_steps = [s for s in _steps(submission) if s.is_current]
        names = "、".join(f"「{s.name}」" for s in open_steps)
        meaning += f"目前在{names}。" if names else ""
        mine = steps_in_turn(user, open_steps)
        word = "進行審核" if mine else "查看審核"
        ways.append(Way(submission.get_absolute_url(), word))
    return Standing(State.SUBMITTED, meaning, ways, submission)


def _returned(plan: Plan, user: User) -> Standing:
    ways, submission = _ways(plan, user), _latest(plan)
    if submission is None:
        return Standing(State.RETURNED, MEANINGS[State.RETURNED], ways)
    ways.append(Way(submission.get_absolute_url(), "查看退回原因"))
    steps = _steps(submission)
    back = [s for s in steps if s.state == SubmissionStep.State.RETURNED]
    judged = submission.judgements.filter(verdict=Judgement.Verdict.RETURNED)
    return Standing(
        State.RETURNED,
        MEANINGS[State.RETURNED],
        ways,
        submission,
        "；".join(step.note for step in back),
        "、".join(who(step.by, step.acting_for) for step in back),
        [ReturnedPart(j.key, j.reason) for j in judged.order_by("at", "pk")],
    )


def _steps(submission: Submission) -> list[SubmissionStep]:
    steps = list(submission.steps.select_related("by", "acting_for__user"))
    for step in steps:
        step.submission = submission
    return steps
