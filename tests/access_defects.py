"""Who gets what from the addresses of 查核缺失; access_matrix.py lists them with the rest."""

from tests.access import NEVER, Access, coordinator, visible
from tests.factories import make_plan, make_unit
from tests.schedule.defects.making import DID, answered, keeper_in, opened, released


class Defects:
    """A plan with a defect that one unit answered, one asks to be released from, and one
    is done with."""

    def __init__(self, office):
        by = keeper_in(office)
        units = [make_unit(office, f"第{n}課", f"{n}") for n in "一二三"]
        self.plan = make_plan(office)
        self.defect = opened(self.plan, *units, by=by)
        todo, asked, done = self.defect.targets.all()
        self.todo = answered(todo, by=by)
        self.asked = answered(asked, by=by, asks=True)
        self.done = released(done, by=by)


PLAN = {"pk": "defects.plan.pk"}
DEFECT = PLAN | {"defect_pk": "defects.defect.pk"}


def acted(name, target, **data):
    """A form about one part, for 研考; GET, as after signing in, leads to the page."""
    return Access(
        f"schedule:defect_{name}",
        get=visible(302),
        post=coordinator(302),
        at=PLAN | {"target_pk": f"defects.{target}.pk"},
        data={"version": f"=defects.{target}.version"} | data,
        object_first=True,
    )


DEFECTS: list[Access] = [
    Access("schedule:defects", get=visible(), post=NEVER, at=PLAN),
    # No unit is ticked.
    Access("schedule:defect_create", get=coordinator(), post=coordinator(422), at=PLAN),
    Access("schedule:defect_report", get=visible(), post=NEVER, at=PLAN),
    Access("schedule:defect", get=visible(), post=NEVER, at=DEFECT, object_first=True),
    Access(
        "schedule:defect_edit",
        get=coordinator(),
        post=coordinator(302),
        at=DEFECT,
        data={
            "kind": "advice",
            "title": "改過的名稱",
            "source": "第3季查核，研考",
            "found_on": "114/7/1",
            "version": "=defects.defect.version",
        },
        object_first=True,
    ),
    acted("answer", "todo", text=DID),
    acted("review", "asked", verdict="release", text=""),
    acted("due", "todo", due_on="114/12/1", reason="等候廠商"),
    acted("reopen", "done", due_on="114/12/1", reason="又發生"),
]
