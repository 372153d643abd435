"""Which part of the plan's text an item carries out."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from plans.models import Block, Row

from .item import Item


class Link(models.Model):
    """A point or a table row of the plan that an item carries out: one of the two."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="links")
    block = models.ForeignKey(
        Block, models.CASCADE, null=True, related_name="item_links"
    )
    row = models.ForeignKey(Row, models.CASCADE, null=True, related_name="item_links")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(block=None, row__isnull=False)
                | Q(row=None, block__isnull=False),
                name="link_is_one",
            ),
            models.UniqueConstraint(fields=["item", "block"], name="block_link_once"),
            models.UniqueConstraint(fields=["item", "row"], name="row_link_once"),
        ]

    def __str__(self) -> str:
        return f"{self.item} → {self.block or self.row}"
