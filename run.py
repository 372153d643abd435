#!/usr/bin/env python3
"""The one command: prepare everything this system needs, then start it.

python3 run.py [--port N] [--no-demo]   start at http://127.0.0.1:8000/
python3 run.py setup [--dev]            prepare only; --dev adds what the tests need
python3 run.py test [pytest arguments]  run the tests
python3 run.py manage COMMAND …         Django's commands, e.g. manage doctor
python3 run.py bench [arguments]        measure the speed

Standard library only, so that it runs before anything is installed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from launch.errors import SetupError
from launch.packages import DEV_LOCK, LOCK, install
from launch.prepare import prepare
from launch.project import python
from launch.serve import is_free, watch
from launch.system import provide
from plans.machine import FONTS, PDF_LIBRARIES, TEST_PROGRAMS


def serve(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="run.py", description="啟動系統")
    parser.add_argument("--port", type=int, default=8000, help="連接埠，預設 8000")
    parser.add_argument("--no-demo", action="store_true", help="不載入範例資料")
    options = parser.parse_args(arguments)
    if not is_free(options.port):
        raise SetupError(
            f"連接埠 {options.port} 已有其他程式使用；請改用（try）"
            f" python3 run.py --port {options.port + 1}"
        )
    install(LOCK)
    provide([*PDF_LIBRARIES, *FONTS])
    prepare(demo=not options.no_demo)
    watch(options.port)
    return 0


def setup(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="run.py setup", description="只準備，不啟動")
    parser.add_argument("--dev", action="store_true", help="連同測試需要的一切")
    if parser.parse_args(arguments).dev:
        prepare_tests()
    else:
        install(LOCK)
        provide([*PDF_LIBRARIES, *FONTS])
    prepare(demo=False)
    return 0


def prepare_tests() -> None:
    install(LOCK, DEV_LOCK)
    provide([*PDF_LIBRARIES, *FONTS, *TEST_PROGRAMS])


def test(arguments: Sequence[str]) -> int:
    prepare_tests()
    return python("-m", "pytest", *arguments)


def bench(arguments: Sequence[str]) -> int:
    prepare_tests()
    return python("-m", "tests.bench", *arguments)


def run_manage(arguments: Sequence[str]) -> int:
    install(LOCK)
    return python("manage.py", *arguments)


COMMANDS = {"setup": setup, "test": test, "manage": run_manage, "bench": bench}


def main(arguments: Sequence[str]) -> int:
    """The exit code: 0, the child's own, or 1 after a sentence that says what to do."""
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    if sys.version_info < (3, 11):  # noqa: UP036 - words instead of a trace
        print("需要 Python 3.11 或更新的版本（Python 3.11 or newer is needed）。")
        return 1
    command = COMMANDS.get(arguments[0]) if arguments else None
    try:
        return command(arguments[1:]) if command else serve(arguments)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
