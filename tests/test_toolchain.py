"""What the tools are set up with keeps its promises: locked by hash, from no named index, each exception explained."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
PIN = re.compile(r"^([a-z0-9-]+)==\S+ \\$", re.MULTILINE)


def pinned(lock: str) -> set[str]:
    return set(PIN.findall((ROOT / "requirements" / lock).read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_a_lock_holds_pins_hashes_and_their_reasons_but_no_address(path: Path) -> None:
    odd = [
        line
        for line in path.read_text(encoding="utf-8").splitlines()
        if not re.fullmatch(r"[a-z0-9-]+==\S+ \\|    --hash=sha256:[0-9a-f]{64}( \\)?|    # .*", line)
    ]
    assert odd == []


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = {re.split(r"[>=<]", each)[0] for each in project["project"]["dependencies"]}
    assert wanted <= pinned("run.txt")
    assert {re.split(r"[>=<]", each)[0] for each in project["build-system"]["requires"]} <= pinned("build.txt")


def test_the_tests_run_with_the_versions_the_program_runs_with() -> None:
    tested = (ROOT / "requirements" / "test.txt").read_text(encoding="utf-8").splitlines()
    running = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8").splitlines()
    assert {line for line in running if "==" in line} <= {line for line in tested if "==" in line}


def test_the_node_lock_holds_hashes_and_no_address() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: each for name, each in lock["packages"].items() if name}
    assert all(each["integrity"].startswith("sha512-") for each in packages.values())
    assert not any("resolved" in each for each in packages.values())


def test_every_ignored_rule_says_why() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    rules = re.findall(r'^    "[A-Z]+[0-9]+",(.*)$', text, re.MULTILINE)
    assert rules
    assert [comment for comment in rules if not re.match(r" +# \S", comment)] == []
