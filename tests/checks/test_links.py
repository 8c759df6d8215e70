"""Personal links that can be guessed are told once, with the command that mends them."""

from __future__ import annotations

from dataclasses import replace

from site_builder.checks import Subject
from site_builder.checks.links import OWN_ADDRESSES, guessable_links
from site_builder.pages.refer import REFER_PERSONAL, REFER_THANKS
from site_builder.problem import Severity
from tests.portals import PORTAL, referrer


def test_a_code_or_an_inactive_referrer_is_nothing_to_tell() -> None:
    people = (referrer("rita", link_code="7QK3M9TX"), referrer("gone", active="no"))
    assert list(guessable_links(Subject(replace(PORTAL, referrers=people)))) == []


def test_the_first_is_named_and_the_others_are_counted() -> None:
    one, two, three = (tuple(referrer(f"r{number}") for number in range(count)) for count in (1, 2, 3))
    messages = [
        (found.severity, found.code, found.row_id, found.source.path, found.message)
        for people in (one, two, three)
        for found in guessable_links(Subject(replace(PORTAL, referrers=people)))
    ]
    words = "this referrer's link is their id and can be guessed"
    expected = [words, f"{words}, and so can 1 more in this table", f"{words}, and so can 2 more in this table"]
    assert messages == [(Severity.ADVICE, "L201", "r0", "data/referrers.csv", message) for message in expected]


def test_the_command_that_mends_it_is_named() -> None:
    (found,) = guessable_links(Subject(replace(PORTAL, referrers=(referrer("rita"),))))
    assert found.hint.startswith("portal links --assign ")


def test_an_id_that_is_one_of_the_portals_own_addresses_is_told_elsewhere() -> None:
    assert list(guessable_links(Subject(replace(PORTAL, referrers=(referrer("thanks"),))))) == []
    assert REFER_PERSONAL.route.url(code=next(iter(OWN_ADDRESSES))) == REFER_THANKS.route.url()
