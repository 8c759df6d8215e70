"""A portal under a path, https://x.example/portal/: every address keeps to it, also on the page for what is not there."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser.places import html_paths
from tests.browser.portals import build, demo_with
from tests.browser.serving import served

BASE = "/portal/"
ADDRESSES = frozenset({"href", "src", "action"})


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("path")
    changed = {"base_url:": "base_url: https://x.example/portal/"}
    return build(demo_with(folder / "portal", changed), folder / "output")


@pytest.fixture(scope="module")
def address(output: Path) -> Iterator[str]:
    with served(output, BASE) as found:
        yield found


class _Addresses(HTMLParser):
    """Collects what a page points at."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if ("rel", "canonical") not in attrs:
            self.found.update(value for name, value in attrs if name in ADDRESSES and value is not None and tag != "meta")


def local_addresses(html: str, page: str) -> frozenset[str]:
    """Return the addresses on the page's own host, without fragments and without those on the page itself."""
    reader = _Addresses()
    reader.feed(html)
    found = (urljoin(page, each).partition("#")[0] for each in reader.found if not each.startswith("#"))
    return frozenset(each for each in found if urlsplit(each).netloc == urlsplit(page).netloc)


def test_every_address_on_every_page_leads_somewhere(page: Page, output: Path, address: str) -> None:
    pointed_at: dict[str, str] = {}
    for path in html_paths(output):
        file = output / (path if path.endswith(".html") else f"{path}index.html")
        pointed_at |= dict.fromkeys(local_addresses(file.read_text(encoding="utf-8"), address + path), path)
    assert len(pointed_at) > 80
    lost = {url: path for url, path in pointed_at.items() if not page.request.get(url).ok}
    assert lost == {}


def test_links_are_followed_by_hand_from_the_first_page_to_the_form(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("navigation", name="Pages", exact=True).get_by_role("link", name="Who to send").click()
    page.wait_for_url(address + "who-to-refer/")
    page.get_by_role("contentinfo").get_by_role("link", name="Send someone our way").click()
    page.wait_for_url(address + "refer/")


@pytest.mark.parametrize("path", ["no/such/page/", "directory/nobody", "a/b/c/d/e.html"])
def test_an_address_that_leads_nowhere_shows_the_ways_back_in_the_portals_dress(page: Page, address: str, path: str) -> None:
    answer = page.goto(address + path)
    assert answer
    assert answer.status == 404
    assert page.evaluate("[...document.styleSheets].map(sheet => sheet.cssRules.length > 0)") == [True]
    links = local_addresses(page.content(), page.url)
    assert len(links) > 8
    assert [url for url in sorted(links) if not page.request.get(url).ok] == []
    assert page.locator("meta[name=robots]").get_attribute("content") == "noindex"


def test_what_robots_and_sitemaps_say_names_the_whole_address(page: Page, output: Path, address: str) -> None:
    robots = (output / "robots.txt").read_text(encoding="utf-8")
    assert "https://x.example/portal/sitemap.xml" in robots
    sitemap = (output / "sitemap.xml").read_text(encoding="utf-8")
    listed = [line.split("<loc>")[1].split("</loc>")[0] for line in sitemap.splitlines() if "<loc>" in line]
    assert len(listed) > 50
    assert [each for each in listed if not each.startswith("https://x.example/portal/")] == []
    found = [page.request.get(address + each.removeprefix("https://x.example/portal/")).status for each in listed]
    assert set(found) == {200}
