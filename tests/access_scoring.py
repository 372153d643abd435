"""Who gets what from 考核; access_matrix.py lists these addresses with the rest."""

from schedule.models import GradeScale
from schedule.scoring.scales import usual_scale_of
from tests.access import NEVER, PLAN, Access, coordinator, only, visible
from tests.factories import make_plan, make_unit
from tests.schedule.scoring.making import (
    make_assessor,
    make_scored_item,
    make_test_round,
)


class Scoring:
    """A plan with an item to score, a round, and an assessor who is nobody else."""

    def __init__(self, office):
        self.plan = make_plan(office, title="考核計畫")
        make_scored_item(self.plan, make_unit(office, name="評分課", label="評"))
        self.member = make_assessor(self.plan)
        self.round = make_test_round(self.plan, self.member)
        self.assessor = self.round.assessors.get()
        self.usual = usual_scale_of(office)
        self.scale = GradeScale.objects.create(office=office, name="自訂")


ROUND = {"pk": "scoring.plan.pk", "round_pk": "scoring.round.pk"}
OFFICE = {"office_pk": "office.pk"}
SCALE = OFFICE | {"scale_pk": "scoring.usual.pk"}
TERMS = {
    "name": "第2次查核",
    "stage": "first",
    "occasion": "regular",
    "opens_on": "114/1/2",
    "closes_on": "114/12/31",
    "scheme": "points",
    "period": "year",
    "version": "1",
}

SCORING: list[Access] = [
    Access("schedule:rounds", get=visible(), post=NEVER, at=PLAN),
    Access(
        "schedule:round_create",
        get=coordinator(),
        post=coordinator(302),
        at=PLAN,
        data=TERMS,
    ),
    Access("schedule:round", get=visible(), post=NEVER, at=ROUND, object_first=True),
    # The assessor is none of these people.
    Access("schedule:scores", get=NEVER, post=only(), at=ROUND, object_first=True),
    Access(
        "schedule:round_edit",
        get=coordinator(),
        post=coordinator(302),
        at=ROUND,
        object_first=True,
        data=TERMS,
    ),
    Access(
        "schedule:round_delete",
        get=NEVER,
        post=coordinator(302),
        at=ROUND,
        object_first=True,
    ),
    Access(
        "schedule:round_close",
        get=NEVER,
        post=coordinator(302),
        at=ROUND,
        object_first=True,
    ),
    Access(
        "schedule:round_reopen",
        get=NEVER,
        post=coordinator(302),
        at=ROUND,
        object_first=True,
        data={"reason": "一項誤植"},
    ),
    Access(
        "schedule:assessors",
        get=coordinator(),
        post=coordinator(302),
        at=ROUND,
        object_first=True,
        data={"member": "=scoring.member.pk"},
    ),
    Access(
        "schedule:assessor_remove",
        get=NEVER,
        post=coordinator(302),
        at=ROUND | {"assessor_pk": "scoring.assessor.pk"},
        object_first=True,
    ),
    Access("schedule:results", get=visible(), post=NEVER, at=ROUND, object_first=True),
    Access(
        "schedule:round_compare",
        get=visible(),
        post=NEVER,
        at=ROUND,
        object_first=True,
    ),
    Access("schedule:grade_scales", get=coordinator(), post=NEVER, at=OFFICE),
    Access(
        "schedule:grade_scale_create",
        get=coordinator(),
        post=coordinator(302),
        at=OFFICE,
        data={"name": "五等第", "grades": "優等 90\n甲等 80"},
    ),
    Access(
        "schedule:grade_scale",
        get=coordinator(),
        post=coordinator(302),
        at=SCALE,
        data={"name": "五等第", "grades": "優等 90\n甲等 80"},
    ),
    Access(
        "schedule:grade_scale_delete",
        get=NEVER,
        post=coordinator(302),
        at=SCALE,
    ),
]
