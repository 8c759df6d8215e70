"""Portraits of people without a photograph: their initials on a colour of the brand, the same for the same name every time."""

from __future__ import annotations

import hashlib
import unicodedata
from html import escape

from site_builder.model.settings import Brand
from site_builder.rules.colour import on, palette

SIDE = 256
"""Width and height of what is drawn, in CSS pixels."""
_NOBODY = "·"


def drawn_initials(name: str, brand: Brand) -> bytes:
    """Return an SVG of a name's initials; what is written on the colour reaches 4.5:1."""
    colours = palette(brand)
    colour = colours[hashlib.sha256(name.encode()).digest()[0] % len(colours)]
    half = SIDE // 2
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}" width="{SIDE}" height="{SIDE}">'
        f'<rect width="{SIDE}" height="{SIDE}" fill="{colour}"/>'
        f'<text x="{half}" y="{half}" dy="0.35em" fill="{on(colour)}" font-family="system-ui, sans-serif" font-size="96"'
        f' font-weight="600" text-anchor="middle">{escape(initials(name))}</text></svg>\n'
    ).encode()


def initials(name: str) -> str:
    """Return the first letters of a name's first and last word, one for a single word; a dot where there is no letter."""
    words = [word for word in ("".join(filter(_counts, word)) for word in unicodedata.normalize("NFC", name).split()) if word]
    if not words:
        return _NOBODY
    return "".join(_first(word) for word in (words[:1] if len(words) == 1 else (words[0], words[-1])))


def _counts(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character).startswith("M")


def _first(word: str) -> str:
    """Return a word's first letter with the marks that belong to it, as a capital of one letter."""
    end = next((at for at in range(1, len(word)) if not unicodedata.category(word[at]).startswith("M")), len(word))
    letter = word[:end]
    return letter.upper() if len(letter.upper()) == len(letter) else letter.title()
