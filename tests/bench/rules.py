"""The rules timed on a large programme: 2,000 clients, 15,000 reviews, 800 referrers, 5,000 referrals, 24,000 rows of tickets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from random import Random
from time import perf_counter

from site_builder.checks import Subject, check
from site_builder.cli import patient
from site_builder.model.documents import Rewards
from site_builder.model.incentives import Incentives
from site_builder.model.portal import Portal, TicketTotal
from site_builder.model.tables import Client, Introduction, Referral, Referrer, Review
from site_builder.page import Known
from site_builder.pages.private.kpis import KPIS
from site_builder.rules.anniversaries import anniversaries
from site_builder.rules.incentives import evaluations
from site_builder.rules.kpis import kpis
from site_builder.rules.matches import ledgers, listed_matches, matches_by_client
from site_builder.rules.nurture import nurturing
from site_builder.rules.outcomes import by_reward, by_source
from site_builder.rules.programme import Programme
from site_builder.rules.utilisation import utilisation
from tests.bench.portals import AS_OF
from tests.portals import PORTAL, settings

CLIENTS, REVIEWS, REFERRERS, REFERRALS, MONTHS = 2_000, 15_000, 800, 5_000, 12
_RUNS = 3
_INDUSTRIES = tuple(f"trade {number}" for number in range(40))
_TOWNS = tuple(f"town {number}" for number in range(25))


def main() -> None:
    """Print what each rule takes: the first run, and the fastest of the next."""
    patient()  # as in every command
    portal = programme()
    earned = evaluations(portal)
    asked: dict[str, Callable[[], object]] = {
        "KPIs with a trend of 24 months": lambda: kpis(portal),
        "evaluations of all referrals": lambda: evaluations(portal),
        "outcomes by source and reward": lambda: (by_source(portal, earned), by_reward(portal, earned)),
        "nurture": lambda: nurturing(portal),
        "utilisation of all clients": lambda: [utilisation(portal, client) for client in portal.clients],
        "anniversaries": lambda: anniversaries(portal),
        "matches of all clients": lambda: matches_by_client(portal),
        "matches on public pages": lambda: listed_matches(portal, 6),
        "ledgers": lambda: ledgers(portal),
        "all checks": lambda: check(Subject(portal)),
    }
    lines = sum(len(each.lines) for each in earned.values())
    print(f"Rules: {CLIENTS:,} clients, {REVIEWS:,} reviews, {REFERRERS:,} referrers, {REFERRALS:,} referrals ({lines:,} lines).")
    print(f"{'':32}{'first':>8}{'then':>8}  seconds")
    for name, run in asked.items():
        first, *others = [_taken(run) for _ in range(1 + _RUNS)]
        print(f"{name:32}{first:>8.3f}{min(others):>8.3f}", flush=True)
    whole = Programme(portal)
    print(f"{'one Monday, everything once':32}{_taken(lambda: _everything(whole)):>8.3f}")
    print(f"{'the KPI page of it':32}{_taken(lambda: KPIS.sheets(Known(whole))):>8.3f}")


def programme() -> Portal:
    """Return the portal in memory, the same for each run."""
    random = Random(7)
    clients = tuple(_client(random, number) for number in range(CLIENTS))
    ids = [client.client_id for client in clients]
    tickets = {
        each: tuple(TicketTotal(f"2025-{month:02d}", 20 + random.randrange(60), random.randrange(30)) for month in range(1, 13))
        + tuple(TicketTotal(f"2026-{month:02d}", 20 + random.randrange(60), random.randrange(30)) for month in range(1, 11))
        for each in ids[: 24_000 // 22]
    }
    return replace(
        PORTAL,
        as_of=AS_OF,
        settings=settings(owners={"ann": "Ann Hale"}),
        incentives=_incentives(),
        clients=clients,
        referrers=tuple(_referrer(random, number, ids) for number in range(REFERRERS)),
        reviews=tuple(_review(random, ids) for _ in range(REVIEWS)),
        referrals=tuple(_referral(random, number) for number in range(REFERRALS)),
        introductions=tuple(_introduction(random, ids) for _ in range(CLIENTS)),
        tickets=tickets,
        rewards=Rewards.model_validate({"utilisation": {"tiers": [{"name": "gold", "up_to_percent": "10", "reward": "lunch"}]}}),
    )


def _everything(whole: Programme) -> object:
    return (whole.kpis, whole.outcomes_by_source, whole.outcomes_by_reward, whole.worth, whole.nurturing, whole.elections)


def _taken(run: Callable[[], object]) -> float:
    began = perf_counter()
    run()
    return perf_counter() - began


def _incentives() -> Incentives:
    common = {"title": "Thanks", "plain": "We thank you."}
    rules: list[dict[str, object]] = [
        {"id": "hamper", "audiences": ["owner"], "type": "gift", "what": "hamper", **common},
        {"id": "fixed", "audiences": ["staff"], "type": "fixed", "amount": "100", **common},
        {
            "id": "share",
            "audiences": ["partner"],
            "type": "commission",
            "parts": [{"percent": "10", "of": "monthly_fee", "from": 1, "to": 24}],
            "cap_per_year": "5000",
            **common,
        },
        {"id": "welcome", "type": "discount", "percent": "50", "months": 1, **common},
    ]
    return Incentives.model_validate({"rules": rules, "example": {"monthly_fee": "1000"}, "economics": {"ltv": "60000"}})


def _client(random: Random, number: int) -> Client:
    return Client(
        client_id=f"client-{number:04d}",
        name=f"Client {number}",
        industry=random.choice(_INDUSTRIES),
        location=random.choice(_TOWNS),
        website=f"https://client-{number:04d}.example/",
        since=AS_OF - timedelta(days=random.randrange(30, 3000)),
        last_paid_on=AS_OF - timedelta(days=random.randrange(400)),
        monthly_fee=Decimal(random.randrange(300, 6000)),
        target_industries=tuple(random.sample(_INDUSTRIES, 3)),
        target_locations=tuple(random.sample(_TOWNS, 3)),
        listed=random.random() < 0.75,
    )


def _referrer(random: Random, number: int, ids: list[str]) -> Referrer:
    return Referrer.model_validate(
        {
            "referrer_id": f"person-{number:03d}",
            "name": f"Person {number}",
            "audience": random.choice(("owner", "staff", "partner")),
            "kind": "client",
            "client_id": random.choice(ids),
            "kickback_clause": random.choice(("none", "none", "disclose", "unknown")),
            "joined_on": AS_OF - timedelta(days=random.randrange(1000)),
        }
    )


def _review(random: Random, ids: list[str]) -> Review:
    outcome = random.choice(("asked", "asked", "retention", "roadblock"))
    day = AS_OF - timedelta(days=random.randrange(1200))
    return Review.model_validate({"client_id": random.choice(ids), "reviewed_on": day, "outcome": outcome})


def _referral(random: Random, number: int) -> Referral:
    received = AS_OF - timedelta(days=random.randrange(1500))
    won = random.random() < 0.4
    return Referral.model_validate(
        {
            "referral_id": f"r-{number:05d}",
            "received_on": received,
            "referrer_id": f"person-{random.randrange(REFERRERS):03d}",
            "prospect": f"Prospect {number} Ltd",
            "prospect_domain": f"prospect-{number}.example",
            "status": "won" if won else random.choice(("received", "contacted", "lost")),
            "status_on": received + timedelta(days=20),
            "won_on": received + timedelta(days=20) if won else None,
            "monthly_fee": Decimal(random.randrange(300, 6000)) if won else None,
            "contract_months": 36 if won else None,
            "source": random.choice(("referral", "referral", "event", "inbound")),
        }
    )


def _introduction(random: Random, ids: list[str]) -> Introduction:
    day = AS_OF - timedelta(days=random.randrange(700))
    return Introduction(introduced_on=day, client_id=random.choice(ids), introduced=random.choice(ids))


if __name__ == "__main__":
    main()
