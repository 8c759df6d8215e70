"""Copying a record into its public type: by name, never a private field, and only on the day it was agreed to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import pytest

from site_builder.model.public import ClientCard, PublicClient
from site_builder.model.tables import Client
from site_builder.problem import Source
from site_builder.rules.projection import NotPublicError, agreed, client_card, project
from tests.portals import AS_OF, PORTAL, client


@dataclass(frozen=True)
class Indiscreet:
    """A public type with a slip in it."""

    name: str
    monthly_fee: Decimal | None


def test_a_public_type_that_names_a_private_field_is_our_mistake() -> None:
    with pytest.raises(NotPublicError, match="Client: monthly_fee"):
        project(client(), Indiscreet)


def test_a_record_field_that_loses_its_mark_is_noticed() -> None:
    class Shy(Client):
        name: str  # without Public

    shy = Shy.model_validate({"client_id": "a", "name": "A", "industry": "x", "since": "2024-01-01"})
    with pytest.raises(NotPublicError, match="Shy: name"):
        project(shy, PublicClient, source=Source(""))


def test_a_given_value_replaces_the_records_own() -> None:
    assert project(client(monthly_fee="900"), Indiscreet, monthly_fee=None) == Indiscreet("Acme", None)


@pytest.mark.parametrize(
    ("day", "expected"), [(None, False), (date(2026, 10, 30), True), (AS_OF, True), (date(2026, 11, 1), False)]
)
def test_a_permission_counts_from_its_day_on(day: date | None, *, expected: bool) -> None:
    assert agreed(day, AS_OF) is expected


@pytest.mark.parametrize(("listed", "slug"), [("yes", "acme"), ("no", None)])
def test_a_client_on_a_permitted_page_is_a_card_that_leads_to_its_entry_where_it_has_one(listed: str, slug: str | None) -> None:
    portal = replace(PORTAL, clients=(client("acme", website="https://acme.example/", location="Leeds", listed=listed),))
    assert client_card(portal, "acme") == ClientCard("Acme", "dental", "https://acme.example/", slug)
