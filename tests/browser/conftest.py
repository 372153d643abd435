"""A real Chromium against a live server."""

import os
import shutil
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client, override_settings
from django.urls import reverse
from playwright.sync_api import sync_playwright

from offices.models import Role
from tests.browser.months import EMPTY
from tests.factories import (
    make_item,
    make_member,
    make_method,
    make_office,
    make_plan,
    make_unit,
    make_user,
)

PASSWORD = "right-Password-1"
DESK = {"width": 1366, "height": 768}
PHONE = {"width": 400, "height": 800}
NARROW = {"width": 320, "height": 640}
MEASURE = (Path(__file__).parent / "measure.js").read_text("utf-8")


@pytest.fixture(scope="session", autouse=True)
def _fit_for_a_browser(tmp_path_factory):
    """Settings that must stand before the live server starts.

    Playwright keeps an event loop in this thread; our database calls are plain.
    """
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with override_settings(STATIC_ROOT=tmp_path_factory.mktemp("static")):
        yield


@pytest.fixture(scope="session")
def chromium():
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


@pytest.fixture
def office(transactional_db):
    return make_office("明山市東湖戶政事務所")


@pytest.fixture
def new_page(chromium, live_server):
    """Open pages of separate browsers; what the page's scripts complain of fails."""
    contexts, complaints = [], []

    def open_page(viewport=None, **kwargs):
        context = chromium.new_context(
            base_url=live_server.url,
            viewport=viewport or DESK,
            locale="zh-TW",
            **kwargs,
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: _complain(said, complaints))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def _complain(said, complaints):
    # Chromium logs every 4xx answer and htmx every lost connection; those are asserted
    # where they belong.
    expected = (
        "Failed to load resource",
        "htmx:sendError",
        "htmx:sendAbort",  # the page was left meanwhile
        "htmx:afterRequest",
    )
    if said.type == "error" and not said.text.startswith(expected):
        complaints.append(said.text)


@pytest.fixture
def sign_in(new_page, office):
    """Sign in by hand as a new member with these roles; gives the page."""

    def act(*roles, user=None, **kwargs):
        user = user or make_user()
        make_member(office, *(roles or (Role.OWNER,)), user=user)
        page = new_page(**kwargs)
        page.goto("/")
        page.locator("[name=username]").fill(user.username)
        page.locator("[name=password]").fill(PASSWORD)
        page.get_by_role("button", name="登入").click()
        page.wait_for_load_state()
        return page

    return act


@pytest.fixture
def assert_accessible():
    """axe-core finds nothing to mend on the page as it stands."""

    def act(page):
        found = Axe().run(page).response["violations"]
        words = [
            f"{v['id']}: {v['help']} {[n['html'][:160] for n in v['nodes'][:4]]}"
            for v in found
        ]
        assert words == [], page.url

    return act


@pytest.fixture
def visit_as(new_page, live_server):
    """A page of a browser in which this user (None: nobody) is signed in already."""

    def act(user, **kwargs):
        page = new_page(**kwargs)
        if user is not None:
            client = Client()
            client.force_login(user)
            cookie = client.cookies[settings.SESSION_COOKIE_NAME]
            page.context.add_cookies(
                [{"name": cookie.key, "value": cookie.value, "url": live_server.url}]
            )
        return page

    return act


@pytest.fixture
def assert_fit_for_all(assert_accessible):
    """Nothing to mend for axe, keyboard and fingers, at a desk and in 320 pixels."""

    def act(page):
        for viewport in (DESK, NARROW):
            page.set_viewport_size(viewport)
            assert_accessible(page)
            page.keyboard.press("Tab")  # from here on focus is the keyboard's
            assert page.evaluate(MEASURE) == [], f"{page.url} {viewport['width']}"

    return act


@pytest.fixture
def rendered(new_page, live_server):
    """A template shown as a page that cannot be called up by its address alone."""

    def act(template, context):
        page = new_page()
        html = render_to_string(template, context)
        page.route("**/rendered/", lambda route: route.fulfill(body=html))
        page.goto("/rendered/")
        return page

    return act


@pytest.fixture
def plan(office):
    return make_plan(office)


@pytest.fixture
def unit(office):
    return make_unit(office, "民政課", "民")


@pytest.fixture
def keeper(office):
    return make_member(office, Role.COORDINATOR).user


@pytest.fixture
def rows(plan, unit):
    """Two items with one empty row each."""
    return [
        make_method(make_item(plan, unit, name=name), EMPTY, text="實地")
        for name in ("里鄰聯繫", "巡守輔導")
    ]


@pytest.fixture
def open_grid(visit_as, plan):
    """The grid of a person with 「編輯月份」 turned on."""

    def act(user, viewport=DESK, **kwargs):
        page = visit_as(user, viewport=viewport, **kwargs)
        page.goto(reverse("schedule:grid", args=[plan.pk]))
        page.get_by_role("button", name="編輯月份").click()
        return page

    return act
