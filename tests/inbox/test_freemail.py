"""Which firm an address speaks of."""

from __future__ import annotations

import re

import pytest

from site_builder.inbox.freemail import FREEMAIL, address, own_domain


@pytest.mark.parametrize(
    ("contact", "domain"),
    [
        ("jo@leeworks.example", "leeworks.example"),
        (" Jo.Lee@Mail.LeeWorks.Example. ", "mail.leeworks.example"),
        ("mailto:jo@www.leeworks.example", "leeworks.example"),
        ("jo@gmail.com", ""),
        ("JO@GoogleMail.com", ""),
        ("jo@btinternet.com", ""),
        ("07700 900123", ""),
        ("jo@localhost", ""),
        ("Jo <jo@leeworks.example>", ""),
        ("a@b.example, c@d.example", ""),
        ("jo@lée.example", ""),
        ("jo@" + "a." * 130 + "example", ""),
        ("", ""),
    ],
)
def test_a_firms_own_domain_is_known_and_everybodys_is_not(contact: str, domain: str) -> None:
    assert own_domain(contact) == domain


def test_an_address_is_compared_in_small_letters() -> None:
    assert address(" Jo@Lee.Example ") == "jo@lee.example"
    assert address("07700 900123") == ""


def test_the_list_holds_domains_as_they_are_compared() -> None:
    assert all(re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", domain) for domain in FREEMAIL)
