"""What is made of a picture: files of some sizes and formats, and the bounds it must keep."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MOST_PIXELS = 50_000_000
"""Of one picture, or of all pictures of an animation; a decoded pixel takes four bytes."""
LONGEST_SIDE = 16_000
"""In pixels; WebP ends at 16,383."""
MOST_FRAMES = 1_000


class Recipe(StrEnum):
    """What a picture is made for: SHOWN on a page in several sizes, or COPIED to the site under its own name and size."""

    SHOWN = "shown"
    COPIED = "copied"


@dataclass(frozen=True, slots=True)
class Rendition:
    """One file made of a picture. kind: its format's name ("webp", "jpeg"); width, height: pixels."""

    kind: str
    width: int
    height: int
    content: bytes


class UnreadablePictureError(Exception):
    """The bytes are no picture of their kind, broken, or past a bound; says which."""

    def __init__(self, reason: str, *, large: bool = False) -> None:
        """Take why, as it follows "this picture"; large: whether it is past a bound."""
        super().__init__(reason)
        self.large = large


def too_large(width: int, height: int) -> str:
    """Say which bound a picture is past, as it follows "this picture"; "" where it keeps them."""
    if width * height > MOST_PIXELS:
        return f"has {width:,} × {height:,} pixels, more than {MOST_PIXELS // 1_000_000} million"
    if max(width, height) > LONGEST_SIDE:
        return f"has a side of more than {LONGEST_SIDE:,} pixels"
    return ""
