"""{% load charts %}: a bar chart as inline SVG, with its table."""

from __future__ import annotations

from collections.abc import Sequence

from django import template

from ..pages.charts import Bar, bar_chart

register = template.Library()


@register.inclusion_tag("schedule/_bar_chart.html", name="bar_chart")
def show_bar_chart(
    key: str, title: str, bars: Sequence[Bar], label: str, value: str
) -> dict[str, object]:
    """{% bar_chart "points" "各課室配分" bars "課室" "配分" %}; nothing without bars.

    ``key`` names the chart's own ids on the page; ``label`` and ``value`` head its
    table.
    """
    return {
        "key": key,
        "title": title,
        "chart": bar_chart(bars),
        "label": label,
        "value": value,
    }
