"""When, who exactly and how well: the control table (作業時程管制表) of a plan."""

from .assessment import (
    Assessor,
    Grade,
    GradeScale,
    Round,
    RoundQuerySet,
    Score,
)
from .defects import (
    Defect,
    DefectEntry,
    DefectKind,
    DefectQuerySet,
    DefectTarget,
    DefectTargetQuerySet,
)
from .feed import Feed, FeedQuerySet
from .item import Item, ItemQuerySet, Ownership, OwnershipQuerySet, Share
from .link import Link
from .method import Indicator, Method, MethodQuerySet
from .reporting import (
    Evidence,
    EvidenceQuerySet,
    LightSettings,
    Period,
    Report,
    ReportStatus,
    Standing,
    SupplementRequest,
)
from .schedule import MethodKind, Schedule, kinds_of
from .sheet_import import SheetImport, SheetImportQuerySet

__all__ = [
    "Assessor",
    "Defect",
    "DefectEntry",
    "DefectKind",
    "DefectQuerySet",
    "DefectTarget",
    "DefectTargetQuerySet",
    "Evidence",
    "EvidenceQuerySet",
    "Feed",
    "FeedQuerySet",
    "Grade",
    "GradeScale",
    "Indicator",
    "Item",
    "ItemQuerySet",
    "LightSettings",
    "Link",
    "Method",
    "MethodKind",
    "MethodQuerySet",
    "Ownership",
    "OwnershipQuerySet",
    "Period",
    "Report",
    "ReportStatus",
    "Round",
    "RoundQuerySet",
    "Schedule",
    "Score",
    "Share",
    "SheetImport",
    "SheetImportQuerySet",
    "Standing",
    "SupplementRequest",
    "kinds_of",
]
