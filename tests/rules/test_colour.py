"""Brand colours can always be read (WCAG 2.2, contrast)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.rules.colour import DARK_PAGE, LIGHT_PAGE, contrast, distinct, mixed, on, palette, readable, tokens, visible
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


def test_a_brand_without_colours_leaves_all_to_the_theme() -> None:
    assert tokens(settings().brand) == {}


def test_two_colours_give_themselves_what_stands_on_them_and_their_variants() -> None:
    both = tokens(settings(brand={"primary": "#0b5d52", "accent": "#f4b740"}).brand)
    assert list(both)[:4] == ["--brand", "--on-brand", "--brand-text", "--brand-edge"]
    assert list(both)[4:] == ["--accent", "--on-accent", "--accent-text", "--accent-edge", "--accent-on-brand"]
    assert (both["--brand"], both["--on-brand"]) == ("#0b5d52", "#ffffff")
    assert (both["--accent"], both["--on-accent"], both["--accent-on-brand"]) == ("#f4b740", "#000000", "#f4b740")
    assert both["--brand-text"].startswith("light-dark(#0b5d52, #")
    assert both["--accent-edge"].endswith(", #f4b740)")


def test_one_colour_stands_beside_the_themes_other() -> None:
    assert tokens(settings(brand={"primary": "#0b5d52"}).brand)["--accent"] == "#f0b650"
    assert tokens(settings(brand={"accent": "#f4b740"}).brand)["--brand"] == "#0b5d52"


def test_the_themes_accent_gives_way_to_a_main_colour_much_like_it() -> None:
    named = tokens(settings(brand={"primary": "#f4b740"}).brand)
    assert named["--accent"] != "#f0b650"
    assert contrast(named["--accent"], "#f4b740") >= 3


def test_an_accent_too_near_the_main_colour_keeps_its_own_and_has_an_edge_that_is_seen() -> None:
    named = tokens(settings(brand={"primary": "#0b5d52", "accent": "#2a7d72"}).brand)
    assert named["--accent"] == "#2a7d72"
    assert contrast(named["--accent-on-brand"], "#0b5d52") >= 3


@given(COLOURS, COLOURS)
def test_a_colour_made_distinct_can_be_told_from_its_ground(colour: str, ground: str) -> None:
    found = distinct(colour, ground)
    assert contrast(found, ground) >= 3
    assert found == colour or contrast(colour, ground) < 3


def test_the_nearest_distinct_colour_is_found_on_either_side() -> None:
    # L(#707070) = ((112/255 + 0.055) / 1.055)^2.4 = 0.1620; 3:1 lighter needs L = 0.586 (#c9c9c9), darker L = 0.0207 (#272727):
    # 73 parts of the 127 to white, or 89 of the 128 to black
    assert distinct("#808080", "#707070") > "#808080"
    # L(#a0a0a0) = 0.3515; 3:1 lighter needs L = 1.15, which nothing has; darker L = 0.0838 (#525252)
    assert distinct("#b0b0b0", "#a0a0a0") < "#525354"


def test_a_mixture_is_reckoned_part_by_part() -> None:
    # 0x00 and 0x64 = 100: a quarter of 100 is 25 = 0x19
    assert mixed("#000000", "#640064", 0.25) == "#190019"
    assert mixed("#123456", "#ffffff", 0) == "#123456"


@given(COLOURS)
def test_a_border_is_seen_on_every_ground_it_was_made_for(colour: str) -> None:
    assert contrast(visible(colour, "#ffffff", LIGHT_PAGE), LIGHT_PAGE) >= 3
    assert contrast(visible(colour, "#1d2327", DARK_PAGE), DARK_PAGE) >= 3


def test_the_palette_holds_each_colour_with_a_darker_and_a_lighter_tone() -> None:
    # 0x64 = 100: 30 % towards black is 70 = 0x46, 30 % towards white is 146.5, rounded to the even 146 = 0x92
    assert palette(settings(brand={"primary": "#646464"}).brand) == ("#646464", "#464646", "#929292")
    both = palette(settings(brand={"primary": "#646464", "accent": "#000000"}).brand)
    assert both[3:] == ("#000000", "#000000", "#4c4c4c")  # 76.5 is rounded to the even 76
    assert palette(settings().brand)[0] == "#0b5d52"


@given(COLOURS)
def test_text_on_every_tone_can_be_read(colour: str) -> None:
    assert min(contrast(on(tone), tone) for tone in palette(settings(brand={"primary": colour}).brand)) >= 4.5
