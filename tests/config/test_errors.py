import pytest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation

from config.errors import bad_request, server_error, too_large
from config.logs import request_id
from config.middleware import refuse_oversize


def test_a_body_above_the_limit_is_answered_in_words(rf, settings):
    settings.MAX_REQUEST_BYTES = 10
    request = rf.post("/", {"text": "太長的內容"})

    response = refuse_oversize(too_large)(request)

    assert response.status_code == 413
    assert "超過系統上限" in response.content.decode()
    assert request.read() == b""


@pytest.mark.django_db
def test_a_pasted_text_above_the_limit_is_413(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10

    response = client.post("/sign-in/", {"username": "字" * 100})

    assert response.status_code == 413


def test_too_much_data_is_told_as_too_large(rf):
    assert bad_request(rf.get("/"), RequestDataTooBig()).status_code == 413


def test_other_bad_requests_stay_400(rf):
    assert bad_request(rf.get("/"), SuspiciousOperation()).status_code == 400


def test_the_error_page_names_its_log_lines_and_needs_no_database(rf):
    token = request_id.set("abc123")

    response = server_error(rf.get("/"))

    request_id.reset(token)
    assert response.status_code == 500
    assert "abc123" in response.content.decode()


def test_a_page_without_a_signed_in_person_can_be_too_large(rf):
    assert too_large(rf.get("/")).status_code == 413
