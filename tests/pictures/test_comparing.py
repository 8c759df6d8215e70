"""A picture that looks alike passes, and one in which a word, a colour or the size is another does not."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont

from tests.pictures.comparing import difference, packed, reduced, side_by_side

FACE = Path(__file__).parents[1] / "fonts" / "noto-sans.ttf"


def page(
    words: str = "Who should I send?", *, ground: str = "#ffffff", card: str = "#f3f1ec", right: int = 0, soft: float = 0
) -> Image.Image:
    """A page of 390 by 400 px: a title, and a card half as high. right: px by which the title stands further right.

    soft: how much of each edge lies one px further right, as where another version draws it otherwise.
    """
    picture = Image.new("RGB", (390, 400), ground)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((20, 180, 370, 380), fill=card)
    draw.text((20 + right, 40), words, fill="#1a1f22", font=ImageFont.truetype(FACE, 32))
    return reduced(Image.blend(picture, ImageChops.offset(picture, 1, 0), soft))


def test_the_same_page_does_not_differ_however_often_it_is_packed() -> None:
    again = Image.open(BytesIO(packed(page()))).convert("RGB")
    assert again.tobytes() == page().tobytes()
    assert difference(page(), again) == ""


def test_a_letters_edge_may_be_drawn_otherwise() -> None:
    assert difference(page(), page(soft=0.08)) == ""


@pytest.mark.parametrize(
    ("new", "said"),
    [
        (page("Who should I ring?"), "spots"),
        (page(right=2), "spots"),
        (page(card="#e8f0ec"), "areas"),
        (page(ground="#0b5d52"), "spots"),
        (page().crop((0, 0, 390, 399)), "390 by 399"),
    ],
    ids=["a word", "two pixels further right", "a card's tint", "the ground", "the height"],
)
def test_what_somebody_would_see_differs(new: Image.Image, said: str) -> None:
    assert said in difference(page(), new)


def test_both_lie_side_by_side_with_what_differs() -> None:
    old, new = page(), page("Who should I ring?").crop((0, 0, 390, 300))
    sheet = side_by_side(old, new)
    assert sheet.size == (3 * 390 + 2 * 16, 400 + 2 * 16)
    assert sheet.crop((0, 32, 390, 432)).tobytes() == old.tobytes()
    assert sheet.crop((406, 32, 796, 332)).tobytes() == new.tobytes()
    assert sheet.getpixel((3 * 390, 32 + 350)) != (0, 0, 0)
    assert sheet.getpixel((3 * 390, 32 + 5)) == (0, 0, 0)
