"""Brand colours can always be read (WCAG 2.2, contrast)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.rules.colour import DARK_PAGE, LIGHT_PAGE, contrast, on, palette, readable, tokens
from tests.portals import settings

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        # L(#777777): 119/255 = 0.46667, ((0.46667 + 0.055) / 1.055)^2.4 = 0.18448; 1.05 / 0.23448 = 4.478
        ("#777777", "#ffffff", 4.478),
        # L(#ff0000) = 0.2126; (0.2126 + 0.05) / 0.05 = 5.252
        ("#ff0000", "#000000", 5.252),
        # below 0.04045 the scale is linear: 10/255 = 0.039216, / 12.92 = 0.0030353; 1.05 / 0.0530353 = 19.798
        ("#0a0a0a", "#ffffff", 19.798),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, expected: float) -> None:
    assert contrast(one, other) == pytest.approx(expected, abs=0.001)
    assert contrast(other, one) == contrast(one, other)


@given(COLOURS)
def test_what_stands_on_a_colour_can_be_read(colour: str) -> None:
    assert contrast(on(colour), colour) >= 4.5


@given(COLOURS, st.sampled_from([LIGHT_PAGE, DARK_PAGE]))
def test_a_colour_as_text_can_be_read_on_either_page(colour: str, page: str) -> None:
    assert contrast(readable(colour, page), page) >= 4.5


@pytest.mark.parametrize(("colour", "page"), [("#0b5d52", LIGHT_PAGE), ("#f4b740", DARK_PAGE)])
def test_a_colour_that_can_be_read_stays_as_it_is(colour: str, page: str) -> None:
    assert readable(colour, page) == colour


def test_dark_text_stands_on_light_colours_and_light_on_dark_ones() -> None:
    assert on("#f4b740") == "#000000"
    assert on("#0b5d52") == "#ffffff"


def test_each_colour_named_gives_three_tokens() -> None:
    assert tokens(settings().brand) == {}
    named = tokens(settings(brand={"primary": "#0b5d52"}).brand)
    assert list(named) == ["--brand", "--on-brand", "--brand-text"]
    assert named["--brand"] == "#0b5d52"
    assert named["--brand-text"].startswith("light-dark(#0b5d52, #")
    both = tokens(settings(brand={"primary": "#0b5d52", "accent": "#f4b740"}).brand)
    assert list(both)[3:] == ["--accent", "--on-accent", "--accent-text"]
    assert both["--on-accent"] == "#000000"


def test_the_palette_holds_each_colour_with_a_darker_and_a_lighter_tone() -> None:
    # 0x64 = 100: 30 % towards black is 70 = 0x46, 30 % towards white is 146.5, rounded to the even 146 = 0x92
    assert palette(settings(brand={"primary": "#646464"}).brand) == ("#646464", "#464646", "#929292")
    both = palette(settings(brand={"primary": "#646464", "accent": "#000000"}).brand)
    assert both[3:] == ("#000000", "#000000", "#4c4c4c")  # 76.5 is rounded to the even 76
    assert palette(settings().brand)[0] == "#0b5d52"


@given(COLOURS)
def test_text_on_every_tone_can_be_read(colour: str) -> None:
    assert min(contrast(on(tone), tone) for tone in palette(settings(brand={"primary": colour}).brand)) >= 4.5
