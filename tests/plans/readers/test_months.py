import pytest

from plans.readers.months import months_in


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("實地(5-6月)", {5, 6}),
        ("書面(4月、7月、10月)", {4, 7, 10}),
        ("書面（4、7月）", {4, 7}),
        ("票選(5月31日-6月14日)", {5, 6}),
        ("3 月份實地督考", {3}),
        ("實地(１１月至隔年2月)", {2, 11, 12, 1}),
        ("網頁(整年)", set(range(1, 13))),
        ("統計區間為 112 年 11 月至 113 年 10 月", set()),
        ("每次抽籤場", set()),
        ("活動完成30日內", set()),
    ],
)
def test_only_months_that_the_text_names(text: str, months: set[int]) -> None:
    assert months_in(text) == months
