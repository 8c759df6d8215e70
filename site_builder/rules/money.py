"""Money is exact: decimals, rounded half-up to the currency's minor unit; caps alone round down (domain, "Incentives")."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from types import MappingProxyType

MINOR_UNITS: Mapping[str, int] = MappingProxyType(
    {
        **dict.fromkeys(("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF"), 0),
        **dict.fromkeys(("UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"), 0),
        **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
        **dict.fromkeys(("CLF", "UYW"), 4),
    }
)
"""Decimal places of the currencies that do not have two (ISO 4217)."""
_USUAL = 2


def minor_units(currency: str) -> int:
    """Return how many decimal places a currency has."""
    return MINOR_UNITS.get(currency, _USUAL)


def rounded(amount: Decimal, currency: str) -> Decimal:
    """Return an amount in whole minor units, half-up: 0.125 GBP is 0.13, 12.5 JPY is 13."""
    return amount.quantize(_minor_unit(currency), rounding=ROUND_HALF_UP)


def rounded_down(amount: Decimal, currency: str) -> Decimal:
    """Return an amount in whole minor units and never more than it is: what a cap leaves of 100.005 GBP is 100.00."""
    return amount.quantize(_minor_unit(currency), rounding=ROUND_DOWN)


def _minor_unit(currency: str) -> Decimal:
    return Decimal(1).scaleb(-minor_units(currency))
