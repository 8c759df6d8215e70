"""Pictures of pages: kept small, compared with what they looked like, and laid side by side where they differ."""

from __future__ import annotations

from io import BytesIO
from itertools import chain

from PIL import Image, ImageChops, ImageDraw

_FREQUENT, _OTHERS = 32, 64
"""A picture keeps so many of its commonest colours, the flat ones, and so many between them."""

_CELL, _CELL_CHANGED, _MOST_CELLS = 4, 24, 24
"""Words: cells of 4 by 4 px that differ by 24 of 255 in a channel. A letter's edge drawn otherwise is less, another word more."""
_FIELD, _FIELD_CHANGED, _MOST_FIELDS_SHARE = 8, 6, 0.01
"""Areas: cells of 8 by 8 px that differ by 6; a hundredth of them is a card with another colour."""

_SEAM = 16


def reduced(picture: Image.Image) -> Image.Image:
    """Return the picture with few colours, as it is kept; the same picture always gives the same."""
    colours = sorted(_counted(picture), reverse=True)[:_FREQUENT]
    others = picture.quantize(_OTHERS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).getpalette() or []
    palette = Image.new("P", (1, 1))
    palette.putpalette([*chain.from_iterable(colour for _count, colour in colours), *others[: 3 * _OTHERS]])
    return picture.quantize(palette=palette, dither=Image.Dither.NONE).convert("RGB")


def packed(picture: Image.Image) -> bytes:
    """Return a reduced picture's file, without loss."""
    file = BytesIO()
    picture.save(file, "WEBP", lossless=True, quality=90, method=4)
    return file.getvalue()


def difference(old: Image.Image, new: Image.Image) -> str:
    """Say how two reduced pictures differ, more than the same page does from one browser to the next; "" where they do not."""
    if old.size != new.size:
        return f"it was {old.width} by {old.height} px and is {new.width} by {new.height}"
    words = _count(old, new, _CELL, _CELL_CHANGED)
    if words > _MOST_CELLS:
        return f"{words} spots of {_CELL} by {_CELL} px look otherwise"
    fields = _count(old, new, _FIELD, _FIELD_CHANGED)
    if fields > _MOST_FIELDS_SHARE * old.width * old.height / _FIELD**2:
        return f"{fields} areas of {_FIELD} by {_FIELD} px have another colour"
    return ""


def side_by_side(old: Image.Image, new: Image.Image) -> Image.Image:
    """Lay both beside each other, what was on the left, then what differs, on black."""
    width, height = max(old.width, new.width), max(old.height, new.height)
    wide_old, wide_new = (_on(Image.new("RGB", (width, height), "magenta"), each) for each in (old, new))
    changed = ImageChops.difference(wide_old, wide_new).point(lambda value: min(255, value * 4))
    sheet = Image.new("RGB", (3 * width + 2 * _SEAM, height + 2 * _SEAM), "grey")
    draw = ImageDraw.Draw(sheet)
    for number, (name, each) in enumerate((("was", wide_old), ("is", wide_new), ("differs", changed))):
        sheet.paste(each, (number * (width + _SEAM), 2 * _SEAM))
        draw.text((number * (width + _SEAM) + _SEAM, _SEAM // 2), name, fill="white")
    return sheet


def _count(old: Image.Image, new: Image.Image, size: int, least: int) -> int:
    """Count the cells of so many px that differ by at least so much in a channel."""
    red, green, blue = ImageChops.difference(old.reduce(size), new.reduce(size)).split()
    return sum(ImageChops.lighter(ImageChops.lighter(red, green), blue).histogram()[least:])


def _counted(picture: Image.Image) -> list[tuple[int, tuple[int, int, int]]]:
    return picture.getcolors(picture.width * picture.height)  # type: ignore[return-value]  # of three channels, and never too many


def _on(ground: Image.Image, picture: Image.Image) -> Image.Image:
    ground.paste(picture)
    return ground
