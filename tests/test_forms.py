"""The referral form: three fields, two on a personal page, and each back end's own way."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import ClassVar

import pytest

from site_builder.forms import FIELDS, Form, Kind, form_fields, form_target, friend_form, is_reserved, referral_form
from site_builder.model.public import PublicSettings
from site_builder.model.tables import Lead
from site_builder.pipeline import Request, build
from site_builder.rules.consent import public_portal
from tests.portals import FILES, PORTAL, settings, write

URLENCODED = "application/x-www-form-urlencoded"
THANKS = "https://refer.harbour.example/refer/thanks/"


def published(**form: object) -> PublicSettings:
    return public_portal(replace(PORTAL, settings=settings(form=form))).settings


def form(code: str | None = None, **values: object) -> Form:
    return referral_form(published(**values), thanks_url="/refer/thanks/", code=code)


@pytest.mark.parametrize(
    ("values", "action", "enctype", "hidden", "target"),
    [
        ({}, "mailto:hello@harbour.example", "text/plain", (), "mailto:"),
        ({"backend": "netlify"}, "/refer/thanks/", URLENCODED, (("form-name", "referral"),), "'self'"),
        (
            {"backend": "web3forms", "access_key": "abc-123"},
            "https://api.web3forms.com/submit",
            URLENCODED,
            (("access_key", "abc-123"), ("redirect", THANKS)),
            "https://api.web3forms.com",
        ),
        (
            {"backend": "web3forms"},
            "https://api.web3forms.com/submit",
            URLENCODED,
            (("access_key", ""), ("redirect", THANKS)),
            "https://api.web3forms.com",
        ),
        (
            {"backend": "formspree", "endpoint": "https://formspree.io/f/abc"},
            "https://formspree.io/f/abc",
            URLENCODED,
            (("_next", THANKS),),
            "https://formspree.io",
        ),
        (
            {"backend": "receiver", "endpoint": "https://in.harbour.example:8443/leads?x=1"},
            "https://in.harbour.example:8443/leads?x=1",
            URLENCODED,
            (),
            "https://in.harbour.example:8443",
        ),
        (
            {"backend": "custom", "endpoint": "http://forms.example/a"},
            "http://forms.example/a",
            URLENCODED,
            (),
            "http://forms.example",
        ),
        ({"backend": "custom"}, "", URLENCODED, (), "'self'"),
    ],
    ids=["mailto", "netlify", "web3forms", "web3forms without key", "formspree", "receiver", "custom", "custom without endpoint"],
)
def test_each_back_end_gets_what_it_asks_for(
    values: dict[str, str], action: str, enctype: str, hidden: tuple[tuple[str, str], ...], target: str
) -> None:
    found = form(**values)
    assert (found.action, found.enctype, found.hidden) == (action, enctype, hidden)
    assert form_target(published(**values)) == target


def test_only_netlify_needs_its_attributes_and_only_mailto_opens_a_mail() -> None:
    marks = {name: (form(backend=name).netlify, form(backend=name).by_mail) for name in ("netlify", "mailto", "web3forms")}
    assert marks == {"netlify": (True, False), "mailto": (False, True), "web3forms": (False, False)}


def test_the_public_form_has_three_fields_and_a_personal_one_two() -> None:
    assert [field.name for field in form().fields] == ["prospect", "contact", "referrer_contact"]
    assert [field.name for field in form(code="7ZQ0MK3B").fields] == ["prospect", "contact"]


def test_every_field_is_needed_and_the_last_one_sends() -> None:
    for code in (None, "7ZQ0MK3B"):
        fields = form(code=code).fields
        assert all(field.required for field in fields)
        assert [field.enterkeyhint for field in fields] == [*["next"] * (len(fields) - 1), "send"]


def asked(*fields: dict[str, str], step: int = 1) -> list[str]:
    return [field.name for field in form_fields(published(fields=list(fields)).form, step)]


class TestFormFields:
    """What portal.yaml: form.fields makes of the form."""

    SEATS: ClassVar = {"name": "seats", "label": "How many people work there?"}

    def test_the_form_as_it_is_asks_three_things_at_once_and_seven_that_may_stay_empty(self) -> None:
        assert asked() == ["prospect", "contact", "referrer_contact"]
        later = form_fields(published().form, 2)
        assert [(field.name, field.kind) for field in later] == [
            ("company", Kind.TEXT),
            ("trigger", Kind.PICK),
            ("referrer_name", Kind.TEXT),
            ("call_when", Kind.TEXT),
            ("may_name", Kind.TICK),
            ("told", Kind.TICK),
            ("note", Kind.TEXT),
        ]
        assert not any(field.required for field in later)

    def test_what_the_form_asks_has_a_column_in_the_inbox_but_the_senders_name(self) -> None:
        assert {field.name for field in FIELDS} - set(Lead.model_fields) == {"referrer_name"}

    def test_no_usual_field_has_a_reserved_name(self) -> None:
        assert [field.name for field in FIELDS if is_reserved(field.name)] == []

    def test_a_further_field_comes_last_and_in_the_second_step(self) -> None:
        assert asked(self.SEATS) == asked()
        assert asked(self.SEATS, step=2)[-1] == "seats"
        (own,) = (field for field in form_fields(published(fields=[self.SEATS]).form, 2) if field.name == "seats")
        assert (own.own_label, own.own_help, own.label, own.required, own.autocomplete) == (
            "How many people work there?",
            "",
            "",
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

    def test_a_personal_form_leaves_the_sender_out_and_the_last_field_sends(self) -> None:
        own = {**self.SEATS, "step": "1", "required": "no"}
        found = form(code="7ZQ0MK3B", fields=[own])
        assert [(field.name, field.enterkeyhint, field.required) for field in found.fields] == [
            ("prospect", "next", True),
            ("contact", "next", True),
            ("seats", "send", False),
        ]

    def test_the_friends_own_form_is_not_changed(self) -> None:
        changed = published(fields=[{"name": "prospect", "label": "Whom?"}, {**self.SEATS, "step": "1"}])
        found = friend_form(changed, thanks_url="/", code="7ZQ0MK3B")
        assert [(field.name, field.own_label) for field in found.fields] == [("prospect", ""), ("contact", "")]

    def test_the_page_shows_the_changed_first_step(self, tmp_path: Path) -> None:
        fields = """
