"""What a plan says: its blocks, the columns and rows of its tables, what was deleted."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from simple_history.models import HistoricalRecords

from offices.models import User

from ..documents.model import ColumnKind, RowKind
from .plan import Plan


class BlockKind(models.TextChoices):
    POINT = "point", "點"
    PARAGRAPH = "paragraph", "文字"
    TABLE = "table", "表格"
    ANNEX = "annex", "附件"


class Block(models.Model):
    """A node of the plan's tree.

    POINT uses level, heading and body; PARAGRAPH body; TABLE heading (caption)
    and body (note below), its cells being columns and rows; ANNEX stands at the
    root after all others and uses label, heading and landscape.
    ``position`` counts from 0 among the children of one parent.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="blocks")
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children"
    )
    position = models.PositiveIntegerField(default=0)
    kind = models.CharField(
        max_length=10, choices=BlockKind.choices, default=BlockKind.POINT
    )
    level = models.PositiveSmallIntegerField(
        default=0, validators=[MaxValueValidator(8)]
    )
    label = models.CharField("附件編號", max_length=20, blank=True)
    heading = models.TextField("標題或條文", blank=True)
    body = models.TextField("內文", blank=True)
    landscape = models.BooleanField("橫印", default=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "段落"
        verbose_name_plural = "段落"
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["plan", "parent", "position"])]

    def __str__(self) -> str:
        return self.heading[:30] or self.body[:30]


class Column(models.Model):
    """A column of a table block; see documents.model.Column."""

    table = models.ForeignKey(Block, models.CASCADE, related_name="columns")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField("欄名", max_length=80, blank=True)
    group = models.CharField("上層欄名", max_length=80, blank=True)
    kind = models.CharField(
        "內容",
        max_length=10,
        choices=[
            (ColumnKind.TEXT.value, "文字"),
            (ColumnKind.NUMBER.value, "項次"),
            (ColumnKind.UNIT.value, "課室"),
            (ColumnKind.PERSON.value, "人員"),
            (ColumnKind.POINTS.value, "配分"),
            (ColumnKind.WEIGHT.value, "權重％"),
            (ColumnKind.MONTH.value, "月份"),
            (ColumnKind.DATE.value, "日期或期間"),
            (ColumnKind.TARGET.value, "目標值"),
            (ColumnKind.MONEY.value, "金額"),
            (ColumnKind.STATUS.value, "狀態"),
            (ColumnKind.NOTE.value, "備註"),
        ],
        default=ColumnKind.TEXT.value,
    )
    width = models.DecimalField(
        "欄寬比例",
        max_digits=5,
        decimal_places=2,
        default=1,
        validators=[MinValueValidator(0.1), MaxValueValidator(100)],
    )
    joins_down = models.BooleanField("向下合併", default=False)
    continues = models.BooleanField("項次跨列接續", default=False)
    vertical = models.BooleanField("直書", default=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "欄"
        verbose_name_plural = "欄"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name or self.group


class Row(models.Model):
    """A row of a table block.

    ``cells`` maps a column's pk (as text) to {"text", "joined", "span", "shaded"};
    only keys that differ from "", false, 1, false are stored.  ``text`` holds one
    line per paragraph, list marks included; they are renumbered when composed.
    """

    table = models.ForeignKey(Block, models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField(default=0)
    kind = models.CharField(
        "列的種類",
        max_length=10,
        choices=[
            (RowKind.DATA.value, "一般列"),
            (RowKind.LEAD.value, "前導列"),
            (RowKind.GROUP.value, "分組列"),
            (RowKind.TOTAL.value, "合計列"),
        ],
        default=RowKind.DATA.value,
    )
    cells: models.JSONField[Any, Any] = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "列"
        verbose_name_plural = "列"
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["table", "position"])]

    def __str__(self) -> str:
        return f"第 {self.position + 1} 列"


class Removed(models.Model):
    """What was deleted, kept so that it can be put back as it was."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="removals")
    label = models.CharField(max_length=80)
    payload: models.JSONField[Any, Any] = models.JSONField()
    removed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    removed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-removed_at", "-pk"]

    def __str__(self) -> str:
        return self.label
