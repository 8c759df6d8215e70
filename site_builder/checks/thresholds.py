"""The numbers behind the checks, each with its usual value; portal.yaml: checks.thresholds changes them (domain, "Checks")."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from site_builder.model.portal import Portal


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number of one check. usual: where the portal says nothing. about: what it means, as its owner reads it."""

    code: str
    usual: Decimal
    about: str


THRESHOLDS: Mapping[str, Threshold] = MappingProxyType(
    {
        "improved_months": Threshold("P101", Decimal(12), "months after which a difference should have been improved"),
        "benchmark_months": Threshold("P103", Decimal(12), "months after which a benchmark is old"),
        "promise_words": Threshold("P108", Decimal(25), "words the promise may have"),
        "capacity_days": Threshold("T101", Decimal(90), "days after which the capacity should be looked at again"),
        "outcome_months": Threshold("T105", Decimal(12), "months after which a result is old"),
        "third_party_months": Threshold("T106", Decimal(6), "months after which a supplier should be checked again"),
        "wow_days": Threshold("T107", Decimal(90), "days within which there should be a wow story or gift"),
        "low_score": Threshold("T108", Decimal(4), "a score below this, out of 5, wants an answer"),
        "derisory": Threshold("I103", Decimal(100), "a sum at or below this may offend an owner, in the portal's currency"),
        "first_year_from": Threshold("I105", Decimal(5), "percent of the first year that a commission should reach"),
        "first_year_to": Threshold("I105", Decimal(10), "percent of the first year that a commission should not exceed"),
        "plain_words": Threshold("I107", Decimal(25), "words that an offer may have"),
        "plain_grade": Threshold("I107", Decimal(8), "school grade that an offer in English may need"),
        "told_days": Threshold("L105", Decimal(30), "days within which a prospect is told that you have their details"),
        "first_step_fields": Threshold("F101", Decimal(3), "fields that the form's first step may have"),
        "form_fields": Threshold("F102", Decimal(7), "fields that the whole form may have"),
        "spotlight_day": Threshold("S101", Decimal(7), "day of the month from which its spotlight is missed"),
        "backlog": Threshold("K101", Decimal(0), "reviews that may be behind"),
        "unknown_percent": Threshold("K102", Decimal(25), "percent of clients of whom nobody need know"),
        "follow_up_days": Threshold("K103", Decimal(30), "days within which a client at risk is reviewed again"),
        "due_days": Threshold("N106", Decimal(14), "days after which a reward that is due should have been handed over"),
        "first_paid_days": Threshold(
            "N107", Decimal(60), "days after a win within which the customer has paid for the first time"
        ),
        "anniversary_days": Threshold("R101", Decimal(14), "days before an anniversary by which its gift is planned"),
    }
)


def threshold(portal: Portal, name: str) -> Decimal:
    """Return a threshold's value in a portal; KeyError for a name there is not is our mistake."""
    usual = THRESHOLDS[name].usual
    return portal.settings.checks.thresholds.get(name, usual)
