"""What a closed round came to, alone and beside another round."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from offices.http import SignedInRequest

from ..assessment.paper import ROUNDING_NOTE
from ..models import Round
from ..pages.score_results import comparison, results_page
from ..scoring.book import read_book
from ..scoring.roles import can_keep_rounds
from .finding_rounds import readable_round


@require_safe
def round_results(request: SignedInRequest, pk: int, round_pk: int) -> HttpResponse:
    """For everyone who reads the plan, once the round has closed."""
    found = readable_round(request, pk, round_pk)
    context = {
        **_context(request, found),
        "results": results_page(read_book(found)) if found.is_closed else None,
    }
    return render(request, "schedule/scoring/results.html", context)


@require_safe
def round_compare(request: SignedInRequest, pk: int, round_pk: int) -> HttpResponse:
    """Beside any other closed round of the same office; its earlier one first."""
    found = readable_round(request, pk, round_pk)
    others = list(_others(found)) if found.is_closed else []
    before = _chosen(others, request.GET.get("with", ""), found.earlier_id)
    context = {
        **_context(request, found),
        "others": others,
        "before": before,
        "comparison": (
            comparison(read_book(before), read_book(found)) if before else None
        ),
    }
    return render(request, "schedule/scoring/compare.html", context)


def _others(round_: Round) -> list[Round]:
    """Whoever reads the plan reads all plans of its office."""
    rounds = Round.objects.filter(plan__office=round_.plan.office_id).closed()
    found = rounds.exclude(pk=round_.pk).select_related("plan__office", "scale")
    return list(found.order_by("-plan__year", "-opens_on", "-pk"))


def _chosen(others: list[Round], wanted: str, earlier: int | None) -> Round | None:
    for key in (wanted, str(earlier)):
        for one in others:
            if str(one.pk) == key:
                return one
    return others[0] if others else None


def _context(request: SignedInRequest, round_: Round) -> dict[str, object]:
    return {
        "plan": round_.plan,
        "office": round_.plan.office,
        "section": "rounds",
        "keeps_rounds": can_keep_rounds(request.user, round_.plan),
        "round": round_,
        "rounding_note": ROUNDING_NOTE,
    }
