"""Who gets what from the addresses of review; access_matrix.py lists them with the rest."""

from offices.models import Role
from plans.cycle import Actor
from plans.models import Plan, State
from plans.workflow import submit
from tests.access import NEVER, Access, coordinator, only, signed_in, visible, writers
from tests.factories import make_member, make_plan, make_point


class Review:
    """Plans of an office at the places of the cycle where somebody can act."""

    def __init__(self, office):
        self.draft = self._plan(office)
        self.approved = self._plan(office, state=State.APPROVED)
        self.closed = self._plan(office, state=State.CLOSED)
        # Nobody's unit: the head's step is skipped, 研考 is next.
        writer = make_member(office, Role.OWNER)
        self.submission = self._submitted(office, writer)
        self.step = self.submission.steps.get(state="current")
        self.change = f"b{self.submission.plan.blocks.get().pk}"
        # Sent by 研考, whose own step is passed: the chief is next.
        last = make_member(office, Role.COORDINATOR)
        self.final = self._submitted(office, last)
        self.last_step = self.final.steps.get(state="current")

    def _plan(self, office, **fields):
        plan = make_plan(office)
        make_point(plan, "計畫目標")
        if fields:
            Plan.objects.filter(pk=plan.pk).update(**fields)
        return plan

    def _submitted(self, office, member):
        plan = self._plan(office)
        return submit(plan, by=Actor(member.user), unit=None)


SUBMISSION = {
    "pk": "review.submission.plan.pk",
    "submission_pk": "review.submission.pk",
}
FINAL = {"pk": "review.final.plan.pk", "submission_pk": "review.final.pk"}
STEP = {"step": "=review.step.pk"}


def posted(name, post, **data):
    """A form of the page of review: GET, as after signing in, leads back to the page."""
    return Access(
        f"plans:{name}",
        get=visible(302),
        post=post,
        at=SUBMISSION,
        data=STEP | data,
        object_first=True,
    )


CYCLE: list[Access] = [
    Access(
        "plans:chain",
        get=coordinator(),
        post=coordinator(422),
        at={"office_pk": "office.pk"},
        data={"form-TOTAL_FORMS": "0", "form-INITIAL_FORMS": "0"},
    ),
    Access("plans:queue", get=signed_in(), post=signed_in(302)),
    Access(
        "plans:submit",
        get=writers(),
        post=writers(302),
        at={"pk": "review.draft.pk"},
    ),
    Access(
        "plans:submission", get=visible(), post=NEVER, at=SUBMISSION, object_first=True
    ),
    Access(
        "plans:presence", get=NEVER, post=visible(), at=SUBMISSION, object_first=True
    ),
    posted("judge", coordinator(302), key="=review.change", verdict="accepted"),
    posted("accept_rest", coordinator(302)),
    posted("remark", coordinator(302), key="", text="請補充資料"),
    posted("agree", coordinator(302)),
    # The step decides and is no 會辦.
    posted("comment", coordinator(409), note="無意見"),
    posted("send_back", coordinator(302), note="請補附件"),
    posted("skip", coordinator(302), reason="出缺"),
    posted("withdraw", coordinator(302)),
    Access(
        "plans:approve",
        get=only("chief"),
        post=only("chief", status=302),
        at=FINAL,
        data={"step": "=review.last_step.pk", "on": "114/1/16", "verb": "訂定"},
        object_first=True,
    ),
    Access(
        "plans:close",
        get=coordinator(),
        post=coordinator(302),
        at={"pk": "review.approved.pk"},
    ),
    Access(
        "plans:reopen",
        get=coordinator(),
        post=coordinator(302),
        at={"pk": "review.closed.pk"},
        data={"reason": "漏列一項"},
    ),
]
