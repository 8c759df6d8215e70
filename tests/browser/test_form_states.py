"""Every state of the form as a visitor meets it: what is missing, sending, failed, arrived, waiting; by eye, ear and keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import dress
from tests.browser.judges import axe
from tests.browser.posting import ADD, MEET, REFER, SEND, Site, arrived, fill, press
from tests.forms.fakes.makers import Maker

STATES = ("filled", "errors", "sending", "failed", "refused", "arrived", "waiting")


@pytest.fixture
def site(site_of: Callable[[Maker], Site]) -> Site:
    return site_of(Maker.RECEIVER)


@contextmanager
def state(page: Page, site: Site, name: str) -> Iterator[None]:
    """Bring the form into a state, and leave it when the block ends."""
    page.goto(site.address + REFER)
    if name == "errors":
        press(page)
        expect(page.locator("[data-summary]")).to_be_focused()
        yield
        return
    fill(page)
    if name == "sending":
        with site.fake.held():
            press(page)
            expect(page.get_by_role("button", name="Sending …")).to_be_visible()
            yield
        return
    if name in {"failed", "waiting", "refused"}:
        site.fake.be_ill(422 if name == "refused" else 503)
    if name != "filled":
        press(page)
        expect(page.locator("[data-sent]" if name == "arrived" else "[data-failed]")).to_be_focused()
    if name == "waiting":
        page.goto(site.address + MEET)
        expect(page.locator("[data-waiting]")).to_be_visible()
    yield
    site.fake.be_well()


@pytest.mark.parametrize("name", ["failed", "arrived"])
def test_axe_finds_nothing_in_the_states_with_most_in_them(page: Page, site: Site, name: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    with state(page, site, name):
        assert axe(page) == ()


@pytest.mark.audit
@pytest.mark.parametrize("colours", ["light", "dark", "forced"])
@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("name", STATES)
def test_every_state_is_accessible_and_fits_in_every_colour_and_width(
    page: Page, site: Site, name: str, width: int, colours: Literal["light", "dark", "forced"]
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    dress(page, colours)
    with state(page, site, name):
        assert axe(page) == ()
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_is_missing_is_listed_linked_and_cleared_while_typing(page: Page, site: Site) -> None:
    page.goto(site.address + REFER)
    page.locator("#contact").fill("ann@quay.example")
    press(page)
    summary = page.locator("[data-summary]")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("link")).to_have_text(
        [
            "Tell us who it is: a name or a firm is enough.",
            "Tell us how to reach you: an e-mail address or a phone number.",
        ]
    )
    prospect = page.locator("#prospect")
    expect(prospect).to_have_attribute("aria-invalid", "true")
    expect(prospect).to_have_attribute("aria-describedby", "prospect-help prospect-error")
    expect(page.locator("#prospect-error")).to_be_visible()
    expect(page.locator("#contact-error")).to_be_hidden()
    summary.get_by_role("link").first.click()
    expect(prospect).to_be_focused()
    page.keyboard.type("J")
    expect(page.locator("#prospect-error")).to_be_hidden()
    expect(prospect).not_to_have_attribute("aria-invalid", "true")
    expect(prospect).to_have_attribute("aria-describedby", "prospect-help")
    expect(summary.get_by_role("link")).to_have_count(1)
    page.locator("#referrer_contact").fill("+44 (0)20 7946-0000 ext. 4")
    expect(summary).to_be_hidden()
    assert site.fake.posts == ()


def test_blanks_are_no_answer(page: Page, site: Site) -> None:
    page.goto(site.address + REFER)
    fill(page, prospect="   ")
    press(page)
    expect(page.locator("#prospect-error")).to_be_visible()
    assert site.fake.posts == ()


@pytest.mark.parametrize(
    "contact",
    [
        "+44 (0)20 7946-0000 ext. 4",
        *(pytest.param(odd, marks=pytest.mark.audit) for odd in ("0043/660.123 45 67", "٠٧٧٠٠٩٠٠١٢٣", "a+b@ö.example")),
    ],
)
def test_unusual_ways_to_be_reached_are_taken(page: Page, site: Site, contact: str) -> None:
    page.goto(site.address + REFER)
    fill(page, contact=contact)
    press(page)
    arrived(page)
    assert site.fake.posts[0].values["contact"] == contact


def test_the_focus_is_seen_wherever_the_script_leads_it(page: Page, site: Site) -> None:
    page.set_viewport_size({"width": 390, "height": 420})
    for name in ("errors", "failed", "arrived"):
        with state(page, site, name):
            box = page.locator(":focus").bounding_box()
            assert box is not None
            assert 0 <= box["y"] < 300


@pytest.mark.parametrize("name", ["failed", "refused"])
def test_what_failed_is_seen_above_the_button_that_failed(page: Page, site: Site, name: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    with state(page, site, name):
        box, button = page.locator("[data-failed]").bounding_box(), page.locator("[data-send]").bounding_box()
        assert box is not None
        assert button is not None
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= button["y"]
        assert box["y"] + box["height"] <= 844


def test_what_failed_in_step_2_is_seen_above_its_button_too(page: Page, site: Site) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    with state(page, site, "arrived"):
        page.locator("#note").fill("Ring after ten")
        site.fake.be_ill(503)
        press(page, ADD)
        failed = page.locator("[data-failed]")
        expect(failed).to_be_focused()
        expect(failed).to_be_in_viewport(ratio=1)
        box, button = failed.bounding_box(), page.locator("[data-more]").bounding_box()
        assert box is not None
        assert button is not None
        assert box["y"] + box["height"] <= button["y"]


@pytest.mark.parametrize(
    ("path", "heading"), [(REFER, "Sent. Anything else that helps?"), (MEET, "Thank you. Anything else that helps?")]
)
def test_a_question_that_was_answered_is_asked_no_more(page: Page, site: Site, path: str, heading: str) -> None:
    page.goto(site.address + path)
    expect(page.locator("h1")).to_be_visible()
    fill(page)
    page.locator("[data-send]").click()
    arrived(page)
    expect(page.locator("h1")).to_be_hidden()
    expect(page.locator("h2[aria-level='1']")).to_have_text(heading)


def test_while_it_is_sent_the_button_says_so_and_keeps_the_focus(page: Page, site: Site) -> None:
    page.goto(site.address + REFER)
    fill(page)
    page.get_by_role("button", name=SEND).focus()
    with site.fake.held():
        page.keyboard.press("Enter")
        sending = page.get_by_role("button", name="Sending …")
        expect(sending).to_be_focused()
        expect(sending).to_have_attribute("aria-disabled", "true")
    arrived(page)
    expect(page.get_by_role("button", name=SEND)).to_be_hidden()


def test_the_friends_form_leads_on_to_their_own_thanks(page: Page, site: Site) -> None:
    page.goto(site.address + MEET)
    fill(page)
    page.locator("[data-send]").click()
    site.fake.wait_for(1)
    if page.locator("[data-finish]").count():
        arrived(page)
        page.get_by_role("link", name="That is all").click()
    page.wait_for_url(site.address + "meet/thanks/")
