"""What pydantic refused, in the owner's words: place, code, what is wrong, what to type, and no private value."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from pydantic import ValidationError

from site_builder.load.faults import Loc, dotted, faults, named_key, quoted, unknown_key
from site_builder.model.documents import Nurture, Positioning, Trust
from site_builder.model.incentives import Incentives
from site_builder.model.record import Record
from site_builder.model.settings import Settings
from site_builder.model.tables import Client, Referral, Referrer
from site_builder.problem import Problem, Severity, Source

RULE = {"id": "a", "title": "T", "plain": "P"}
PORTAL: Mapping[str, object] = {
    "name": "N",
    "base_url": "https://n.example/",
    "locale": "en-GB",
    "currency": "GBP",
    "timezone": "Europe/London",
    "contact": {"email": "a@n.example"},
}


def refused(model: type[Record], raw: Mapping[str, object], *, row_id: str = "") -> list[Problem]:
    def place(path: Loc) -> Source:
        return Source("file", len(path) + 1, 1)

    with pytest.raises(ValidationError) as caught:
        model.model_validate(raw, context="yaml", by_alias=True, by_name=False)
    return faults(caught.value, model, place, raw=raw, row_id=row_id)


def told(model: type[Record], raw: Mapping[str, object]) -> list[tuple[str, str, str, str]]:
    return [(found.code, found.field, found.message, found.hint) for found in refused(model, raw)]


def test_a_problem_has_place_severity_field_and_row() -> None:
    raw = {"client_id": "a", "name": "N", "industry": "I", "since": "01/02/2026"}
    (found,) = refused(Client, raw, row_id="a")
    assert found.source == Source("file", 2, 1)
    assert (found.code, found.severity, found.field, found.row_id) == ("D202", Severity.ERROR, "since", "a")


def test_a_missing_cell_of_a_row_is_an_empty_value() -> None:
    raw = {"client_id": "a", "industry": "I", "since": "2026-01-31"}
    assert told(Client, raw) == [("D201", "name", "name is empty", "write a line of text (the firm's name)")]


def test_a_missing_key_of_a_document_is_named_with_what_belongs_there() -> None:
    raw = {key: value for key, value in PORTAL.items() if key != "timezone"}
    message = 'the key "timezone" is missing'
    hint = "add timezone: a line of text (for example Europe/London; it decides what today is)"
    assert told(Settings, raw) == [("D405", "timezone", message, hint)]


def test_a_key_without_a_value_is_empty_and_not_missing() -> None:
    raw = {**PORTAL, "contact": {"email": None}}
    assert told(Settings, raw)[0][:3] == ("D201", "contact.email", "email is empty")


def test_a_missing_key_says_in_which_group() -> None:
    raw = {"promise": "P", "triggers": [{"phrase": "x"}], "ideal_client": {"industries": ["dental"]}}
    assert told(Positioning, raw)[0][2] == 'the key "situation" is missing in ideal_client'


def test_a_misspelt_required_key_is_one_mistake() -> None:
    raw = {("time-zone" if key == "timezone" else key): value for key, value in PORTAL.items()}
    assert told(Settings, raw) == [("D404", "?", 'the key "time-zone" is not known here', 'did you mean "timezone"?')]


def test_an_unknown_key_like_no_other_lists_the_known_ones() -> None:
    raw = {"triggers": [{"phrase": "x", "colour": "red"}], "promise": "P", "ideal_client": {"situation": "S"}}
    expected = ("D404", "triggers[0].colour", 'the key "colour" is not known here', "known here: phrase, means, say")
    assert told(Positioning, raw) == [expected]


def test_an_unknown_key_that_may_be_a_value_is_not_quoted() -> None:
    raw = {"triggers": [{"phrase": "x", "Hunter2 Hunter2": "x"}], "promise": "P", "ideal_client": {"situation": "S"}}
    ((_, field, message, hint),) = told(Positioning, raw)
    assert (field, message) == ("triggers[0].?", "this key is not known here")
    assert "unter" not in hint


@pytest.mark.parametrize("key", ["from_", "origin", "of_"])
def test_a_name_of_our_own_code_is_an_unknown_key(key: str) -> None:
    part = {"percent": "10", "of": "monthly_fee", key: "1"}
    codes = [found[0] for found in told(Incentives, {"rules": [{**RULE, "type": "commission", "parts": [part]}]})]
    assert codes == ["D404"]


class TestIncentiveTypes:
    def test_a_misspelt_type_asks_back(self) -> None:
        expected = ("D206", "rules[0].type", 'type "gft" is not one of the words this field knows', 'did you mean "gift"?')
        assert told(Incentives, {"rules": [{**RULE, "type": "gft"}]}) == [expected]

    def test_an_unlike_type_lists_all_of_them(self) -> None:
        ((_, _, message, hint),) = told(Incentives, {"rules": [{**RULE, "type": "bribe"}]})
        assert message == 'type "bribe" is not one of the words this field knows'
        assert hint.startswith("write one of commission, fixed, tiered, gift,")

    def test_a_rule_without_a_type_says_so(self) -> None:
        assert told(Incentives, {"rules": [RULE]})[0][:3] == ("D405", "rules[0].type", 'the key "type" is missing in rules')

    def test_a_list_for_a_type_is_no_word(self) -> None:
        found = told(Incentives, {"rules": [{**RULE, "type": ["gift"]}]})
        assert found[0][:3] == ("D406", "rules[0].type", "type is a list where one word belongs")

    def test_the_field_inside_a_rule_does_not_name_the_type(self) -> None:
        assert told(Incentives, {"rules": [{**RULE, "type": "gift"}]})[0][1] == "rules[0].what"


class TestShapes:
    def test_a_text_where_a_list_belongs(self) -> None:
        hint = "begin each with a dash, and write its keys and values behind it: type and the rest"
        assert told(Incentives, {"rules": "x"}) == [("D406", "rules", "rules is a text where a list belongs", hint)]

    def test_a_text_where_a_group_belongs(self) -> None:
        ((code, field, message, hint),) = told(Settings, {**PORTAL, "legal": "x"})
        assert (code, field) == ("D406", "legal")
        assert message == "legal is a text where a group of keys and values belongs"
        assert hint == "write keys and values below it: controller, address, privacy_email"

    def test_a_text_where_a_rule_belongs(self) -> None:
        message = "an item of rules is a text where a group of keys and values belongs"
        assert told(Incentives, {"rules": ["x"]})[0][:3] == ("D406", "rules[0]", message)

    def test_a_list_where_a_dictionary_belongs(self) -> None:
        message = "owners is a list where a group of keys and values belongs"
        assert told(Settings, {**PORTAL, "owners": ["ann"]})[0][:3] == ("D406", "owners", message)

    def test_a_group_where_a_text_belongs(self) -> None:
        message = "name is a group of keys and values where a single value belongs"
        assert told(Settings, {**PORTAL, "name": {"a": "b"}})[0][:3] == ("D406", "name", message)

    def test_an_empty_item_of_a_list(self) -> None:
        message = "an item of not_for is empty"
        raw = {"promise": "P", "triggers": [{"phrase": "x"}], "ideal_client": {"situation": "S"}, "not_for": ["a", None]}
        assert told(Positioning, raw)[0][:3] == ("D201", "not_for[1]", message)

    def test_an_empty_list_where_one_is_needed(self) -> None:
        raw = {"promise": "P", "triggers": [], "ideal_client": {"situation": "S"}}
        assert told(Positioning, raw)[0] == (
            "D405",
            "triggers",
            "triggers is empty",
            "add at least one: a list (what a referrer hears)",
        )

    def test_a_list_whose_only_item_is_bad_is_not_called_empty_as_well(self) -> None:
        raw = {"promise": "P", "triggers": [{"phrase": "a\nb"}], "ideal_client": {"situation": "S"}}
        assert [found[1] for found in told(Positioning, raw)] == ["triggers[0].phrase"]

    def test_a_ninth_owner_is_one_too_many(self) -> None:
        raw = {**PORTAL, "owners": {f"a{number}": "N" for number in range(9)}}
        assert told(Settings, raw) == [("D204", "owners", "owners holds 9 entries", "at most 8 are allowed")]

    def test_a_key_of_a_dictionary_can_be_wrong_itself(self) -> None:
        ((code, _, message, hint),) = told(Settings, {**PORTAL, "owners": {"Ann Hale": "N"}})
        assert (code, message) == ("D207", "this key is not an owner's id")
        assert hint == "use small letters, digits and underscores"


def test_a_refusal_of_a_kind_nobody_foresaw_says_no_more_than_that() -> None:
    class Odd(Record):
        number: int

    assert told(Odd, {"number": "Hunter2"}) == [("D406", "number", "number cannot be read", "a single value")]


class TestPrivacy:
    def test_a_public_value_is_quoted(self) -> None:
        assert told(Settings, {**PORTAL, "base_url": "refer.example"})[0][2] == 'base_url "refer.example" is not a web address'

    def test_a_private_value_never_is(self) -> None:
        ((_, field, message, hint),) = told(Nurture, {"thank_within_days": "Hunter2"})
        assert (field, message) == ("thank_within_days", "thank_within_days is not a plain whole number")
        assert "Hunter2" not in hint

    @pytest.mark.parametrize(
        ("listed", "quotes"),
        [("yes", True), ("no", False), ("", False), ("maybe", False), ("Yes", False)],
    )
    def test_a_client_is_quoted_only_when_they_agreed_to_be_listed(self, listed: str, *, quotes: bool) -> None:
        raw = {"client_id": "a", "name": "N", "industry": "I", "since": "2026-01-31", "website": "acme dot com", "listed": listed}
        message = next(found[2] for found in told(Client, raw) if found[1] == "website")
        assert ("acme dot com" in message) is quotes

    @pytest.mark.parametrize(("consent", "quotes"), [("2026-03-01", True), (None, False), ("later", False)])
    def test_a_testimonial_is_quoted_only_with_a_day_of_consent(self, consent: str | None, *, quotes: bool) -> None:
        raw = {"testimonials": [{"words": "W", "who": "Ann\nHale", "consent_on": consent}]}
        message = next(found[2] for found in told(Trust, raw) if found[1] == "testimonials[0].who")
        assert ("Ann" in message) is quotes

    def test_everything_inside_a_private_field_is_private(self) -> None:
        found = told(Trust, {"third_parties": [{"name": "Ann\nHale"}]})
        assert found[0][2] == "name holds a line break"

    def test_a_misspelt_word_of_a_few_known_ones_is_quoted_though_private(self) -> None:
        raw = {"referral_id": "r", "received_on": "2026-01-31", "prospect": "P", "source": "referral", "status": "wonn"}
        expected = ("D206", "status", 'status "wonn" is not one of the words this field knows', 'did you mean "won"?')
        assert told(Referral, raw) == [expected]

    def test_a_word_unlike_all_others_is_not(self) -> None:
        raw = {"referrer_id": "r", "name": "N", "audience": "owner", "kind": "my cousin Ann"}
        ((_, _, message, hint),) = told(Referrer, raw)
        assert message == "kind is not one of the words this field knows"
        assert hint == "write one of client, past_client, prospect, partner, vendor, founder, friend, other"

    def test_an_item_of_a_cell_is_quoted_alone(self) -> None:
        raw = {
            "client_id": "a",
            "name": "N",
            "industry": "I",
            "since": "2026-01-31",
            "listed": "yes",
            "target_industries": "law; n/a",
        }
        assert told(Client, raw)[0][:3] == ("D211", "target_industries[1]", 'target_industries "n/a" is a placeholder')


class TestQuoting:
    def test_a_long_value_is_shortened_to_sixty_characters(self) -> None:
        assert quoted("x" * 61) == '"' + "x" * 59 + '…"'
        assert quoted("x" * 60) == '"' + "x" * 60 + '"'

    def test_control_characters_are_shown(self) -> None:
        assert quoted("a\nb\x1b[31m\u202e\ud800") == '"a\\nb\\x1b[31m\\u202e\\ud800"'

    def test_letters_of_any_language_stay(self) -> None:
        assert quoted("Žluťoučký £5") == '"Žluťoučký £5"'


def test_a_key_path_reads_as_typed() -> None:
    assert dotted(("rules", 2, "parts", 0, "amount")) == "rules[2].parts[0].amount"
    assert dotted(()) == ""
    assert dotted(("policy", "Ann Hale")) == "policy.?"


def test_only_what_looks_like_a_key_is_named() -> None:
    assert named_key("base_url") == 'the key "base_url"'
    assert named_key("Ann Hale") == "this key"
    assert named_key("Base URL", known=True) == 'the key "Base URL"'


def test_an_unknown_key_asks_back() -> None:
    assert unknown_key("Base URL", ("base_url",)) == ('the key "Base URL" is not known here', 'did you mean "base_url"?')
