"""The referral form: what it asks, what a back end receives, and what a personal link tells and keeps to itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, expect

from site_builder.forms.form import CONSENT_VERSION
from tests.browser.posting import CODE, Site
from tests.forms.fakes.makers import Maker

NAMED = f"refer/{CODE}/"
UNNAMED = "refer/B6WZ1D5P/"


def test_the_form_asks_three_things_each_by_its_label(page: Page, demo_url: str) -> None:
    page.goto(demo_url + "refer/")
    asked = ("Who should we talk to?", "How do we reach them?", "And how do we reach you?")
    assert [page.get_by_role("textbox", name=label).get_attribute("name") for label in asked] == [
        "prospect",
        "contact",
        "referrer_contact",
    ]
    assert page.get_by_role("textbox").count() == 3
    described = [box.get_attribute("aria-describedby") for box in page.get_by_role("textbox").all()]
    assert all(page.locator(f"#{name}").inner_text() for name in described)


def test_without_scripts_an_empty_answer_is_asked_for_again_by_the_browser(
    page_without_scripts: Page, site_of: Callable[[Maker], Site]
) -> None:
    page, site = page_without_scripts, site_of(Maker.RECEIVER)
    page.goto(site.address + "refer/")
    page.get_by_label("How do we reach them?").fill("ann@quay.example")
    page.get_by_role("button", name="Send the referral").click()
    expect(page.get_by_label("Who should we talk to?")).to_be_focused()
    assert page.url == site.address + "refer/"
    assert site.fake.posts == ()


def test_a_personal_link_says_whose_it_is_and_asks_one_thing_less(page: Page, demo_url: str) -> None:
    page.goto(demo_url + NAMED)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Priya Nair")
    boxes = page.locator("[data-step='1']").get_by_role("textbox").all()
    assert [box.get_attribute("name") for box in boxes] == ["prospect", "contact"]


def test_who_did_not_agree_to_be_named_is_not(page: Page, demo_url: str) -> None:
    page.goto(demo_url + UNNAMED)
    for private in ("Leila", "Shah", "Barrowclough"):
        assert private not in page.content()
    assert page.locator("input[type=hidden][name=referrer]").get_attribute("value") == "B6WZ1D5P"


def test_a_personal_page_is_kept_from_search_engines_and_linked_from_nowhere(page: Page, demo: Path, demo_url: str) -> None:
    codes = [path.parent.name for path in (demo / "refer").glob("*/index.html") if path.parent.name != "thanks"]
    assert len(codes) > 20
    for code in codes:
        # Their own pages, card and friend's page name the code, and so do the redirects of former codes and the pages of those.
        own = {"_redirects", "staticwebapp.config.json"}
        others = (path for path in demo.rglob("*") if path.is_file() and code not in path.parts and path.name not in own)
        naming = [path.name for path in others if code.encode() in path.read_bytes() and b'"refresh"' not in path.read_bytes()]
        assert naming == []
    page.goto(demo_url + UNNAMED)
    assert page.locator("meta[name=robots]").get_attribute("content") == "noindex"
    assert page.locator("link[rel=canonical]").count() == 0


def test_without_a_back_end_the_form_opens_a_mail_and_the_policy_allows_it(page: Page, demo_url: str) -> None:
    said: list[str] = []
    mails: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("requestfailed", lambda sent: mails.append(sent.url))  # headless Chromium has no mail program to hand it to
    page.goto(demo_url + "refer/")
    page.get_by_label("Who should we talk to?").fill("Söhne & Co")
    page.get_by_label("How do we reach them?").fill("+44 20 7946 0000")
    page.get_by_label("And how do we reach you?").fill("ann@quay.example")
    page.get_by_text("Say more, if you like").click()
    page.get_by_label("Only Dave knows the passwords.").check()
    with page.expect_event("console", lambda message: message.text.startswith("Launched external handler for 'mailto:")):
        page.locator("[data-send]").click(no_wait_after=True)
    address, _, body = mails[0].partition("&body=")
    assert address == "mailto:hello@copperbeck.example?subject=A%20referral"
    assert unquote(body).split("\r\n") == [
        *("consent_version", CONSENT_VERSION, ""),
        *("Who should we talk to?", "Söhne & Co", ""),
        *("How do we reach them?", "+44 20 7946 0000", ""),
        *("And how do we reach you?", "ann@quay.example", ""),
        *("What did they say?", "Only Dave knows the passwords."),
    ]
    assert len(said) == 1
    assert page.url == demo_url + "refer/"


@pytest.mark.parametrize("path", ["refer/", NAMED])
def test_without_a_back_end_the_address_and_the_number_stand_beside_the_button(page: Page, demo_url: str, path: str) -> None:
    page.goto(demo_url + path)
    links = page.locator("form .by-hand").get_by_role("link")
    assert links.evaluate_all("links => links.map(link => link.href)") == [
        "tel:+441134960100",
        "mailto:hello@copperbeck.example",
    ]
    for link in links.all():
        expect(link).to_be_visible()
