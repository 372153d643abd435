"""An office's own scales of grades."""

from __future__ import annotations

from django.db import transaction

from offices.models import Office

from ..assessment.grades import USUAL_SCALE, Scale
from ..models import Grade, GradeScale

USUAL_NAME = "優甲乙丙"


@transaction.atomic
def save_scale(target: GradeScale, *, name: str, scale: Scale) -> GradeScale:
    """Store name and grades; closed rounds keep the grades they closed with."""
    target.name = name
    target.save()
    target.grades.all().delete()
    Grade.objects.bulk_create(
        Grade(scale=target, name=step.name, at_least=step.at_least)
        for step in scale.steps
    )
    return target


def usual_scale_of(office: Office) -> GradeScale:
    """The office's first scale; 優甲乙丙 is made where it has none."""
    found = office.grade_scales.first()
    if found is None:
        made = GradeScale(office=office)
        found = save_scale(made, name=USUAL_NAME, scale=USUAL_SCALE)
    return found
