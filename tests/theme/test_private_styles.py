"""What the style sheets of private pages keep to: standings can be seen and read on every surface, nothing is loaded."""

from __future__ import annotations

import re

import pytest

from site_builder.render.locks import LINK, OWNERS
from site_builder.rules.colour import contrast
from tests.theme.test_styles import FOLDER, MODES, SURFACES, TOKENS, _colour

KPIS = (FOLDER / "kpis.css").read_text(encoding="utf-8")


def standing(name: str, mode: str) -> str:
    """A standing's colour in a mode."""
    (light, dark), *_others = re.findall(rf"--{name}: light-dark\((#[0-9a-f]{{6}}), (#[0-9a-f]{{6}})\);", KPIS)
    return str(light if mode == "light" else dark)


@pytest.mark.parametrize("name", sorted({*OWNERS, *LINK} - {"extra.css"}))
def test_no_sheet_asks_for_another_file(name: str) -> None:
    assert not re.search(r"url\(|@import|@font-face|https?:", (FOLDER / name).read_text(encoding="utf-8").replace('"http"', ""))


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("name", ["healthy", "at-risk"])
def test_what_is_better_or_late_can_be_read(name: str, surface: str, mode: str) -> None:
    assert contrast(standing(name, mode), _colour(surface, mode)) >= 4.5


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("name", ["blocked", "unknown"])
def test_every_part_of_a_chart_can_be_seen(name: str, surface: str, mode: str) -> None:
    assert contrast(standing(name, mode), _colour(surface, mode)) >= 3


def test_standings_are_not_named_twice() -> None:
    assert "--healthy" not in TOKENS
