"""The judges find what is wrong: a judge that always smiles would let everything pass."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.judges import axe, html_validate
from tests.browser.serving import served

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self'; script-src 'self'">
<title>A page</title>
</head>
<body><main><h1>A page</h1>BODY</main></body>
</html>
"""
GOOD = PAGE.replace("BODY", "<p>Nothing wrong</p>")
NAMELESS = PAGE.replace("BODY", '<img src="404.html">')
NAMELESS_WITHOUT_SCRIPTS = PAGE.replace("BODY", '<noscript><img src="404.html"></noscript>')


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.html").write_text(GOOD, encoding="utf-8")
    (tmp_path / "nameless.html").write_text(NAMELESS, encoding="utf-8")
    (tmp_path / "quiet.html").write_text(NAMELESS_WITHOUT_SCRIPTS, encoding="utf-8")
    (tmp_path / "404.html").write_text("<!DOCTYPE html><title>Not here</title>", encoding="utf-8")
    return tmp_path


@pytest.fixture
def address(folder: Path) -> Iterator[str]:
    with served(folder, "/portal/") as url:
        yield url


def test_axe_judges_a_page_with_a_strict_content_policy(page: Page, address: str) -> None:
    page.goto(address + "good.html")
    assert axe(page) == ()
    page.goto(address + "nameless.html")
    assert [each.rule for each in axe(page)] == ["image-alt"]


def test_axe_judges_what_a_visitor_without_scripts_is_shown(page_without_scripts: Page, address: str) -> None:
    page_without_scripts.goto(address + "quiet.html")
    assert [each.rule for each in axe(page_without_scripts)] == ["image-alt"]


def test_what_a_visitor_without_scripts_is_not_shown_is_not_judged(page: Page, address: str) -> None:
    page.goto(address + "quiet.html")
    assert axe(page) == ()


def test_html_validate_names_the_file_and_the_line(folder: Path) -> None:
    assert html_validate([folder / "good.html"]) == ()
    (finding,) = html_validate([folder / "nameless.html"])
    assert (finding.path.name, finding.line, finding.rule) == ("nameless.html", 8, "wcag/h37")


def test_only_what_lies_under_the_base_path_is_served(page: Page, address: str) -> None:
    answers = [page.goto(address + "good.html"), page.goto(address + "gone/"), page.goto(address + "../good.html")]
    assert [answer and answer.status for answer in answers] == [200, 404, 404]
    assert page.title() == "Not here"
