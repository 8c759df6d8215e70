"""The directory: its lists and their pages, and whom a listed client could meet, by what their entries say already."""

from __future__ import annotations

from dataclasses import replace

from site_builder.model.portal import Portal
from site_builder.model.public import PublicMatch
from site_builder.pages import plan
from site_builder.pages.directory import (
    DIRECTORY,
    DIRECTORY_ENTRY,
    DIRECTORY_GROUP,
    DIRECTORY_GROUP_PAGE,
    DIRECTORY_PAGE,
)
from site_builder.rules.consent import public_portal
from tests.pages.test_views import entries, view
from tests.portals import PORTAL, client


def firms(count: int, **values: str) -> Portal:
    """So many listed clients, c000 and on, alike but for what a first one says: a trade of its own."""
    first = client("c000", listed="yes", industry="alone")
    return replace(PORTAL, clients=(first, *(client(f"c{n:03}", listed="yes", **values) for n in range(1, count))))


def directory_urls(portal: Portal) -> list[str]:
    pages = plan(public_portal(portal))
    return [page.url for page in pages if page.kind.startswith("directory") and page.kind != "directory_entry"]


def test_everybody_stands_by_name_on_one_list() -> None:
    portal = replace(PORTAL, clients=(client("b", name="Zoo", listed="yes"), client("a", name="abc", listed="yes"), client("c")))
    found = view(DIRECTORY, portal)
    assert [each.name for each in found.listing.items] == ["abc", "Zoo"]
    assert (found.count, found.group, found.facets, found.has_more, found.is_long) == (2, None, (), False, False)


def test_nobody_listed_is_no_directory() -> None:
    assert directory_urls(replace(PORTAL, clients=(client(),))) == []


def test_a_few_firms_are_one_page_without_groups_and_search() -> None:
    assert directory_urls(firms(8, location="Leeds")) == ["/directory/"]
    assert not view(DIRECTORY, firms(8)).is_long
    assert view(DIRECTORY, firms(9)).is_long


def test_many_firms_are_sorted_by_trade_place_and_wish() -> None:
    assert directory_urls(firms(9, location="Leeds", target_industries="estate agency")) == [
        "/directory/",
        "/directory/industry/dental/",
        "/directory/place/leeds/",
        "/directory/looking-for/estate-agency/",
    ]


def test_lists_of_more_than_fifty_go_on_to_a_next_page() -> None:
    portal = firms(103)  # 102 of them dentists
    assert directory_urls(portal) == [
        "/directory/",
        "/directory/page/2/",
        "/directory/page/3/",
        "/directory/industry/dental/",
        "/directory/industry/dental/page/2/",
        "/directory/industry/dental/page/3/",
    ]
    numbers = [each.view.listing.number for each in entries(DIRECTORY_PAGE, portal)]
    assert numbers == [each.view.listing.number for each in entries(DIRECTORY_GROUP_PAGE, portal)] == [2, 3]
    last = entries(DIRECTORY_GROUP_PAGE, portal)[-1]
    assert [each.client_id for each in last.view.listing.items] == ["c101", "c102"]
    assert (last.view.count, last.label) == (102, "dental")


def test_a_group_knows_its_clients_and_the_ways_to_the_others() -> None:
    portal = firms(10, location="Leeds")
    trade, place = (entry.view for entry in entries(DIRECTORY_GROUP, portal))
    assert trade.group is not None
    assert place.group is not None
    assert (trade.group.name, place.group.name, trade.count) == ("dental", "Leeds", 9)
    assert trade.facets == place.facets == view(DIRECTORY, portal).facets
    assert [facet.name for facet in trade.facets] == ["industry", "place"]


