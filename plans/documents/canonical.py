"""Canonical JSON of a Document: the same value always gives the same bytes."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, is_dataclass
from enum import StrEnum
from typing import Any

from . import model

_KINDS = {
    cls.__name__: cls
    for cls in (
        model.Annex,
        model.Cell,
        model.Column,
        model.Cover,
        model.Document,
        model.Line,
        model.NumberingStyle,
        model.Paragraph,
        model.Point,
        model.RevisionLine,
        model.Row,
        model.Table,
    )
}
_ENUMS = {
    "brackets": model.Brackets,
    "tens": model.Tens,
    "digit_mark": model.DigitMark,
    "Row.kind": model.RowKind,
    "Column.kind": model.ColumnKind,
}
# Left out where they are empty: documents from before they were known, and their
# digests, stay as they are.
_LATER = {"underlined"}


def to_json(document: model.Document) -> bytes:
    """UTF-8 JSON with sorted keys and no blanks; readable back by from_json."""
    return json.dumps(
        _plain(document), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode()


def from_json(data: bytes) -> model.Document:
    """Raises ValueError where ``data`` is not the JSON of a Document."""
    try:
        value = _value(json.loads(data))
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError("not a document") from error
    if not isinstance(value, model.Document):
        raise ValueError("not a document")
    return value


def digest(document: model.Document) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal."""
    return hashlib.sha256(to_json(document)).hexdigest()


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        named = {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
        kept = {k: v for k, v in named.items() if v or k not in _LATER}
        return {"type": type(value).__name__, **kept}
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def _value(plain: Any) -> Any:
    if isinstance(plain, list):
        return tuple(_value(item) for item in plain)
    if not isinstance(plain, dict):
        return plain
    name = plain["type"]
    named = {k: _value(v) for k, v in plain.items() if k != "type"}
    for key in named:
        enum = _ENUMS.get(f"{name}.{key}") or _ENUMS.get(key)
        if enum:
            named[key] = enum(named[key])
    return _KINDS[name](**named)
