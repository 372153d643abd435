"""Who gets what from 沿用去年; access_matrix.py lists these addresses with the rest."""

from plans.carrying import carry_over
from tests.access import NEVER, PLAN, Access, visible, writers
from tests.factories import make_plan, make_point


class Carry:
    """A plan that was carried over, and the key of a part still to be confirmed."""

    def __init__(self, office):
        source = make_plan(office, title="113年度提升服務計畫", year=113)
        make_point(source, "113年度目標")
        self.plan = carry_over(source, office=office, year=114, title="新", by=None)
        self.key = f"b{self.plan.blocks.get().pk}"


CARRIED = {"pk": "carry.plan.pk"}

CARRY: list[Access] = [
    Access("plans:carry", get=writers(), post=writers(422), at=PLAN),
    Access("plans:carried", get=visible(), post=NEVER, at=CARRIED),
    Access(
        "plans:carried_confirm",
        get=NEVER,
        post=writers(302),
        at=CARRIED,
        data={"part": "=carry.key", "key": "=carry.key"},
    ),
    Access("plans:carried_replace", get=NEVER, post=writers(302), at=CARRIED),
    Access("plans:carried_keep", get=NEVER, post=writers(302), at=CARRIED),
]
