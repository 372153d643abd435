"""Every address of the system, and the least that a page or a change can cost."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from plans.models import Row


@login_not_required
def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello, world")


def hello_post(request: HttpRequest) -> HttpResponse:
    """Signed in, CSRF-checked, one row written: the least an edit can cost."""
    Row.objects.filter(pk=int(request.POST["row"])).update(kind="data")
    return HttpResponse("hello, world")


@cache
def grid_html() -> bytes:
    return Path(settings.DATA_DIR, "grid.html").read_bytes()


def constant_grid(request: HttpRequest) -> HttpResponse:
    """Signed in, the grid page's own HTML, but nothing read or rendered for it."""
    return HttpResponse(grid_html())


urlpatterns = [
    path("constant-grid/", constant_grid),
    path("hello/", hello),
    path("hello-post/", hello_post),
    path("", include("config.urls")),
]
