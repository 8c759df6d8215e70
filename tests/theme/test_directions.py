"""On a page that runs from right to left, each text runs its own way, and all of them stand at the page's side."""

from __future__ import annotations

import re

import pytest

from site_builder.render.theme import default_folder

FOLDER = default_folder() / "styles"
BASE = (FOLDER / "base.css").read_text(encoding="utf-8")


@pytest.mark.parametrize("element", ["p", "li", "dt", "dd", "h1", "h2", "h3", "h4", "td", "figcaption"])
def test_an_element_that_holds_an_owners_text_takes_its_direction_from_the_text(element: str) -> None:
    (kept,) = re.findall(r'\[dir="rtl"\] :is\(([^)]*)\) \{ unicode-bidi: plaintext; \}', BASE)
    assert element in kept.split(", ")


def test_what_runs_the_other_way_stays_at_the_side_of_the_page() -> None:
    assert '[dir="rtl"] body { text-align: right; }' in BASE
