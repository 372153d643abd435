"""The sample office shows a defect in every state, whatever the day."""

import pytest
from django.utils import timezone

from offices.models import Office
from plans.models import Plan
from plans.samples.loading import load_samples
from schedule.defects.papers import Asked, entry_of, report_of
from schedule.defects.quarters import Quarter
from schedule.defects.rounds import tracked
from schedule.models import Defect, DefectTarget
from tests.schedule.defects.test_report import table_of


@pytest.mark.django_db
def test_five_defects_in_all_states_with_one_overdue():
    load_samples()
    day = timezone.localdate()

    plan = Plan.objects.get(office=Office.objects.get(code="MS11"))
    assert Defect.objects.filter(plan=plan).count() == Defect.objects.count() == 5
    states = set(DefectTarget.objects.values_list("state", flat=True))
    assert states == {"todo", "asked", "released"}
    assert DefectTarget.objects.overdue_on(day).count() == 1
    assert not plan.defects.filter(item=None).exists()
    for target in DefectTarget.objects.prefetch_related("entries"):
        entries = [
            entry_of(one, target.defect.found_on) for one in target.entries.all()
        ]
        reached = tracked(entries, day)
        assert reached
        assert (target.state, target.due_on) == (reached.state.value, reached.due_on)
    report = report_of(plan, Asked(Quarter.of(day)))
    assert "逾期未解列 1 件" in table_of(report).note
