"""Portals of any size from a seed: valid, varied, and the same bytes for the same seed."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from random import Random

from site_builder.load.schema import columns
from site_builder.model.record import Row
from site_builder.model.tables import Client, Referral, Referrer, Review, TicketMonth

AS_OF = date(2026, 10, 31)
_INDUSTRIES = ("Dental practices", "Architects", "Solicitors", "Accountants", "Food makers", "Schools", "Charities", "Surveyors")
_TOWNS = ("Leeds", "York", "Hull", "Bradford", "Harrogate", "Wakefield", "Skipton")
_WORDS = ("North", "Bright", "Stone", "River", "Oak", "Mill", "Bridge", "Harbour", "Field", "Lantern", "Copper", "Willow")


def write(folder: Path, clients: int, seed: int = 1, *, months: int = 12, ordered: bool = True) -> None:
    """Write a portal of so many clients: three of four listed, a referrer for each tenth, a review and tickets for each.

    months: how many each client has tickets of, to the end of the year; ordered: False shuffles the table of tickets.
    """
    random = Random(seed)
    (folder / "data").mkdir(parents=True)
    _documents(folder / "data")
    ids = [f"client-{number:05d}" for number in range(clients)]
    referrers = [f"person-{number:05d}" for number in range(max(1, clients // 10))]
    _table(folder, Client, (_client(random, client_id) for client_id in ids))
    _table(folder, Referrer, (_referrer(random, referrer_id, ids) for referrer_id in referrers))
    _table(folder, Review, (_review(random, client_id) for client_id in ids))
    _table(folder, Referral, (_referral(random, number, referrers) for number in range(clients // 5)))
    pairs = [(client_id, month) for client_id in ids for month in _months(months)]
    if not ordered:
        random.shuffle(pairs)
    _table(folder, TicketMonth, (_tickets(random, client_id, month) for client_id, month in pairs))


def _documents(data: Path) -> None:
    (data / "portal.yaml").write_text(
        "name: Bench IT\nbase_url: https://refer.bench.example/\nlocale: en-GB\ncurrency: GBP\ntimezone: Europe/London\n"
        f"contact: {{email: hello@bench.example}}\nas_of: {AS_OF}\n"
    )
    (data / "positioning.yaml").write_text(
        "promise: We keep small firms working.\nideal_client: {situation: one person does IT beside their job}\n"
        "triggers: [{phrase: Nobody rings back.}]\n"
    )
    (data / "incentives.yaml").write_text("rules: []\n")


def _table(folder: Path, row: type[Row], rows: Iterable[dict[str, object]]) -> None:
    with (folder / "data" / row.TABLE.file).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns(row), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _months(count: int) -> list[str]:
    """Return so many months, the last December of the year."""
    end = 12 * (AS_OF.year + 1)
    return [f"{month // 12}-{month % 12 + 1:02d}" for month in range(end - count, end)]


def _day(random: Random, back: int) -> str:
    return str(AS_OF - timedelta(days=random.randrange(back)))


def _client(random: Random, client_id: str) -> dict[str, object]:
    return {
        "client_id": client_id,
        "name": f"{random.choice(_WORDS)} {random.choice(_WORDS)} {client_id[-5:]} Ltd",
        "industry": random.choice(_INDUSTRIES),
        "location": random.choice(_TOWNS),
        "website": f"https://www.{client_id}.example/",
        "since": _day(random, 3000),
        "last_paid_on": _day(random, 400),
        "seats": random.randrange(5, 90),
        "endpoints": random.randrange(5, 120),
        "monthly_fee": f"{random.randrange(300, 6000)}.00",
        "offers": "Plain work, done well and on time.",
        "target_customer": "Firms nearby that are growing.",
        "target_industries": ";".join(random.sample(_INDUSTRIES, 2)),
        "target_locations": random.choice(_TOWNS),
        "buying_triggers": "a new office",
        "listed": "yes" if random.random() < 0.75 else "no",
        "contact_name": "Sam Poole",
        "contact_email": f"sam@{client_id}.example",
    }


def _referrer(random: Random, referrer_id: str, clients: list[str]) -> dict[str, object]:
    return {
        "referrer_id": referrer_id,
        "name": f"{random.choice(_WORDS)} {referrer_id}",
        "audience": random.choice(("owner", "staff", "partner")),
        "kind": "client",
        "client_id": random.choice(clients),
        "kickback_clause": "none",
    }


def _review(random: Random, client_id: str) -> dict[str, object]:
    outcome = random.choice(("asked", "retention", "roadblock"))
    return {"client_id": client_id, "reviewed_on": _day(random, 700), "outcome": outcome, "nps": random.randrange(11)}


def _referral(random: Random, number: int, referrers: list[str]) -> dict[str, object]:
    return {
        "referral_id": f"r-{number:05d}",
        "received_on": _day(random, 500),
        "referrer_id": random.choice(referrers),
        "prospect": f"{random.choice(_WORDS)} Prospect {number}",
        "status": "received",
        "source": "referral",
    }


def _tickets(random: Random, client_id: str, month: str) -> dict[str, object]:
    return {"client_id": client_id, "month": month, "endpoints": random.randrange(5, 120), "tickets": random.randrange(40)}
