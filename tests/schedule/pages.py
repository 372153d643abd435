"""Reading the pages of a control table as a person does: links, boxes, sums."""

import re
from html.parser import HTMLParser

from django.urls import reverse

from plans.compose import compose
from schedule.strategies import chapters_of

HOSTILE = "<img src=x onerror=alert(1)>"


class Links(HTMLParser):
    """The addresses on a page by the words of their links."""

    def __init__(self, html):
        super().__init__()
        self.found, self._href, self._words = [], "", ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self._href, self._words = dict(attrs).get("href") or "", ""

    def handle_data(self, data):
        self._words += data

    def handle_endtag(self, tag):
        if tag == "a":
            self.found.append((" ".join(self._words.split()), self._href))


def at(name, plan, *args):
    """The address of a page of the plan's control table."""
    return reverse(f"schedule:{name}", args=[plan.pk, *args])


def html_of(response):
    assert response.status_code == 200
    return response.content.decode()


def link_of(html, words):
    """The address behind the only link of these words."""
    (href,) = {href for said, href in Links(html).found if said == words}
    return href


def boxes_in(html, name):
    """The value of each check box of that name, and whether it is ticked."""
    tags = re.findall(rf'<input[^>]*type="checkbox"[^>]*name="{name}"[^>]*>', html)
    return {re.findall(r'value="([^"]*)"', tag)[0]: " checked" in tag for tag in tags}


def sums_in(html):
    """The line of totals as it is read, without blanks."""
    (line,) = re.findall(r'<p class="year-sums">(.*?)</p>', html, re.DOTALL)
    return "".join(re.sub(r"<[^>]+>", "", line).split())


def key_of(plan, words):
    """The key (b12, r5) of the only point or row that begins with these words."""
    lines = [line for one in chapters_of(compose(plan)) for line in one.lines]
    (key,) = [line.key for line in lines if line.words == words]
    return key


def keys_in(plan):
    """The key of the point and that of the row of conftest's chapter."""
    point = plan.blocks.get(heading="簡化流程")
    row = plan.blocks.get(kind="table").rows.get()
    return f"b{point.pk}", f"r{row.pk}"
