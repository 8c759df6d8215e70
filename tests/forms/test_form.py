"""A form ready to show: what is sent along, the words of consent, and where it ends."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from site_builder.forms import CONSENT_VERSION, Sender, referral_form
from site_builder.forms.form import CONSENT
from site_builder.pipeline import Request, build
from site_builder.rules.consent import public_portal
from tests.forms.making import CODE, form, friends, personal, published
from tests.portals import FILES, PORTAL, settings, write

RECEIVER = {"backend": "receiver", "endpoint": "https://in.harbour.example/r/harbour"}
BLANK = (("ref_key", ""), ("ref_step", "1"), ("ref_seq", "1"), ("ref_ms", ""), ("consent_version", CONSENT_VERSION))


def test_a_referral_sends_along_who_it_is_from_and_an_empty_key() -> None:
    assert form(**RECEIVER).hidden == (("ref_kind", "referral"), *BLANK)
    assert personal(**RECEIVER).hidden == (("referrer", CODE), ("ref_kind", "referral"), *BLANK)


def test_a_friend_sends_along_whose_link_it_was_and_that_they_wrote_themselves() -> None:
    assert friends(**RECEIVER).hidden == (("referrer", CODE), ("ref_kind", "self"), *BLANK)
    assert (friends(**RECEIVER).kind, form(**RECEIVER).kind) == (Sender.SELF, Sender.REFERRAL)


def test_a_mail_sends_along_what_a_reader_can_use() -> None:
    assert form().hidden == (("consent_version", CONSENT_VERSION),)
    assert friends().hidden == (("referrer", CODE), ("ref_kind", "self"), ("consent_version", CONSENT_VERSION))


def test_the_words_of_consent_have_the_version_that_is_sent_along() -> None:
    """Whoever changes the words gives them another version, and then these."""
    assert CONSENT_VERSION == "2026-12"
    assert CONSENT == {
        Sender.REFERRAL: (
            "We use it to get in touch with them and to tell you what became of it, do not say who sent us unless you tick "
            "that we may, and delete it on request."
        ),
        Sender.SELF: "We use it to get in touch with you and for nothing else, and delete it on request.",
    }
    assert [found.consent for found in (form(), personal(), friends())] == [
        *[CONSENT[Sender.REFERRAL]] * 2,
        CONSENT[Sender.SELF],
    ]
    assert re.fullmatch(r"\d{4}-\d{2}", form().consent_version)


def test_where_nobody_may_be_named_there_is_no_tick_to_speak_of() -> None:
    silent: dict[str, Any] = {"fields": [{"name": "may_name", "drop": "yes"}]}
    expected = (
        "We use it to get in touch with them and to tell you what became of it, do not say who sent us, and delete it on request."
    )
    assert [found.consent for found in (form(**silent), personal(**silent))] == [expected] * 2
    assert friends(**silent).consent == CONSENT[Sender.SELF]


def test_phrases_to_choose_from_are_asked_where_there_are_any() -> None:
    assert form().triggers == ("They take two days.",)
    assert "trigger" in [field.name for field in form().more]
    silent = referral_form(published(), thanks_url="/", code=None)
    assert (silent.triggers, [field.name for field in silent.more if field.name == "trigger"]) == ((), [])


@pytest.mark.parametrize(
    ("values", "challenge"),
    [
        ({**RECEIVER, "proof_of_work": "yes"}, "https://in.harbour.example/r/harbour/challenge"),
        (RECEIVER, ""),
        ({"backend": "netlify", "proof_of_work": "yes"}, ""),  # F103 says so
    ],
)
def test_a_proof_of_work_is_asked_of_the_receiver_where_the_owner_wants_it(values: dict[str, str], challenge: str) -> None:
    found = form(**values)
    assert found.challenge == challenge
    assert (("altcha", "") in found.hidden) is bool(challenge)


def test_an_address_with_signs_of_its_own_stays_one_address() -> None:
    tricky = settings(contact={"email": "a?bcc=x&b%41+c@harbour.example"})
    found = referral_form(public_portal(replace(PORTAL, settings=tricky)).settings, thanks_url="/", code=None)
    assert found.action == "mailto:a%3Fbcc%3Dx%26b%2541+c@harbour.example"


def test_the_thanks_page_is_found_below_a_path() -> None:
    below = settings(base_url="https://x.example/portal", form={"backend": "formspree", "endpoint": "https://formspree.io/f/a"})
    portal = public_portal(replace(PORTAL, settings=below))
    found = referral_form(portal.settings, thanks_url="/portal/refer/thanks/", code=None)
    assert found.thanks_url == "/portal/refer/thanks/"
    assert ("_next", "https://x.example/portal/refer/thanks/") in found.hidden


def pages(folder: Path, portal: str) -> dict[str, str]:
    root = write(folder, {"data/portal.yaml": FILES["data/portal.yaml"] + portal})
    found = build(Request(root, today=lambda _zone: date(2026, 10, 31)))
    return {each.path: each.content.decode() for each in found.artifacts if each.path.endswith(".html")}


class TestPage:
    """What the theme makes of it."""

    def test_it_shows_the_changed_first_step(self, tmp_path: Path) -> None:
        fields = """
