"""What can be found: on the page of the search and in its index, and when there is one at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from site_builder.model.portal import Portal
from site_builder.pages.search import SEARCH, SEARCH_INDEX
from tests.pages.test_views import entries, view
from tests.portals import PORTAL, client, event, free_page, incentives, positioning, rule, spotlight, story, trust


def test_a_portal_whose_menu_names_everything_has_no_search() -> None:
    unlisted = replace(PORTAL, clients=(client(),))
    assert (entries(SEARCH, unlisted), entries(SEARCH_INDEX, unlisted)) == ((), ())


@pytest.mark.parametrize(
    "portal",
    [
        replace(PORTAL, clients=(client(listed="yes"),)),
        replace(PORTAL, clients=(client(),), spotlights=(spotlight(),)),
        replace(PORTAL, stories=(story(),)),
        replace(PORTAL, pages=(free_page("faq"),)),
    ],
    ids=["a listed client", "a spotlight", "a story", "a page of the owner's own"],
)
def test_one_thing_beside_the_menu_is_enough(portal: Portal) -> None:
    assert (len(entries(SEARCH, portal)), len(entries(SEARCH_INDEX, portal))) == (1, 1)


def firms(count: int) -> Portal:
    return replace(PORTAL, clients=tuple(client(f"c{number:02}", listed="yes") for number in range(count)))


def test_fifty_clients_are_a_list_and_more_are_found_by_their_groups() -> None:
    assert len(view(SEARCH, firms(50)).clients) == 50
    assert view(SEARCH, firms(51)).clients == ()
    assert len(view(SEARCH_INDEX, firms(51)).clients) == 51


def test_the_page_has_every_group() -> None:
    pairs = tuple(client(f"c{number}", listed="yes", industry=f"trade {number // 2}") for number in range(60))
    (facet,) = view(SEARCH, replace(PORTAL, clients=pairs)).facets
    assert len(facet.groups) == 30


def test_who_is_not_listed_is_not_found() -> None:
    portal = replace(PORTAL, clients=(client("acme"), client("bolt", listed="yes")))
    assert [each.client_id for each in view(SEARCH, portal).clients] == ["bolt"]
    assert [each.client_id for each in view(SEARCH_INDEX, portal).clients] == ["bolt"]


FULL = replace(
    PORTAL,
    positioning=positioning(problems=["No one rings back"]),
    incentives=incentives(rule("a", title="A hamper"), rule("b", title="£50")),
    trust=trust(
        guarantees=[{"title": "Money back", "promise": "…"}],
        team=[{"name": "Ann Lee", "public": "yes"}, {"name": "Bob Ray"}],
    ),
    events=(event("supper"),),
    stories=(story("monday"),),
    pages=(free_page("faq"),),
)


def test_pages_are_found_by_what_stands_on_them() -> None:
    found = view(SEARCH_INDEX, FULL)
    assert found.said == {
        "who_to_refer": "We answer in nine minutes. · One overworked person does IT. · No one rings back",
        "rewards": "A hamper · £50",
        "trust": "Money back · Ann Lee",  # whoever did not agree to be shown is not found either
        "events": "Supper",
    }
    assert [each.slug for each in found.stories] == ["monday"]
    assert [each.slug for each in found.pages] == ["faq"]
    assert [each.phrase for each in found.triggers] == ["They take two days to ring back."]


def test_a_page_that_is_off_is_found_by_nothing() -> None:
    assert view(SEARCH_INDEX, replace(PORTAL, pages=(free_page("faq"),))).said.keys() == {"who_to_refer"}
