"""我的項目: the signed-in person's own items of all plans, and what is overdue."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from offices.http import SignedInRequest

from ..forms.overviews import MyItemsForm
from ..pages.defects import overdue_for
from ..pages.my_items import my_items


@require_safe
def my_items_page(request: SignedInRequest) -> HttpResponse:
    """Month and words stand in the address."""
    form = MyItemsForm(request.GET)
    wanted = form.wanted()
    today = timezone.localdate()
    context = {
        "form": form,
        "plans": my_items(request.user, today, **wanted),
        "overdue": overdue_for(request.user, today),
        "searching": any(wanted.values()),
    }
    return render(request, "schedule/my_items.html", context)
