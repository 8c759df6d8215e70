"""Amounts and percentages as programs read them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from site_builder.cli.asjson import document, money, percent


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (None, None),
        (Decimal(5), "5.0"),
        (Decimal("5.00"), "5.0"),
        (Decimal(0), "0.0"),
        (Decimal(100), "100.0"),
        (Decimal("7.25"), "7.25"),
        (Decimal("83.3"), "83.3"),
    ],
)
def test_a_percentage_has_one_decimal_and_more_where_its_owner_typed_more(number: Decimal | None, text: str | None) -> None:
    assert percent(number) == text


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        (None, "GBP", None),
        (Decimal(0), "GBP", "0.00"),
        (Decimal("1E+3"), "GBP", "1000.00"),
        (Decimal("0.125"), "GBP", "0.13"),
        (Decimal("12.5"), "JPY", "13"),
        (Decimal(1), "KWD", "1.000"),
    ],
)
def test_an_amount_has_all_digits_of_its_currency(amount: Decimal | None, currency: str, text: str | None) -> None:
    assert money(amount, currency) == text


def test_letters_stay_as_they_are() -> None:
    assert document({"name": "Zo\u00eb"}) == '{\n  "name": "Zo\u00eb"\n}\n'
