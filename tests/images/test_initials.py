"""Portraits drawn from initials: the same for the same name, in the brand's colours, to be read by everybody."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.images.initials import drawn_initials, initials
from site_builder.images.svg import clean_svg
from site_builder.rules.colour import contrast, palette
from tests.portals import settings

BRAND = settings(brand={"primary": "#0b5d52", "accent": "#f4b740"}).brand


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ann Hale", "AH"),
        ("ann", "A"),
        ("Ann Maria van der Hale", "AH"),
        ("  Ann   Hale  ", "AH"),
        ("Anne-Marie O'Neill", "AO"),
        ("«Ann» (Hale)", "AH"),
        ("Ann 3rd", "A3"),
        ("Élodie Ångström", "ÉÅ"),
        ("E\u0301lodie", "É"),
        ("Ж\u0301\u0430", "Ж\u0301"),
        ("ßen ĳssel", "SsĲ"),
        ("山田 太郎", "山太"),
        ("नमिता शर्मा", "नश"),
        ("Ann & Co", "AC"),
        ("—", "·"),
        ("", "·"),
    ],
)
def test_the_first_letters_of_the_first_and_the_last_word(name: str, expected: str) -> None:
    assert initials(name) == expected


def test_the_same_name_gives_the_same_picture_and_names_have_several_colours() -> None:
    assert drawn_initials("Ann Hale", BRAND) == drawn_initials("Ann Hale", BRAND)
    fills = {colours(drawn_initials(f"Ann {number}", BRAND))[0] for number in range(100)}
    assert fills == set(palette(BRAND))


def colours(content: bytes) -> list[str]:
    return re.findall('fill="(#[0-9a-f]{6})"', content.decode())


@given(st.text(max_size=20), st.integers(0, 0xFFFFFF))
def test_any_name_on_any_brand_is_a_safe_drawing_that_can_be_read(name: str, primary: int) -> None:
    content = drawn_initials(name.replace("\x00", ""), settings(brand={"primary": f"#{primary:06x}"}).brand)
    assert clean_svg(content).removed == ()
    surface, ink = colours(content)
    assert contrast(surface, ink) >= 4.5
