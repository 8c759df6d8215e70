from __future__ import annotations

import subprocess
import sys
from typing import ClassVar

import pytest

from site_builder.load.schema import Reference, columns, judged_schema, references, required_columns, table_schema
from site_builder.model.marks import Table
from site_builder.model.record import Row
from site_builder.model.tables import TABLES, Client, Payout, Practice, Referral, Referrer, Review, Vote


def _field(row: type[Row], name: str) -> dict[str, object]:
    described = next(each for each in table_schema(row)["fields"] if each["name"] == name)
    assert isinstance(described, dict)
    return described


def test_columns_stand_in_the_order_of_the_record_and_leave_out_what_the_reader_adds() -> None:
    assert columns(Review) == (
        *("client_id", "reviewed_on", "outcome", "roadblock"),
        *("follow_up", "follow_up_on", "follow_up_kept_on", "nps", "note"),
    )


def test_required_are_the_columns_without_a_default() -> None:
    assert required_columns(Client) == ("client_id", "name", "industry", "since")
    assert required_columns(Payout) == ("referral_id", "rule", "paid_on")


def test_references_lead_to_tables_and_to_lists_in_documents() -> None:
    assert references(Referral) == (Reference("referrer_id", "referrers"), Reference("won_client_id", "clients"))
    client, practice = references(Practice)
    assert (client.file, client.key) == ("clients.csv", "client_id")
    assert (practice.file, practice.key) == ("rewards.yaml", "id")


def test_a_key_is_required_unique_and_has_its_pattern() -> None:
    described = _field(Client, "client_id")
    assert described["type"] == "string"
    constraints = described["constraints"]
    assert isinstance(constraints, dict)
    assert constraints["required"] is True
    assert constraints["unique"] is True
    assert constraints["pattern"].startswith("^(?=.{1,64}$)")
    assert table_schema(Client)["primaryKey"] == ["client_id"]


def test_a_part_of_a_longer_key_is_not_unique_by_itself() -> None:
    assert table_schema(Vote)["primaryKey"] == ["month", "voter"]
    assert "unique" not in str(_field(Vote, "voter"))


def test_closed_enums_list_their_words_and_yes_or_no_is_nothing_else() -> None:
    assert _field(Referrer, "audience")["constraints"] == {"required": True, "enum": ["owner", "staff", "partner"]}
    listed = _field(Client, "listed")
    assert (listed["type"], listed["trueValues"], listed["falseValues"]) == ("boolean", ["yes"], ["no"])


def test_only_references_to_tables_are_foreign_keys_of_the_published_schema() -> None:
    keys = [{"fields": ["client_id"], "reference": {"resource": "clients", "fields": ["client_id"]}}]
    assert table_schema(Practice)["foreignKeys"] == keys
    assert "foreignKeys" not in table_schema(Client)
    assert "primaryKey" not in table_schema(Practice)


def test_the_judged_schema_has_the_files_columns_in_its_order_and_the_known_references() -> None:
    names = ("paid_on", "rule", "referral_id")
    schema = judged_schema(Payout, names, {"referrals"})
    assert [each["name"] for each in schema["fields"]] == list(names)
    assert schema["primaryKey"] == ["referral_id", "rule"]
    assert len(schema["foreignKeys"]) == 1
    assert "foreignKeys" not in judged_schema(Payout, names, set())
    to_document = judged_schema(Practice, columns(Practice), {"rewards.practices"})["foreignKeys"]
    assert to_document == [{"fields": ["practice_id"], "reference": {"resource": "rewards.practices", "fields": ["id"]}}]


@pytest.mark.parametrize("row", TABLES)
def test_every_column_says_what_it_is_for(row: type[Row]) -> None:
    assert all(": " in each["description"] for each in table_schema(row)["fields"])


@pytest.mark.parametrize("row", TABLES)
def test_frictionless_accepts_every_schema(row: type[Row]) -> None:
    from frictionless import Schema

    assert Schema.from_descriptor(table_schema(row)).field_names == list(columns(row))


def test_a_column_without_a_cell_type_is_our_mistake() -> None:
    class Bare(Row):
        TABLE: ClassVar[Table] = Table("bare.csv", "Bare", "nothing")
        name: str

    with pytest.raises(TypeError, match="the column name has no Cell mark"):
        table_schema(Bare)


def test_schemas_are_made_without_frictionless() -> None:
    script = "import sys, site_builder.load.schema; print('frictionless' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "False\n"
