"""What: plans, their blocks, and the drafts and exports on either side of them."""

from .approval import AmendmentNote, Approval, ApprovalQuerySet
from .block import Block, BlockKind, Column, Removed, Row
from .carried import Carried, Settled
from .draft import DRAFT_DAYS, Draft, DraftQuerySet
from .export import Export, ExportQuerySet
from .plan import Frozen, Plan, PlanQuerySet, Revision, State
from .proof import Dismissal, GradeSetting
from .review import (
    ChainStep,
    Judgement,
    Presence,
    Remark,
    Submission,
    SubmissionQuerySet,
    SubmissionStep,
)

__all__ = [
    "DRAFT_DAYS",
    "AmendmentNote",
    "Approval",
    "ApprovalQuerySet",
    "Block",
    "BlockKind",
    "Carried",
    "ChainStep",
    "Column",
    "Dismissal",
    "Draft",
    "DraftQuerySet",
    "Export",
    "ExportQuerySet",
    "Frozen",
    "GradeSetting",
    "Judgement",
    "Plan",
    "PlanQuerySet",
    "Presence",
    "Remark",
    "Removed",
    "Revision",
    "Row",
    "Settled",
    "State",
    "Submission",
    "SubmissionQuerySet",
    "SubmissionStep",
]
