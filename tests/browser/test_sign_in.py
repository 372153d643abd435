"""Signing in, in a real browser."""

import pytest

pytestmark = pytest.mark.browser


def test_sign_in_page_is_accessible(new_page, assert_accessible, transactional_db):
    page = new_page()

    page.goto("/")

    assert "登入" in page.title()
    assert_accessible(page)


def test_member_signs_in_and_out(sign_in):
    page = sign_in()

    assert "計畫" in page.title()
    page.locator(".site-user summary").click()
    page.get_by_role("button", name="登出").click()
    page.wait_for_load_state()
    assert "登入" in page.title()
