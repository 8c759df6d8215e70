"""Private pages as they stand once they are opened, without the lock around them: read by axe, on a phone, and on paper."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page

from tests.browser.chromium import dress
from tests.browser.judges import axe
from tests.rules.firms import client
from tests.rules.firms import portal as firms
from tests.theme.private import alone, demo, drawn, owned

PAGES = {"kpis": "", "my": "sam-whitlock", "client": "millrace-dental"}
OPEN = "document.querySelectorAll('details').forEach(each => { each.open = true; })"


@pytest.fixture(params=PAGES)
def opened(request: pytest.FixtureRequest, page: Page, tmp_path: Path) -> Page:
    """One of the demo's pages, shown from a file."""
    return shown(page, tmp_path, request.param)


def shown(page: Page, folder: Path, kind: str) -> Page:
    return laid(page, folder, alone(demo(), drawn(demo(), kind, PAGES[kind])))


def laid(page: Page, folder: Path, html: str) -> Page:
    file = folder / "page.html"
    file.write_text(html, encoding="utf-8")
    page.goto(file.as_uri())
    return page


@pytest.mark.parametrize("colours", ["light", *(pytest.param(each, marks=pytest.mark.audit) for each in ("dark", "forced"))])
@pytest.mark.parametrize("width", [pytest.param(390, marks=pytest.mark.audit), 1280])
def test_axe_finds_nothing_with_everything_laid_open(
    opened: Page, width: int, colours: Literal["light", "dark", "forced"]
) -> None:
    opened.set_viewport_size({"width": width, "height": 844})
    dress(opened, colours)
    opened.evaluate(OPEN)
    assert axe(opened) == ()


def test_nothing_is_wider_than_a_small_phone(opened: Page) -> None:
    opened.set_viewport_size({"width": 320, "height": 800})
    opened.evaluate(OPEN)
    assert opened.evaluate("document.documentElement.scrollWidth") == 320


def test_only_one_drawing_of_each_chart_is_seen(page: Page, tmp_path: Path) -> None:
    shown(page, tmp_path, "kpis")
    for width, seen, unseen in ((390, "narrow", "wide"), (1280, "wide", "narrow")):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.locator(f".chart-{seen}:visible").count() == 3
        assert page.locator(f".chart-{unseen}:visible").count() == 0


def test_the_paper_has_numbers_and_charts_first_then_the_week_then_what_came_of_it(page: Page, tmp_path: Path) -> None:
    sheets = printed(shown(page, tmp_path, "kpis"), tmp_path)
    assert 3 < len(sheets) < 9
    assert all("Copperbeck: referrals, 31 October 2026" in sheet for sheet in sheets)
    assert all(re.search(rf"\b{number} ?/ ?{len(sheets)}\b", sheet) for number, sheet in enumerate(sheets, start=1))
    first, second, last = sheets[0], sheets[1], sheets[-1]
    assert all(words in first for words in ("Client health", "66.7%", "Clients reviewed each month", "Unknown 9", "16.7%"))
    assert "This week" not in first
    assert all(words in second for words in ("This week", "Say thank you", "Dominic Oyelaran", "Harlow Care Homes"))
    assert all(words in last for words in ("What came of it", "By source", "What a referral may cost", "£60,000"))
    # The table has all eighteen, whatever the screen folds away; what only a screen can use is not there.
    assert any("Penny & Quill" in sheet for sheet in sheets)
    assert not any(words in sheet for sheet in sheets for words in ("portal record", "Copy", "As a table", "Every row"))


def test_one_client_makes_a_pack_of_two_pages(page: Page, tmp_path: Path) -> None:
    """The numbers and charts whole on the first, everything else on the second: nothing short has a page of its own."""
    portal = owned(firms(clients=[client("acme")]))
    first, second = printed(laid(page, tmp_path, alone(portal, drawn(portal, "kpis"))), tmp_path)
    assert all(words in first for words in ("Small numbers", "How the active clients stand"))
    assert all(words in second for words in ("This week", "Rewards due", "What came of it", "What a referral may cost"))
    assert "For your calendar" not in second


def test_no_heading_of_the_week_is_the_last_thing_on_a_page(page: Page, tmp_path: Path) -> None:
    """A row of the table, which begins with a name of the demo, stands below each heading on the same page."""
    names = {each.name for each in demo().clients} | {each.name for each in demo().referrers}
    shown(page, tmp_path, "kpis")
    headings = [words.split(" ")[0:3] for words in page.locator(".todo > .subtitle").all_inner_texts()]
    found = 0
    for sheet in printed(page, tmp_path):
        for heading in (" ".join(words) for words in headings):
            if heading in sheet:
                found += 1
                assert any(name in sheet.split(heading)[-1] for name in names), heading
    assert found >= len(headings) > 5


def test_a_referrers_page_is_printed_without_gaps(page: Page, tmp_path: Path) -> None:
    """Three names of four rewards each: each card stays whole, and two fit on a page."""
    sheets = printed(laid(page, tmp_path, alone(demo(), drawn(demo(), "my", "jonas-feld"))), tmp_path)
    assert len(sheets) == 2
    assert "Tong Lane Dental" in sheets[0]


def printed(page: Page, folder: Path) -> list[str]:
    """Print on A4 and give the text of each page."""
    paper = folder / "page.pdf"
    page.pdf(path=paper, format="A4", prefer_css_page_size=True)
    run = subprocess.run(["pdftotext", paper, "-"], capture_output=True, text=True, timeout=60, check=True)
    return [" ".join(sheet.split()) for sheet in run.stdout.split("\f")[:-1]]


def test_in_a_language_from_right_to_left_no_word_of_a_chart_leaves_its_drawing(page: Page, tmp_path: Path) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    shown(page, tmp_path, "kpis")
    page.evaluate("document.documentElement.dir = 'rtl'")
    outside = page.evaluate(
        """() => [...document.querySelectorAll(".chart-wide text")].filter((each) => {
          const [word, drawing] = [each, each.ownerSVGElement].map((one) => one.getBoundingClientRect());
          return word.left < drawing.left - 2 || word.right > drawing.right + 2;
        }).map((each) => each.textContent)"""
    )
    assert outside == []
