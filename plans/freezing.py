"""Documents kept as canonical JSON with the digest that proves them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from .documents.canonical import from_json, to_json
from .documents.model import Document
from .models import Approval, Submission

ALTERED = "留存的內容和當時的雜湊不符，已被更動；不能當作核定的版本列印或比較。"


class Altered(Exception):
    """What is stored is not what was frozen: it is shown as broken, never as official."""

    def __init__(self) -> None:
        super().__init__(ALTERED)


@dataclass(frozen=True, slots=True)
class FrozenContent:
    """Canonical JSON as text, and its SHA-256 in hexadecimal."""

    content: str
    digest: str


def freeze(document: Document) -> FrozenContent:
    """Linear in the size of the document."""
    data = to_json(document)
    return FrozenContent(data.decode(), hashlib.sha256(data).hexdigest())


def is_intact(frozen: Approval | Submission) -> bool:
    """Whether the stored text still has the digest it was frozen with."""
    found = hashlib.sha256(frozen.content.encode()).hexdigest()
    return found == frozen.digest


def document_of(frozen: Approval | Submission) -> Document:
    """What was frozen.  Raises Altered where the stored text is another."""
    if not is_intact(frozen):
        raise Altered
    return read_document(frozen.content)


def read_document(content: str) -> Document:
    """From canonical JSON as it is stored.  Raises Altered where it is none."""
    try:
        return from_json(content.encode())
    except ValueError as error:
        raise Altered from error
