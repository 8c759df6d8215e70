"""Private unless listed: the marks on the records say what the second list says (domain, §4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields as slots
from dataclasses import is_dataclass
from typing import Annotated, get_args, get_type_hints

import pytest

from site_builder.audit.published import published
from site_builder.model import content, documents, incentives, settings, tables
from site_builder.model import public as public_types
from site_builder.model.marks import Public, mark
from site_builder.model.record import Record


def records() -> list[type[Record]]:
    modules = (tables, documents, incentives, settings, content)
    found = {item for module in modules for item in vars(module).values() if isinstance(item, type) and issubclass(item, Record)}
    return sorted(found, key=lambda kind: kind.__qualname__)


@pytest.mark.parametrize("kind", records(), ids=lambda kind: kind.__name__)
def test_a_record_publishes_what_the_domain_lists_and_no_more(kind: type[Record]) -> None:
    """Each field with what allows it; the list is the one that the scan for leaks goes by (audit/published)."""
    marks = {name: found.when for name, info in kind.model_fields.items() if (found := mark(info, Public))}
    assert marks == published(kind)
    assert kind.public_fields() == published(kind).keys()


@pytest.mark.parametrize(
    ("kind", "allowed_by"),
    [
        (tables.Client, {"listed"}),
        (tables.Referrer, {"named", ""}),
        (documents.TeamMember, {"public"}),
        (documents.Testimonial, {"consent_on"}),
        (documents.Capacity, {"show_numbers", ""}),
        (content.Story, {"permission_on", ""}),  # the language of its folder alone needs none
        (content.Spotlight, {"permission_on", ""}),
    ],
)
def test_what_somebody_must_allow_names_the_field_that_allows_it(kind: type[Record], allowed_by: set[str]) -> None:
    assert set(published(kind).values()) == allowed_by
    assert all(name not in published(kind) for name in allowed_by)


@pytest.mark.parametrize("kind", [content.Spotlight, content.Story])
def test_without_a_permission_not_even_the_name_of_the_file_is_public(kind: type[Record]) -> None:
    assert {name for name, allowed_by in published(kind).items() if allowed_by == ""} == {"lang"}


@pytest.mark.parametrize("row", [row for row in tables.TABLES if row not in {tables.Client, tables.Referrer}])
def test_the_other_tables_publish_nothing(row: type[Record]) -> None:
    assert published(row) == {}


def test_of_a_gift_rule_the_cost_is_private_and_what_every_rule_has_is_not() -> None:
    assert "cost" not in published(incentives.GiftRule)
    assert published(incentives.Rule).keys() < published(incentives.GiftRule).keys()
    assert "type" not in published(incentives.Rule)


def reachable(kind: object) -> Iterator[type]:
    """Every class a public type leads to, through lists and alternatives."""
    pending, seen = [kind], set[object]()
    while pending:
        here = pending.pop()
        arguments = get_args(here)
        if arguments:
            pending.extend(arguments)
        elif isinstance(here, type) and here not in seen:
            seen.add(here)
            yield here
            if is_dataclass(here):
                pending.extend(get_type_hints(here).values())
            elif issubclass(here, Record):
                pending.extend(info.annotation for info in here.model_fields.values())


def test_records_handed_to_public_pages_whole_hold_nothing_private() -> None:
    whole = [kind for kind in reachable(public_types.PublicPortal) if issubclass(kind, Record)]
    private = {(kind.__name__, name) for kind in whole for name in kind.model_fields.keys() - kind.public_fields() - {"origin"}}
    # A gift's cost is emptied on the way (rules/consent); tests/rules/test_consent.py proves it.
    assert private == {("GiftRule", "cost")}
    assert incentives.Fixed in whole


def test_the_public_types_name_no_table_that_publishes_nothing() -> None:
    silent = {"reviews", "referrals", "payouts", "tickets", "introductions", "gifts", "leads", "votes", "nominations"}
    assert {item.name for item in slots(public_types.PublicPortal)} & silent == set()


def test_a_new_field_is_private() -> None:
    class Newer(tables.Client):
        shoe_size: Annotated[int, "no mark"] = 42

    assert Newer.public_fields() == tables.Client.public_fields() == published(Newer).keys()
