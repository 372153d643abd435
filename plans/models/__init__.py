"""What: plans, their blocks, and the drafts and exports on either side of them."""

from .block import Block, BlockKind, Column, Removed, Row
from .draft import DRAFT_DAYS, Draft, DraftQuerySet
from .export import Export, ExportQuerySet
from .plan import Plan, PlanQuerySet, Revision

__all__ = [
    "DRAFT_DAYS",
    "Block",
    "BlockKind",
    "Column",
    "Draft",
    "DraftQuerySet",
    "Export",
    "ExportQuerySet",
    "Plan",
    "PlanQuerySet",
    "Removed",
    "Revision",
    "Row",
]