form:
  fields:
    - {name: prospect, label: Whom <b>exactly</b>?, help: 100% off the record}
    - {name: referrer_contact, drop: yes}
    - {name: seats, label: How many work there, step: 1}
"""
        root = write(tmp_path, {"data/portal.yaml": FILES["data/portal.yaml"] + fields})
        found = build(Request(root, today=lambda _zone: date(2026, 10, 31)))
        page = next(each for each in found.artifacts if each.path == "refer/index.html").content.decode()
        assert '<label for="prospect">Whom &lt;b&gt;exactly&lt;/b&gt;?</label>' in page
        assert '<p class="field-help" id="prospect-help">100% off the record</p>' in page
        assert '<label for="contact">How do we reach them?</label>' in page
        assert '<label for="seats">How many work there</label>' in page
        assert "seats-help" not in page
        assert re.search(r'<input id="seats"[^>]* enterkeyhint="send">', page)
        assert "referrer_contact" not in page


def test_nobody_elses_details_are_filled_in_by_the_browser() -> None:
    assert [field.autocomplete for field in form().fields] == ["off", "off", "email"]


def test_whose_link_it_was_is_sent_along() -> None:
    assert form(code="7ZQ0MK3B").hidden == (("referrer", "7ZQ0MK3B"),)
    assert form(code="7ZQ0MK3B", backend="netlify").hidden == (("form-name", "referral"), ("referrer", "7ZQ0MK3B"))


def test_the_friend_is_asked_for_themselves_alone() -> None:
    found = friend_form(published(), thanks_url="/refer/thanks/", code="7ZQ0MK3B")
    assert [(field.name, field.autocomplete, field.enterkeyhint) for field in found.fields] == [
        ("prospect", "name", "next"),
        ("contact", "email", "send"),
    ]
    assert all(field.required for field in found.fields)
    assert found.action == "mailto:hello@harbour.example"
    assert not {field.name for field in found.fields} & {"referrer_contact"}  # nobody asks the friend whom they refer


def test_the_friends_form_says_whose_link_it_was_and_that_they_wrote_themselves() -> None:
    own = (("referrer", "7ZQ0MK3B"), ("ref_kind", "self"))
    assert friend_form(published(), thanks_url="/", code="7ZQ0MK3B").hidden == own
    found = friend_form(published(backend="netlify"), thanks_url="/refer/thanks/", code="7ZQ0MK3B")
    assert (found.hidden, found.action) == ((("form-name", "referral"), *own), "/refer/thanks/")


def test_an_address_with_signs_of_its_own_stays_one_address() -> None:
    tricky = settings(contact={"email": "a?bcc=x&b%41+c@harbour.example"})
    found = referral_form(public_portal(replace(PORTAL, settings=tricky)).settings, thanks_url="/", code=None)
    assert found.action == "mailto:a%3Fbcc%3Dx%26b%2541+c@harbour.example"


def test_the_thanks_page_is_found_below_a_path() -> None:
    below = settings(base_url="https://x.example/portal", form={"backend": "formspree", "endpoint": "https://formspree.io/f/a"})
    found = referral_form(public_portal(replace(PORTAL, settings=below)).settings, thanks_url="/", code=None)
    assert found.hidden == (("_next", "https://x.example/portal/refer/thanks/"),)
