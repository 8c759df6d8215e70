"""One firm, however its name or its address is typed."""

from __future__ import annotations

import re

import pytest

from site_builder.rules.incentives.prospects import LEGAL_FORMS, host_key, name_key, website_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Penny & Quill", "penny   QUILL"),
        ("Penny-Quill", "Penny Quill"),
        ("Penny-Quill", "PennyQuill"),
        ("O'Brien Joinery", "O’Brien Joinery"),
        ("O'Brien Joinery", "OBrien Joinery"),
        ("Straße 5 GmbH", "STRASSE 5"),
        ("\uff30enny Ltd", "Penny"),
        ("Café Zoë", "Cafe\u0301 Zoe\u0308"),
        ("«Penny» Limited", "Penny"),
        ("Penny Ltd.", "Penny"),
        ("Penny, Inc.", "Penny"),
        ("Penny S.A.", "Penny"),
        ("Penny S. p. A.", "Penny"),
        ("Penny L.L.P", "Penny"),
        ("Penny Holding AG Ltd", "Penny Holding"),
        ("Penny (UK) Ltd", "Penny UK"),
        ("Bloggs Limited LLP PLC", "Bloggs"),
    ],
)
def test_names_that_are_one(one: str, other: str) -> None:
    assert name_key(one) == name_key(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Penny", "Penny Two"),
        ("Penny", "Pennies"),
        ("Limited Penny", "Penny"),
        ("AG", "KG"),
        ("Ltd", "Limited"),
        ("Zoë", "Zoe"),
        ("Penny & Co", "Penny"),
        ("Plan B", "Plan"),
        ("C++ Works", "C Works"),
    ],
)
def test_names_that_are_two(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


def test_every_legal_form_of_the_domain_falls_away_at_the_end() -> None:
    forms = re.findall("[A-Za-z]+", "Ltd Limited LLC LLP PLC Inc GmbH AG KG UG SA SAS SARL Srl SpA BV NV Oy AB ApS")
    assert {name_key(f"Penny {form}") for form in forms} == {"penny"}
    assert len(LEGAL_FORMS) == 20


@pytest.mark.parametrize(
    ("name", "key"), [("AG", "ag"), ("AG Ltd", "ag"), ("S.A.", "sa"), ("S.A. Ltd", "sa"), ("???", ""), ("«»", "")]
)
def test_a_name_is_never_emptied_by_its_legal_form(name: str, key: str) -> None:
    assert name_key(name) == key


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://www.penny.example/", "penny.example"),
        ("http://penny.example", "penny.example"),
        ("https://WWW.Penny.Example:8080/about?x=1", "penny.example"),
        ("https://shop.penny.example#top", "shop.penny.example"),
        ("not an address", ""),
    ],
)
def test_a_website_is_known_by_its_host(address: str, host: str) -> None:
    assert website_key(address) == host


def test_a_domain_is_compared_without_www() -> None:
    assert host_key("www.penny.example") == host_key("penny.example")
    assert host_key("www2.penny.example") == "www2.penny.example"
