"""What comes out of a printer: the words, and none of what only a screen can use. Needs pdftotext (poppler)."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.audit

EXPECTED = {
    "": ("I know somebody who should talk to Copperbeck.", "Only Dave knows the passwords.", "A person within nine minutes"),
    "rewards/": ("What is in it for me?", "A hamper for the whole office", "And for the friend you send", "The small print"),
    "directory/": ("Who else is in good hands here?", "Millrace Dental Care", "Would like to meet"),
    "spotlights/2026-10-ouse-link-haulage/": ("They walked the yard", "an hour, a plan and some stickers", "Ouse Link Haulage"),
    "terms/": ("Our agreement with partners", "When you get nothing", "replaced, from 1 September 2023"),
    "refer/": ("I have somebody for you", "hello@copperbeck.example", "+44 113 496 0100"),
}
ON_SCREENS_ONLY = (
    "In the print window",
    "Skip to the content",
    "Menu",
    "Who to send",
    "Send the referral",
    "Somebody in mind already?",
)


def printed(page: Page, folder: Path) -> str:
    """Print the page as it stands and give the text of the PDF, blanks and kinds of hyphen made one."""
    paper = folder / "page.pdf"
    page.pdf(path=paper, format="A4", prefer_css_page_size=True)
    run = subprocess.run(["pdftotext", paper, "-"], capture_output=True, text=True, timeout=60, check=True)
    return re.sub(r"\s+", " ", run.stdout).replace("\u2011", "-")


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.strip("/").replace("/", "-") or "home")
def test_a_printed_page_holds_its_words_and_no_navigation(page: Page, demo_url: str, tmp_path: Path, path: str) -> None:
    page.emulate_media(color_scheme="dark")  # paper is white, whatever the visitor's screen is
    page.goto(demo_url + path)
    text = printed(page, tmp_path)
    assert [words for words in EXPECTED[path] if words not in text] == []
    assert [words for words in ON_SCREENS_ONLY if words in text] == []


def test_the_small_print_is_printed_open(page: Page, demo_url: str, tmp_path: Path) -> None:
    page.goto(demo_url + "rewards/")
    assert "Yours when they become a client." in printed(page, tmp_path)


@pytest.mark.parametrize(("path", "sheets"), [("terms/", 3), ("rewards/", 7), ("directory/", 5)])
def test_no_paper_is_wasted_by_boxes_that_stay_whole(page: Page, demo_url: str, tmp_path: Path, path: str, sheets: int) -> None:
    page.goto(demo_url + path)
    printed(page, tmp_path)
    found = subprocess.run(["pdfinfo", tmp_path / "page.pdf"], capture_output=True, text=True, timeout=60, check=True).stdout
    assert int(re.findall(r"Pages: +(\d+)", found)[0]) <= sheets
