"""What each back end gets from the form, with and without JavaScript, as its maker says it wants it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.posting import ADD, MEET, ODD, PERSONAL, REFER, Site, arrived, fill, outbox, press
from tests.forms.fakes.makers import Maker

SiteOf = Callable[[Maker], Site]
HONEYPOT = {
    Maker.RECEIVER: "ref_email",
    Maker.NETLIFY: "bot-field",
    Maker.FORMSPREE: "_gotcha",
    Maker.WEB3FORMS: "botcheck",
    Maker.CUSTOM: "ref_email",
}
ALONG = {
    Maker.RECEIVER: {},
    # Every page of the form declares what any of them sends: Netlify knows the form by its name alone.
    Maker.NETLIFY: {"form-name": "referral", "referrer": ""},
    Maker.FORMSPREE: {"_next": "http://127.0.0.1/refer/thanks/"},
    Maker.WEB3FORMS: {
        "access_key": "5a2f0c1e-0000-4000-8000-harbour",
        "redirect": "http://127.0.0.1/refer/thanks/",
    },
    Maker.CUSTOM: {},
}
NOT_BY_SCRIPT = {"_next", "redirect"}
LATER = ("company", "trigger", "referrer_name", "call_when", "note")


@pytest.fixture(params=list(Maker))
def site(request: pytest.FixtureRequest, site_of: SiteOf) -> Site:
    found = site_of(request.param)
    assert isinstance(found, Site)
    return found


def test_step_1_arrives_as_it_was_typed_and_step_2_adds_to_it(page: Page, site: Site) -> None:
    page.goto(site.address + REFER)
    fill(page, prospect=ODD)
    press(page)
    arrived(page)
    (post,) = site.fake.posts
    sent = dict(post.values)
    assert re.fullmatch("[0-9a-f]{32}", sent.pop("ref_key"))
    assert int(sent.pop("ref_ms")) >= 0
    assert sent.pop("consent_version")
    assert sent.pop(HONEYPOT[site.fake.maker], "") == ""
    along = {name: value for name, value in ALONG[site.fake.maker].items() if name not in NOT_BY_SCRIPT}
    assert sent == {
        **along,
        **dict.fromkeys(LATER, ""),
        "prospect": ODD,
        "contact": "07700 900123",
        "referrer_contact": "07700 900456",
        "ref_kind": "referral",
        "ref_step": "1",
        "ref_seq": "1",
    }
    assert len(post.fields) == len(post.values)
    assert post.content_type == "application/x-www-form-urlencoded"
    page.get_by_label("Our IT people take two days to ring back.").check()
    page.locator("#may_name").check()
    page.locator("#note").fill("one\ntwo")
    press(page, ADD)
    page.wait_for_url(site.address + "refer/thanks/")
    _, last = site.fake.posts
    added = {
        "trigger": "Our IT people take two days to ring back.",
        "may_name": "yes",
        "note": "one\ntwo",
        "ref_step": "2",
        "ref_seq": "2",
    }
    assert last.values == {**post.values, **added}
    assert outbox(page) == {}


def test_without_javascript_everything_goes_in_one_post_and_leads_to_the_thanks(page_without_scripts: Page, site: Site) -> None:
    page = page_without_scripts
    page.goto(site.address + REFER)
    fill(page, prospect=ODD)
    page.get_by_text("Say more, if you like").click()
    page.locator("#company").fill("Quay & Söhne")
    page.locator("#told").check()
    page.locator("[data-send]").click()
    page.wait_for_url(site.address + "refer/thanks/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    (post,) = site.fake.posts
    sent = dict(post.values)
    assert sent.pop("consent_version")
    assert sent.pop(HONEYPOT[site.fake.maker], "") == ""
    assert sent == {
        **ALONG[site.fake.maker],
        **dict.fromkeys(LATER, ""),
        "prospect": ODD,
        "contact": "07700 900123",
        "referrer_contact": "07700 900456",
        "company": "Quay & Söhne",
        "told": "yes",
        "ref_kind": "referral",
        "ref_key": "",
        "ref_step": "1",
        "ref_seq": "1",
        "ref_ms": "",
    }
    assert post.content_type == "application/x-www-form-urlencoded"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize(("path", "kind"), [(PERSONAL, "referral"), (MEET, "self")])
def test_a_personal_page_and_the_friends_say_by_whose_link_they_came(
    request: pytest.FixtureRequest, site_of: SiteOf, path: str, kind: str, *, scripts: bool
) -> None:
    site = site_of(Maker.RECEIVER)
    page: Page = request.getfixturevalue("page" if scripts else "page_without_scripts")
    page.goto(site.address + path)
    fill(page)
    page.locator("[data-send]").click()
    (post,) = site.fake.wait_for(1)
    assert post.values["referrer"] == "7QK3M9TX"
    assert post.values["ref_kind"] == kind
    assert "referrer_contact" not in post.values
