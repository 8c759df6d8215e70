"""The referral form: three fields, two on a personal page, and each back end's own way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from site_builder.forms import Form, form_target, friend_form, referral_form
from site_builder.model.public import PublicSettings
from site_builder.rules.consent import public_portal
from tests.portals import PORTAL, settings

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
