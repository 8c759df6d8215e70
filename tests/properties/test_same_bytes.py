"""The same portal gives the same bytes: on any machine, in any order of its rows, and whatever its private cells hold."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.golden.update import PORTAL
from tests.invalid import cases

DEMO = Path(__file__).parents[2]
DIGEST = Path(__file__).parent / "digest.py"

PRIVATE: dict[str, tuple[str, str, str]] = {
    "start of a contract": ("data/clients.csv", "2020-01-31", "2011-12-13"),
    "last payment": ("data/clients.csv", "2026-10-01", ""),
    "seats and endpoints": ("data/clients.csv", "31,41,", "1,2,"),
    "fee": ("data/clients.csv", "3131.51", "1"),
    "contact": ("data/clients.csv", "Canary Alma,canary@alma.example", "Zoe,zoe@zoe.example"),
    "name of a client who is not listed": ("data/clients.csv", "Bolt Haulage,haulage,York", "Other Name,Other Trade,Elsewhere"),
    "name of a referrer who is not named": ("data/referrers.csv", "Canary Sam,staff", "Somebody Else,partner"),
    "e-mail of a referrer": ("data/referrers.csv", "canary@priya.example", "else@priya.example"),
    "clause of a referrer": ("data/referrers.csv", "healthcare,none", "legal,disclose"),
    "outcome of a review": ("data/reviews.csv", "asked,,,,9,canary good talk", "retention,,,,1,cross"),
    "prospect": ("data/referrals.csv", "Canary Prospects,canary-prospects.example", "Others,others.example"),
    "status of a referral": ("data/referrals.csv", "received,", "lost,"),
    "sum paid": ("data/payouts.csv", "71.72", "17.27"),
    "tickets": ("data/tickets.csv", "41,3", "14,30"),
    "reason of a nomination": ("data/nominations.csv", "canary closed every old account", "they asked"),
    "one vote of two": ("data/votes.csv", "canary-bob,acme", "zoe,bolt"),
    "introduction": ("data/introductions.csv", "Canary School,won,919.19", "Others,lost,"),
    "gift": ("data/gifts.csv", "canary hamper,37.37", "flowers,1"),
    "owner": ("data/portal.yaml", "Canary Ann", "Zoe"),
    "threshold": ("data/portal.yaml", 'derisory: "100"', 'derisory: "7"'),
    "benchmark": ("data/positioning.yaml", "canary minutes", "hours"),
    "next improvement": ("data/positioning.yaml", "canary evening shift", "a new desk"),
    "cost of a gift": ("data/incentives.yaml", '"45.01"', '"54.10"'),
    "value of a customer": ("data/incentives.yaml", '"60606"', '"90909"'),
    "why a sector is limited": ("data/incentives.yaml", "canary code of conduct", "a law"),
    "team member who is not public": ("data/trust.yaml", "Canary Carla, role: canary bookkeeper", "Zoe, role: chair"),
    "third party": ("data/trust.yaml", "Canary Cables, does: canary wiring", "Others, does: roofs"),
    "gift for an anniversary": ("data/rewards.yaml", "canary card", "a bicycle"),
    "question of a review": ("data/nurture.yaml", "canary question", "how are you"),
    "spotlight without permission": ("content/spotlights/2026-11-bolt.md", "Canary headline", "Other headline"),
}
"""A private value of the clean portal, and another valid one."""


def public(root: Path, cache: Path | None = None) -> dict[str, bytes]:
    """Return a portal's public files by path; that there is no error is part of what is asserted."""
    found = cases.built(root, cache)
    assert found.artifacts, [problem.message for problem in found.problems]
    return {artifact.path: artifact.content for artifact in found.artifacts}


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def clean(cache: Path) -> dict[str, bytes]:
    return public(cases.CLEAN, cache)


def test_building_twice_gives_the_same_bytes(clean: dict[str, bytes], cache: Path) -> None:
    assert public(cases.CLEAN, cache) == clean
    assert public(cases.CLEAN) == clean


def test_the_output_is_the_same_on_any_machine(tmp_path: Path) -> None:
    """The demo, published by the command itself under two systems that differ in whatever a system can differ in."""
    here = {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"}
    there = {
        "PYTHONHASHSEED": "4321",
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "POSIX",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
    }
    assert _digest(tmp_path / "here", "forward", here, umask=0o022) == _digest(tmp_path / "there", "backward", there, umask=0o077)


def _digest(where: Path, order: str, environment: dict[str, str], *, umask: int) -> str:
    portal = where / "portal"
    for folder in ("data", "content"):
        shutil.copytree(DEMO / folder, portal / folder)
    command = [sys.executable, str(DIGEST), order, str(portal), str(where / "site")]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "LC_", "LANG"))}
    environment = {**kept, "PYTHONPATH": str(DEMO), **environment}
    done = subprocess.run(command, env=environment, umask=umask, capture_output=True, text=True, check=False, timeout=100)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1]


@settings(max_examples=12)
@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_never_matters(
    clean: dict[str, bytes], cache: Path, tmp_path_factory: pytest.TempPathFactory, random: Random
) -> None:
    root = _shuffled(cases.CLEAN, tmp_path_factory.mktemp("rows"), random.shuffle)
    assert public(root, cache) == clean


def test_the_golden_portal_backwards_is_the_golden_portal(tmp_path: Path) -> None:
    assert public(_shuffled(PORTAL, tmp_path, list.reverse)) == public(PORTAL)


def _shuffled(source: Path, where: Path, shuffle: Callable[[list[str]], None]) -> Path:
    root = shutil.copytree(source, where / "portal")
    for table in sorted((root / "data").glob("*.csv")):
        header, *rows = table.read_text(encoding="utf-8").splitlines()
        shuffle(rows)
        table.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    return root


@pytest.mark.parametrize("what", PRIVATE)
def test_a_private_value_changes_no_public_byte(what: str, clean: dict[str, bytes], cache: Path, tmp_path: Path) -> None:
    path, old, new = PRIVATE[what]
    root = shutil.copytree(cases.CLEAN, tmp_path / "portal")
    text = (root / path).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (root / path).write_text(text.replace(old, new), encoding="utf-8")
    assert public(root, cache) == clean
