"""What is found in the sentences of plans, and what is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.documents.mentions import Finder, Kind

FINDER = Finder(113, 114, ["林一樹", "高明"])


def found(text, kind, **options):
    """The words of that kind, each with what is offered for it."""
    met = FINDER.mentions(text, **options)
    return [(one.text, one.offer) for one in met if one.kind is kind]


def words(text, kind, **options):
    return [said for said, _ in found(text, kind, **options)]


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("東湖戶政事務所113年度提升服務計畫", "113年度", "114年度"),
        ("113 年度重點工作", "113 年度", "114 年度"),
        ("１１３年度", "１１３年度", "１１４年度"),
        ("民國113年預定辦理四場", "民國113年", "民國114年"),
        ("113年第1季提報", "113年", "114年"),
        ("配合113學年度開學", "113學年度", "114學年度"),
        ("113會計年度結束前", "113會計年度", "114會計年度"),
        ("較112年度成長二成", "112年度", "113年度"),
        ("112-113年度接續辦理", "112-113年度", "113-114年度"),
        ("2024年版", "2024年", "2025年"),
        ("一一三年度", "一一三年度", "114年度"),
        ("中華民國一百一十三年", "中華民國一百一十三年", "中華民國114年"),
    ],
)
def test_a_year_of_the_old_plan_is_offered_anew(text, old, new):
    assert found(text, Kind.YEAR) == [(old, new)]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("103-106年度中程計畫", "103-106年度"),
        ("延續106年度滿意度調查", "106年度"),
        ("一00年度起實施", "一00年度"),
        ("114年度預算", "114年度"),
    ],
)
def test_other_years_are_listed_without_an_offer(text, year):
    assert found(text, Kind.YEAR) == [(year, None)]


@pytest.mark.parametrize(
    "text",
    [
        "服務滿20年",
        "逾100年老樹",
        "超過113年的歷史",
        "第113頁",
        "保存10年",
        "經費1,113年息",
        "達成率98.2%",
        "第一二三年級",
        "電話04-2233-4455",
        "113人次",
        "一百年大計",
    ],
)
def test_numbers_that_are_no_years_are_left_alone(text):
    assert words(text, Kind.YEAR) == []
    assert words(text, Kind.DATE) == []


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("應於113.4.11前提報", "113.4.11", "114.4.11"),
        ("113/4/11起", "113/4/11", "114/4/11"),
        ("113-04-11", "113-04-11", "114-04-11"),
        (
            "中華民國113年1月5日起實施",
            "中華民國113年1月5日",
            "中華民國114年1月5日",
        ),
        (
            "統計區間為112年11月至113年10月",
            "112年11月至113年10月",
            "113年11月至114年10月",
        ),
        ("112.11-113.10", "112.11-113.10", "113.11-114.10"),
        ("113/1~113/12", "113/1~113/12", "114/1~114/12"),
        (
            "自113年1月1日起至113年12月31日止",
            "113年1月1日起至113年12月31日",
            "114年1月1日起至114年12月31日",
        ),
        (
            "113年1月1日至12月31日",
            "113年1月1日至12月31日",
            "114年1月1日至12月31日",
        ),
        ("113 年 6 月底前", "113 年 6 月底", "114 年 6 月底"),
        ("2024/5/6", "2024/5/6", "2025/5/6"),
        # The weekday is that of the new year; a day that is not there is the last.
        (
            "113年4月11日（星期四）召開",
            "113年4月11日（星期四）",
            "114年4月11日（星期五）",
        ),
        ("113年4月11日(四)", "113年4月11日(四)", "114年4月11日(五)"),
        ("113年2月29日", "113年2月29日", "114年2月28日"),
    ],
)
def test_a_date_is_offered_one_year_later(text, old, new):
    assert found(text, Kind.DATE) == [(old, new)]
    assert words(text, Kind.YEAR) == []


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("民政局112年12月25日明民字第1126029035號函", "112年12月25日"),
        ("行政院96年7月23日院授研字第09600152471號函頒", "96年7月23日"),
        ("113年3月22日函頒修正", "113年3月22日"),
        ("113.4.11修訂", "113.4.11"),
        ("98.2 訂定", "98.2"),
        ("5月31日至6月14日受理", "5月31日至6月14日"),
        ("自99年1月起至99年12月止", "99年1月起至99年12月"),
        ("民國一百一十三年一月五日", "民國一百一十三年一月五日"),
    ],
)
def test_letters_and_dates_without_a_year_have_no_offer(text, date):
    assert found(text, Kind.DATE) == [(date, None)]


def test_a_day_of_every_year_is_no_date():
    assert words("每年3月15日前完成", Kind.DATE) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("依第1136006696號函辦理", "第1136006696號"),
        ("明計展字第0993003513號", "明計展字第0993003513號"),
        ("雅地四字 第 1040007982 號", "雅地四字 第 1040007982 號"),
        ("(90)軍字第90081008號", "(90)軍字第90081008號"),
        ("研字第○九○○四四三七一七○號", "研字第○九○○四四三七一七○號"),
        ("112年12月25日明市民秘字第1126029035號", "明市民秘字第1126029035號"),
    ],
)
def test_a_number_of_a_letter_is_listed_and_never_offered_anew(text, number):
    assert found(text, Kind.REFERENCE) == [(number, None)]
    assert words(text, Kind.YEAR) == []


@pytest.mark.parametrize(
    "text", ["第3號窗口", "服務字第一線", "113號", "中山路113號", "門牌第12345號"]
)
def test_other_numbers_are_no_letters(text):
    assert words(text, Kind.REFERENCE) == []


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("依「為民服務工作要點」辦理", ["「為民服務工作要點」"]),
        (
            "「政府服務躍升方案」及「電話禮貌考核計畫」",
            ["「政府服務躍升方案」", "「電話禮貌考核計畫」"],
        ),
        ("依據個人資料保護法第5條及戶籍法第48條", ["個人資料保護法", "戶籍法"]),
        ("違反檔案管理辦法第三條", ["檔案管理辦法"]),
        ("設置「愛心服務鈴」", []),
        ("想辦法第一時間處理", []),
        ("改進服務方法", []),
    ],
)
def test_rules_are_found_by_quotes_or_articles(text, rules):
    assert words(text, Kind.RULE) == rules


def test_the_year_in_a_rules_name_is_found_apart():
    text = "依「113年度考核計畫」辦理"

    assert words(text, Kind.RULE) == ["「113年度考核計畫」"]
    assert found(text, Kind.YEAR) == [("113年度", "114年度")]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("由林一樹課長督導", ["林一樹"]),
        ("承辦人：王大明、分機12", ["王大明"]),
        ("高明、林一樹", ["高明", "林一樹"]),
        ("提高明確度", []),
        ("承辦人員應注意", []),
    ],
)
def test_people_are_known_or_labelled(text, names):
    assert words(text, Kind.PERSON) == names


def test_a_list_of_names_holds_strangers_too():
    text = "王大明、陳一\n課長"

    assert words(text, Kind.PERSON, is_people=True) == ["王大明", "陳一", "課長"]


def test_nothing_is_offered_within_the_same_year():
    met = Finder(114, 114).mentions("114年度、114年1月5日")

    assert [one.offer for one in met] == [None, None]


@given(st.text(alphabet="113年度月日.至-/第號字「」計畫一○百十（四）\n ", max_size=80))
def test_what_is_found_stands_there(text):
    for one in FINDER.mentions(text):
        assert text[one.start : one.end] == one.text
        assert "\n" not in one.text


@given(st.integers(90, 130), st.integers(1, 12), st.integers(1, 28), st.integers(1, 3))
def test_a_date_offered_is_that_date_so_many_years_later(year, month, day, by):
    (one,) = Finder(year, year + by).mentions(f"於{year}年{month}月{day}日召開")

    assert one.offer == f"{year + by}年{month}月{day}日"
