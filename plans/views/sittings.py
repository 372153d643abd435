"""編修歷程: who worked on the plan when, and what each sitting changed."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from offices.http import SignedInRequest

from ..sittings import Sitting, people_of, saved_in, sittings, tell
from .outline import readable_plan

SITTINGS_A_PAGE = 15
ROWS_A_SITTING = 30
# Of one sitting opened alone; an import is one with thousands.
MOST_ROWS = 500
NOBODY = "系統（指令或匯入）"


@require_safe
def sitting_list(request: SignedInRequest, pk: int) -> HttpResponse:
    """The sittings of everybody or of one person; or one of them alone, with all of it."""
    plan = readable_plan(request, pk)
    saved = saved_in(plan)
    found = sittings(saved)
    people = people_of(found)
    for sitting in found:
        sitting.person = people.get(sitting.user or 0, NOBODY)
    person = request.GET.get("person", "")
    alone = request.GET.get("sitting", "")
    chosen = _chosen(found, person, alone)
    page = Paginator(chosen, SITTINGS_A_PAGE).get_page(request.GET.get("page"))
    sat = list(page)
    most = MOST_ROWS if alone else ROWS_A_SITTING
    context = {
        "plan": plan,
        "office": plan.office,
        "sittings": list(zip(sat, tell(plan, sat, saved, most=most), strict=True)),
        "page": page,
        "people": sorted(people.items(), key=lambda one: one[1]),
        "person": person,
        "alone": alone,
    }
    return render(request, "plans/versions/sittings.html", context)


def _chosen(found: list[Sitting], person: str, alone: str) -> Sequence[Sitting]:
    """404 for a sitting that is none; a person who is none sat nowhere."""
    if alone:
        one = next((sitting for sitting in found if sitting.key == alone), None)
        if one is None:
            raise Http404
        return [one]
    if not person:
        return found
    return [sitting for sitting in found if str(sitting.user) == person]
