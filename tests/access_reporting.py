"""Who gets what from the addresses of reporting; access_matrix.py lists them with the rest.

承辦人 and 課室主管 of the matrix's people own nothing and belong to no unit: neither is
any row theirs to write, nor to confirm.
"""

from schedule.models import Evidence, SupplementRequest
from tests.access import NEVER, PLAN, Access, coordinator, only, visible
from tests.factories import make_indicator, make_item, make_plan, make_unit
from tests.schedule.reporting.made import (
    make_past_period,
    make_period,
    make_report,
)


class Reporting:
    """A plan with an open and a closed period, a report and its evidence."""

    def __init__(self, office):
        self.plan = make_plan(office)
        self.item = make_item(self.plan, make_unit(office, "填報課", "填"))
        self.indicator = make_indicator(self.item)
        self.share = self.item.shares.get()
        self.other = make_item(self.plan, self.share.unit).shares.get()
        self.period = make_period(self.plan)
        self.past = make_past_period(self.plan)
        self.empty = make_period(self.plan, 5)
        self.report = make_report(self.period, self.share)
        make_report(self.past, self.share)
        self.evidence = self._evidence(report=self.report)
        self.proof = self._evidence(indicator=self.indicator)
        self.supplement = SupplementRequest.objects.create(
            period=self.past, share=self.other, reason="出差"
        )

    def _evidence(self, **of):
        return Evidence.objects.create(
            file="evidence/none.pdf",
            name="紀錄.pdf",
            kind="pdf",
            size=9,
            digest="0" * 64,
            **of,
        )


PERIOD = {"pk": "reporting.plan.pk", "period_pk": "reporting.period.pk"}
PAST = {"pk": "reporting.plan.pk", "period_pk": "reporting.past.pk"}
ROW = PERIOD | {"share_pk": "reporting.share.pk"}
VERSION = {"version": "1"}
# Who reads the evidence of every unit.
ABOVE = ("coordinator", "chief", "superior")


def kept(name, at, **data):
    """A button of 研考."""
    return Access(
        f"schedule:{name}",
        get=NEVER,
        post=coordinator(302),
        at=at,
        data=data,
        object_first=True,
    )


REPORTING: list[Access] = [
    Access("schedule:reporting", get=visible(), post=NEVER, at=PLAN),
    # Nobody here has rows of their own.
    Access(
        "schedule:report_period",
        get=visible(),
        post=only(),
        at=PERIOD,
        object_first=True,
    ),
    Access(
        "schedule:report_matrix",
        get=visible(),
        post=NEVER,
        at=PERIOD,
        object_first=True,
    ),
    Access(
        "schedule:report_row",
        get=visible(),
        post=coordinator(422),
        at=ROW,
        object_first=True,
    ),
    kept("report_confirm", ROW, **VERSION),
    kept("report_return", ROW, **VERSION, reason="請補數字"),
    kept(
        "supplement_ask", PAST | {"share_pk": "reporting.share.pk"}, reason="公文晚到"
    ),
    kept(
        "supplement_decide",
        {
            "pk": "reporting.plan.pk",
            "supplement_pk": "reporting.supplement.pk",
        },
        grant="on",
    ),
    Access(
        "schedule:evidence_add",
        get=NEVER,
        post=coordinator(422),
        at=ROW,
        object_first=True,
    ),
    Access(
        "schedule:evidence",
        # Its file is lost, which is told on the page.
        get=only(*ABOVE, status=302),
        post=NEVER,
        at={"pk": "reporting.plan.pk", "evidence_pk": "reporting.evidence.pk"},
        object_first=True,
    ),
    kept(
        "evidence_delete",
        {"pk": "reporting.plan.pk", "evidence_pk": "reporting.proof.pk"},
    ),
    Access(
        "schedule:item_evidence",
        get=only(*ABOVE),
        post=coordinator(422),
        at={"pk": "reporting.plan.pk", "item_pk": "reporting.item.pk"},
        data={"indicator": "=reporting.indicator.pk"},
        object_first=True,
    ),
    Access("schedule:periods", get=coordinator(), post=coordinator(422), at=PLAN),
    Access(
        "schedule:period",
        get=coordinator(),
        post=coordinator(302),
        at=PERIOD,
        data={"opens": "114/3/1", "due": "114/4/7", "closes": "114/4/10"},
        object_first=True,
    ),
    kept("period_close", PERIOD),
    kept("period_reopen", PAST, until="200/1/1", reason="漏填"),
    kept("period_remind", PERIOD),
    kept(
        "period_delete",
        {"pk": "reporting.plan.pk", "period_pk": "reporting.empty.pk"},
    ),
    Access(
        "schedule:report_settings",
        get=coordinator(),
        post=coordinator(302),
        at={"office_pk": "office.pk"},
        data={
            "ahead": "0",
            "behind": "3",
            "serious": "8",
            "name0": "辦理中",
            "standing0": "running",
        },
    ),
]
