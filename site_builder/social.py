"""The picture that stands beside a link where people share it: a headline in the portal's colours, 1200 by 630 pixels, as PNG.

Latin is set by Pillow alone and gives the same bytes everywhere. Arabic has letters to join and lines to turn: Pillow's raqm does
both where the machine has FriBiDi; elsewhere, and in scripts that the face lacks, a text is left out rather than drawn in boxes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

EDITION: Final = 1
"""Raise it when the same input gives another picture: those that are remembered are made anew."""
WIDTH: Final = 1200
HEIGHT: Final = 630
"""What the networks ask for (Open Graph, X, LinkedIn), in pixels."""
_EDGE = 84
_COLUMN = 900
"""The widest line; what lies beyond it belongs to the ornament."""
_SIZES = (88, 80, 72, 64, 56, 50, 44)
"""Sizes tried for the headline, the largest that fits wins."""
_LEADING = 1.16
_LETTERS = "LM"
"""The first letter of the Unicode categories that words are made of; what else the face lacks is dropped."""
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
_STRONG = _RIGHT_TO_LEFT - {"AN"} | {"L"}
_NOBODY_HAS = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Announcement:
    """What a picture says, "" for nothing, and its colours as #rrggbb.

    above: a few words over the headline; below: whose it is; name: who says it. accent: can be told from ground (3:1).
    """

    above: str
    headline: str
    below: str
    name: str
    ground: str
    ink: str
    accent: str


def turns() -> bool:
    """Say whether this machine can set a script that runs from right to left."""
    from PIL import features

    return bool(features.check("raqm"))


def social_png(said: Announcement, face: Path) -> bytes:
    """Return the picture; the same input gives the same bytes. face: a TTF with the letters of the portal's languages."""
    from PIL import Image, ImageDraw

    writer = _Writer(face)
    headline = writer.writable(said.headline) or writer.writable(said.name)
    mirrored = _runs_left(headline)
    image = _ornament(said.ground, said.ink, said.accent, mirrored=mirrored).copy()
    draw = ImageDraw.Draw(image)
    above, below, name = (writer.writable(text) for text in (said.above, said.below, said.name))
    room = HEIGHT - 2 * _EDGE - 64 - (64 if above else 0) - (84 if below else 0)
    size, lines = writer.fitted(headline, room)
    top = _EDGE
    if above:
        writer.line(draw, writer.cut(above, 32), 32, top, said.ink, mirrored=mirrored)
        top += 64
    for number, text in enumerate(lines):
        writer.line(draw, text, size, top + round(number * size * _LEADING), said.ink, mirrored=mirrored)
    top += round(len(lines) * size * _LEADING) + 36
    if below:
        writer.line(draw, writer.cut(below, 38), 38, top, said.accent, mirrored=mirrored)
    if name != headline:
        writer.line(draw, writer.cut(name, 34), 34, HEIGHT - _EDGE - 34, said.ink, mirrored=mirrored)
    content = BytesIO()
    # The tightest packing takes eight times as long for a tenth less.
    image.quantize(64, dither=Image.Dither.NONE).save(content, "PNG", compress_level=6)
    return content.getvalue()


