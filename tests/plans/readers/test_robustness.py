"""Whatever is thrown at the reader: an answer, in bounded time, or Unreadable."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plans.readers.text import Unreadable, decode, fold, read

SCRAPS = st.lists(
    st.sampled_from(
        ("壹、", "一、", "（一）", "(1)", "1.", "2-1.", "甲、", "·", "\t", "\t\t", "\n", "\n\n",
         "\f", "\r\n", "|", "│", "├──┤", "<p>", "<ol>", "附件1 表", "項次", "課室", "1月", "2 月",
         "98.2 訂定", "103年", "第 1 頁", "- ", "(50%)", "依據", "。", "，", " ", "　", "🙂", "𠮷",
         "\x00", "\ufeff", "&lt;", "合計", "民政課")
    ),
    max_size=80,
).map("".join)  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(SCRAPS, st.text(max_size=200)))
def test_any_text_is_read_and_folded(text: str) -> None:
    reading = read(text)
    fold(reading, {})

    lines = text.count("\n") + text.count("\r") + text.count("\x0b") + 1
    assert all(0 <= flag.line <= lines for flag in reading.flags)
    assert len({piece.key for piece in reading.pieces}) == len(reading.pieces)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        answer = read(decode(data)).title
    except Unreadable as refusal:
        answer = str(refusal)

    assert isinstance(answer, str)


@pytest.mark.parametrize(
    "text",
    [
        "項次\t課室\t工作\t指標\n"
        + "".join(
            f"{n}\t民政課\t巡查\t1. 甲。(60%) 2. 乙。(40%)\n" for n in range(1, 10_001)
        ),
        "項目\t作法\n" + "\t續接前頁沒有句點的內容\n\n" * 10_000,
        "壹、甲\n" + "一、乙\n（一）丙\n1、丁\n（1）戊\n甲、己\n（甲）庚\n" * 3_000,
        "壹、" + "長" * 1_000_000,
        "項目\t作法\n甲\t" + "1. 子 2. 丑 " * 10_000 + "\n",
        "\t項目\n\t作法\n\n" + "\t甲\n\t1.乙\n丙\n" * 10_000,
        "- " * 100_000 + "\t" * 100_000,
        "甲 乙 丙 丁 " * 100_000,
        "<p " * 100_000,
        "第 1 頁\n" * 20_000,
        "沒有句點的一行很長很長很長很長很長很長很長很長很長很長很長\n" * 20_000,
        "1" * 200_000,
        "(" * 100_000,
    ],
    ids=range(13),
)
def test_huge_input_takes_bounded_time(text: str) -> None:
    """Generous against a slow machine; a quadratic reader would need minutes."""
    started = time.perf_counter()

    fold(read(text), {})

    assert time.perf_counter() - started < 60
