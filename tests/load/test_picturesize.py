"""What kind of picture a file is and how large it is shown, from its first bytes."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.load.picturesize import KINDS, kind, size
from tests.images import photos

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 640, 480) + b"\x08\6\0\0\0"
GIF = b"GIF89a" + struct.pack("<HH", 320, 200) + b"\0\0\0"
FRAME = b"\xff\xc0\0\x11\x08" + struct.pack(">HH", 300, 400) + b"\3"
JFIF = b"\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0"
WEBP_LOSSY = b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\1\x2a" + struct.pack("<HH", 550, 368)
WEBP_LOSSLESS = b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f" + struct.pack("<I", 99 | 49 << 14)
WEBP_EXTENDED = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + (1199).to_bytes(3, "little") + (599).to_bytes(3, "little")
AVIF = b"\0\0\0\x1cftypavif" + b"\0" * 16 + b"\0\0\0\x14ispe\0\0\0\0" + struct.pack(">II", 800, 600)
ICO = b"\0\0\1\0\1\0" + bytes([32, 32]) + b"\0" * 10


def exif(order: str, orientation: int) -> bytes:
    """A segment in which a camera says how it was held."""
    mark = b"II*\0" if order == "<" else b"MM\0*"
    tiff = (
        mark
        + struct.pack(f"{order}I", 8)
        + struct.pack(f"{order}H", 1)
        + struct.pack(f"{order}HHIHH", 0x0112, 3, 1, orientation, 0)
    )
    return b"\xff\xe1" + struct.pack(">H", len(tiff) + 8) + b"Exif\0\0" + tiff


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        pytest.param("a.png", PNG, (640, 480), id="png"),
        pytest.param("a.gif", GIF, (320, 200), id="gif"),
        pytest.param("a.JPG", b"\xff\xd8" + JFIF + FRAME, (400, 300), id="jpeg"),
        pytest.param("a.jpeg", b"\xff\xd8" + JFIF + b"\xff" + FRAME, (400, 300), id="jpeg with padding"),
        pytest.param("a.jpg", b"\xff\xd8" + exif("<", 1) + FRAME, (400, 300), id="a camera held upright"),
        pytest.param("a.jpg", b"\xff\xd8" + exif("<", 6) + FRAME, (300, 400), id="a camera held sideways"),
        pytest.param("a.jpg", b"\xff\xd8" + exif(">", 8) + FRAME, (300, 400), id="another camera held sideways"),
        pytest.param("a.webp", WEBP_LOSSY, (550, 368), id="webp, lossy"),
        pytest.param("a.webp", WEBP_LOSSLESS, (100, 50), id="webp, lossless"),
        pytest.param("a.webp", WEBP_EXTENDED, (1200, 600), id="webp, extended"),
        pytest.param("a.avif", AVIF, (800, 600), id="avif"),
        pytest.param("a.ico", ICO, (32, 32), id="icon"),
        pytest.param("a.ico", ICO[:6] + b"\0\0", (256, 256), id="large icon"),
    ],
)
def test_the_size_stands_in_the_header(name: str, content: bytes, expected: tuple[int, int]) -> None:
    assert size(name, content) == expected


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ('<svg width="64" height="32">', (64, 32)),
        ('<svg width="64px" height="1in">', (64, 96)),
        ('<svg width="2.54cm" height="72pt">', (96, 96)),
        ('<svg viewBox="0 0 240 120">', (240, 120)),
        ("<svg viewBox='-10,-10,240.4,120'>", (240, 120)),
        ('<svg width="100%" height="100%" viewBox="0 0 24 12">', (24, 12)),
        ('<svg width="64" viewBox="0 0 24 12">', (24, 12)),
        ('<svg\n xmlns="http://www.w3.org/2000/svg"\n viewBox="0 0 24 12">', (24, 12)),
        ('<svg stroke-width="3" viewBox="0 0 24 12">', (24, 12)),
        ("<svg>", None),
        ('<svg viewBox="0 0 0 12">', None),
        ('<svg viewBox="0 0 12">', None),
        ('<svg viewBox="a b c d">', None),
        ('<svg width="9e99" height="9e99">', None),
        ("<html>", None),
    ],
)
def test_a_drawing_says_its_size_or_its_box(tag: str, expected: tuple[int, int] | None) -> None:
    assert size("a.svg", f'<?xml version="1.0"?><!-- drawn by hand -->{tag}</svg>'.encode()) == expected


def test_a_photo_without_a_frame_has_no_size() -> None:
    assert size("a.jpg", b"\xff\xd8" + JFIF + b"\0\0\0") is None


def test_a_segment_without_an_orientation_turns_nothing() -> None:
    other = exif("<", 6).replace(struct.pack("<H", 0x0112), struct.pack("<H", 0x0100))
    assert size("a.jpg", b"\xff\xd8" + other + FRAME) == (400, 300)


@pytest.mark.parametrize("name", ["a.png", "a.gif", "a.jpg", "a.webp", "a.avif", "a.ico", "a.svg", "a.txt", "a"])
def test_what_a_file_is_not_has_no_size(name: str) -> None:
    assert size(name, b"<html><body>not a picture at all, but long enough</body></html>") is None
    assert size(name, b"") is None


@pytest.mark.parametrize(
    "content", [PNG, GIF, b"\xff\xd8" + JFIF + exif("<", 6) + FRAME, WEBP_LOSSY, WEBP_LOSSLESS, WEBP_EXTENDED, AVIF, ICO]
)
def test_a_file_cut_short_has_a_size_or_none(content: bytes) -> None:
    for length in range(len(content)):
        for name in ("a.png", "a.gif", "a.jpg", "a.webp", "a.avif", "a.ico", "a.svg"):
            found = size(name, content[:length])
            assert found is None or min(found) > 0


@given(st.sampled_from(["png", "gif", "jpg", "webp", "avif", "ico", "svg"]), st.binary(max_size=100))
def test_any_bytes_have_a_size_or_none(ending: str, content: bytes) -> None:
    start = {"jpg": b"\xff\xd8", "ico": b"\0\0\1\0", "avif": b"\0\0\0\x1cftyp", "svg": b"<svg "}.get(ending, b"")
    found = size(f"a.{ending}", start + content)
    assert found is None or min(found) > 0


@pytest.mark.parametrize("name", photos.FORMATS)
def test_a_real_picture_is_known_by_its_first_bytes(name: str) -> None:
    content = photos.talkative(name)
    assert (kind(content), size(f"a.{name}", content)) == (name, (64, 48))


def test_an_icon_and_a_moving_avif_are_known_too() -> None:
    assert kind(ICO) == "ico"
    assert kind(photos.animation("avif")) == "avif"


@pytest.mark.parametrize(
    "content",
    [b"", b"<svg/>", b"RIFF\0\0\0\0WAVE", b"BM", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", b"\xff\xff\xff\xffftyp", b"MZ"],
    ids=["nothing", "a drawing", "sound", "BMP", "a telephone's HEIC", "a film", "a program"],
)
def test_anything_else_is_of_no_kind(content: bytes) -> None:
    assert kind(content) == ""


def test_every_ending_promises_a_kind() -> None:
    assert {KINDS[ending] for ending in ("jpg", "jpeg")} == {"jpeg"}
    assert set(KINDS.values()) == {*photos.FORMATS, "ico", "svg"}
