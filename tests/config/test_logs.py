import json
import logging
import sys

from config.logs import JsonFormatter, RequestIdFilter, SecretsFilter, request_id
from config.settings import LOGGING


def make_record(message="儲存 %s", args=("計畫",), exc_info=None):
    return logging.LogRecord(
        "plans", logging.INFO, __file__, 1, message, args, exc_info
    )


def test_a_record_names_the_request_being_answered():
    record = make_record()
    token = request_id.set("abc123")

    RequestIdFilter().filter(record)

    request_id.reset(token)
    assert record.request_id == "abc123"


def test_a_record_outside_any_request_has_a_dash():
    record = make_record()

    RequestIdFilter().filter(record)

    assert record.request_id == "-"


def test_json_keeps_chinese_readable_on_one_line():
    line = JsonFormatter().format(make_record("第一行\n%s"))

    assert "\n" not in line
    assert "計畫" in line
    assert json.loads(line)["message"] == "第一行\n計畫"


def test_json_carries_the_trace_of_an_error():
    try:
        int("weights do not close")
    except ValueError:
        line = JsonFormatter().format(make_record(exc_info=sys.exc_info()))

    assert "weights do not close" in json.loads(line)["trace"]


def test_what_django_says_of_a_calendar_link_leaves_its_secret_out():
    path = "/calendar/Vx3-k_9aLmQ0pZ7rT2wYbA.ics"
    record = make_record("Method Not Allowed (%s): %s", ("POST", path))

    SecretsFilter().filter(record)

    assert record.getMessage() == "Method Not Allowed (POST): /calendar/***"


def test_every_handler_leaves_secrets_out():
    handlers = LOGGING["handlers"].values()

    assert all("secrets" in handler["filters"] for handler in handlers)
