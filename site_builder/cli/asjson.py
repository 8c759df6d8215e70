"""Answers for programs (domain, "Commands and their JSON"): money and percentages are texts, so that no digit is lost."""

from __future__ import annotations

import json
from decimal import Decimal

from site_builder.rules.money import rounded


def document(value: object) -> str:
    """Return a JSON document for people to read as well: indented, letters as they are, with a line end."""
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def percent(number: Decimal | None) -> str | None:
    """Return a number of a hundred with one decimal, with more where its owner typed more; None for None."""
    if number is None:
        return None
    tenths = f"{number:.1f}"
    return tenths if Decimal(tenths) == number else f"{number.normalize():f}"


def money(amount: Decimal | None, currency: str) -> str | None:
    """Return an amount with all digits of the currency's minor unit, "104.00"; None for None."""
    return None if amount is None else f"{rounded(amount, currency):f}"
