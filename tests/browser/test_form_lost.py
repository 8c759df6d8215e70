"""What a referral survives: a closed tab, a half-filled step, a back end that is down, ill, or refuses."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, unquote

import pytest
from playwright.sync_api import Page, expect

from tests.browser.posting import ADD, AGAIN, PERSONAL, REFER, Site, arrived, do_and_close, fill, open_tab, outbox, press
from tests.forms.fakes.makers import Maker

DAY = 86_400_000


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


# ------------------------------------------------------------------ closed tabs


@pytest.mark.parametrize("number", [10, pytest.param(100, marks=pytest.mark.audit)])
def test_a_tab_closed_right_after_the_first_button_loses_nothing(page: Page, site: Site, number: int) -> None:
    page.goto(site.address)
    for count in range(number):
        tab = open_tab(page, site.address + REFER)
        fill(tab, prospect=f"Jo Lee {count}")
        # What is kept in the browser is forgotten at once: this is about the request alone.
        do_and_close(tab, "document.querySelector('[data-send]').click(); localStorage.clear()")
    posts = site.fake.wait_for(number)
    assert sorted(post.values["prospect"] for post in posts) == sorted(f"Jo Lee {count}" for count in range(number))
    assert len({post.values["ref_key"] for post in posts}) == number


def test_nothing_leaves_the_page_before_the_first_button(page: Page, site: Site) -> None:
    page.goto(site.address)
    tab = open_tab(page, site.address + REFER)
    fill(tab, prospect="Never sent")
    do_and_close(tab, "")
    page.goto(site.address + REFER)
    fill(page, prospect="Never sent either")
    page.goto(site.address + PERSONAL)
    assert outbox(page) == {}
    fill(page)
    press(page)
    arrived(page)
    assert [post.values["prospect"] for post in site.fake.posts] == ["Jo Lee"]


@pytest.mark.parametrize("leaving", ["close", "close by hand", "that is all", pytest.param("link", marks=pytest.mark.audit)])
def test_a_half_filled_step_2_is_added_once_when_one_leaves(page: Page, site: Site, leaving: str) -> None:
    page.goto(site.address)
    tab = open_tab(page, site.address + REFER)
    fill(tab)
    press(tab)
    arrived(tab)
    tab.locator("#company").fill("Quay & Söhne")
    tab.locator("#told").check()
    if leaving == "close":
        do_and_close(tab, "")
    elif leaving == "close by hand":
        tab.close(run_before_unload=True)
    elif leaving == "link":
        tab.goto(site.address)
    else:
        tab.get_by_role("link", name="That is all").click()
        tab.wait_for_url(site.address + "refer/thanks/")
    first, second = site.fake.wait_for(2)
    added = {"company": "Quay & Söhne", "told": "yes", "ref_step": "2", "ref_seq": "2"}
    assert second.values == {**first.values, **added}
    assert second.content_type == "application/x-www-form-urlencoded"
    page.goto(site.address + REFER)
    fill(page, prospect="Ann Hale")
    press(page)
    arrived(page)
    assert [post.values["prospect"] for post in site.fake.posts] == ["Jo Lee", "Jo Lee", "Ann Hale"]


def test_an_untouched_step_2_is_not_sent(page: Page, site: Site) -> None:
    page.goto(site.address + REFER)
    fill(page)
    press(page)
    arrived(page)
    page.get_by_role("link", name="That is all").click()
    page.wait_for_url(site.address + "refer/thanks/")
    page.goto(site.address + REFER)
    fill(page, prospect="Ann Hale")
    press(page)
    arrived(page)
    assert [post.values["prospect"] for post in site.fake.posts] == ["Jo Lee", "Ann Hale"]


# ------------------------------------------------------------------ back ends that are down, ill or refuse


def test_what_nobody_took_waits_and_goes_out_when_one_returns(page: Page, down: Site) -> None:
    page.goto(down.address + REFER)
    fill(page)
    press(page)
    expect(page.locator("[data-failed]")).to_be_focused()
    expect(page.locator("[data-kept]")).to_be_visible()
    assert page.locator("#prospect").input_value() == "Jo Lee"
    (kept,) = outbox(page).values()
    page.goto(down.address + PERSONAL)
    expect(page.locator("[data-waiting]")).to_be_visible()
    expect(page.locator("[data-who]")).to_have_text("Jo Lee")
    down.fake.start()
    page.goto(down.address + REFER)
    expect(page.locator("[data-late]")).to_be_visible()
    expect(page.locator("[data-waiting]")).to_be_hidden()
    (post,) = down.fake.posts
    assert post.values == {name: value for name, (value,) in parse_qs(json.loads(kept)["body"], keep_blank_values=True).items()}
    assert outbox(page) == {}


def test_what_waits_can_be_sent_or_deleted_by_hand(page: Page, down: Site) -> None:
    for prospect in ("Jo Lee", "Ann Hale"):
        page.goto(down.address + REFER)
        fill(page, prospect=prospect)
        press(page)
        expect(page.locator("[data-failed]")).to_be_visible()
    page.goto(down.address + PERSONAL)
    press(page, "Delete it")
    expect(page.locator("[data-waiting]")).to_be_hidden()
    expect(page.locator("main")).to_be_focused()
    assert outbox(page) == {}
    page.goto(down.address + REFER)
    fill(page, prospect="Kim")
    press(page)
    expect(page.locator("[data-failed]")).to_be_visible()
    page.goto(down.address + PERSONAL)
    expect(page.locator("[data-waiting]")).to_be_visible()
    down.fake.start()
    press(page, "Send it now")
    expect(page.locator("[data-late]")).to_be_visible()
    assert [post.values["prospect"] for post in down.fake.posts] == ["Kim"]


def test_what_failed_just_now_can_be_deleted_as_well(page: Page, down: Site) -> None:
    page.goto(down.address + REFER)
    fill(page)
    press(page)
    press(page, "Delete it")
    expect(page.locator("[data-failed]")).to_be_hidden()
    assert outbox(page) == {}
    assert page.locator("#prospect").input_value() == "Jo Lee"


def test_it_goes_out_by_itself_once_the_line_is_back(page: Page, site: Site) -> None:
    page.goto(site.address + REFER)
    fill(page)
    page.context.set_offline(True)
    press(page)
    expect(page.locator("[data-failed]")).to_be_visible()
    assert site.fake.posts == ()
    page.context.set_offline(False)
    arrived(page)
    (post,) = site.fake.wait_for(1)
    assert post.values["ref_seq"] == "1"


def test_what_is_mended_after_a_failure_is_sent_by_the_button_alone(page: Page, site: Site) -> None:
    page.goto(site.address + REFER)
    fill(page, contact="07700")
    page.context.set_offline(True)
    press(page)
    expect(page.locator("[data-failed]")).to_be_visible()
    page.locator("#contact").fill("07700 900123")
    page.context.set_offline(False)
    press(page)
    arrived(page)
    (post,) = site.fake.posts
    assert (post.values["contact"], post.values["ref_seq"]) == ("07700 900123", "2")
    assert outbox(page) == {}


@pytest.mark.parametrize("status", [503, pytest.param(429, marks=pytest.mark.audit)])
def test_an_answer_that_may_change_keeps_it_waiting(page: Page, site: Site, status: int) -> None:
    site.fake.be_ill(status)
    page.goto(site.address + REFER)
    fill(page)
    press(page)
    expect(page.locator("[data-kept]")).to_be_visible()
    assert len(outbox(page)) == 1
    site.fake.be_well()
    press(page, AGAIN)
    arrived(page)
    assert len({post.values["ref_key"] for post in site.fake.posts}) == 1
    assert outbox(page) == {}


@pytest.mark.parametrize("status", [422, pytest.param(403, marks=pytest.mark.audit)])
def test_a_refusal_for_good_is_said_at_once_and_waits_for_nothing(page: Page, site: Site, status: int) -> None:
    site.fake.be_ill(status)
    page.goto(site.address + REFER)
    fill(page)
    press(page)
    expect(page.locator("[data-refused]")).to_be_visible()
    expect(page.locator("[data-kept]")).to_be_hidden()
    assert outbox(page) == {}


@pytest.mark.parametrize("status", [405, *(pytest.param(other, marks=pytest.mark.audit) for other in (404, 410, 501))])
def test_where_no_form_is_taken_nobody_is_told_to_try_again(page: Page, site: Site, status: int) -> None:
    site.fake.be_ill(status)
    page.goto(site.address + REFER)
    fill(page)
    press(page)
    failed = page.locator("[data-failed]")
    expect(failed).to_be_focused()
    expect(failed.locator("[data-gone]")).to_be_visible()
    for name in ("again", "forget", "kept", "unkept", "refused"):
        expect(failed.locator(f"[data-{name}]")).to_be_hidden()
    expect(failed.get_by_role("link")).to_have_count(2)
    assert outbox(page) == {}
    assert page.locator("#prospect").input_value() == "Jo Lee"
    site.fake.be_ill(503)
    press(page)
    expect(failed.get_by_role("button", name=AGAIN)).to_be_visible()
    expect(failed.locator("[data-gone]")).to_be_hidden()


def test_a_failure_offers_phone_mail_and_copy_with_what_was_typed(page: Page, site: Site) -> None:
    site.fake.be_ill(422)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(site.address + REFER)
    fill(page, prospect="Zoë & Söhne")
    press(page)
    failed = page.locator("[data-failed]")
    expect(failed.get_by_role("link", name="+44 20 7946 0000")).to_have_attribute("href", "tel:+442079460000")
    said = [
        *("Who should we talk to?", "Zoë & Söhne", ""),
        *("How do we reach them?", "07700 900123", ""),
        *("And how do we reach you?", "07700 900456"),
    ]
    failed.get_by_role("button", name="Copy what I typed").click()
    expect(failed.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").splitlines() == said
    mail = failed.locator("[data-mail]")
    mail.evaluate("link => link.addEventListener('click', event => event.preventDefault())")
    mail.click()
    href = mail.get_attribute("href") or ""
    assert href.startswith("mailto:hello@harbour.example?subject=A%20referral&body=")
    assert unquote(href.partition("&body=")[2]).split("\r\n") == said


def test_what_waits_is_forgotten_after_a_day(page: Page, down: Site) -> None:
    page.goto(down.address + REFER)
    fill(page)
    press(page)
    expect(page.locator("[data-failed]")).to_be_visible()
    age = "by => Object.entries(localStorage).forEach(([name, text]) => { const kept = JSON.parse(text); kept.at -= by; "
    page.evaluate(age + "localStorage.setItem(name, JSON.stringify(kept)); })", DAY)
    page.evaluate("localStorage.setItem('referral broken', '{')")
    page.evaluate("localStorage.setItem('somebody else', 'stays')")
    down.fake.start()
    page.goto(down.address + REFER)
    expect(page.locator("[data-waiting]")).to_be_hidden()
    assert outbox(page) == {"somebody else": "stays"}
    assert down.fake.posts == ()


def test_step_2_that_was_not_taken_waits_with_the_whole_referral(page: Page, site: Site) -> None:
    page.goto(site.address + REFER)
    fill(page)
    press(page)
    arrived(page)
    page.locator("#company").fill("Quay")
    site.fake.be_ill(503)
    press(page, ADD)
    expect(page.locator("[data-kept]")).to_be_visible()
    site.fake.be_well()
    page.goto(site.address + PERSONAL)
    expect(page.locator("[data-late]")).to_be_visible()
    last = site.fake.posts[-1].values
    assert (last["prospect"], last["company"], last["ref_step"]) == ("Jo Lee", "Quay", "2")
