"""Log lines: every line names the request it belongs to."""

from __future__ import annotations

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime

request_id: ContextVar[str] = ContextVar("request_id", default="-")

# In the address of a calendar link: whoever knows it may read the calendar.
_SECRET = re.compile(r"(/calendar/)[^/\s]{12,}")


def without_secrets(text: str) -> str:
    """Addresses in the text, but not what opens them to whoever reads the log."""
    return _SECRET.sub(r"\1***", text)


class SecretsFilter(logging.Filter):
    """Takes secrets out of the lines that Django writes about an address."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = without_secrets(record.getMessage()), ()
        return True


class RequestIdFilter(logging.Filter):
    """Puts the id of the request being answered on each record."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        return True


class JsonFormatter(logging.Formatter):
    """One JSON object a line, for machines that collect logs."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "request": getattr(record, "request_id", "-"),
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
