"""What a browser sends to the pages of a plan."""

from django.urls import reverse

HTMX = {"HX-Request": "true"}


def at(name, plan, *args):
    """The address of a page of ``plan``."""
    return reverse(f"plans:{name}", args=[plan.pk, *args])


def typed(block, **texts):
    """What the form of ``block`` sends, ``texts`` having been changed."""
    texts.setdefault("heading", block.heading)
    texts.setdefault("body", block.body)
    return {"version": block.version, **texts}
