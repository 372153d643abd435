"""「待我審核」: what waits for this person, and several light ones at once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from offices.http import SignedInRequest

from ..reviews.queue import LIGHT, RECENT_DAYS, Queue, agree_together


@require_http_methods(["GET", "HEAD", "POST"])
def review_queue(request: SignedInRequest) -> HttpResponse:
    """A hundred submissions cost as many queries as one."""
    if request.method == "POST":
        return _agreed(request)
    context = {"queue": Queue(request.user), "light": LIGHT, "days": RECENT_DAYS}
    return render(request, "plans/review/queue.html", context)


def _agreed(request: SignedInRequest) -> HttpResponse:
    result = agree_together(request.user, request.POST.getlist("steps"))
    if result.agreed:
        messages.success(request, f"已同意 {'、'.join(result.agreed)}。")
    for words in result.refused:
        messages.warning(request, words)
    if not result.agreed and not result.refused:
        messages.warning(request, "沒有可以一起同意的送核；請先勾選。")
    return redirect("plans:queue")
