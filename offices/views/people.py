"""What 研考 keep of their office: the members and those who act for them."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from offices.forms.people import DeputyForm, MemberCreateForm, MemberEditForm
from offices.http import SignedInRequest
from offices.members import (
    LastCoordinator,
    add_member,
    deactivate_member,
    end_deputy,
    reactivate_member,
    set_deputy,
    update_member,
)
from offices.models import Deputy, Member, MemberQuerySet, Office, User
from offices.passwords import issue_one_time_password
from offices.permissions import can_manage_account, require_management


def members_of(user: User) -> MemberQuerySet:
    return Member.objects.visible_to(user).select_related("user", "office")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def member_create(request: SignedInRequest, office_pk: int) -> HttpResponse:
    """A new account's one-time password stands in the answer, and nowhere else."""
    office = get_object_or_404(Office.objects.visible_to(request.user), pk=office_pk)
    require_management(request.user, office)
    form = MemberCreateForm(office, request.POST if request.method == "POST" else None)
    with office.locked():
        if form.is_valid():
            joined = add_member(office, **form.cleaned_data, by=request.user)
            if joined.password:
                return one_time_password(request, joined.member, joined.password)
            messages.success(request, f"已新增成員「{joined.member}」，沿用原有帳號。")
            return redirect(office)
    context = {"office": office, "form": form, "heading": "新增成員"}
    return render(request, "offices/form.html", context)


def one_time_password(
    request: SignedInRequest, member: Member, password: str
) -> HttpResponse:
    """Rendered at once and not stored, so that it can be read a single time."""
    context = {"office": member.office, "member": member, "password": password}
    return render(request, "offices/one_time_password.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def member_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    member = get_object_or_404(members_of(request.user), pk=pk)
    require_management(request.user, member.office)
    manages_account = can_manage_account(request.user, member)
    data = request.POST if request.method == "POST" else None
    form = MemberEditForm(member, data, name_locked=not manages_account)
    if form.is_valid():
        try:
            update_member(member, **form.cleaned_data, by=request.user)
        except LastCoordinator as refusal:
            form.add_error("roles", refusal.message)
        else:
            messages.success(request, f"已儲存成員「{member}」。")
            return redirect(member.office)
    context = {
        "office": member.office,
        "member": member,
        "form": form,
        "manages_account": manages_account,
    }
    return render(request, "offices/member_edit.html", context)


@require_POST
def member_deactivate(request: SignedInRequest, pk: int) -> HttpResponse:
    member = get_object_or_404(members_of(request.user), pk=pk)
    require_management(request.user, member.office)
    try:
        deactivate_member(member, by=request.user)
    except LastCoordinator as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, f"已停用成員「{member}」。")
    return redirect(member.office)


@require_POST
def member_reactivate(request: SignedInRequest, pk: int) -> HttpResponse:
    member = get_object_or_404(members_of(request.user), pk=pk)
    require_management(request.user, member.office)
    reactivate_member(member, by=request.user)
    messages.success(request, f"已恢復成員「{member}」。")
    return redirect(member.office)


@never_cache
@require_POST
def member_reset_password(request: SignedInRequest, pk: int) -> HttpResponse:
    member = get_object_or_404(members_of(request.user), pk=pk)
    require_management(request.user, member.office)
    if not can_manage_account(request.user, member):
        raise PermissionDenied
    password = issue_one_time_password(member.user, by=request.user)
    return one_time_password(request, member, password)


@require_http_methods(["GET", "HEAD", "POST"])
def deputy_create(request: SignedInRequest, office_pk: int) -> HttpResponse:
    office = get_object_or_404(Office.objects.visible_to(request.user), pk=office_pk)
    require_management(request.user, office)
    form = DeputyForm(office, request.POST if request.method == "POST" else None)
    if form.is_valid():
        set_deputy(form.instance, by=request.user)
        messages.success(request, f"已新增職務代理：{form.instance}。")
        return redirect(office)
    context = {"office": office, "form": form, "heading": "新增職務代理"}
    return render(request, "offices/form.html", context)


@require_POST
def deputy_end(request: SignedInRequest, pk: int) -> HttpResponse:
    deputy = get_object_or_404(
        Deputy.objects.visible_to(request.user).select_related("member__office"), pk=pk
    )
    office = deputy.member.office
    require_management(request.user, office)
    if end_deputy(deputy, by=request.user):
        messages.success(request, "尚未開始的職務代理已取消。")
    else:
        messages.success(request, "職務代理到今天為止。")
    return redirect(office)
