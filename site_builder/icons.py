"""Icons as PNG, drawn from the brand: the letter in its colour, on a square that a phone may cut into any shape."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

EDITION = 1
"""Raise it when the same input gives another picture: those that are remembered are made anew."""
SIZES = (192, 512)
"""What browsers ask of a manifest, in pixels."""
_LETTER = 0.58
_BOLD = 1 / 56
_NOBODY_HAS = "\U0010ffff"


def icon_png(letter: str, *, ground: str, ink: str, size: int) -> bytes:
    """Return a square PNG of size pixels a side; the same input gives the same bytes.

    ground, ink: colours as #rrggbb. A letter that the built-in face lacks, or none, gives a plain mark, a dot in a ring. All
    of it stays within the middle four fifths, which no mask cuts off.
    """
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGB", (size, size), ground)
    draw = ImageDraw.Draw(image)
    face = ImageFont.load_default(size * _LETTER)
    middle = size / 2
    if letter and not isinstance(face, ImageFont.ImageFont) and _has(face, letter):
        stroke = size * _BOLD
        left, top, right, bottom = draw.textbbox((0, 0), letter, font=face, stroke_width=stroke)
        place = (middle - (left + right) / 2, middle - (top + bottom) / 2)
        draw.text(place, letter, fill=ink, font=face, stroke_width=stroke, stroke_fill=ink)
    else:
        draw.circle((middle, middle), size * 0.28, outline=ink, width=size // 16)
        draw.circle((middle, middle), size * 0.12, fill=ink)
    content = BytesIO()
    image.quantize(16).save(content, "PNG", optimize=True)
    return content.getvalue()


def _has(face: FreeTypeFont, letter: str) -> bool:
    """Say whether the face can draw the letter, and not the box that stands for any it lacks."""
    drawn, box = face.getmask(letter), face.getmask(_NOBODY_HAS)
    return drawn.getbbox() is not None and (drawn.size, bytes(drawn)) != (box.size, bytes(box))