@lru_cache(maxsize=4)
def _ornament(ground: str, ink: str, accent: str, *, mirrored: bool) -> Image:
    """Return the ground with something heard and something answered: two bubbles that the picture's edge cuts off."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (2 * WIDTH, 2 * HEIGHT), ground)
    draw = ImageDraw.Draw(image)
    soft = Image.blend(Image.new("RGB", (1, 1), ground), Image.new("RGB", (1, 1), ink), 0.1).getpixel((0, 0))
    left = 2 * (_EDGE + _COLUMN + 24)
    draw.rounded_rectangle((left + 120, 2 * 250, 2 * WIDTH + 200, 2 * 420), 110, fill=soft, corners=(True, True, True, False))
    draw.rounded_rectangle((left + 250, 2 * 450, 2 * WIDTH + 200, 2 * 546), 90, fill=accent, corners=(True, False, True, True))
    small = image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    return small.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if mirrored else small


class _Writer:
    """Sets lines in one face."""

    def __init__(self, face: Path) -> None:
        self._path = str(face)

    def writable(self, text: str) -> str:
        """Return a text as it can be set, signs that the face lacks left out; "" for one whose letters cannot all be set."""
        text = " ".join(unicodedata.normalize("NFC", text).split())
        if _needs_turning(text) and not turns():
            return ""
        missing = {sign for sign in set(text) - {" "} if not _has(self._path, sign)}
        if any(unicodedata.category(sign)[0] in _LETTERS and not _joins(sign) for sign in missing):
            return ""
        return " ".join("".join(sign for sign in text if sign not in missing).split())

    def fitted(self, text: str, room: int) -> tuple[int, list[str]]:
        """Return the largest size, and the lines, in which a text fits; at the smallest one its end is cut off."""
        for size in _SIZES:
            words = text.split()
            lines = list(self._lines(words, size))
            fits_across = all(self._width(word, size) <= _COLUMN for word in words)
            if fits_across and len(lines) * size * _LEADING <= room:
                return size, lines
        lines = list(self._lines(self._pieces(text.split(), size), size))
        most = int(room // (size * _LEADING))
        return size, lines if len(lines) <= most else [*lines[: most - 1], self.cut(f"{lines[most - 1]} …", size)]

    def cut(self, text: str, size: int) -> str:
        """Return a text that fits into one line, with an ellipsis for what does not."""
        shown = text
        while shown and self._width(shown, size) > _COLUMN:
            shown = shown.removesuffix("…").rstrip()[:-1].rstrip() + "…"
        return shown

    def line(self, draw: ImageDraw, text: str, size: int, top: int, ink: str, *, mirrored: bool) -> None:
        """Draw one line at the side where reading begins."""
        place, anchor = (WIDTH - _EDGE, "ra") if mirrored else (_EDGE, "la")
        draw.text((place, top), text, fill=ink, font=self._font(text, size), anchor=anchor, direction=_direction(text))

    def _pieces(self, words: Iterable[str], size: int) -> Iterator[str]:
        """Yield words, those that are wider than a line in pieces: compounds, and addresses that stand for a name."""
        for word in words:
            rest = word
            while self._width(rest, size) > _COLUMN:
                mark = "" if _needs_turning(rest) else "-"
                end = next(end for end in range(len(rest) - 1, 0, -1) if self._width(rest[:end] + mark, size) <= _COLUMN)
                yield rest[:end] + mark
                rest = rest[end:]
            yield rest

    def _lines(self, words: Iterable[str], size: int) -> Iterator[str]:
        line = ""
        for word in words:
            longer = f"{line} {word}".strip()
            if line and self._width(longer, size) > _COLUMN:
                yield line
                line = word
            else:
                line = longer
        if line:
            yield line

    def _width(self, text: str, size: int) -> float:
        return self._font(text, size).getlength(text, direction=_direction(text))

    def _font(self, text: str, size: int) -> FreeTypeFont:
        return _font(self._path, size, turned=_needs_turning(text))


@lru_cache(maxsize=64)
def _font(path: str, size: int, *, turned: bool) -> FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.RAQM if turned else ImageFont.Layout.BASIC)


@lru_cache(maxsize=4096)
def _has(path: str, sign: str) -> bool:
    """Say whether a face can draw a sign, and not the box that stands for any it lacks."""
    font = _font(path, 32, turned=False)
    drawn, box = font.getmask(sign), font.getmask(_NOBODY_HAS)
    return (drawn.size, bytes(drawn)) != (box.size, bytes(box))


def _joins(sign: str) -> bool:
    """Say whether a sign only says how its neighbours are set."""
    return unicodedata.category(sign) in {"Cf", "Mn"}


def _needs_turning(text: str) -> bool:
    return any(unicodedata.bidirectional(sign) in _RIGHT_TO_LEFT for sign in text)


def _runs_left(text: str) -> bool:
    """Say whether a text is read from right to left: by its first letter that has a direction."""
    return next((way != "L" for sign in text if (way := unicodedata.bidirectional(sign)) in _STRONG), False)


def _direction(text: str) -> str | None:
    """Return what raqm is told; nothing where it does not set the line."""
    return ("rtl" if _runs_left(text) else "ltr") if _needs_turning(text) else None
