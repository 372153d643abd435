"""What the documents promise is so."""

import ast
import re
from pathlib import Path

import pytest

import run

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
READERS = {"env", "env_bool", "env_int", "env_list", "get"}


def variables_read_in(path):
    """The environment variables a module asks for by name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        argument = node.args[0]
        if name in READERS and isinstance(argument, ast.Constant):
            yield from re.findall(r"^[A-Z][A-Z_]+$", str(argument.value))


def variables_read():
    paths = [ROOT / "config/settings.py", ROOT / "run.py", *ROOT.glob("launch/*.py")]
    return {name for path in paths for name in variables_read_in(path)}


def section(heading):
    return re.split(r"^## ", README.split(f"\n## {heading}\n")[1], flags=re.M)[0]


def variables_documented():
    cells = re.findall(r"^\|([^|]+)\|", section("Settings"), flags=re.M)
    return {name for cell in cells for name in re.findall(r"`([A-Z_]+)`", cell)}


def test_every_environment_variable_is_documented():
    assert variables_read() - variables_documented() == set()


def test_no_documented_variable_is_without_effect():
    assert variables_documented() - variables_read() == set()


def test_the_documented_commands_exist():
    named = set(re.findall(r"python3 run\.py ([a-z]+)", README))

    assert named <= set(run.COMMANDS)
    assert set(run.COMMANDS) <= named


@pytest.mark.parametrize(
    "path",
    sorted(ROOT.glob("*/management/commands/[a-z]*.py")),
    ids=lambda path: path.stem,
)
def test_every_management_command_is_documented(path):
    assert f"manage {path.stem}" in README


def test_the_files_the_readme_links_to_exist():
    links = re.findall(r"(?<!!)\[[^]]*\]\(([^):]+)\)", README)

    assert [link for link in links if not (ROOT / link).exists()] == []
