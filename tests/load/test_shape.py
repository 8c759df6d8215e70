"""What may stand where, as the record classes say it."""

from __future__ import annotations

from site_builder.load.shape import fields, shape
from site_builder.model.content import Event, FreePage
from site_builder.model.incentives import Commission, CommissionPart, GiftRule, Incentives
from site_builder.model.settings import Brand, Settings


def test_keys_are_those_the_owner_types_and_the_readers_own_are_left_out() -> None:
    assert "from" in fields(CommissionPart)
    assert "from_" not in fields(CommissionPart)
    assert set(fields(FreePage)) == {"title", "nav_order"}
    assert set(fields(Event)) == {"title", "on", "where", "for"}


def test_a_record_a_dictionary_a_list_and_a_single_value_are_told_apart() -> None:
    known = fields(Settings)
    assert shape(known["brand"].annotation).records == (Brand,)
    assert shape(known["owners"].annotation).entry is not None
    assert shape(known["leaks"].annotation).item is not None
    single = shape(known["name"].annotation)
    assert (single.records, single.item, single.entry) == ((), None, None)


def test_or_none_is_looked_through() -> None:
    assert [record.__name__ for record in shape(fields(Settings)["legal"].annotation).records] == ["Legal"]


def test_the_type_of_a_rule_chooses_its_record() -> None:
    rules = shape(shape(fields(Incentives)["rules"].annotation).item)
    assert rules.record({"type": "gift"}) is GiftRule
    assert rules.record({"type": "commission"}) is Commission
    assert rules.record({"type": "gft"}) is None
    assert rules.record({"type": ["gift"]}) is None
    assert rules.record("gift") is None
    assert len(rules.tagged()) == 9


def test_each_shape_has_a_name_for_messages() -> None:
    known = fields(Settings)
    assert shape(known["brand"].annotation).noun == "a group of keys and values"
    assert shape(known["leaks"].annotation).noun == "a list"
    assert shape(known["name"].annotation).noun == "a single value"
