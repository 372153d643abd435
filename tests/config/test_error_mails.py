import logging

import pytest
from django.core import mail
from django.utils.log import AdminEmailHandler


@pytest.fixture
def sent_mail(rf, settings):
    """The mail about an error while a form was being saved."""
    settings.ADMINS = [("admin", "admin@example.org")]
    request = rf.post("/plans/1/blocks/2/", {"body": "承辦人王曉明", "version": "3"})
    failure = (ZeroDivisionError, ZeroDivisionError("division"), None)
    record = logging.LogRecord("plans", 40, __file__, 1, "failed", (), failure)
    record.request = request
    AdminEmailHandler().emit(record)
    (message,) = mail.outbox
    return message.body


def test_an_error_mail_carries_no_typed_text(sent_mail):
    assert "王曉明" not in sent_mail


def test_an_error_mail_names_the_error_and_the_fields(sent_mail):
    assert "ZeroDivisionError" in sent_mail
    assert "body = '********************'" in sent_mail
