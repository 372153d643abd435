"""No page carries code or style of its own, or asks another host for anything."""

from html.parser import HTMLParser
from operator import attrgetter
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import reverse

from offices.models import Role
from tests.access_matrix import MATRIX, Target
from tests.factories import make_member, make_office

pytestmark = pytest.mark.django_db

ADDRESSES = {"href", "src", "action", "formaction", "hx-get", "hx-post", "poster"}
MOST_PAGES = 300


class PageInspector(HTMLParser):
    """Collects what a strict policy would block, and the links to go on with."""

    def __init__(self, path):
        super().__init__()
        self.path, self.faults, self.links = path, [], set()

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        for name, value in attrs:
            if name == "style" or name.startswith(("on", "hx-on")):
                self.faults.append(f"{self.path}: <{tag} {name}={value}>")
            if name in ADDRESSES:
                self._address(tag, name, value or "")
        if tag == "style" or (tag == "script" and "src" not in attributes):
            self.faults.append(f"{self.path}: inline <{tag}>")

    def _address(self, tag, name, value):
        target = urlsplit(urljoin(f"http://testserver{self.path}", value))
        if target.scheme != "http" or target.netloc != "testserver":
            self.faults.append(f"{self.path}: <{tag} {name}={value}>")
        elif tag == "a" and name == "href":
            self.links.add(target.path + (f"?{target.query}" if target.query else ""))


def inspect(client, path):
    """The faults and links of one page; nothing for files, which the browser saves."""
    response = client.get(path, follow=True)
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    if not is_page or "attachment" in response.headers.get("Content-Disposition", ""):
        return [], set()
    inspector = PageInspector(path)
    inspector.feed(response.content.decode())
    policy = response.headers.get("Content-Security-Policy", "")
    if "default-src 'self'" not in policy or "unsafe" in policy:
        inspector.faults.append(f"{path}: policy {policy!r}")
    return inspector.faults, inspector.links


def crawl(client, start):
    """Every page reachable from ``start`` by links, each visited once."""
    seen, faults = set(start), []
    waiting = sorted(seen)
    while waiting and len(seen) < MOST_PAGES:
        found, links = inspect(client, waiting.pop())
        faults += found
        waiting += sorted(links - seen)
        seen |= links
    return faults, seen


def addresses_of(target):
    """One address for every URL name in the matrix."""
    for access in MATRIX:
        arguments = {key: attrgetter(path)(target) for key, path in access.at.items()}
        yield reverse(access.name, kwargs=arguments)


def test_no_page_breaks_the_policy(client):
    office = make_office()
    target = Target(office)
    client.force_login(make_member(office, Role.COORDINATOR).user)

    faults, seen = crawl(client, addresses_of(target))

    assert faults == []
    assert len(seen) > len(MATRIX)


@pytest.mark.parametrize("path", ["/sign-in/", "/help/", "/nothing/here/"])
def test_pages_for_strangers_keep_the_policy_too(client, path):
    faults, _ = inspect(client, path)

    assert faults == []


def test_lock_out_page_keeps_the_policy(client):
    for _ in range(5):
        response = client.post("/sign-in/", {"username": "wang", "password": "no"})

    assert "default-src 'self'" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "fault",
    [
        '<p style="color:red">',
        '<button onclick="go()">',
        "<style>p{}</style>",
        "<script>go()</script>",
        '<script src="https://cdn.example/x.js"></script>',
        '<img src="//cdn.example/x.png">',
        '<a href="javascript:go()">',
    ],
)
def test_inspector_sees_what_it_should(fault):
    inspector = PageInspector("/")

    inspector.feed(fault)

    assert len(inspector.faults) == 1
