"""The project's own Python: its folder for data, its secret and its environment."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from pathlib import Path

from .errors import SetupError
from .packages import PYTHON, ROOT


def data_dir() -> Path:
    """Where everything that must outlive an update is kept; for the owner only."""
    path = Path(os.environ.get("DATA_DIR") or ROOT / "var")
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def write_private(path: Path, text: str) -> None:
    """Create ``path`` readable by the owner only; an older one is replaced whole."""
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)


def secret_key() -> str:
    """The installation's key: from the environment, or made once and kept."""
    given = os.environ.get("SECRET_KEY")
    if given:
        return given
    path = data_dir() / "secret_key"
    if not path.exists():
        write_private(path, secrets.token_urlsafe(50))
    return path.read_text(encoding="utf-8").strip()


def environment() -> dict[str, str]:
    """What the children see; they run where they find the project."""
    env = dict(os.environ, SECRET_KEY=secret_key(), PYTHONUTF8="1")
    if sys.platform == "darwin":
        env.setdefault("DYLD_FALLBACK_LIBRARY_PATH", "/opt/homebrew/lib:/usr/local/lib")
    return env


def python(*arguments: str) -> int:
    """Run the project's Python in the project's folder; its exit code."""
    command = [str(PYTHON), *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment(), check=False).returncode


def manage(*arguments: str) -> None:
    """A management command that must succeed."""
    if python("manage.py", *arguments):
        raise SetupError(f"manage {arguments[0]} 沒有成功，原因見上。")
