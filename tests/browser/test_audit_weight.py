"""What a visitor on a poor line has to wait for. Sizes are as a web server sends them, by gzip."""

from __future__ import annotations

import re
from collections.abc import Mapping
from gzip import compress
from pathlib import Path

import pytest
from playwright.sync_api import Page, Response

from tests.browser.places import DEMO, Place

pytestmark = pytest.mark.audit

KB = 1024
PHOTOS = (".jpg", ".webp", ".avif", ".png")

SEALED = re.compile(r"(?:kpis|my|client)/")
ENVELOPE = re.compile(r'(<template id="sealed">)[^<]*(</template>)')
LINKED = {"css": re.compile(r'<link [^>]*href="/([^"]+\.css)"'), "js": re.compile(r'<script [^>]*src="/([^"]+\.js)"')}


def sent(content: bytes) -> int:
    """Size in bytes on the wire."""
    return len(compress(content, mtime=0))


@pytest.fixture(scope="module")
def pages(demo: Path) -> Mapping[str, str]:
    """The HTML of every page by its path."""
    return {path.relative_to(demo).as_posix(): path.read_text(encoding="utf-8") for path in demo.rglob("*.html")}


@pytest.fixture(scope="module")
def public(pages: Mapping[str, str]) -> Mapping[str, str]:
    """Those that are not sealed."""
    return {path: html for path, html in pages.items() if not SEALED.match(path)}


def linked(demo: Path, html: str, kind: str) -> int:
    """Size of all style sheets or scripts of a page."""
    return sum(sent((demo / path).read_bytes()) for path in LINKED[kind].findall(html))


def test_no_public_page_is_over_eight_kilobytes(public: Mapping[str, str]) -> None:
    sizes = {path: sent(html.encode()) for path, html in public.items()}
    assert len(sizes) > 90
    assert {path: size for path, size in sizes.items() if size > 8 * KB} == {}


def test_no_lock_is_over_thirty_kilobytes_without_what_it_locks(pages: Mapping[str, str], public: Mapping[str, str]) -> None:
    locks = {path: html for path, html in pages.items() if path not in public}
    assert len(locks) > 10
    assert all(ENVELOPE.search(html) for html in locks.values())
    sizes = {path: sent(ENVELOPE.sub(r"\1\2", html).encode()) for path, html in locks.items()}
    assert {path: size for path, size in sizes.items() if size > 30 * KB} == {}


def test_the_style_sheet_is_not_over_ten_kilobytes_nor_any_that_few_pages_add_over_two(demo: Path) -> None:
    sizes = {path.name.split(".")[0]: sent(path.read_bytes()) for path in demo.rglob("*.css")}
    assert sizes.pop("portal") <= 10 * KB
    assert {name: size for name, size in sizes.items() if size > 2 * KB} == {}


def test_no_public_page_has_style_sheets_over_ten_kilobytes_or_scripts_over_five(demo: Path, public: Mapping[str, str]) -> None:
    sizes = {path: (linked(demo, html, "css"), linked(demo, html, "js")) for path, html in public.items()}
    assert min(css for css, _js in (sizes[path] for path in ("index.html", "refer/index.html"))) > KB
    assert sizes["search/index.html"][1] > 0
    assert {path: size for path, size in sizes.items() if size[0] > 10 * KB or size[1] > 5 * KB} == {}


def test_no_face_is_over_thirty_kilobytes() -> None:
    sizes = {path.name: path.stat().st_size for path in (Path(__file__).parents[2] / "themes").rglob("*.woff2")}
    assert sizes
    assert {name: size for name, size in sizes.items() if size > 30 * KB} == {}


@pytest.mark.parametrize("place", DEMO, ids=lambda place: place.kind)
def test_a_first_visit_is_not_over_sixty_kilobytes_without_photos(page: Page, demo_url: str, place: Place) -> None:
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108  # Playwright marks its handlers; append takes no mark
    page.goto(demo_url + place.path, wait_until="networkidle")
    sizes = {answer.url: sent(answer.body()) for answer in answers if not answer.url.endswith(PHOTOS)}
    assert len(sizes) >= 2
    assert sum(sizes.values()) <= 60 * KB
