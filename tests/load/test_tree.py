"""From a YAML tree to a record: defaults, places, and no key of the reader's own."""

from __future__ import annotations

from decimal import Decimal

from site_builder.load.tree import build
from site_builder.load.yamltext import Entries, parse
from site_builder.model.content import FreePage
from site_builder.model.documents import Positioning, Trust
from site_builder.model.incentives import GiftRule, Incentives
from site_builder.model.settings import Settings
from site_builder.model.tables import Audience
from site_builder.problem import Source

PORTAL = """name: Harbour IT
base_url: https://refer.harbour.example/
locale: en-GB
currency: GBP
timezone: Europe/London
contact: {email: hello@harbour.example}
"""


def root(text: str) -> Entries:
    parsed = parse(text, "data/f.yaml")
    assert parsed.root is not None
    return parsed.root


def test_a_record_knows_the_place_of_each_field_by_the_key_typed() -> None:
    record, problems = build(
        root("promise: P\nideal_client:\n  situation: S\n  seats: {from: 10}\ntriggers:\n- phrase: x\n"), Positioning
    )
    assert problems == []
    assert record is not None
    assert record.at("promise") == Source("data/f.yaml", 1, 10)
    assert record.at("ideal_client") == Source("data/f.yaml", 2, 1)  # a group is pointed at by its key
    assert record.ideal_client.seats is not None
    assert record.ideal_client.seats.at("from") == Source("data/f.yaml", 4, 17)
    assert record.triggers[0].origin.source == Source("data/f.yaml", 6, 3)


def test_a_field_left_out_falls_back_to_its_records_place() -> None:
    record, _ = build(root("guarantees:\n  - title: T\n    promise: P\n"), Trust)
    assert record is not None
    assert record.guarantees[0].at("if_we_fail") == Source("data/f.yaml", 2, 5)


def test_a_rule_is_the_record_its_type_names_and_knows_its_place() -> None:
    record, problems = build(root("rules:\n  - {id: a, title: T, plain: P, type: gift, what: W, cost: '45.50'}\n"), Incentives)
    assert problems == []
    assert record is not None
    (rule,) = record.rules
    assert isinstance(rule, GiftRule)
    assert rule.cost == Decimal("45.50")
    assert rule.at("what") == Source("data/f.yaml", 2, 51)


def test_dictionaries_get_no_origin() -> None:
    record, problems = build(root(PORTAL + "owners: {ann: Ann Hale}\nchecks: {thresholds: {derisory: '100'}}\n"), Settings)
    assert problems == []
    assert record is not None
    assert record.owners == {"ann": "Ann Hale"}
    assert record.checks.thresholds == {"derisory": Decimal(100)}


def test_the_entries_of_a_dictionary_are_records_with_places() -> None:
    record, _ = build(root("rules: []\npolicy:\n  sectors:\n    legal: {verdict: non_cash}\n"), Incentives)
    assert record is not None
    assert record.policy.sectors["legal"].at("verdict") == Source("data/f.yaml", 4, 22)


def test_yes_and_true_are_one_in_yaml() -> None:
    for word in ("yes", "true"):
        record, _ = build(root(f"{PORTAL}demo: {word}\n"), Settings)
        assert record is not None
        assert record.demo is True


def test_an_optional_key_without_a_value_takes_its_default() -> None:
    record, problems = build(root("rules:\naudiences:\n"), Incentives)
    assert problems == []
    assert record is not None
    assert record.audiences == tuple(Audience)
    assert record.rules == ()  # required, may be empty


def test_a_required_key_without_a_value_is_empty() -> None:
    _, problems = build(root("promise:\ntriggers:\nideal_client: {situation: S}\n"), Positioning)
    assert [(found.code, found.field, found.source.line) for found in problems] == [
        ("D201", "promise", 1),
        ("D405", "triggers", 2),
    ]


def test_a_dictionary_entry_without_a_value_does_not_vanish() -> None:
    _, problems = build(root(PORTAL + "owners:\n  ann:\n"), Settings)
    assert [(found.code, found.field, found.source.line) for found in problems] == [("D201", "owners.ann", 8)]


def test_keys_that_begin_with_an_at_sign_are_unknown() -> None:
    _, problems = build(root("title: T\n'@slug': x\n'@origin': y\n'@body': z\n"), FreePage)
    assert [(found.code, found.source.line) for found in problems] == [("D404", 2), ("D404", 3), ("D404", 4)]


def test_names_of_our_own_code_are_unknown() -> None:
    _, problems = build(root("title: T\nslug: x\nbody: y\norigin: z\nlang: de\n"), FreePage)
    assert [found.code for found in problems] == ["D404"] * 4


def test_an_unknown_key_is_pointed_at_and_not_its_value() -> None:
    _, problems = build(root("title: T\nnav_ordr: 1\n"), FreePage)
    assert problems[0].source == Source("data/f.yaml", 2, 1)
    assert problems[0].hint == 'did you mean "nav_order"?'


def test_a_bad_value_is_pointed_at_where_it_stands() -> None:
    _, problems = build(root("rules:\n  - {id: a, title: T, plain: P, type: fixed, amount: £100}\n"), Incentives)
    assert [(found.code, found.source, found.field) for found in problems] == [
        ("D203", Source("data/f.yaml", 2, 54), "rules[0].amount")
    ]


def test_a_missing_key_is_pointed_at_where_its_group_stands() -> None:
    _, problems = build(root("rules:\n  - {id: a, title: T, plain: P, type: gift}\n"), Incentives)
    assert [(found.code, found.source) for found in problems] == [("D405", Source("data/f.yaml", 2, 5))]


def test_what_the_reader_adds_has_a_place_too() -> None:
    marks = {"@body": Source("data/f.yaml", 4, 1)}
    record, _ = build(root("title: T\n"), FreePage, added={"@slug": "about", "@lang": "", "@body": "Text"}, marks=marks)
    assert record is not None
    assert (record.slug, record.body, record.at("@body")) == ("about", "Text", Source("data/f.yaml", 4, 1))
    assert record.at("title") == Source("data/f.yaml", 1, 8)
