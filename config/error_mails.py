"""What a mail about an error may tell the administrators."""

from __future__ import annotations

from django.http import HttpRequest, QueryDict
from django.views.debug import SafeExceptionReporterFilter


class WithoutTypedText(SafeExceptionReporterFilter):
    """Names every field of the form, but none of its texts.

    A plan's text holds names of people, and mail travels open.
    """

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, str]:
        """The fields that were sent, each with stars for its text."""
        sent = request.POST if request else QueryDict()
        return dict.fromkeys(sent, self.cleansed_substitute)
