"""Icons: the brand's colours exactly, a letter where there is one, nothing where a phone cuts corners off."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image, ImageChops

from site_builder.icons import SIZES, icon_png

GROUND, INK = "#134e5e", "#ffffff"


def drawn(letter: str, size: int = 192) -> Image.Image:
    image = Image.open(BytesIO(icon_png(letter, ground=GROUND, ink=INK, size=size)))
    assert image.format == "PNG"
    return image.convert("RGB")


@pytest.mark.parametrize("size", SIZES)
def test_an_icon_is_a_square_of_the_size_asked_for_in_the_brands_colours(size: int) -> None:
    image = drawn("H", size)
    assert image.size == (size, size)
    assert image.getpixel((0, 0)) == (0x13, 0x4E, 0x5E)
    assert image.getpixel((size // 2, size // 2)) == (255, 255, 255)  # the bar of the H


@pytest.mark.parametrize("letter", ["W", "M", "Q", "Å", ""])
def test_all_that_is_drawn_lies_in_the_circle_no_mask_cuts_off(letter: str) -> None:
    image = drawn(letter, 200)
    box = ImageChops.difference(image, Image.new("RGB", image.size, GROUND)).getbbox()
    assert box is not None
    left, top, right, bottom = box
    assert min(left, top) >= 20
    assert max(right, bottom) <= 180
    assert abs((left + right) - 200) <= 4
    assert abs((top + bottom) - 200) <= 4


@pytest.mark.parametrize("letter", ["", "東", "\U0001f600", " "])
def test_a_letter_the_face_lacks_gives_the_plain_mark(letter: str) -> None:
    assert icon_png(letter, ground=GROUND, ink=INK, size=192) == icon_png("", ground=GROUND, ink=INK, size=192)


def test_letters_differ_and_the_same_one_gives_the_same_bytes() -> None:
    first, again, other = (icon_png(letter, ground=GROUND, ink=INK, size=192) for letter in "AAB")
    assert first == again
    assert first != other