form:
  fields:
    - {name: prospect, label: Whom <b>exactly</b>?, help: 100% off the record}
    - {name: referrer_contact, drop: yes}
    - {name: seats, label: How many work there, step: 1, required: yes}
"""
        page = pages(tmp_path, fields)["refer/index.html"]
        assert '<label for="prospect">Whom &lt;b&gt;exactly&lt;/b&gt;?</label>' in page
        assert '<p class="field-help" id="prospect-help">100% off the record</p>' in page
        assert '<label for="contact">How do we reach them?</label>' in page
        assert '<label for="seats">How many work there</label>' in page
        assert '<p class="field-error" id="seats-error" hidden>This is still missing: How many work there</p>' in page
        assert "seats-help" not in page
        assert re.search(r'<input id="seats"[^>]* enterkeyhint="send" required>', page)
        assert "referrer_contact" not in page

    def test_nothing_in_the_second_step_must_be_filled_in(self, tmp_path: Path) -> None:
        page = pages(tmp_path, "\nform: {backend: netlify}\n")["refer/index.html"]
        first, _, second = page.partition('<details class="form-more" data-step="2">')
        assert (first.count(" required"), second.count(" required")) == (3, 0)
        assert '<input type="radio" name="trigger" value="" checked>' in second
        assert '<textarea id="note" name="note" rows="3"' in second
        assert '<input id="told" name="told" type="checkbox" value="yes">' in second

    def test_what_a_script_may_have_to_say_stands_there_hidden(self, tmp_path: Path) -> None:
        page = pages(tmp_path, "\nform: {backend: netlify}\n")["refer/index.html"]
        for name in ("summary", "waiting", "failed", "sent", "kept", "unkept", "refused", "gone"):
            (tag,) = re.findall(rf"<[a-z]+ [^>]*data-{name}[ >][^>]*", page + " ")
            assert re.search(r" hidden>?$", tag), tag
        assert 'data-ok="200" data-retry="408 425 429 500 502 503 504" data-accept="*/*"' in page
        assert 'data-form="referral" data-thanks="/refer/thanks/"' in page

    def test_a_mail_has_no_such_words_and_no_such_script(self, tmp_path: Path) -> None:
        page = pages(tmp_path, "")["refer/index.html"]
        assert "data-form" not in page
        assert "data-failed" not in page
        assert "data-waiting" not in page
        assert "leave-empty" not in page
        assert re.findall(r"<script src=\"[^\"]*?/([a-z]+)[-.]", page) == ["mail", "share"]

    def test_the_consent_stands_beside_the_button_with_a_way_to_read_more(self, tmp_path: Path) -> None:
        page = pages(tmp_path, "")["refer/index.html"]
        (consent,) = re.findall(r'<p class="consent">(.*?)</p>', page)
        assert consent.startswith(CONSENT[Sender.REFERRAL])
        assert '<a href="/privacy/">' in consent

    def test_who_sent_us_is_said_as_the_tick_says(self, tmp_path: Path) -> None:
        ticked = "We say who sent us only if you ticked that we may; otherwise your name stays with us."
        asked = pages(tmp_path / "asked", "")
        silent = pages(tmp_path / "silent", "\nform: {fields: [{name: may_name, drop: yes}]}\n")
        for path in ("refer/thanks/index.html", "privacy/index.html"):
            assert (ticked in asked[path], "We do not say who sent us." in asked[path]) == (True, False)
            assert (ticked in silent[path], "We do not say who sent us." in silent[path]) == (False, True)

    @pytest.mark.parametrize(("phone", "way"), [("", "<p>Write, and"), (', phone: "+44 20 7946 0000"', "<p>Ring or write, and")])
    def test_the_friend_is_asked_to_ring_where_there_is_a_number(self, tmp_path: Path, phone: str, way: str) -> None:
        (contact,) = re.findall("contact: .*", FILES["data/portal.yaml"])
        portal = FILES["data/portal.yaml"].replace(contact, contact.replace("}", f"{phone}}}"))
        links = "referrer_id,name,audience,kind,link_code\nrita,Rita,owner,friend,7QK3M9TX\n"
        root = write(tmp_path, {"data/portal.yaml": portal, "data/referrers.csv": links})
        found = build(Request(root, today=lambda _zone: date(2026, 10, 31)))
        (page,) = (each.content.decode() for each in found.artifacts if each.path == "meet/thanks/index.html")
        assert way in page
