"""The virtual environment, with exactly the packages of a lock file."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from plans.machine import Requirement, install_command

from .errors import SetupError
from .system import apt_install

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "installed"
LOCK = ROOT / "requirements.lock"
PIP_OPTIONS = ["--disable-pip-version-check", "--require-hashes", "--no-deps", "-r"]
DEV_LOCK = ROOT / "requirements-dev.lock"


def fingerprint(lock: Path) -> str:
    """One line of the stamp: this lock file, installed for this Python."""
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    return f"{lock.name} {digest} python{sys.version_info[0]}.{sys.version_info[1]}"


def is_installed(lock: Path) -> bool:
    if not (STAMP.exists() and PYTHON.exists()):
        return False
    return fingerprint(lock) in STAMP.read_text().splitlines()


def make_venv() -> None:
    """Made anew where its Python is gone or another one; else kept."""
    config = VENV / "pyvenv.cfg"
    version = f"version = {sys.version_info[0]}.{sys.version_info[1]}."
    if PYTHON.exists() and config.exists() and version in config.read_text():
        return
    if importlib.util.find_spec("ensurepip") is None:
        venv = Requirement("python3-venv", "Python 虛擬環境", lambda: False)
        if not apt_install([venv]):
            raise SetupError(
                f"Python 缺少 venv，請先執行（then run this again）：\n  {install_command([venv])}"
            )
    print("建立 Python 虛擬環境 .venv …")
    run_quietly([sys.executable, "-m", "venv", "--clear", str(VENV)])


def install(*locks: Path) -> None:
    """Install the last lock file with pip, as pip is configured on this machine.

    The last one must contain the others.
    """
    lock = locks[-1]
    if is_installed(lock):
        return
    make_venv()
    print(f"安裝 {lock.name} 的套件，第一次約需半分鐘 …")
    run_quietly(
        [str(PYTHON), "-m", "pip", "install", "--no-input", *PIP_OPTIONS, str(lock)]
    )
    STAMP.write_text("".join(f"{fingerprint(each)}\n" for each in locks))


def run_quietly(command: Sequence[str]) -> None:
    """Show the output only when the command fails."""
    answer = subprocess.run(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if answer.returncode:
        tail = "\n".join(answer.stdout.splitlines()[-15:])
        raise SetupError(f"{tail}\n這個指令沒有成功（failed）：\n  {' '.join(command)}")
