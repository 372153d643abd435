"""研考 keep their office's chain of review."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from offices.http import SignedInRequest
from offices.models import Office, Role
from offices.permissions import require_management

from ..chain import chain_of, replace_chain
from ..forms.chain import chain_formset
from ..permissions import ACT_WORDS, PERMISSIONS


@require_http_methods(["GET", "HEAD", "POST"])
def chain_edit(request: SignedInRequest, office_pk: int) -> HttpResponse:
    """All steps on one page; submissions under way keep the steps they began with."""
    office = get_object_or_404(Office.objects.visible_to(request.user), pk=office_pk)
    require_management(request.user, office)
    data = request.POST if request.method == "POST" else None
    formset = chain_formset(office, chain_of(office), data)
    if data is not None and formset.is_valid():
        replace_chain(office, formset.steps(), by=request.user)
        messages.success(request, "審核步驟已儲存，下一次送核開始適用。")
        return redirect(office)
    context = {"office": office, "formset": formset, "permissions": permission_rows()}
    status = 422 if data is not None else 200
    return render(request, "plans/chain.html", context, status=status)


def permission_rows() -> list[tuple[str, list[tuple[str, str]]]]:
    """Each act with the states in which it is allowed, and the roles that may do it."""
    return [
        (
            ACT_WORDS[act],
            [
                (state.label, "、".join(role.label for role in Role if role in roles))
                for state, roles in states.items()
            ],
        )
        for act, states in PERMISSIONS.items()
    ]
