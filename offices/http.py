"""What a guarded view may rely on."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from .models import User


class SignedInRequest(HttpRequest):
    """A request that LoginRequiredMiddleware let through."""

    user: User
    htmx: HtmxDetails