def test_a_list_offers_the_twenty_largest_groups_of_a_facet_and_says_that_there_are_more() -> None:
    def trades(count: int) -> Portal:
        return replace(
            PORTAL, clients=tuple(client(f"c{n:03}", listed="yes", industry=f"t{n // 2:02}") for n in range(2 * count))
        )

    assert ([len(facet.groups) for facet in view(DIRECTORY, trades(20)).facets], view(DIRECTORY, trades(20)).has_more) == (
        [20],
        False,
    )
    assert ([len(facet.groups) for facet in view(DIRECTORY, trades(21)).facets], view(DIRECTORY, trades(21)).has_more) == (
        [20],
        True,
    )
    assert len(entries(DIRECTORY_GROUP, trades(21))) == 21


def test_the_words_of_an_entry_lead_to_those_who_share_them() -> None:
    portal = firms(9, target_industries="law;boats", location="Leeds")
    portal = replace(
        portal, clients=(*portal.clients, client("zz", listed="yes", industry="Dental", target_industries="boats;x"))
    )
    found = {entry.params[0][1]: entry.view for entry in entries(DIRECTORY_ENTRY, portal)}
    other = found["zz"]
    assert other.industry.group is not None
    assert (other.industry.text, other.industry.group.slug, other.place) == ("Dental", "dental", None)
    assert [(wish.text, wish.group and wish.group.slug) for wish in other.wishes] == [("boats", "boats"), ("x", None)]
    alone = found["c000"]
    assert (alone.industry.text, alone.industry.group, alone.place, alone.wishes) == ("alone", None, None, ())
    there = found["c001"].place
    assert there is not None
    assert there.group is not None
    assert (there.text, there.group.facet, there.group.slug) == ("Leeds", "place", "leeds")


# Whom a client could meet


def could_meet(portal: Portal, client_id: str = "acme") -> tuple[PublicMatch, ...]:
    (found,) = (
        entry.view.could_meet
        for entry in DIRECTORY_ENTRY.collect(public_portal(portal))
        if dict(entry.params)["client"] == client_id
    )
    return found


ACME = client("acme", listed="yes", target_industries="legal", target_locations="Leeds")


def test_a_client_could_meet_those_of_the_trade_and_place_it_asks_for() -> None:
    firms = (
        client("laws", name="Laws", industry="Legal", location="Leeds", listed="yes"),
        client("far", industry="legal", location="York", listed="yes"),
        client("bakers", industry="baking", location="Leeds", listed="yes"),
    )
    assert could_meet(replace(PORTAL, clients=(ACME, *firms))) == (PublicMatch("laws", "Laws", "Legal", "Leeds"),)


def test_where_any_place_will_do_none_is_named() -> None:
    anywhere = client("acme", listed="yes", target_industries="legal")
    firm = client("laws", name="Laws", industry="legal", location="York", listed="yes")
    assert could_meet(replace(PORTAL, clients=(anywhere, firm))) == (PublicMatch("laws", "Laws", "legal", None),)


def test_an_unlisted_client_is_nobody_to_meet() -> None:
    hidden = client("laws", industry="legal", location="Leeds")
    assert could_meet(replace(PORTAL, clients=(ACME, hidden))) == ()


def test_a_client_who_asks_for_nobody_could_meet_nobody() -> None:
    firm = client("laws", industry="legal", location="Leeds", listed="yes")
    assert could_meet(replace(PORTAL, clients=(ACME, firm)), "laws") == ()


def test_six_stand_on_an_entry_at_most_the_first_by_name() -> None:
    firms = tuple(client(f"l{n}", name=f"Laws {9 - n}", industry="legal", location="Leeds", listed="yes") for n in range(8))
    found = could_meet(replace(PORTAL, clients=(ACME, *firms)))
    assert [match.name for match in found] == ["Laws 2", "Laws 3", "Laws 4", "Laws 5", "Laws 6", "Laws 7"]


def test_who_pays_and_who_was_introduced_changes_nothing() -> None:
    firm = client("laws", industry="legal", location="Leeds", listed="yes")
    paying = client("laws", industry="legal", location="Leeds", listed="yes", last_paid_on="2026-10-01", since="2020-01-01")
    assert could_meet(replace(PORTAL, clients=(ACME, firm))) == could_meet(replace(PORTAL, clients=(ACME, paying))) != ()
