"""What was written for private pages and opens none is told by name and number, never by what it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from site_builder.problem import Problem
from site_builder.seal import unused
from tests import portals
from tests.seal.test_given import GOOD, SETTINGS, env, written


def found(root: Path, environ: Mapping[str, str], *, absent: tuple[str, ...] = ()) -> tuple[Problem, ...]:
    told = unused(replace(portals.PORTAL, settings=SETTINGS, absent=frozenset(absent)), root, environ)
    assert "umbrella" not in repr(told)
    return told


def messages(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    return [(each.code, each.message) for each in problems]


def test_there_is_nothing_to_say_where_all_is_in_order(tmp_path: Path) -> None:
    env(tmp_path, f"# ours\n\n{written(**GOOD)}\nDATABASE_URL=x\n")
    assert found(tmp_path, {"HOME": "/root"}) == ()


def test_a_phrase_of_nobody_is_named_with_where_it_stands(tmp_path: Path) -> None:
    env(tmp_path, written(**GOOD, PORTAL_OWNER_ZOE="umbrella"))
    told = found(tmp_path, {"PORTAL_OWNER_KIM": "umbrella", "PORTAL_OWNER_LEE": " "})
    assert messages(told) == [
        ("D707", "PORTAL_OWNER_KIM stands in the environment and is no owner's"),
        ("D707", "PORTAL_OWNER_ZOE stands in .env and is no owner's"),
    ]
    assert [each.source.path == ".env" for each in told] == [False, True]


def test_one_that_was_told_as_misspelt_is_not_told_again(tmp_path: Path) -> None:
    environ = {**GOOD, "PORTAL_OWNER_ANNN": GOOD["PORTAL_OWNER_ANN"]}
    del environ["PORTAL_OWNER_ANN"]
    assert found(tmp_path, environ) == ()


def test_lines_that_are_not_name_and_value_are_told_by_their_number(tmp_path: Path) -> None:
    env(tmp_path, written(**GOOD) + "\numbrella tractor\n")
    assert messages(found(tmp_path, {})) == [("D706", "line 5 is not NAME=value, so nobody reads it")]
    env(tmp_path, "\n\r\numbrella: tractor\r\n\r\n" + written(**GOOD) + "# fine\numbrella\nA='umbrella\n")
    assert messages(found(tmp_path, {})) == [("D706", "lines 3, 9, 10 are not NAME=value, so nobody reads them")]


def test_odd_lines_of_a_file_that_is_not_ours_are_nobodys_business(tmp_path: Path) -> None:
    env(tmp_path, "umbrella: tractor\n")
    assert found(tmp_path, GOOD) == ()


def test_owners_without_clients_are_told_that_they_have_no_page(tmp_path: Path) -> None:
    assert messages(found(tmp_path, GOOD, absent=("data/clients.csv",))) == [
        ("D707", "the owners have no page to open, for there is no data/clients.csv")
    ]
    assert unused(replace(portals.PORTAL, absent=frozenset(("data/clients.csv",))), tmp_path, {}) == ()
