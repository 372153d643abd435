"""The texts of a node as printed, each under its field and Chinese label."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ..cells import mark_lines, write_lines
from ..model import (
    Brackets,
    Cell,
    ColumnKind,
    Cover,
    DigitMark,
    NumberingStyle,
    RevisionLine,
    RowKind,
)
from ..numbering import to_formal
from ..revisions import revision_text
from .model import Field, NodeKind
from .tree import Node

JOINED = "〔同上列〕"
SHADED = "●"

_ROW_KINDS = {
    RowKind.DATA: "一般列",
    RowKind.LEAD: "前導列",
    RowKind.GROUP: "分組列",
    RowKind.TOTAL: "合計列",
}
_COLUMN_KINDS = {
    ColumnKind.TEXT: "文字",
    ColumnKind.NUMBER: "項次",
    ColumnKind.UNIT: "課室",
    ColumnKind.PERSON: "人員",
    ColumnKind.POINTS: "配分",
    ColumnKind.WEIGHT: "權重％",
    ColumnKind.MONTH: "月份",
    ColumnKind.DATE: "日期或期間",
    ColumnKind.TARGET: "目標值",
    ColumnKind.MONEY: "金額",
    ColumnKind.STATUS: "狀態",
    ColumnKind.NOTE: "備註",
}


# Field, label, text; raw, with its cross references as ids.
Text = tuple[str, str, str]


def texts(node: Node) -> Iterator[Text]:
    """The words of a node, empty ones included; of a row see cell_words."""
    values = node.values
    for name, label in _TEXTS.get(node.ref[0], {}).items():
        yield name, label, values[name]
    if node.ref[0] is NodeKind.HEAD:
        cover = values["cover"] or Cover("")
        yield "cover_title", "封面名稱", _unless(cover.title, values["title"])
        yield "cover_date", "封面日期", cover.date
    if node.ref[0] is NodeKind.REVISION:
        yield "line", "修訂紀錄", revision_text(RevisionLine(**_named(values)))


def settings(node: Node) -> Iterator[Text]:
    """What else can be seen of a node, in words; the level of a point apart."""
    for name, (label, words) in _SETTINGS.get(node.ref[0], {}).items():
        yield name, label, words(node.values[name])


def is_setting(kind: NodeKind, field: str) -> bool:
    """Whether a field is no text of the plan, but says how it is laid out."""
    return field == "level" or field in _SETTINGS.get(kind, {})


def cell_words(cell: Cell, column: Node, row: Node, style: NumberingStyle) -> str:
    """What a cell prints, one line a paragraph; "" for an item number."""
    if cell.joined:
        return JOINED
    text = write_lines(mark_lines(cell.lines, style))
    if _is_item_number(text, column, row):
        return ""
    return SHADED if cell.shaded and not text else text


def cell_print(cell: Cell, column: Node, row: Node, style: NumberingStyle) -> str:
    """As cell_words, with what is seen of a cell beside its words."""
    shaded = "〔網底〕" if cell.shaded else ""
    span = f"〔跨{cell.span}欄〕" if cell.span > 1 else ""
    return cell_words(cell, column, row, style) + shaded + span


def column_name(column: Node, place: str) -> str:
    """What a column is called: its name, its upper head, or its ``place``."""
    return column.values["name"] or column.values["group"] or place


def _is_item_number(text: str, column: Node, row: Node) -> bool:
    typed = text.strip().rstrip(".、")
    return (
        column.values["kind"] is ColumnKind.NUMBER
        and row.values["kind"] is RowKind.DATA
        and (not typed or typed.isdigit())
    )


def _named(values: dict[Field, Any]) -> dict[str, Any]:
    return {name: v for name, v in values.items() if isinstance(name, str)}


def _unless(text: str, other: str) -> str:
    return "" if text == other else text


def _yes_no(value: bool) -> str:
    return "是" if value else "否"


def _style_words(style: NumberingStyle) -> str:
    bracket = "（一）" if style.brackets is Brackets.FULL else "(一)"
    digit = "1、" if style.digit_mark is DigitMark.COMMA else "1."
    return f"{bracket}　{to_formal(11, style.tens)}　{digit}"


_TEXTS: dict[NodeKind, dict[str, str]] = {
    NodeKind.HEAD: {
        "office": "機關",
        "title": "計畫名稱",
        "running_head": "頁首文字",
    },
    NodeKind.POINT: {"heading": "標題或條文", "body": "內文"},
    NodeKind.PARAGRAPH: {"text": "文字"},
    NodeKind.TABLE: {"title": "表名", "note": "表後說明"},
    NodeKind.COLUMN: {"group": "上層欄名", "name": "欄名"},
    NodeKind.ANNEX: {"label": "附件編號", "title": "附件名稱"},
}
_SETTINGS: dict[NodeKind, dict[str, tuple[str, Callable[[Any], str]]]] = {
    NodeKind.HEAD: {
        "year": ("年度", str),
        "style": ("編號樣式", _style_words),
        "cover": ("印封面", lambda cover: _yes_no(cover is not None)),
        "body_size": ("內文字級", "{:g}點".format),
    },
    NodeKind.ANNEX: {"landscape": ("橫印", _yes_no)},
    NodeKind.COLUMN: {
        "kind": ("內容", _COLUMN_KINDS.__getitem__),
        "width": ("欄寬比例", "{:g}".format),
        "joins_down": ("向下合併", _yes_no),
        "continues": ("項次跨列接續", _yes_no),
        "vertical": ("直書", _yes_no),
    },
    NodeKind.ROW: {"kind": ("列的種類", _ROW_KINDS.__getitem__)},
}
