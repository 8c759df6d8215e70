"""A listed client says whom they want to meet, where they are and what makes people buy."""

from __future__ import annotations

from dataclasses import replace

import pytest

from site_builder.checks import Subject
from site_builder.checks.directory import unknown_wishes
from site_builder.model.tables import Client
from site_builder.problem import Problem, Severity, Source
from tests.portals import PORTAL, client

WHOLE = {"listed": "yes", "location": "Leeds", "target_customer": "families", "buying_triggers": "a new school"}


def told(*clients: Client) -> list[Problem]:
    return list(unknown_wishes(Subject(replace(PORTAL, clients=clients))))


def test_a_client_who_says_it_all_is_no_news() -> None:
    assert told(client(**WHOLE), client("bolt", **{**WHOLE, "target_customer": "", "target_industries": "law;retail"})) == []


def test_a_client_who_is_not_listed_is_left_alone() -> None:
    assert told(client(), client("bolt", listed="no")) == []


def test_no_clients_no_advice() -> None:
    assert told() == []


@pytest.mark.parametrize(
    ("values", "lacking", "hint"),
    [
        ({"target_customer": ""}, "a target customer", "target_customer"),
        ({"target_customer": "", "target_locations": "Leeds"}, "a target customer", "target_customer"),
        ({"location": ""}, "a location", "location"),
        ({"buying_triggers": ""}, "buying triggers", "buying_triggers"),
        ({"location": "", "buying_triggers": ""}, "a location and buying triggers", "location and buying_triggers"),
        (
            {"target_customer": "", "location": "", "buying_triggers": ""},
            "a target customer, a location and buying triggers",
            "target_customer, location and buying_triggers",
        ),
    ],
)
def test_what_is_missing_is_said_once_a_client(values: dict[str, str], lacking: str, hint: str) -> None:
    (found,) = told(client(**{**WHOLE, **values}))
    assert (found.code, found.severity, found.row_id) == ("H101", Severity.ADVICE, "acme")
    assert found.message == f"acme stands in the directory and lacks {lacking}"
    assert found.hint == f"ask them, then fill in {hint}"
    assert (found.source, found.field) == (Source("data/clients.csv", 2, 1), hint.replace(",", "").partition(" ")[0])
