"""The score sheet: shown by unit or by item, saved cell by cell or as a whole."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from offices.http import SignedInRequest

from ..forms.scores import Said, ScoresForm
from ..pages.score_sheet import Reader, chosen, sheet_page, sums_of
from ..scoring.book import Book, Judge, read_book
from ..scoring.pairing import earlier_marks
from ..scoring.roles import can_keep_rounds, seat, seats_of, sees_others
from ..scoring.rounds import RefusedRound
from ..scoring.scores import Outcome, cells_of, save_scores, why_shut
from .finding_rounds import readable_round


@require_safe
def sheet(request: SignedInRequest, pk: int, round_pk: int) -> HttpResponse:
    """One's own scores to give; others see what is scored, and scores when it closed."""
    book = read_book(readable_round(request, pk, round_pk))
    return _sheet_page(request, book, request.GET, {})


@require_POST
def scores_save(request: SignedInRequest, pk: int, round_pk: int) -> HttpResponse:
    """One cell from htmx, or the whole form without JavaScript."""
    book = read_book(readable_round(request, pk, round_pk))
    judge = seat(seats_of(request.user, book), request.POST.get("assessor", ""))
    if judge is None:
        raise PermissionDenied
    form = ScoresForm(request.POST, cells_of(book, judge))
    try:
        outcome = save_scores(book, judge, form.typed, by=request.user)
    except RefusedRound as refused:
        return _answer(request, book, judge, form, Outcome(), str(refused))
    return _answer(request, book, judge, form, outcome)


def _answer(
    request: SignedInRequest,
    book: Book,
    judge: Judge,
    form: ScoresForm,
    outcome: Outcome,
    refusal: str = "",
) -> HttpResponse:
    said = form.said(outcome.stale, refusal)
    if request.htmx:
        return _cells(request, book, judge, form, outcome, said)
    if said or refusal:
        status = 409 if outcome.stale else 422
        if refusal:
            messages.error(request, refusal)
        renewed = read_book(book.round)
        return _sheet_page(request, renewed, request.POST, said, status)
    messages.success(request, f"已儲存 {len(outcome.saved)} 格評分。")
    query = {
        name: request.POST[name] for name in ("unit", "item") if name in request.POST
    }
    address = reverse("schedule:round", args=[book.round.plan_id, book.round.pk])
    return redirect(f"{address}?{_encoded(query)}")


def _encoded(query: dict[str, str]) -> str:
    sent = QueryDict(mutable=True)
    sent.update(query)
    return sent.urlencode()


def _cells(
    request: SignedInRequest,
    book: Book,
    judge: Judge,
    form: ScoresForm,
    outcome: Outcome,
    said: dict[str, Said],
) -> HttpResponse:
    """Out-of-band parts alone: what is typed in the fields meanwhile stays."""
    marks = dict(book.marks_of(judge))
    for cell, given in outcome.saved.items():
        marks.pop(cell, None)
        if given.value is not None:
            marks[cell] = given.value
    reader = _reader(request, book, judge)
    shown = chosen(
        book, reader, request.POST.get("unit", ""), request.POST.get("item", "")
    )
    context = {
        "saved": outcome.saved,
        "said": said,
        "sums": sums_of(book, marks, shown, form.cells),
    }
    status = 409 if outcome.stale else 422 if said else 200
    return render(request, "schedule/scoring/_answer.html", context, status=status)


def _reader(request: SignedInRequest, book: Book, judge: Judge | None) -> Reader:
    others = sees_others(request.user, book, [judge] if judge else [])
    return Reader(judge, others, judge is not None and not why_shut(book.round))


def _sheet_page(
    request: SignedInRequest,
    book: Book,
    asked: QueryDict,
    said: dict[str, Said],
    status: int = 200,
) -> HttpResponse:
    seats = seats_of(request.user, book)
    judge = seat(seats, asked.get("assessor", ""))
    reader = _reader(request, book, judge)
    shown = chosen(book, reader, asked.get("unit", ""), asked.get("item", ""))
    context = {
        "plan": book.round.plan,
        "office": book.round.plan.office,
        "section": "rounds",
        "round": book.round,
        "missing": sum(one.result.missing for one in book.standings()),
        "seats": seats,
        "seat": judge,
        "shut": why_shut(book.round),
        "may_score": reader.may_score,
        "keeps_rounds": can_keep_rounds(request.user, book.round.plan),
        "progress": [(one, *book.progress(one)) for one in book.judges],
        "sheet": sheet_page(book, reader, shown, earlier_marks(book), said),
    }
    return render(request, "schedule/scoring/sheet.html", context, status=status)
