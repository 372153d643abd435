"""Where titles and column heads are broken."""

import pytest

from plans.documents.balance import balanced
from plans.documents.widths import ems


@pytest.mark.parametrize(
    ("text", "most", "lines"),
    [
        ("完成期限", 5, ("完成期限",)),
        ("業務單位", 3.7, ("業務", "單位")),
        ("計畫名稱 (配分/承辦人)", 6.5, ("計畫名稱", "(配分/承辦人)")),
        ("衡量方式（月份）", 4.2, ("衡量方式", "（月份）")),
        ("Performance", 3, ("Performance",)),
    ],
)
def test_a_head_is_broken_at_a_good_place(text, most, lines):
    assert balanced(text, most) == lines


def test_a_title_is_broken_after_the_office():
    office = "明山市東湖區戶政事務所"

    lines = balanced(f"{office}為民服務工作推動執行計畫書", 22.4, len(office))

    assert lines == (office, "為民服務工作推動執行計畫書")


def test_no_line_is_nearly_empty():
    lines = balanced("字" * 24, 22.4)

    assert lines == ("字" * 12, "字" * 12)


@pytest.mark.parametrize("most", range(4, 24))
def test_no_sign_stands_where_it_must_not(most):
    text = "推動（創新、便民）及「一處收件」服務，辦理成效檢討。"

    lines = balanced(text, most)

    assert "".join(lines) == text
    assert all(ems(line) <= most for line in lines)
    assert not any(line[0] in "）」、，。" or line[-1] in "（「" for line in lines)
