"""Money is exact, and rounded half-up to the currency's own minor unit."""

from __future__ import annotations

from decimal import Decimal

import pytest

from site_builder.rules.money import minor_units, rounded, rounded_down


@pytest.mark.parametrize(
    ("currency", "places"), [("GBP", 2), ("EUR", 2), ("HUF", 2), ("JPY", 0), ("ISK", 0), ("KWD", 3), ("TND", 3), ("CLF", 4)]
)
def test_a_currency_has_its_own_minor_unit(currency: str, places: int) -> None:
    assert minor_units(currency) == places


@pytest.mark.parametrize(
    ("amount", "currency", "expected"),
    [
        ("0.125", "GBP", "0.13"),
        ("0.135", "GBP", "0.14"),
        ("0.1249", "GBP", "0.12"),
        ("7", "GBP", "7.00"),
        ("12.5", "JPY", "13"),
        ("13.5", "JPY", "14"),
        ("12.4999", "JPY", "12"),
        ("0.0005", "KWD", "0.001"),
        ("0.00005", "CLF", "0.0001"),
        ("999999999999.999999", "GBP", "1000000000000.00"),
    ],
)
def test_halves_are_rounded_up(amount: str, currency: str, expected: str) -> None:
    assert str(rounded(Decimal(amount), currency)) == expected


@pytest.mark.parametrize(
    ("amount", "currency", "expected"),
    [("0.129", "GBP", "0.12"), ("0.12", "GBP", "0.12"), ("12.9", "JPY", "12"), ("5", "KWD", "5.000")],
)
def test_a_cap_is_never_exceeded_by_rounding(amount: str, currency: str, expected: str) -> None:
    assert str(rounded_down(Decimal(amount), currency)) == expected
