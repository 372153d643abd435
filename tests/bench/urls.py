"""Every address of the system, and three hello-world views beside them."""

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


urlpatterns = [
    path("hello/", hello),
    path("hello-post/", hello_post),
    path("", include("config.urls")),
]
