"""The points of an item's shares alone, as the grid's drawer saves them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms

from ..models import Item, Share
from .fields import NumberField
from .items import MOST_POINTS
from .marking import mark_mistakes


class PointsForm(forms.Form):
    """A field for each share; ``version`` guards against a lost update."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self, *args: Any, item: Item, shares: Iterable[Share], **kwargs: Any
    ) -> None:
        self.shares = {f"share-{share.pk}": share for share in shares}
        standing = {name: share.points for name, share in self.shares.items()}
        kwargs["initial"] = {"version": item.version} | standing
        # The page around the drawer has forms, and fields called version, of its own.
        kwargs["auto_id"] = "points_%s"
        super().__init__(*args, **kwargs)
        for name, share in self.shares.items():
            field = NumberField(
                label=share.unit.name, most=MOST_POINTS, places=2, unit="配分"
            )
            field.widget.attrs["class"] = "form-control"
            self.fields[name] = field
        mark_mistakes(self)

    def points(self) -> dict[int, Decimal | None]:
        """The points by the key of the share."""
        return {share.pk: self.cleaned_data[n] for n, share in self.shares.items()}
