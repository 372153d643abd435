"""System libraries, fonts and programs: installed with apt, or told how to."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Sequence

from plans.machine import Requirement, install_command, missing


def provide(requirements: Iterable[Requirement]) -> None:
    """Install what is missing, or say how; the rest of the system works without."""
    lacking = missing(requirements)
    if not lacking or apt_install(lacking):
        return
    what = "、".join(f"{each.purpose}（{each.package}）" for each in lacking)
    print(f"這台機器還缺：{what}。\n其他功能照常；請管理者執行（please run）：")
    print(f"  {install_command(lacking)}")


def apt_install(lacking: Sequence[Requirement]) -> bool:
    """Whether all of it is there now; False at once where apt or the right is missing."""
    prefix = root_prefix()
    if prefix is None or not shutil.which("apt-get"):
        return False
    packages = [each.package for each in lacking]
    print(f"安裝系統套件：{' '.join(packages)} …")
    command = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    install = [*command, "install", "-y", "--no-install-recommends", *packages]
    if not succeeds(install):
        succeeds([*command, "update"])
        succeeds(install)
    return not missing(lacking) or packages == ["python3-venv"]


def root_prefix() -> list[str] | None:
    """How to run a command as root without being asked; None where there is no way."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return []
    if shutil.which("sudo") and succeeds(["sudo", "-n", "true"]):
        return ["sudo", "-n"]
    return None


def succeeds(command: Sequence[str]) -> bool:
    answer = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    return answer.returncode == 0
