"""Addresses in plain sight: a voice reads them whole, and on paper they are one piece of text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.browser.judges import ROOT

TEMPLATES = ROOT / "themes" / "default" / "templates"
PAGES = tuple(sorted(path for path in TEMPLATES.rglob("*.html") if "private" not in path.parts))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_link_that_is_cut_into_pieces_has_a_label_that_is_whole(path: Path) -> None:
    links = re.findall(r"<a\b[^>]*>\{\{ jointed\([^<]*</a>", path.read_text(encoding="utf-8"))
    assert [link for link in links if "aria-label=" not in link] == []


@pytest.mark.parametrize("name", ["card.html", "who_to_refer.html"])
def test_what_is_printed_has_its_address_in_one_piece(name: str) -> None:
    text = (TEMPLATES / name).read_text(encoding="utf-8")
    assert re.findall(r"in_pieces|jointed|<wbr", text) == []


def test_the_label_of_a_mail_link_is_its_address() -> None:
    text = (TEMPLATES / "parts" / "contact.html").read_text(encoding="utf-8")
    assert '<a class="address" href="mailto:{{ address }}" aria-label="{{ address }}">' in text
