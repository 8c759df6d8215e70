"""What may be published (domain, §4): each condition, and that no order of rows matters."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.model.content import Spotlight
from site_builder.model.documents import Rewards
from site_builder.model.incentives import GiftRule
from site_builder.model.portal import Portal
from site_builder.model.public import ClientCard, PublicClient, PublicMatch, PublicPortal, Turnout
from site_builder.model.tables import Client, Referrer, Vote
from site_builder.problem import Source
from site_builder.rules.consent import MOST_MATCHES, public_portal
from tests.portals import (
    PORTAL,
    client,
    free_page,
    incentives,
    positioning,
    referrer,
    rule,
    settings,
    spotlight,
    trust,
    typed,
    votes,
)


def public(portal: Portal) -> PublicPortal:
    return public_portal(portal)


# ------------------------------------------------------------------------------------------------------- permissions


def test_an_unlisted_client_stands_nowhere() -> None:
    portal = replace(PORTAL, clients=(client("acme", listed="yes"), client("zebra")))
    found = public(portal)
    assert [each.client_id for each in found.clients] == ["acme"]
    assert "zebra" not in repr(found).casefold()


def test_a_listed_client_shows_what_the_domain_lists() -> None:
    shown = {
        "location": "Leeds",
        "website": "https://acme.example/",
        "offers": "teeth",
        "target_customer": "anybody with teeth",
        "target_industries": "legal;retail",
        "target_locations": "York",
        "buying_triggers": "toothache",
    }
    hidden = {
        "seats": "12",
        "endpoints": "14",
        "monthly_fee": "900",
        "contact_name": "Zoe Zebra",
        "contact_email": "z@acme.example",
    }
    (found,) = public(replace(PORTAL, clients=(client("acme", listed="yes", **shown, **hidden),))).clients
    assert found == PublicClient(
        client_id="acme",
        name="Acme",
        industry="dental",
        location="Leeds",
        website="https://acme.example/",
        offers="teeth",
        target_customer="anybody with teeth",
        target_industries=("legal", "retail"),
        target_locations=("York",),
        buying_triggers=("toothache",),
        source=Source("data/clients.csv", 2, 1),
    )


def test_listed_clients_who_ask_for_each_other_are_matched_by_public_fields_alone() -> None:
    law = {"industry": "legal", "location": "Leeds"}
    firms = (
        client("acme", listed="yes", target_industries="legal"),
        client("laws", listed="yes", **law, monthly_fee="900", seats="7731", last_paid_on="2026-10-01"),
        client("zebra", **law, target_industries="dental"),
    )
    found = public(replace(PORTAL, clients=firms))
    assert found.matches == {"acme": (PublicMatch("laws", "Laws", "legal", None),), "laws": ()}
    assert not any(secret in repr(found) for secret in ("zebra", "7731", "900"))


def test_a_few_matches_are_enough() -> None:
    firms = tuple(client(f"l{n}", industry="legal", target_industries="legal", listed="yes") for n in range(9))
    assert {len(each) for each in public(replace(PORTAL, clients=firms)).matches.values()} == {MOST_MATCHES}


def test_clients_stand_by_name_whatever_its_case_then_by_id() -> None:
    names = {"c": "beta", "b": "Alpha", "a": "Beta"}
    portal = replace(PORTAL, clients=tuple(client(key, name=name, listed="yes") for key, name in names.items()))
    assert [each.client_id for each in public(portal).clients] == ["b", "a", "c"]


# ------------------------------------------------------------------------------------------------------- spotlights


@pytest.mark.parametrize(
    ("month", "permission", "lang", "shown"),
    [
        ("2026-09", "2026-10-31", "", True),
        ("2026-10", "2026-10-01", "", True),
        ("2026-09", None, "", False),
        ("2026-09", "2026-11-01", "", False),
        ("2026-11", "2026-10-01", "", False),
        ("2026-09", "2026-10-01", "de", False),
    ],
    ids=["permitted today", "of this month", "never permitted", "permitted tomorrow", "of next month", "of another language"],
)
def test_a_spotlight_needs_a_permission_and_a_month_that_has_begun(
    month: str, permission: str | None, lang: str, *, shown: bool
) -> None:
    item = spotlight("acme", month, permission_on=permission, **{"@lang": lang})
    assert len(public(replace(PORTAL, clients=(client(),), spotlights=(item,))).spotlights) == shown


def test_a_spotlight_names_an_unlisted_client_with_industry_and_website_but_links_to_no_entry() -> None:
    clients = (client("acme", website="https://acme.example/", location="Leeds", offers="teeth", monthly_fee="900"),)
    found = public(replace(PORTAL, clients=clients, spotlights=(spotlight(),)))
    assert found.spotlights[0].client == ClientCard("Acme", "dental", "https://acme.example/", None)
    assert found.clients == ()
    assert not any(secret in repr(found) for secret in ("Leeds", "teeth", "900"))


def test_a_spotlight_of_a_listed_client_links_to_its_entry() -> None:
    found = public(replace(PORTAL, clients=(client(listed="yes"),), spotlights=(spotlight(),)))
    assert found.spotlights[0].client.slug == "acme"


def test_the_latest_spotlight_stands_first() -> None:
    items = (spotlight("acme", "2026-08"), spotlight("acme", "2026-10"), spotlight("acme", "2025-12"))
    found = public(replace(PORTAL, clients=(client(),), spotlights=items)).spotlights
    assert [each.month for each in found] == [date(2026, 10, 1), date(2026, 8, 1), date(2025, 12, 1)]


def test_why_a_spotlight_is_not_the_votes_winner_stays_private() -> None:
    item = spotlight(override_reason="the zebra was on holiday")
    assert "zebra" not in repr(public(replace(PORTAL, clients=(client(),), spotlights=(item,))))


@pytest.mark.parametrize(
    ("voters", "staff", "expected"),
    [
        (4, "14", None),
        (5, "20", Turnout(5, 25)),
        (9, "14", Turnout(9, 64)),  # 900 / 14 = 64.29
        (5, None, Turnout(5, None)),
    ],
)
def test_the_turnout_is_told_from_five_voters_on(voters: int, staff: str | None, expected: Turnout | None) -> None:
    portal = replace(
        PORTAL,
        settings=settings(staff=staff),
        clients=(client(), client("other")),
        spotlights=(spotlight("acme", "2026-09"),),
        votes=(*votes("2026-09", "other", voters), *votes("2026-08", "acme", 9)),
    )
    assert public(portal).spotlights[0].turnout == expected


# ------------------------------------------------------------------------------------------------------- referrers


def test_a_link_tells_nothing_about_a_referrer_who_is_not_named() -> None:
    people = (
        referrer("rita", named="yes", link_code="7ZQ0MK3B", audience="staff", email="zebra@x.example"),
        referrer("sam", audience="partner"),
        referrer("old", active="no", named="yes"),
    )
    found = public(replace(PORTAL, referrers=people)).personal_links
    assert [(each.code, each.name, each.audience) for each in found] == [("7ZQ0MK3B", "Rita", "staff"), ("sam", None, None)]
    assert "zebra" not in repr(found)


# ------------------------------------------------------------------------------------------------------- documents


def test_owners_staff_checks_and_retention_stay_private() -> None:
    secret = settings(owners={"zebra": "Zebra"}, staff="7731", checks={"thresholds": {"zebra": "7731"}}, timezone="UTC")
    found = repr(public(replace(PORTAL, settings=secret)))
    assert "zebra" not in found.casefold()
    assert "7731" not in found


def test_plans_benchmarks_and_segments_stay_private() -> None:
    claim = {"claim": "We ring back", "kind": "service", "evidence": "seen", "next_improvement": "zebra", "due_on": "2027-01-31"}
    found = public(
        replace(
            PORTAL,
            positioning=positioning(
                differentiators=[claim],
                benchmarks=[{"metric": "zebra", "ours": "zebra"}],
                segments=[{"name": "zebra", "offer": "zebra"}],
            ),
        )
    )
    assert found.positioning.differentiators[0].evidence == "seen"
    assert "zebra" not in repr(found)


@pytest.mark.parametrize(
    ("valid", "shown"),
    [
        ({}, True),
        ({"valid_from": "2026-10-31"}, True),
        ({"valid_from": "2026-11-01"}, False),
        ({"valid_to": "2026-10-31"}, True),
        ({"valid_to": "2026-10-30"}, False),
        ({"valid_from": "2026-01-01", "valid_to": "2026-12-31"}, True),
    ],
)
def test_a_rule_is_shown_while_it_holds(valid: dict[str, str], *, shown: bool) -> None:
    found = public(replace(PORTAL, incentives=incentives(rule("a"), rule("b", **valid)))).incentives.rules
    assert [each.id for each in found] == (["a", "b"] if shown else ["a"])


def test_what_a_gift_costs_is_gone() -> None:
    hamper = rule("hamper", type="gift", what="a hamper", cost="7731", to_share="yes")
    (found,) = public(replace(PORTAL, incentives=incentives(hamper))).incentives.rules
    assert isinstance(found, GiftRule)
    assert found.cost is None
    assert found.what == "a hamper"


def test_of_the_policy_only_the_words_for_clauses_are_public() -> None:
    entry = {"verdict": "disclose", "words": "We may thank you.", "why": "zebra", "source": "zebra"}
    policy = {
        "sectors": {"healthcare": {"verdict": "forbid", "words": "zebra"}},
        "clauses": {"disclose": entry, "none": {"verdict": "allow"}},
    }
    economics = {"ltv": "7731"}
    found = public(replace(PORTAL, incentives=incentives(policy=policy, economics=economics))).incentives
    assert found.clause_words == ("We may thank you.",)
    assert "zebra" not in repr(found)
    assert "7731" not in repr(found)


def test_without_trust_and_rewards_there_is_none_of_either() -> None:
    found = public(PORTAL)
    assert (found.trust, found.client_rewards) == (None, None)


def test_trust_shows_people_who_agreed_and_words_agreed_to() -> None:
    found = public(
        replace(
            PORTAL,
            clients=(client("acme", website="https://acme.example/"), client("best", listed="yes")),
            trust=trust(
                guarantees=[{"title": "Nine minutes", "promise": "We answer", "if_we_fail": "You pay nothing"}],
                team=[{"name": "Ann", "public": "yes"}, {"name": "Zebra"}],
                outcomes=[{"metric": "NPS", "value": "71"}],
                reviews_elsewhere=[{"site": "Stars", "score": "4.8"}],
                third_parties=[{"name": "Zebra", "result": "bad"}],
                testimonials=[
                    {"words": "Fine", "who": "Zoe", "client": "acme", "consent_on": "2026-03-01"},
                    {"words": "Good", "who": "Yan", "client": "best", "consent_on": "2026-10-31"},
                    {"words": "Well", "who": "Xia", "consent_on": "2026-10-31"},
                    {"words": "zebra", "who": "zebra"},
                    {"words": "zebra", "who": "zebra", "consent_on": "2026-11-01"},
                ],
            ),
        )
    ).trust
    assert found is not None
    assert [member.name for member in found.team] == ["Ann"]
    assert [(each.who, each.client) for each in found.testimonials] == [
        ("Zoe", ClientCard("Acme", "dental", "https://acme.example/", None)),
        ("Yan", ClientCard("Best", "dental", None, "best")),
        ("Xia", None),
    ]
    assert found.guarantees[0].if_we_fail == "You pay nothing"
    assert (found.outcomes[0].value, found.reviews_elsewhere[0].score) == ("71", Decimal("4.8"))
    assert found.capacity is None
    assert "zebra" not in repr(found).casefold()


@pytest.mark.parametrize(("show", "expected"), [("yes", (6, 4)), ("no", (None, None))])
def test_slot_numbers_are_shown_where_their_owner_shows_them(show: str, expected: tuple[int | None, int | None]) -> None:
    room = {"statement": "There is room", "slots_a_month": "6", "slots_taken": "4", "show_numbers": show}
    found = public(replace(PORTAL, trust=trust(capacity=room))).trust
    assert found is not None
    assert found.capacity is not None
    assert (found.capacity.slots_a_month, found.capacity.slots_taken) == expected
    assert found.capacity.statement == "There is room"


def test_rewards_for_clients_are_shown_without_the_surprises() -> None:
    rewards = {
        "utilisation": {"months": "4", "tiers": [{"name": "gold", "up_to_percent": "10", "reward": "lunch"}]},
        "practices": {
            "items": [{"id": "mfa", "title": "Two locks"}],
            "tiers": [{"name": "bronze", "practices": ["mfa"], "discount_percent": "5"}],
        },
        "anniversaries": [{"from_year": "1", "reward": "zebra"}],
    }
    found = public(replace(PORTAL, rewards=typed(Rewards, rewards))).client_rewards
    assert found is not None
    assert (found.months, found.utilisation[0].reward, found.practices[0].practices) == (4, "lunch", ("Two locks",))
    assert "zebra" not in repr(found)


def test_either_kind_of_reward_stands_alone_and_surprises_alone_are_none() -> None:
    tickets = public(replace(PORTAL, rewards=typed(Rewards, {"utilisation": {}}))).client_rewards
    practices = public(replace(PORTAL, rewards=typed(Rewards, {"practices": {}}))).client_rewards
    surprises = public(replace(PORTAL, rewards=typed(Rewards, {"anniversaries": [{"from_year": "1", "reward": "x"}]})))
    assert tickets is not None
    assert (tickets.months, tickets.practices) == (3, ())
    assert practices is not None
    assert (practices.months, practices.utilisation) == (0, ())
    assert surprises.client_rewards is None


def test_pages_of_other_languages_are_not_shown_yet() -> None:
    pages = (free_page("faq", nav_order="2"), free_page("haeufig", **{"@lang": "de"}))
    found = public(replace(PORTAL, pages=pages)).pages
    assert [(page.slug, page.nav_order, page.body) for page in found] == [("faq", 2, "Some words.")]


# ------------------------------------------------------------------------------------------------------- order

FULL = replace(
    PORTAL,
    clients=tuple(client(key, name=name, listed="yes") for key, name in {"a": "Same", "b": "Same", "c": "alpha"}.items()),
    referrers=(referrer("rita", named="yes"), referrer("sam"), referrer("tom", link_code="7ZQ0MK3B")),
    spotlights=(spotlight("a", "2026-08"), spotlight("b", "2026-08"), spotlight("c", "2026-09")),
    votes=(*votes("2026-08", "a", 6), *votes("2026-09", "b", 5)),
)


@given(
    st.permutations(FULL.clients), st.permutations(FULL.referrers), st.permutations(FULL.spotlights), st.permutations(FULL.votes)
)
def test_the_order_of_rows_never_matters(
    clients: list[Client], referrers: list[Referrer], spotlights: list[Spotlight], cast: list[Vote]
) -> None:
    shuffled = replace(FULL, clients=tuple(clients), referrers=tuple(referrers), spotlights=tuple(spotlights), votes=tuple(cast))
    assert public(shuffled) == public(FULL)
