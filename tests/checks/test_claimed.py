"""Words of a list are found as whole words, however they are written."""

from __future__ import annotations

import pytest

from site_builder.checks.claimed import claimed


@pytest.mark.parametrize(
    ("text", "entry", "found"),
    [
        ("Friendly people", "friendly", "Friendly"),
        ("friendly people", "FRIENDLY", "friendly"),
        ("We give great  service.", "great service", "great  service"),
        ("We are cost-effective", "cost effective", "cost-effective"),
        ("We are cost effective", "cost-effective", "cost effective"),
        ("We are cost\u2011effective", "cost-effective", "cost\u2011effective"),
        ("We aren’t cheap", "aren't cheap", "aren’t cheap"),
        ("We aren't cheap", "aren’t cheap", "aren't cheap"),
        ("Nous avons l’IA", "IA", "IA"),
        ("An AI-powered desk", "ai", "AI"),
        ("Our provider's desk", "provider", "provider"),
        ("The cheapest desk", "cheap*", "cheapest"),
        ("Cheap", "cheap*", "Cheap"),
        ("We tailored the solutions", "tailor* the solution*", "tailored the solutions"),
        ("Die GRÖSSTE Firma", "größte", "GRÖSSTE"),
        ("fiabilite\u0301", "fiabilité", "fiabilité"),
        ("No. 1 in Leeds, #1 in York", "#1", "#1"),
        ("No. 1 in Leeds", "no. 1", "No. 1"),
        ("Open 24/7", "24/7", "24/7"),
        ("a friendly_desk", "friendly", "friendly"),
    ],
)
def test_words_are_found_and_returned_as_they_are_written(text: str, entry: str, found: str) -> None:
    assert claimed(text, [entry]) == found


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("unfriendly", "friendly"),
        ("befriend", "friend*"),
        ("friendlyish", "friendly"),
        ("We are great. Service is ours", "great service"),
        ("great, service", "great service"),
        ("service great", "great service"),
        ("great", "great service"),
        ("any words at all", "*"),
        ("any words at all", ""),
        ("any words at all", "-"),
        ("a* b", "a c"),
        ("", "friendly"),
        ("– …", "friendly"),
    ],
)
def test_words_inside_others_or_across_a_stop_are_not_found(text: str, entry: str) -> None:
    assert claimed(text, [entry]) == ""


def test_a_list_without_words_finds_nothing() -> None:
    assert claimed("friendly", []) == ""


def test_an_asterisk_of_the_text_is_a_sign_and_stands_for_nothing() -> None:
    assert claimed("cheap*", ["cheap"]) == "cheap"
    assert claimed("che*", ["cheap"]) == ""


def test_the_first_words_are_returned_and_of_those_the_longest() -> None:
    assert claimed("The best price and friendly", ["friendly", "best", "best price"]) == "best price"


@pytest.mark.parametrize(
    "words", [["every business", "except every business day"], ["except every business day*", "every business"]]
)
def test_an_exception_covers_its_own_place_alone(words: list[str]) -> None:
    assert claimed("We answer every business day.", words) == ""
    assert claimed("Every business day, for every business.", words) == "every business"


def test_an_exception_alone_finds_nothing() -> None:
    assert claimed("every business day", ["except every business day"]) == ""


def test_words_beside_an_exception_do_not_join_across_it() -> None:
    assert claimed("great not so service", ["great service", "except not so"]) == ""
