import logging

import pytest
from django.http import HttpResponse

from config.middleware import (
    body_size,
    drain,
    guard_answer,
    identify_request,
    refuse_oversize,
    trust_proxy,
)


def answer(text="好"):
    return lambda request: HttpResponse(text)


def test_every_answer_carries_its_own_request_id(rf):
    middleware = identify_request(answer())

    first, second = middleware(rf.get("/")), middleware(rf.get("/"))

    assert len(first.headers["X-Request-ID"]) == 12
    assert first.headers["X-Request-ID"] != second.headers["X-Request-ID"]


def test_the_log_line_leaves_the_query_out(rf, caplog):
    caplog.set_level(logging.INFO, "config.middleware")

    identify_request(answer())(rf.get("/plans/%0A/", {"q": "王小明"}))

    assert caplog.messages[0].startswith("GET /plans/%0A/ 200 ")


@pytest.mark.parametrize("end", [".ics", ".ics/", ""])
def test_the_log_line_leaves_the_secret_of_a_calendar_link_out(rf, caplog, end):
    caplog.set_level(logging.INFO, "config.middleware")

    identify_request(answer())(rf.get(f"/calendar/Vx3-k_9aLmQ0pZ7rT2wYbA{end}"))

    assert caplog.messages[0].startswith("GET /calendar/***")
    assert "Vx3" not in caplog.messages[0]


def test_other_addresses_of_the_calendar_are_logged_as_they_are(rf, caplog):
    caplog.set_level(logging.INFO, "config.middleware")

    identify_request(answer())(rf.post("/calendar/1234/revoke/"))

    assert caplog.messages[0].startswith("POST /calendar/1234/revoke/ 200 ")


def test_the_proxy_tells_the_callers_address_when_trusted(rf, settings):
    settings.TRUST_PROXY = True
    request = rf.get("/", headers={"x-forwarded-for": "6.6.6.6, 10.1.2.3"})

    trust_proxy(answer())(request)

    assert request.META["REMOTE_ADDR"] == "10.1.2.3"


def test_a_forwarded_address_is_ignored_without_a_proxy(rf, settings):
    settings.TRUST_PROXY = False
    request = rf.get("/", headers={"x-forwarded-for": "10.1.2.3"})

    trust_proxy(answer())(request)

    assert request.META["REMOTE_ADDR"] == "127.0.0.1"


def test_pages_are_not_kept_by_shared_caches(rf):
    response = guard_answer(answer())(rf.get("/"))

    assert response.headers["Cache-Control"] == "private, no-cache"
    assert "camera=()" in response.headers["Permissions-Policy"]


def test_a_view_may_set_its_own_caching(rf):
    own = HttpResponse(headers={"Cache-Control": "private, max-age=60"})

    response = guard_answer(lambda request: own)(rf.get("/"))

    assert response.headers["Cache-Control"] == "private, max-age=60"


@pytest.mark.parametrize(
    ("announced", "size"), [("12", 12), ("", 0), ("-5", 0), ("many", 0)]
)
def test_body_size_of_what_is_announced(rf, announced, size):
    assert body_size(rf.post("/", CONTENT_LENGTH=announced)) == size


def test_a_body_within_the_limit_passes(rf):
    response = refuse_oversize(answer("收到"))(rf.post("/", {"text": "短"}))

    assert response.content.decode() == "收到"


def test_drain_reads_the_whole_body(rf):
    request = rf.post("/", "文" * 100_000, content_type="text/plain")

    drain(request)

    assert request.read(1) == b""
