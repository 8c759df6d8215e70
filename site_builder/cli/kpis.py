"""portal kpis: the five numbers of the process, and apart from them what came of it (domain, "KPIs"; source: Five KPIs)."""

from __future__ import annotations

import sys
from decimal import Decimal
from typing import Final

from site_builder.cli.arguments import Arguments
from site_builder.cli.asjson import document, money, percent
from site_builder.cli.kpistext import as_text
from site_builder.cli.loaded import answer
from site_builder.cli.table import screen
from site_builder.model.portal import Portal
from site_builder.rules.kpis import Share, Snapshot
from site_builder.rules.outcomes import Outcomes
from site_builder.rules.programme import Programme

_READS: Final = (
    "data/clients.csv",
    "data/reviews.csv",
    "data/incentives.yaml",
    "data/referrers.csv",
    "data/referrals.csv",
    "data/payouts.csv",
    "content/terms/",
)
"""What the numbers are made of; from the third on for what rewards cost."""


def kpis(arguments: Arguments) -> int:
    """Print the numbers; 1 where mistakes would make them wrong, 2 where others read along."""

    def said(portal: Portal) -> str:
        programme = Programme(portal)
        return as_json(programme) if arguments.format == "json" else as_text(programme, screen(sys.stdout))

    return answer(arguments, _READS, said)


def as_json(programme: Programme) -> str:
    """Return the numbers for programs; the days of the trend have the same shapes as the present."""
    found = programme.kpis
    return document(
        {
            "as_of": programme.portal.as_of.isoformat(),
            **_shares(found.present),
            "standing": {client_id: standing.value for client_id, standing in found.present.standing.items()},
            "months": [{"month": each.month, "target": each.target, "reviewed": each.reviewed} for each in found.months],
            "backlog": found.backlog,
            "trend": [{"on": each.on.isoformat(), **_shares(each)} for each in found.trend],
            "outcomes": [_outcomes(each, programme.portal.settings.currency) for each in programme.outcomes_by_source],
        }
    )


def _shares(snapshot: Snapshot) -> dict[str, object]:
    return {
        "active": len(snapshot.active),
        "reviewed": _share(snapshot.reviewed),
        "health": _share(snapshot.health),
        "risk": _share(snapshot.risk),
        "blocked": _share(snapshot.blocked),
        "unknown": _share(snapshot.unknown),
    }


def _share(share: Share) -> dict[str, object]:
    return {"count": share.count, "percent": percent(share.percent)}


def _outcomes(found: Outcomes, currency: str) -> dict[str, object]:
    return {
        "source": found.name,
        "received": found.received,
        "won": found.won,
        "conversion_percent": percent(found.conversion_percent),
        "revenue": money(found.revenue, currency),
        "median_days_to_close": _days(found.median_days_to_close),
        "kept_12_months_percent": percent(found.kept_12_months_percent),
        "cost_per_won": money(found.cost_per_won, currency),
    }


def _days(days: Decimal | None) -> int | float | None:
    """Return days as a number: a median is whole or a half, which JSON's numbers hold exactly."""
    if days is None:
        return None
    return int(days) if days == int(days) else float(days)
