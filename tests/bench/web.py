"""Pages against hello-world views of the same server, over real sockets."""

from __future__ import annotations

import http.client
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

from .timing import ratio, run, take_turns

REVIEWS = 5
REQUESTS = 40  # counted together as one turn, so that a turn outlasts the clock


@dataclass
class Desk:
    """What `tests.bench.desk` printed: a signed-in person and their big plan."""

    session: str
    csrf: str
    plan: int
    block: int
    row: int
    size: int
    grid: int
    cell: int
    review: str
    queries: dict[str, list[int]] = field(default_factory=dict)


def measure(rounds: int = 5) -> None:
    """Print page, edit round trip and re-export against hello world."""
    with tempfile.TemporaryDirectory() as folder:
        environ = os.environ | {
            "DATA_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
            "SECRET_KEY": "only-for-the-benchmark-0123456789-0123456789-0123456789",
            "LOG_LEVEL": "WARNING",
        }
        desk = _prepare(environ)
        for page, counts in desk.queries.items():
            print(f"queries of {page}, small and {desk.size}-piece plan: {counts}")
        with _server(environ) as port:
            _report(_Browser(port, desk), rounds)


def _prepare(environ: dict[str, str]) -> Desk:
    run([sys.executable, "manage.py", "migrate", "-v0"], env=environ)
    made = subprocess.run(
        [sys.executable, "-m", "tests.bench.desk"],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        env=environ,
    )
    return Desk(**json.loads(made.stdout))


@contextmanager
def _server(environ: dict[str, str]) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "--workers=1", "--threads=4"]
    process = subprocess.Popen(
        [*command, f"--bind=127.0.0.1:{port}", "config.wsgi"],
        env=environ,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(port)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _wait(port: int) -> None:
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the server did not start")


class _Browser:
    """One kept connection with the cookies of the desk."""

    def __init__(self, port: int, desk: Desk) -> None:
        self.desk = desk
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.etag = ""
        self.painted = False
        self.cookie = f"sessionid={desk.session}; csrftoken={desk.csrf}"

    def ask(
        self,
        path: str,
        data: dict[str, str] | None = None,
        *,
        htmx: bool = False,
        known: str = "",
    ) -> str:
        """The body; raises RuntimeError for an answer of 400 or above.

        ``known`` is the ETag of what a browser has kept.
        """
        headers = {"Cookie": self.cookie, "X-CSRFToken": self.desk.csrf}
        if htmx:
            headers["HX-Request"] = "true"
        if known:
            headers["If-None-Match"] = known
        body = None
        if data is not None:
            body = urlencode(data)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request("POST" if body else "GET", path, body, headers)
        answer = self.connection.getresponse()
        self.etag = answer.headers.get("ETag", "")
        text = answer.read()
        if answer.status >= 400:
            raise RuntimeError(f"{path}: {answer.status} {text[:300]!r}")
        return text.decode(errors="replace")

    def change_cell(self) -> None:
        """Paint one month of one row, or clear it again."""
        self.painted = not self.painted
        patterns = ["0" * 12, "0" * 11 + "1"]
        was, months = patterns if self.painted else reversed(patterns)
        path = f"/plans/{self.desk.grid}/schedule/methods/{self.desk.cell}/months/"
        self.ask(path, {"was": was, "months": months})

    def edit(self) -> None:
        """Open the form and save it: what a person's edit costs the server."""
        path = f"/plans/{self.desk.plan}/blocks/{self.desk.block}/"
        form = self.ask(path, htmx=True)
        found = re.search(r'name="version"[^>]*value="(\d+)"', form)
        version = found[1] if found else ""
        typed = {"version": version, "heading": "定期檢討", "body": f"第{version}次"}
        self.ask(path, typed, htmx=True)


def _often(act: Callable[[], object], times: int = REQUESTS) -> Callable[[], object]:
    def repeat() -> None:
        for _ in range(times):
            act()

    return repeat


def _report(browser: _Browser, rounds: int) -> None:
    desk = browser.desk
    hello = "hello world"
    pdf = f"/plans/{desk.plan}/paper.pdf"
    browser.ask(pdf)
    known = browser.etag
    series = take_turns(
        {
            hello: _often(lambda: browser.ask("/hello/")),
            "hello world, POST": _often(
                lambda: browser.ask("/hello-post/", {"row": str(desk.row)})
            ),
            "plan page": _often(lambda: browser.ask(f"/plans/{desk.plan}/")),
            "edit: open and save": _often(browser.edit),
            "month grid": _often(lambda: browser.ask(f"/plans/{desk.grid}/schedule/")),
            "the same HTML, a constant": _often(lambda: browser.ask("/constant-grid/")),
            "month grid, one cell": _often(browser.change_cell),
            "review page": _often(lambda: browser.ask(desk.review), REVIEWS),
            "PDF again, whole": _often(lambda: browser.ask(pdf)),
            "PDF again, kept by the browser": _often(
                lambda: browser.ask(pdf, known=known)
            ),
        },
        rounds,
    )
    print(f"web, {REQUESTS} requests a turn, one kept connection")
    for one in series.values():
        print(one.line())
    print(f"  plan page / hello: {ratio(series['plan page'], series[hello])}")
    edit = ratio(series["edit: open and save"], series["hello world, POST"])
    print(f"  edit / hello POST: {edit}")
    grid = ratio(series["month grid"], series["the same HTML, a constant"])
    print(f"  month grid / constant: {grid}")
    cell = ratio(series["month grid, one cell"], series["hello world, POST"])
    print(f"  one cell / hello POST: {cell}")
    review = series["review page"].median() / REVIEWS
    print(f"  review page of 400 points and 300 changes, each: {review * 1000:.0f} ms")
    for again in ("PDF again, whole", "PDF again, kept by the browser"):
        print(f"  {again} / hello: {ratio(series[again], series[hello])}")
