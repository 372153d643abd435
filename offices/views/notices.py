"""One's own notices: reading them, and where they are mailed."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from offices.forms.notices import MailForm
from offices.http import SignedInRequest
from offices.models import Notice, User

NOTICES_A_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def notice_list(request: SignedInRequest) -> HttpResponse:
    """The latest first; POST stores one's mail address."""
    person = User.objects.get(pk=request.user.pk)
    data = request.POST if request.method == "POST" else None
    form = MailForm(data, instance=person)
    if form.is_valid():
        form.save()
        messages.success(request, "通知信箱已儲存。")
        return redirect("offices:notices")
    notices = Notice.objects.visible_to(request.user).select_related("office")
    page = Paginator(notices, NOTICES_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "offices/notices.html", context, status=status)


@require_POST
def notice_open(request: SignedInRequest, pk: int) -> HttpResponse:
    """Read, and on to what it is about."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    if notice.read_at is None:
        notice.read_at = timezone.now()
        notice.save(update_fields=["read_at"])
    return redirect(notice.url)


@require_POST
def notices_read(request: SignedInRequest) -> HttpResponse:
    """All at once."""
    unread = Notice.objects.visible_to(request.user).unread()
    count = unread.update(read_at=timezone.now())
    messages.success(request, f"已將 {count} 則通知標為已讀。")
    return redirect("offices:notices")
