"""Every kind of page, in the demo and in the smallest portal: whole, accessible, quiet, and the same without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from site_builder.pages import KINDS
from tests.browser.chromium import silence
from tests.browser.conftest import watched
from tests.browser.judges import axe, html_validate
from tests.browser.places import DEMO, LONG, MOVED, PREVIEWED, SMALL, Place, html_paths

NARROWEST = 320
"""CSS pixels; 1280 at a zoom of 400 % (WCAG 1.4.10)."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A page on a phone, as it was read. said: on the console; loaded: each address with the answer's status."""

    page: Page
    said: tuple[str, ...]
    loaded: tuple[tuple[str, int], ...]


@pytest.fixture(scope="module", params=[*DEMO, *SMALL], ids=lambda place: f"{place.site}-{place.kind}")
def place(request: pytest.FixtureRequest) -> Place:
    found = request.param
    assert isinstance(found, Place)
    return found


@pytest.fixture(scope="module")
def address(place: Place, demo_url: str, small_url: str) -> str:
    return {"demo": demo_url, "small": small_url}[place.site] + place.path


@pytest.fixture(scope="module")
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """One visit for all tests that only look."""
    said: list[str] = []
    loaded: list[tuple[str, int]] = []
    with watched(browser) as page:
        page.on("console", lambda message: said.append(message.text))
        page.on("response", lambda answer: loaded.append((answer.url, answer.status)))
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto(address)
        yield Visit(page, tuple(said), tuple(loaded))


def test_every_kind_of_page_is_looked_at() -> None:
    patterns = {kind.name: kind.route.pattern for kind in KINDS if kind.route.pattern.endswith(("/", ".html"))}
    assert {place.kind for place in DEMO} | MOVED.keys() | LONG | PREVIEWED == set(patterns)
    for place in DEMO:
        assert re.fullmatch(re.sub(r"{[a-z_]+}", "[^/]+", patterns[place.kind]), "/" + place.path)


def test_the_portal_of_three_files_has_the_pages_that_always_appear(small: Path) -> None:
    assert html_paths(small) == tuple(sorted(place.path for place in SMALL))


def test_html_validate_finds_nothing(demo: Path, small: Path) -> None:
    """test_audit_pages.py asks it about every file."""
    folders = {"demo": demo, "small": small}
    names = (place.path if place.path.endswith(".html") else f"{place.path}index.html" for place in (*DEMO, *SMALL))
    files = [folders[place.site] / name for place, name in zip((*DEMO, *SMALL), names, strict=True)]
    assert html_validate(files) == ()


def test_a_page_is_quiet_and_loads_only_what_is_its_own(visit: Visit, address: str) -> None:
    assert visit.said == ()
    assert {urlsplit(url).netloc for url, _status in visit.loaded} == {urlsplit(address).netloc}
    assert {status for _url, status in visit.loaded} == {200}


def test_a_page_says_what_it_is(visit: Visit) -> None:
    page = visit.page
    assert page.locator("h1").count() == 1
    assert page.locator("h1").inner_text().strip()
    assert page.title().strip()
    assert page.locator("meta[name=description]").get_attribute("content")
    assert page.locator("html").get_attribute("lang") == "en-GB"
    assert page.locator("img:not([alt])").count() == 0


def test_axe_finds_nothing_on_a_phone(visit: Visit) -> None:
    """test_audit_pages.py asks it about every page, dark and on a desk."""
    assert axe(visit.page) == ()


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
    """Beside what only a script can do, and what is said where none runs."""
    page.goto(address)
    page.evaluate("document.querySelectorAll('[data-does]').forEach(each => each.remove())")
    said = page.locator("body").inner_text()
    silence(page)
    page.reload()
    without = page.locator("body").inner_text()
    for only in page.locator("body noscript").all_inner_texts():
        without = without.replace(only, "")
    assert without.split() == said.split()
