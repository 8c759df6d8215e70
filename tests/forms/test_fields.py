"""What the form asks: three things at once, two on a personal page, and what portal.yaml makes of it."""

from __future__ import annotations

from typing import ClassVar

import pytest

from site_builder.forms import FIELDS, Kind, form_fields, friend_fields, is_reserved
from site_builder.model.tables import Lead
from tests.forms.making import form, friends, personal, published

SEATS = {"name": "seats", "label": "How many people work there?"}


def asked(*fields: dict[str, str], step: int = 1) -> list[str]:
    return [field.name for field in form_fields(published(fields=list(fields)).form, step)]


class TestTheFormAsItIs:
    def test_it_asks_three_things_at_once_and_seven_that_may_stay_empty(self) -> None:
        assert asked() == ["prospect", "contact", "referrer_contact"]
        later = form_fields(published().form, 2)
        assert [(field.name, field.kind, field.rows) for field in later] == [
            ("company", Kind.TEXT, 1),
            ("trigger", Kind.PICK, 1),
            ("referrer_name", Kind.TEXT, 1),
            ("call_when", Kind.TEXT, 1),
            ("may_name", Kind.TICK, 1),
            ("told", Kind.TICK, 1),
            ("note", Kind.TEXT, 3),
        ]
        assert not any(field.required for field in later)

    def test_what_it_asks_has_a_column_in_the_inbox(self) -> None:
        assert {field.name for field in FIELDS} - {"referrer_name"} <= set(Lead.model_fields)

    def test_no_usual_field_has_a_reserved_name(self) -> None:
        assert [field.name for field in FIELDS if is_reserved(field.name)] == []

    @pytest.mark.parametrize("name", ["ref_key", "ref_anything", "referrer", "botcheck", "consent_version", "altcha", "main"])
    def test_names_that_others_use_are_reserved(self, name: str) -> None:
        assert is_reserved(name)

    def test_every_needed_answer_says_what_to_do_when_it_is_missing(self) -> None:
        needed = [field for step in (1, 2) for field in form_fields(published().form, step) if field.required]
        assert [field.name for field in needed if not field.missing] == []
        assert [field.name for field in needed] == ["prospect", "contact", "referrer_contact"]


class TestHelpFromTheBrowser:
    def test_nobody_elses_details_are_filled_in(self) -> None:
        assert [field.autocomplete for field in form().fields] == ["off", "off", "email"]

    def test_the_friends_own_are(self) -> None:
        assert [field.autocomplete for field in friends().fields] == ["name", "email"]
        assert friends().more[0].autocomplete == "organization"

    def test_an_address_or_a_number_has_the_keyboard_with_an_at_sign_and_no_capitals(self) -> None:
        found = [(field.inputmode, field.capitals) for field in form().fields]
        assert found == [("text", "words"), ("email", "none"), ("email", "none")]

    def test_the_last_field_sends(self) -> None:
        for found in (form(), personal(), friends()):
            fields = found.fields
            assert [field.enterkeyhint for field in fields] == [*["next"] * (len(fields) - 1), "send"]


class TestPortalsChanges:
    """What portal.yaml: form.fields makes of the form."""

    OWN: ClassVar = {**SEATS, "step": "1", "required": "no"}

    def test_a_further_field_comes_last_and_in_the_second_step(self) -> None:
        assert asked(SEATS) == asked()
        assert asked(SEATS, step=2)[-1] == "seats"
        own = form_fields(published(fields=[SEATS]).form, 2)[-1]
        assert (own.own_label, own.own_help, own.label, own.missing, own.required, own.autocomplete) == (
            "How many people work there?",
            *("", "", ""),
            False,
            "off",
        )

    def test_fields_are_dropped_and_moved_and_keep_their_order(self) -> None:
        assert asked({"name": "referrer_contact", "drop": "yes"}) == ["prospect", "contact"]
        assert asked({"name": "company", "step": "1"}) == ["prospect", "contact", "referrer_contact", "company"]
        assert asked({"name": "referrer_contact", "step": "2"}, step=2)[:2] == ["referrer_contact", "company"]

    def test_what_moves_to_the_second_step_may_stay_empty_unless_it_says_otherwise(self) -> None:
        moved = {"name": "referrer_contact", "step": "2"}
        needed = [form_fields(published(fields=[{**moved, **more}]).form, 2)[0].required for more in ({}, {"required": "yes"})]
        assert needed == [False, True]

    def test_words_of_the_portals_own_stand_beside_the_usual_ones(self) -> None:
        found = form(fields=[{"name": "prospect", "label": "Whom?"}, {"name": "contact", "help": "100% safe", "required": "yes"}])
        assert [(field.own_label, field.own_help) for field in found.fields] == [("Whom?", ""), ("", "100% safe"), ("", "")]
        assert found.fields[0].label == "Who should we talk to?"

    def test_a_field_of_its_own_may_be_asked_at_once(self) -> None:
        found = personal(fields=[self.OWN])
        assert [(field.name, field.enterkeyhint, field.required) for field in found.fields] == [
            ("prospect", "next", True),
            ("contact", "next", True),
            ("seats", "send", False),
        ]


class TestPersonalPage:
    def test_what_the_link_says_is_not_asked_in_either_step(self) -> None:
        assert [field.name for field in personal().fields] == ["prospect", "contact"]
        assert "referrer_name" in [field.name for field in form().more]
        assert not {"referrer_name", "referrer_contact"} & {field.name for field in personal().more}
        moved = personal(fields=[{"name": "referrer_contact", "step": "2"}])
        assert "referrer_contact" not in [field.name for field in moved.more]


class TestFriend:
    def test_the_friend_is_asked_for_themselves_alone(self) -> None:
        assert [(field.name, field.required) for field in friends().fields] == [("prospect", True), ("contact", True)]
        assert [(field.name, field.required) for field in friends().more] == [
            ("company", False),
            ("call_when", False),
            ("note", False),
        ]

    def test_questions_to_referrers_do_not_reach_the_friend(self) -> None:
        changed = [{"name": "prospect", "label": "Whom?"}, {**SEATS, "step": "1"}]
        assert [(field.name, field.own_label) for field in friends(fields=changed).fields] == [("prospect", ""), ("contact", "")]
        assert "seats" not in [field.name for field in friends(fields=changed).more]

    def test_what_stands_elsewhere_for_referrers_stays_where_it_is_for_the_friend(self) -> None:
        moved = [{"name": "company", "step": "1"}, {"name": "note", "required": "yes"}]
        assert [field.name for field in friends(fields=moved).fields] == ["prospect", "contact"]
        assert [(field.name, field.required) for field in friends(fields=moved).more] == [
            ("company", False),
            ("call_when", False),
            ("note", False),
        ]

    def test_what_the_portal_never_asks_it_does_not_ask_the_friend_either(self) -> None:
        dropped = published(fields=[{"name": "call_when", "drop": "yes"}]).form
        assert [field.name for field in friend_fields(dropped, 2)] == ["company", "note"]
