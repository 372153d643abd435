"""Signing in and out, one's own password, and the guide to the site."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from offices.forms.accounts import PasswordForm, SignInForm
from offices.http import SignedInRequest
from offices.passwords import change_password

# Django's own views: they know how to rotate a session and which "next" is safe.
sign_in = LoginView.as_view(
    template_name="offices/sign_in.html",
    authentication_form=SignInForm,
    redirect_authenticated_user=True,
)
sign_out = LogoutView.as_view()


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: SignedInRequest) -> HttpResponse:
    """Change one's own password; this session goes on, the others end."""
    form = PasswordForm(
        request.user, request.POST if request.method == "POST" else None
    )
    if form.is_valid():
        change_password(request.user, new=form.cleaned_data["new"])
        update_session_auth_hash(request, request.user)
        messages.success(request, "密碼已變更；其他裝置上的登入都已結束。")
        return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "offices/password.html", {"form": form})


@login_not_required
@require_safe
def site_help(request: HttpRequest) -> HttpResponse:
    """網站導覽: the pages and the keys; open to everyone."""
    return render(request, "offices/help.html")
