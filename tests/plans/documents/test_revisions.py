"""The words of a revision line."""

import pytest

from plans.documents.model import RevisionLine
from plans.documents.revisions import revision_text


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (RevisionLine(98, 2, verb="訂定", dotted=True), "98.2 訂定"),
        (RevisionLine(98, 4, 3, 1, dotted=True), "98.4.3 第1次修訂"),
        (RevisionLine(114, 1, 2, verb="訂定"), "114年1月2日訂定"),
        (RevisionLine(ordinal=3), "第3次修訂"),
        (
            RevisionLine(106, 4, 26, 2, "修正", "府地字第1060000001號函", "核備"),
            "106年4月26日第2次修正 府地字第1060000001號函核備",
        ),
    ],
)
def test_parts_that_are_missing_leave_no_gap(line, text):
    assert revision_text(line) == text
