"""Web server and worker, started and ended together."""

from __future__ import annotations

import signal
import socket
import subprocess
import time
from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException

from .errors import SetupError
from .packages import PYTHON, ROOT
from .prepare import sample_accounts
from .project import environment

HOST = "127.0.0.1"
READY_SECONDS = 60
STOP_SECONDS = 10


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def start(*arguments: str) -> subprocess.Popen[bytes]:
    """A child in a session of its own: Ctrl-C reaches us alone, and we end it."""
    return subprocess.Popen(
        [str(PYTHON), *arguments], cwd=ROOT, env=environment(), start_new_session=True
    )


def start_web(port: int) -> subprocess.Popen[bytes]:
    options = "--workers 2 --threads 4 --graceful-timeout 5 --log-level warning"
    return start(
        *("-m", "gunicorn", "config.wsgi:application", "--bind", f"{HOST}:{port}"),
        *(*options.split(), "--no-control-socket"),
    )


def is_answering(port: int) -> bool:
    """Whether a request gets an answer, of whatever kind: a socket alone is not enough."""
    connection = HTTPConnection(HOST, port, timeout=READY_SECONDS)
    with closing(connection), suppress(OSError, HTTPException):
        connection.request("GET", "/")
        return connection.getresponse().status > 0
    return False


def wait_until_ready(port: int, children: Sequence[subprocess.Popen[bytes]]) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while not is_answering(port):
        if any(child.poll() is not None for child in children):
            raise SetupError("伺服器沒有啟動，原因見上。")
        if time.monotonic() > deadline:
            raise SetupError(f"伺服器 {READY_SECONDS} 秒內沒有回應。")
        time.sleep(0.05)


def welcome(port: int) -> None:
    print(f"\n系統已啟動： http://{HOST}:{port}/   （按 Ctrl-C 結束）")
    if sample_accounts().exists():
        print(sample_accounts().read_text(encoding="utf-8"))


def stop(children: Iterable[subprocess.Popen[bytes]]) -> None:
    """Ask each child to end, and insist after STOP_SECONDS."""
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()


def interrupt(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt


def watch(port: int) -> None:
    """Web server and worker live and die together."""
    signal.signal(signal.SIGTERM, interrupt)
    children = [start_web(port)]
    try:
        children.append(start("manage.py", "db_worker", "--interval", "0.5"))
        wait_until_ready(port, children)
        welcome(port)
        while all(child.poll() is None for child in children):
            time.sleep(0.5)
        raise SetupError("網頁伺服器或背景工作意外結束，系統已停止。")
    except KeyboardInterrupt:
        print("\n正在停止 …")
    finally:
        stop(children)
    print("系統已停止。")
