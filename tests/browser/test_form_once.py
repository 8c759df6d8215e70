"""A referral is sent once: after a double click, the back button, a second tab, on a slow line and without storage."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import chromium
from tests.browser.posting import ADD, AGAIN, REFER, SEND, Site, arrived, fill, open_tab, outbox, press
from tests.forms.fakes.makers import Maker

THREE_G = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
"""Milliseconds and bytes a second: what Chromium's developer tools call "Slow 3G"."""
_NO_STORAGE = """
Object.defineProperty(window, "localStorage", { get() { throw new DOMException("denied", "SecurityError"); } });
"""


@pytest.fixture
def site(site_of: Callable[[Maker], Site]) -> Site:
    return site_of(Maker.RECEIVER)


@pytest.fixture
def down(site: Site) -> Iterator[Site]:
    """The site while nobody listens where its form posts."""
    site.fake.stop()
    try:
        yield site
    finally:
        site.fake.stop()
        site.fake.start()


def test_a_double_click_sends_once(page: Page, site: Site) -> None:
    page.goto(site.address + REFER)
    fill(page)
    with site.fake.held():
        page.get_by_role("button", name=SEND).dblclick()
        page.locator("#contact").press("Enter")
        expect(page.get_by_role("button", name="Sending …")).to_have_attribute("aria-disabled", "true")
    arrived(page)
    assert len(site.fake.posts) == 1


def test_the_back_button_shows_an_empty_form_and_sends_nothing(page: Page, site: Site) -> None:
    page.goto(site.address + REFER)
    _fill_and_finish(page, site)
    page.go_back()
    _is_fresh(page)
    fill(page, prospect="Ann Hale")
    press(page)
    arrived(page)
    assert [post.values["prospect"] for post in site.fake.posts] == ["Jo Lee", "Jo Lee", "Ann Hale"]
    assert site.fake.posts[2].values["ref_key"] != site.fake.posts[0].values["ref_key"]
    assert site.fake.posts[2].values["ref_seq"] == "1"


def _fill_and_finish(page: Page, site: Site) -> None:
    fill(page)
    press(page)
    arrived(page)
    page.locator("#note").fill("Ring after ten")
    press(page, ADD)
    page.wait_for_url(site.address + "refer/thanks/")


def _is_fresh(page: Page) -> None:
    expect(page.get_by_role("button", name=SEND)).to_be_visible()
    expect(page.locator("[data-sent]")).to_be_hidden()
    for name in ("#prospect", "#contact", "#referrer_contact", "#note"):
        assert page.locator(name).input_value() == ""


def test_two_tabs_have_keys_of_their_own(page: Page, down: Site) -> None:
    page.goto(down.address + REFER)
    other = open_tab(page, down.address + REFER)
    for tab, prospect in ((page, "Jo Lee"), (other, "Ann Hale")):
        fill(tab, prospect=prospect)
        press(tab)
        expect(tab.locator("[data-failed]")).to_be_visible()
    assert len(outbox(page)) == 2
    down.fake.start()
    press(page, AGAIN)
    arrived(page)
    press(other, AGAIN)
    arrived(other)
    posts = down.fake.posts
    assert len({post.values["ref_key"] for post in posts}) == 2
    assert {post.values["prospect"] for post in posts} == {"Jo Lee", "Ann Hale"}
    assert outbox(page) == {}


def test_a_browser_without_storage_sends_all_the_same(page: Page, down: Site) -> None:
    page.add_init_script(_NO_STORAGE)
    page.goto(down.address + REFER)
    fill(page)
    press(page)
    expect(page.locator("[data-unkept]")).to_be_visible()
    expect(page.locator("[data-kept]")).to_be_hidden()
    down.fake.start()
    press(page, AGAIN)
    arrived(page)
    press(page, ADD)
    page.wait_for_url(down.address + "refer/thanks/")
    assert [post.values["ref_step"] for post in down.fake.posts] == ["1", "2"]


def test_on_a_slow_line_one_sees_that_it_is_being_sent(page: Page, site: Site) -> None:
    page.goto(site.address + REFER)
    fill(page)
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", THREE_G)
    press(page)
    expect(page.get_by_role("button", name="Sending …")).to_be_visible()
    arrived(page)
    assert len(site.fake.posts) == 1


def test_the_whole_form_goes_by_keyboard_alone(page: Page, site: Site) -> None:
    page.goto(site.address + REFER)
    page.locator("#prospect").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-summary]")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#prospect")).to_be_focused()
    for words in ("Jo Lee", "07700 900123", "07700 900456"):
        page.keyboard.type(words)
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name=SEND)).to_be_focused()
    page.keyboard.press("Enter")
    arrived(page)
    page.keyboard.press("Tab")
    page.keyboard.type("Quay")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio").first).to_be_checked()
    page.get_by_role("button", name=ADD).focus()
    page.keyboard.press("Enter")
    page.wait_for_url(site.address + "refer/thanks/")
    first, second = site.fake.posts
    assert second.values["company"] == "Quay"
    assert second.values["trigger"] == "Our IT people take two days to ring back."
    assert first.values["ref_key"] == second.values["ref_key"]


def test_a_page_that_the_browser_kept_whole_is_fresh_when_one_comes_back(browser: Browser, site: Site) -> None:
    with chromium.keeping_pages(browser) as keeping:
        page = keeping.new_page()
        page.goto(site.address + REFER)
        page.evaluate("addEventListener('pageshow', event => { document.title = `kept: ${event.persisted}`; })")
        _fill_and_finish(page, site)
        page.evaluate("history.back()")
        expect(page).to_have_title("kept: true")
        _is_fresh(page)
        fill(page, prospect="Ann Hale")
        press(page)
        arrived(page)
        assert [post.values["prospect"] for post in site.fake.posts] == ["Jo Lee", "Jo Lee", "Ann Hale"]
        assert len({post.values["ref_key"] for post in site.fake.posts}) == 2
