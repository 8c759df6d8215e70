"""Every HTML page of the demo, in every mode a visitor may see it in. Long: run by `make audit`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page

from tests.browser.chromium import dress
from tests.browser.judges import Violation, axe, html_validate
from tests.browser.places import html_paths, some_of_each
from tests.browser.portals import LONG_WORDS, build, write
from tests.browser.serving import served

pytestmark = pytest.mark.audit


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of a portal whose every name is one word of eighty letters."""
    folder = tmp_path_factory.mktemp("long")
    return build(write(folder / "portal", LONG_WORDS), folder / "output")


@pytest.fixture(scope="module")
def long_url(long: Path) -> Iterator[str]:
    with served(long) as address:
        yield address


@pytest.mark.parametrize("colours", ["light", "dark", "forced"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_anywhere(
    page: Page, demo: Path, demo_url: str, width: int, colours: Literal["light", "dark", "forced"]
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    dress(page, colours)
    found: dict[str, tuple[Violation, ...]] = {}
    for path in some_of_each(html_paths(demo)):
        page.goto(demo_url + path)
        found[path] = axe(page)
    assert len(found) > 60
    assert {path: violations for path, violations in found.items() if violations} == {}


def test_html_validate_finds_nothing_in_any_file(demo: Path) -> None:
    assert html_validate([demo]) == ()


@pytest.mark.parametrize("width", [320, 390, 768, 1280, 1920])
def test_no_page_is_scrolled_sideways(page: Page, demo: Path, demo_url: str, width: int) -> None:
    assert _too_wide(page, demo, demo_url, width) == {}


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_page_is_scrolled_sideways_however_long_its_words_are(page: Page, long: Path, long_url: str, width: int) -> None:
    assert _too_wide(page, long, long_url, width) == {}


def _too_wide(page: Page, output: Path, address: str, width: int) -> dict[str, int]:
    page.set_viewport_size({"width": width, "height": 640})
    found = {}
    for path in html_paths(output):
        page.goto(address + path)
        found[path] = page.evaluate("document.documentElement.scrollWidth")
    assert len(found) > 10
    return {path: reached for path, reached in found.items() if reached > width}
