"""Names that become addresses work on every system."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.load.names import ROUTES, address, address_fault, folded, static_fault


@pytest.mark.parametrize("stem", ["about", "2026-02", "2026-10-acme", "a", "console", "com10", "x" * 100])
def test_a_name_of_small_letters_digits_and_hyphens_is_an_address(stem: str) -> None:
    assert address_fault(stem) == ""


@pytest.mark.parametrize(
    ("stem", "fault"),
    [
        ("About", "holds capital letters"),
        ("con", "is reserved by Windows"),
        ("NUL", "is reserved by Windows"),
        ("com1", "is reserved by Windows"),
        ("x" * 101, "is longer than 100 characters"),
        ("", "holds more than small letters a-z, digits and single hyphens"),
        ("..", "holds more than small letters a-z, digits and single hyphens"),
        ("a b", "holds more than small letters a-z, digits and single hyphens"),
        ("a--b", "holds more than small letters a-z, digits and single hyphens"),
        ("-a", "holds more than small letters a-z, digits and single hyphens"),
        ("café", "holds more than small letters a-z, digits and single hyphens"),
        ("a\n", "holds more than small letters a-z, digits and single hyphens"),
        ("\uff11", "holds more than small letters a-z, digits and single hyphens"),
        ("a.b", "holds more than small letters a-z, digits and single hyphens"),
    ],
)
def test_any_other_name_is_none(stem: str, fault: str) -> None:
    assert address_fault(stem) == fault


def test_names_that_differ_in_case_or_composition_are_one() -> None:
    assert folded("Café") == folded("cafe\u0301")
    assert folded("STRASSE") == folded("straße")


@pytest.mark.parametrize(("stem", "better"), [("About Us!", "about-us"), ("Café", "cafe"), ("..", ""), ("a__b--c", "a-b-c")])
def test_a_better_name_is_offered(stem: str, better: str) -> None:
    assert address(stem) == better


@given(st.text(max_size=150))
def test_what_is_offered_is_an_address_itself(stem: str) -> None:
    better = address(stem)
    assert better == "" or address_fault(better) in {"", "is reserved by Windows"}


def test_the_portals_own_routes_are_addresses() -> None:
    assert all(address_fault(route) == "" for route in ROUTES)
    assert {"who-to-refer", "rewards", "trust", "my", "404", "static"} <= set(ROUTES)


@pytest.mark.parametrize("name", ["logo.svg", "Team_Photo-2.JPG", "CNAME", "a.b.c"])
def test_a_file_keeps_its_name(name: str) -> None:
    assert static_fault(name) == ""


@pytest.mark.parametrize("name", ["con.txt", "AUX", "a b.png", ".env", "-x", "café.png", "a.", "x" * 101, "a\nb", ""])
def test_a_name_that_not_every_system_takes(name: str) -> None:
    assert static_fault(name) != ""
