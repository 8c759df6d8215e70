"""What a visitor on a poor line has to wait for. Sizes are as a web server sends them, by gzip."""

from __future__ import annotations

from gzip import compress
from pathlib import Path

import pytest
from playwright.sync_api import Page, Response

pytestmark = pytest.mark.audit

KB = 1024


def sent(content: bytes) -> int:
    """Size in bytes on the wire."""
    return len(compress(content, mtime=0))


def test_no_page_is_over_eight_kilobytes(demo: Path) -> None:
    sizes = {path.relative_to(demo).as_posix(): sent(path.read_bytes()) for path in demo.rglob("*.html")}
    assert len(sizes) > 90
    assert {path: size for path, size in sizes.items() if size > 8 * KB} == {}


def test_the_style_sheet_is_not_over_ten_kilobytes(demo: Path) -> None:
    (sheet,) = demo.rglob("*.css")
    assert sent(sheet.read_bytes()) <= 10 * KB


@pytest.mark.parametrize("path", ["", "who-to-refer/", "rewards/", "trust/", "directory/", "refer/"])
def test_a_first_visit_is_not_over_sixty_kilobytes(page: Page, demo_url: str, path: str) -> None:
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108  # Playwright marks its handlers; append takes no mark
    page.goto(demo_url + path, wait_until="networkidle")
    sizes = {answer.url: sent(answer.body()) for answer in answers}
    assert len(sizes) >= 3
    assert sum(sizes.values()) <= 60 * KB
