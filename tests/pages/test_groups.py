"""Groups of clients: which there are, how they are called, and what their addresses are made of."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest

from site_builder.model.public import PublicClient
from site_builder.pages.groups import Facet, by_word, facets, largest, slug
from site_builder.rules.consent import public_portal
from tests.portals import PORTAL, client


def listed(*rows: dict[str, str]) -> tuple[PublicClient, ...]:
    """Clients of these rows, a to z, and so many beside them without anything to share that there are nine at least."""
    rows += tuple({"industry": f"trade {number}"} for number in range(9 - len(rows)))
    named = (client(f"c{number}", listed="yes", **row) for number, row in enumerate(rows))
    return public_portal(replace(PORTAL, clients=tuple(named))).clients


def members(found: tuple[Facet, ...]) -> dict[tuple[str, str], list[str]]:
    return {place: [each.client_id for each in group.clients] for place, group in by_word(found).items()}


LAW, LEEDS = {"industry": "law"}, {"industry": "a", "location": "Leeds"}


def test_clients_who_share_a_word_are_a_group_and_one_alone_is_none() -> None:
    rows = ({"industry": "law", "location": "Leeds"}, LAW, LEEDS | {"target_industries": "law;charity"}, {"industry": "b"})
    wishing = ({"industry": "c", "target_industries": "charity"},)
    assert members(facets(listed(*rows, *wishing))) == {
        ("industry", "law"): ["c0", "c1"],
        ("place", "leeds"): ["c0", "c2"],
        ("looking-for", "charity"): ["c2", "c4"],
    }


def test_eight_clients_are_read_at_a_glance() -> None:
    nine = listed(LAW, LAW)
    assert facets(nine[:8]) == ()
    assert members(facets(nine)) == {("industry", "law"): ["c0", "c1"]}


def test_what_everybody_shares_sorts_nobody() -> None:
    assert facets(listed(*[{"industry": "law"}] * 9)) == ()


def test_spellings_with_one_address_are_one_group_called_as_most_call_it() -> None:
    rows = ({"industry": "Café"}, {"industry": "cafe"}, {"industry": "CAFE"}, {"industry": "cafe"})
    (facet,) = facets(listed(*rows))
    (group,) = facet.groups
    assert (group.slug, group.name, len(group.clients)) == ("cafe", "cafe", 4)


def test_of_spellings_that_are_as_usual_the_first_by_letters_counts_whatever_the_order_of_rows() -> None:
    rows = ({"industry": "food & drink"}, {"industry": "Food, drink"})
    names = {facets(listed(*order))[0].groups[0].name for order in (rows, rows[::-1])}
    assert names == {"Food, drink"}


def test_a_client_who_says_a_word_twice_stands_there_once() -> None:
    rows = ({"industry": "a", "target_industries": "law;Law"}, {"industry": "b", "target_industries": "law"})
    assert members(facets(listed(*rows))) == {("looking-for", "law"): ["c0", "c1"]}


def test_groups_stand_by_name_without_regard_to_case_and_accents() -> None:
    rows = tuple({"industry": trade} for trade in ("zoo", "Éclairs", "eel farm", "Dental") for _ in "12")
    (facet,) = facets(listed(*rows, LAW))
    assert [group.name for group in facet.groups] == ["Dental", "Éclairs", "eel farm", "zoo"]


def test_the_largest_groups_are_those_with_most_clients_still_by_name() -> None:
    rows = tuple({"industry": trade} for trade in ("a", "a", "b", "b", "b", "c", "c", "c", "c"))
    (facet,) = facets(listed(*rows))
    assert [group.name for group in largest(facet, 2).groups] == ["b", "c"]
    assert [group.name for group in largest(facet, 1).groups] == ["c"]
    assert largest(facet, 3) == facet


def digest(word: str) -> str:
    return sha256(word.encode()).hexdigest()[:8]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Estate agency", "estate-agency"),
        ("  Food & drink!", "food-drink"),
        ("Zürich", "zurich"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("Tromsø", "tromso"),
        ("3D-Druck", "3d-druck"),
        ("القاهرة", digest("القاهرة")),
        ("IT القاهرة", f"it-{digest('it القاهرة')}"),
        ("IT دبي", f"it-{digest('it دبي')}"),
        ("&", digest("&")),
        ("Aux", f"aux-{digest('aux')}"),
        ("com1", f"com1-{digest('com1')}"),
        ("a" * 60, "a" * 60),
        ("a" * 61, f"{'a' * 60}-{digest('a' * 61)}"),
    ],
)
def test_an_address_is_made_of_plain_letters_and_tells_words_apart_that_have_none(word: str, expected: str) -> None:
    assert slug(word) == expected


def test_composed_and_decomposed_accents_are_one_address() -> None:
    assert slug("caf\u00e9") == slug("cafe\u0301") == "cafe"
