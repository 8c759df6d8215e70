"""Every kind of page, in the demo and in the smallest portal: whole, accessible, quiet, and the same without scripts."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from site_builder.pages import KINDS
from tests.browser.chromium import silence
from tests.browser.judges import axe, html_validate
from tests.browser.places import DEMO, LONG, MOVED, PREVIEWED, SMALL, Place, html_paths

NARROWEST = 320
"""CSS pixels; 1280 at a zoom of 400 % (WCAG 1.4.10)."""


@pytest.fixture(params=[*DEMO, *SMALL], ids=lambda place: f"{place.site}-{place.kind}")
def place(request: pytest.FixtureRequest) -> Place:
    found = request.param
    assert isinstance(found, Place)
    return found


@pytest.fixture
def address(place: Place, demo_url: str, small_url: str) -> str:
    return {"demo": demo_url, "small": small_url}[place.site] + place.path


def test_every_kind_of_page_is_looked_at() -> None:
    patterns = {kind.name: kind.route.pattern for kind in KINDS if kind.route.pattern.endswith(("/", ".html"))}
    assert {place.kind for place in DEMO} | MOVED.keys() | LONG | PREVIEWED == set(patterns)
    for place in DEMO:
        assert re.fullmatch(re.sub(r"{[a-z_]+}", "[^/]+", patterns[place.kind]), "/" + place.path)


def test_the_portal_of_three_files_has_the_pages_that_always_appear(small: Path) -> None:
    assert html_paths(small) == tuple(sorted(place.path for place in SMALL))


def test_html_validate_finds_nothing(demo: Path, small: Path) -> None:
    assert html_validate([demo, small]) == ()


def test_axe_finds_nothing_on_a_phone_and_on_a_dark_desk(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(address)
    assert axe(page) == ()
    page.set_viewport_size({"width": 1280, "height": 800})
    page.emulate_media(color_scheme="dark")
    assert axe(page) == ()


def test_a_page_is_quiet_and_loads_only_what_is_its_own(page: Page, address: str) -> None:
    said: list[str] = []
    loaded: list[tuple[str, int]] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("response", lambda answer: loaded.append((answer.url, answer.status)))
    page.goto(address)
    assert said == []
    assert {urlsplit(url).netloc for url, _status in loaded} == {urlsplit(address).netloc}
    assert {status for _url, status in loaded} == {200}


def test_a_page_says_what_it_is(page: Page, address: str) -> None:
    page.goto(address)
    assert page.locator("h1").count() == 1
    assert page.locator("h1").inner_text().strip()
    assert page.title().strip()
    assert page.locator("meta[name=description]").get_attribute("content")
    assert page.locator("html").get_attribute("lang") == "en-GB"
    assert page.locator("img:not([alt])").count() == 0


@pytest.mark.audit
def test_the_first_tab_leads_past_the_menu(page: Page, address: str) -> None:
    page.goto(address)
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    expect(skip).to_have_text("Skip to the content")
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


@pytest.mark.audit
def test_nothing_is_scrolled_sideways_on_the_narrowest_phone(page: Page, address: str) -> None:
    page.set_viewport_size({"width": NARROWEST, "height": 640})
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROWEST


def test_without_scripts_a_page_says_the_same(page: Page, address: str) -> None:
    page.goto(address)
    page.evaluate("document.querySelectorAll('[data-does]').forEach(each => each.remove())")  # what only a script can do
    said = page.locator("body").inner_text()
    silence(page)
    page.reload()
    assert page.locator("body").inner_text() == said
