"""What kind of picture a file is and how large it is shown, read from its first bytes; nothing is decoded.

A page that says so beside each picture does not jump while it loads. Written by hand: the libraries for it bring an HTTP client
or a decoder along, and these few headers have not changed in twenty years.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable

Size = tuple[int, int]

_HEAD = 64 * 1024
_SVG_TAG = re.compile(r"<svg\b[^>]{0,4000}>", re.IGNORECASE)
_LENGTH = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,6})?)(px|pt|pc|mm|cm|in)?")
_CSS_PIXELS = {"px": 1.0, "pt": 96 / 72, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_BARE = frozenset({0x01, *range(0xD0, 0xD9)})
_ORIENTATION = 0x0112
_LYING = 5  # from this orientation on, a camera's picture is turned by a quarter


KINDS = {"avif": "avif", "gif": "gif", "ico": "ico", "jpeg": "jpeg", "jpg": "jpeg", "png": "png", "svg": "svg", "webp": "webp"}
"""The kind that each ending promises."""
_STILL_AND_MOVING = frozenset({b"avif", b"avis"})


def kind(content: bytes) -> str:
    """Return the kind a picture's first bytes show; "" for none of ours and for drawings, which are read whole."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if content.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    if content.startswith(b"\0\0\1\0"):
        return "ico"
    brands = {content[at : at + 4] for at in range(8, min(int.from_bytes(content[:4]), 64), 4)}
    return "avif" if content[4:8] == b"ftyp" and brands & _STILL_AND_MOVING else ""


def size(name: str, content: bytes) -> Size | None:
    """Return width and height in CSS pixels; None where the file does not say, or is not what its name says."""
    reader = _READERS.get(KINDS.get(name.rpartition(".")[2].lower(), ""))
    if reader is None:
        return None
    try:
        found = reader(content)
    except (struct.error, IndexError):  # cut short
        return None
    return found if found is not None and min(found) > 0 else None


def _png(content: bytes) -> Size | None:
    return _pair(">II", content, 16) if content.startswith(b"\x89PNG\r\n\x1a\n") and content[12:16] == b"IHDR" else None


def _gif(content: bytes) -> Size | None:
    return _pair("<HH", content, 6) if content.startswith((b"GIF87a", b"GIF89a")) else None


def _webp(content: bytes) -> Size | None:
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP":
        return None
    kind = content[12:16]
    if kind == b"VP8 ":
        width, height = _pair("<HH", content, 26)
        return width & 0x3FFF, height & 0x3FFF
    if kind == b"VP8L":
        (bits,) = struct.unpack_from("<I", content, 21)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8X":
        return int.from_bytes(content[24:27], "little") + 1, int.from_bytes(content[27:30], "little") + 1
    return None


def _jpeg(content: bytes) -> Size | None:
    """Walk the segments to the frame header; what the camera says of its position turns the picture on the way."""
    if not content.startswith(b"\xff\xd8"):
        return None
    at, lying = 2, False
    while content[at] == 0xFF:  # noqa: PLR2004  # every segment begins with it
        marker = content[at + 1]
        if marker == 0xFF or marker in _BARE:  # noqa: PLR2004  # padding
            at += 1 if marker == 0xFF else 2  # noqa: PLR2004  # padding is one byte, a bare marker two
            continue
        (length,) = struct.unpack_from(">H", content, at + 2)
        if marker in _FRAMES:
            height, width = _pair(">HH", content, at + 5)
            return (height, width) if lying else (width, height)
        if marker == 0xE1 and content[at + 4 : at + 10] == b"Exif\0\0":  # noqa: PLR2004  # APP1
            lying = _orientation(content[at + 10 : at + 2 + length]) >= _LYING
        at += 2 + max(length, 2)
    return None


def _orientation(tiff: bytes) -> int:
    """Return a camera's orientation, 1 to 8; 1 where it says none."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 1
    try:
        (first,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, first)
        for entry in range(count):
            tag, _, _, value = struct.unpack_from(f"{order}HHIH", tiff, first + 2 + 12 * entry)
            if tag == _ORIENTATION:
                return int(value)
    except struct.error:
        return 1
    return 1


def _avif(content: bytes) -> Size | None:
    found = content[:_HEAD].find(b"ispe")
    return _pair(">II", content, found + 8) if content[4:8] == b"ftyp" and found >= 0 else None


def _ico(content: bytes) -> Size | None:
    """Read an icon's first picture; 0 stands for 256."""
    return (content[6] or 256, content[7] or 256) if content.startswith(b"\0\0\1\0") else None


def _svg(content: bytes) -> Size | None:
    """Read width and height, else the last two numbers of the viewBox."""
    tag = _SVG_TAG.search(content[:_HEAD].decode("utf-8", "replace"))
    if tag is None:
        return None
    width, height = _css_length(tag[0], "width"), _css_length(tag[0], "height")
    if width is not None and height is not None:
        return width, height
    box = re.split(r"[\s,]+", _attribute(tag[0], "viewBox").strip())
    numbers = [_LENGTH.fullmatch(number) for number in box[2:]]
    if len(box) != 4 or any(number is None or number[2] for number in numbers):  # noqa: PLR2004  # x, y, width, height
        return None
    right, bottom = (round(float(number[1])) for number in numbers if number is not None)
    return right, bottom


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf"\s{name}\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", tag, re.IGNORECASE)
    return "" if found is None else found[1] or found[2] or ""


def _css_length(tag: str, name: str) -> int | None:
    found = _LENGTH.fullmatch(_attribute(tag, name).strip())
    return None if found is None else round(float(found[1]) * _CSS_PIXELS[found[2] or "px"])


def _pair(form: str, content: bytes, offset: int) -> Size:
    first, second = struct.unpack_from(form, content, offset)
    return first, second


_READERS: dict[str, Callable[[bytes], Size | None]] = {
    "avif": _avif,
    "gif": _gif,
    "ico": _ico,
    "jpeg": _jpeg,
    "png": _png,
    "svg": _svg,
    "webp": _webp,
}
