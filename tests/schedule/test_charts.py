"""Bar charts: their geometry, and that they can be read without seeing them."""

from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from schedule.pages.charts import LONGEST_LABEL, Bar, bar_chart

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '<script>alert("x")</script>&課'


def bar(label="民政課", value="10"):
    return Bar(label, Decimal(value), f"{value}分")


def rendered(bars):
    template = Template(
        '{% load charts %}{% bar_chart "points" "各課室的配分" bars "課室" "配分" %}'
    )
    return template.render(Context({"bars": bars}))


def svg_of(html):
    drawing = html[html.index("<svg") : html.index("</svg>") + 6]
    # Without its name space an SVG inside HTML is the same to the browser.
    return ET.fromstring(drawing.replace("<svg", f'<svg xmlns="{SVG[1:-1]}"'))  # noqa: S314


@given(st.lists(st.decimals(0, 1000, places=2), min_size=1, max_size=12))
def test_bars_are_as_wide_as_their_share_of_the_longest(values):
    chart = bar_chart([bar(value=str(value)) for value in values])

    widths = [Decimal(placed.width) for placed in chart.bars]

    longest = max(values)
    expected = [v / longest * 100 if longest else Decimal(0) for v in values]
    assert all(
        abs(width - wanted) <= Decimal("0.005")
        for width, wanted in zip(widths, expected, strict=True)
    )


def test_bars_stand_below_each_other_inside_the_chart():
    chart = bar_chart([bar(), bar(), bar()])

    tops = [float(placed.top) for placed in chart.bars]

    assert tops == sorted(set(tops))
    assert tops[-1] + 1 < float(chart.height)


def test_a_value_below_zero_is_refused():
    with pytest.raises(ValueError, match="-1"):
        bar_chart([bar(value="-1")])


def test_no_bars_make_no_drawing():
    assert bar_chart([]).bars == ()
    assert "<svg" not in rendered([])


def test_a_long_name_is_cut_in_the_drawing_but_whole_in_the_table():
    name = "為民服務及公共關係與國際事務推動組"

    html = rendered([bar(name)])

    texts = [text.text for text in svg_of(html).iter(f"{SVG}text")]
    assert texts[0] == name[: LONGEST_LABEL - 1] + "…"
    assert f'<th scope="row">{name}</th>' in html


def test_the_drawing_has_a_name_and_says_its_numbers():
    drawing = svg_of(rendered([bar("民政課", "35"), bar("社會課", "21.5")]))

    named = drawing.get("aria-labelledby").split()
    said = {part.get("id"): part.text for part in drawing if part.get("id") in named}
    assert drawing.get("role") == "img"
    assert said == {
        "points-title": "各課室的配分",
        "points-desc": "民政課 35分、社會課 21.5分",
    }


def test_every_value_stands_beside_its_bar_as_text():
    drawing = svg_of(rendered([bar("民政課", "35"), bar("社會課", "21.5")]))

    texts = [text.text for text in drawing.iter(f"{SVG}text")]

    assert texts == ["民政課", "35分", "社會課", "21.5分"]


def test_the_drawing_carries_no_style_of_its_own():
    html = rendered([bar()])

    assert "style" not in html


def test_hostile_names_stay_text():
    html = rendered([bar(HOSTILE)])

    assert "<script" not in html
    assert HOSTILE in svg_of(html).find(f"{SVG}desc").text
