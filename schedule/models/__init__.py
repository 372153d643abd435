"""When, who exactly and how well: the control table (作業時程管制表) of a plan."""

from .feed import Feed, FeedQuerySet
from .item import Item, ItemQuerySet, Ownership, OwnershipQuerySet, Share
from .link import Link
from .method import Indicator, Method, MethodQuerySet
from .schedule import MethodKind, Schedule, kinds_of
from .sheet_import import SheetImport, SheetImportQuerySet

__all__ = [
    "Feed",
    "FeedQuerySet",
    "Indicator",
    "Item",
    "ItemQuerySet",
    "Link",
    "Method",
    "MethodKind",
    "MethodQuerySet",
    "Ownership",
    "OwnershipQuerySet",
    "Schedule",
    "Share",
    "SheetImport",
    "SheetImportQuerySet",
    "kinds_of",
]
