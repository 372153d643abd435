"""Years left behind; statistics, history and intervals are not."""

import pytest

from plans.documents.model import Cover
from plans.documents.proofs.proof import findings

from .papers import chapter, codes, plan_of, words_in


@pytest.mark.parametrize(
    ("text", "old"),
    [
        ("編列113年度預算支應", "113年度"),
        ("依「113年度教育訓練計畫」辦理", "113年度"),
        ("全所同仁於112 年度內完成訓練", "112 年度"),
        ("113會計年度之經費", "113會計年度"),
        ("113年6月底前完成改善", "113年6月"),
        ("應於113年11月30日前送研考彙整", "113年11月30日"),
    ],
)
def test_a_year_left_behind_is_found_and_can_be_mended(text, old):
    document = plan_of(chapter("經費", body=text))

    (found,) = findings(document)

    assert (found.check, found.found) == ("year-behind", old)
    assert found.fix
    assert found.fix.new == "114" + old[3:]


@pytest.mark.parametrize(
    "text",
    [
        "較113年度成長5%",
        "113年度統計結果顯示民眾多於上午洽公",
        "113年度滿意度調查平均92分",
        "參酌113年度檢討會議結論",
        "延續113年度各項措施",
        "112-114年度中程計畫",
        "113、114年度各辦理1場",
        "自113年度起試辦",
        "成績統計區間為113年11月至114年10月",
        "113學年度第2學期",
        "110年度以前之案件",
        "114年度及115年度",
        "截至113年12月底前累計",
        "113年度榮獲優等",
        "1,113年度",
    ],
)
def test_the_past_may_be_named(text):
    assert words_in(text) == []


def test_in_the_basis_only_names_of_papers_are_looked_at():
    assert words_in("參照113年度會議決議", heading="依據") == []
    assert words_in("函頒「113年度評核計畫」", heading="計畫依據") == [
        ("year-behind", "113年度")
    ]


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("113年度服務計畫", True),
        ("114年度服務計畫", False),
        ("112-115年度中程計畫", False),
        ("2025年服務計畫", False),
        ("優質服務計畫", False),
        ("推動10年計畫", False),
    ],
)
def test_the_title_names_the_plans_year(title, found):
    assert ("title-year" in codes(plan_of(title=title))) is found


@pytest.mark.parametrize(
    ("date", "found"),
    [("中華民國113年12月", False), ("中華民國112年12月", True), ("", False)],
)
def test_the_cover_is_dated_about_the_plans_year(date, found):
    document = plan_of(cover=Cover("114年度服務計畫", date))

    assert ("title-year" in codes(document)) is found


@pytest.mark.parametrize(
    "text", ["114年2月29日辦理", "於11月31日前", "13月1日起", "6月0日"]
)
def test_days_that_do_not_exist_are_found(text):
    assert [check for check, _ in words_in(text)] == ["no-such-day"]


@pytest.mark.parametrize("text", ["113年2月29日", "2月29日", "12月31日", "114/2/30日"])
def test_days_that_exist_or_that_nobody_can_tell_are_left(text):
    assert "no-such-day" not in [check for check, _ in words_in(text)]


def test_an_interval_that_ends_before_it_begins():
    text = "自114年3月1日起至113年12月31日止"

    assert ("date-order", "114年3月1日起至113年12月31日") in words_in(text)
    assert "date-order" not in dict(words_in("114年1月1日至114年12月31日"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("自113年1月1日至113年12月31日止。", True),
        ("自114年1月1日至114年12月31日止。", False),
        ("112年起至116年止，計5年。", False),
        ("核定日起1年。", False),
    ],
)
def test_the_chapter_of_the_period_names_the_plans_year(text, found):
    assert ("period" in codes(plan_of(chapter("實施期程", body=text)))) is found
