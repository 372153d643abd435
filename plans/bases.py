"""What a submission is compared with: the last approved version, else last year's plan,
else nothing yet."""

from __future__ import annotations

from dataclasses import dataclass

from .documents.canonical import to_json
from .documents.model import Document
from .freezing import Altered, document_of, read_document
from .models import Approval, Plan, Submission
from .versions import last_year


@dataclass(frozen=True, slots=True)
class Base:
    """``content`` is the canonical JSON of a base that is no approval of the plan."""

    document: Document
    approval: Approval | None = None
    content: str = ""


def base_of(plan: Plan) -> Base:
    """The last version that is intact, else what the plan was carried over from, or an
    empty text: then everything is new."""
    for approval in plan.approvals.all()[:1]:
        try:
            return Base(document_of(approval), approval)
        except Altered:
            break
    empty = Document(plan.office.name, plan.year, plan.title)
    document = last_year(plan) or empty
    return Base(document, content=to_json(document).decode())


def stored_base(submission: Submission) -> Document:
    """What the submission was compared with when it was made.

    Raises Altered where that version was changed since, or is gone.
    """
    if submission.base is not None:
        return document_of(submission.base)
    return read_document(submission.base_content)
