"""The core has no effects. Imports are import-linter's to judge; here are the effects that need none."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CORE = ("checks", "codes", "forms", "headers", "model", "page", "pages", "problem", "rules", "suggest")
# Built-in functions that reach a disk, a terminal or code that nobody checked.
EFFECTS = {"open", "print", "input", "exec", "eval", "compile", "__import__", "breakpoint"}
# Methods that read a clock, whatever they are called on.
CLOCKS = {"today", "now", "utcnow"}


def effects(source: str) -> list[str]:
    """Each effect a module calls or mentions, as "line: name", in the order of its lines."""
    found = [
        (node.lineno, name)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Name | ast.Attribute)
        and (name := node.id if isinstance(node, ast.Name) else node.attr) in (EFFECTS if _is_bare(node) else CLOCKS)
    ]
    return [f"{line}: {name}" for line, name in sorted(found)]


def _is_bare(node: ast.expr) -> bool:
    return isinstance(node, ast.Name)


def core_modules() -> list[Path]:
    package = ROOT / "site_builder"
    return sorted(
        path
        for path in package.rglob("*.py")
        if path.relative_to(package).parts[0].removesuffix(".py") in CORE  # a module or everything in a package
    )


@pytest.mark.parametrize("path", core_modules(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_core_module_reads_no_clock_and_touches_nothing(path: Path) -> None:
    assert effects(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("from datetime import date\ndate.today()", ["2: today"]),
        ("import datetime\nclock = datetime.datetime.now", ["2: now"]),
        ("text = open('x').read()\nprint(text)", ["1: open", "2: print"]),
        ("import re\nre.compile('x')\nopened = [door.open for door in ()]", []),
    ],
)
def test_an_effect_is_found_where_it_stands(source: str, expected: list[str]) -> None:
    assert effects(source) == expected


def test_import_linter_judges_the_same_modules() -> None:
    configuration = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = {each["id"]: each for each in configuration["tool"]["importlinter"]["contracts"]}
    assert contracts["core"]["source_modules"] == [f"site_builder.{name}" for name in CORE]
