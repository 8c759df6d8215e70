"""Real pictures made by Pillow, with everything cameras and programs write into them: MARK stands in each of it."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

from PIL import Image, ImageCms, PngImagePlugin

MARK = b"CANARY"
TEXT = MARK.decode()
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">' + MARK + b"</x:xmpmeta>"
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
FORMATS = ("avif", "gif", "jpeg", "png", "webp")
_DESCRIPTION, _ORIENTATION, _GPS, _LATITUDE, _AREA = 0x010E, 0x0112, 0x8825, 2, 28


def gradient(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """A picture of many colours: dark on the left, red at the top, blue at the bottom."""
    across = Image.linear_gradient("L").transpose(Image.Transpose.ROTATE_90).resize((width, height))
    down = Image.linear_gradient("L").resize((width, height))
    return Image.merge("RGB", (down.transpose(Image.Transpose.FLIP_TOP_BOTTOM), across, down)).convert(mode)


def halves(width: int, height: int) -> Image.Image:
    """A picture that is black on the left and white on the right: what is turned can be told."""
    image = Image.new("RGB", (width, height), "black")
    image.paste("white", (width // 2, 0, width, height))
    return image


def exif(orientation: int = 1) -> Image.Exif:
    """What a camera writes: how it was held, where it was and what somebody called the picture."""
    found = Image.Exif()
    found[_DESCRIPTION] = TEXT
    found[_ORIENTATION] = orientation
    found[_GPS] = {_LATITUDE: (53.0, 47.0, 12.345), _AREA: MARK}
    return found


def saved(image: Image.Image, kind: str, **given: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **given)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content))
    image.load()
    return image


def talkative(kind: str, size: tuple[int, int] = (64, 48)) -> bytes:
    """A picture with notes in every place its format has for them, and after its end."""
    image = gradient(*size)
    if kind == "png":
        notes = PngImagePlugin.PngInfo()
        notes.add_text("Author", TEXT)
        notes.add_text("Comment", TEXT * 50, zip=True)
        notes.add_itxt("XML:com.adobe.xmp", XMP.decode())
        notes.add_itxt("Title", TEXT * 50, zip=True)
        notes.add(b"prVt", MARK)
        content = saved(image, "png", pnginfo=notes, exif=exif(), icc_profile=_profile(), dpi=(300, 300))
    elif kind == "jpeg":
        content = saved(image, "jpeg", exif=exif(), xmp=XMP, comment=MARK, icc_profile=_profile())
        content = content[:2] + _iptc() + content[2:]
    elif kind == "gif":
        content = saved(image.convert("P"), "gif", comment=MARK)
    else:
        content = saved(image, kind, exif=exif(), xmp=XMP, icc_profile=_profile())
    return content + MARK


def _profile() -> bytes:
    """A colour profile with a note behind its end."""
    return SRGB + MARK


def _iptc() -> bytes:
    """The segment in which newsrooms note names and places."""
    noted = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00" + struct.pack(">I", len(MARK)) + MARK
    return b"\xff\xed" + struct.pack(">H", len(noted) + 2) + noted


def animation(kind: str, frames: int = 3, size: tuple[int, int] = (32, 24), **given: object) -> bytes:
    images = [Image.new("RGB", size, (number * 97 % 256, 90, 20)) for number in range(frames)]
    options: dict[str, object] = {"duration": 120, "loop": 0, **given}
    return saved(images[0], kind, save_all=True, append_images=images[1:], **options)


def empty_png(width: int, height: int) -> bytes:
    """A PNG of one grey, small however large it says it is."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = zlib.compress(bytes((width + 7) // 8 + 1) * height, 9)
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def parts(content: bytes) -> set[bytes]:
    """Name the parts a file is made of: PNG's and WebP's chunks, JPEG's segments, GIF's extensions, AVIF's boxes of notes."""
    if content.startswith(b"\x89PNG"):
        found, at = set(), 8
        while at < len(content):
            found.add(content[at + 4 : at + 8])
            at += int.from_bytes(content[at : at + 4]) + 12
        return found
    if content[:4] == b"RIFF":
        found, at = set(), 12
        while at < len(content):
            found.add(content[at : at + 4])
            length = int.from_bytes(content[at + 4 : at + 8], "little")
            at += length + length % 2 + 8
        return found
    if content.startswith(b"\xff\xd8"):
        found, at = set(), 2
        while content[at + 1] != 0xDA:
            found.add(content[at : at + 2])
            at += int.from_bytes(content[at + 2 : at + 4]) + 2
        return found
    return {name for name in (b"!\xfe", b"XMP Data", b"Exif", b"mime", b"prof") if name in content}
