"""Records are frozen, know no strange keys and remember where each of their fields was typed."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from site_builder.model.marks import About, Cell, Origin, Ref, Table, mark
from site_builder.model.tables import TABLES, Client, Referral, Referrer
from site_builder.problem import NOWHERE, Source
from tests.portals import client, typed

ROW = Source("data/clients.csv", 7, 1)


def test_a_record_says_where_each_field_stands_and_falls_back_to_its_row() -> None:
    name = Source("data/clients.csv", 7, 6)
    cells = {"client_id": "a", "name": "A", "industry": "x", "since": "2024-01-01"}
    found = Client.model_validate({**cells, "@origin": Origin(ROW, {"name": name})})
    assert found.at("name") == name
    assert found.at("location") == ROW


def test_a_record_made_in_code_stands_nowhere() -> None:
    assert typed(Client, {"client_id": "a", "name": "A", "industry": "x", "since": "2024-01-01"}).at("name") == NOWHERE


def test_a_record_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        client().name = "Other"  # type: ignore[misc]  # the point of the test


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(ValidationError, match="extra_forbidden"):
        client(shoe_size="42")


def test_where_it_stands_is_no_part_of_what_it_says() -> None:
    assert "origin" not in client().model_dump()
    assert "clients.csv" not in repr(client())


def test_a_table_is_named_by_its_file() -> None:
    assert Table("clients.csv", "about", "adds").stem == "clients"


def test_every_reference_names_a_table_there_is_or_a_list_in_a_document() -> None:
    stems = {row.TABLE.stem for row in TABLES} | {"rewards.practices"}
    found = [ref.table for row in TABLES for info in row.model_fields.values() if (ref := mark(info, Ref))]
    assert found
    assert set(found) <= stems


def test_every_column_says_what_it_is_for_and_how_it_looks() -> None:
    for row in TABLES:
        for name, info in row.model_fields.items():
            if name != "origin":
                assert mark(info, About), (row, name)
                assert mark(info, Cell), (row, name)


def test_a_mark_is_found_inside_an_optional_type() -> None:
    assert mark(Referrer.model_fields["client_id"], Ref) == Ref("clients")
    assert mark(Referral.model_fields["prospect"], Ref) is None
