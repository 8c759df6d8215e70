"""Photographs and other pictures of pixels, made anew by Pillow: upright, in sRGB, and nothing of the file but its pixels.

Every file is written from bare pixels, so that no place, camera, name, comment, preview or text of the source can be in it. The
same bytes come of the same picture and the same Pillow, which is imported late: it takes longer to start than an unchanged build.
"""

from __future__ import annotations

import struct
import warnings
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple, cast

from PIL import IcoImagePlugin, Image, ImageCms, ImageOps, ImageSequence, JpegImagePlugin, features

from site_builder.images.rendition import MOST_FRAMES, MOST_PIXELS, Recipe, Rendition, UnreadablePictureError, too_large

WIDTHS = (480, 960, 1600)
"""In pixels: a phone, a column or a phone of many pixels, a band of the page. Nothing is ever enlarged."""
_WIDEST_ANIMATION = 960
_FEW_COLOURS = 256
_HEAD = 4096
_USUAL_DURATION = 100
_OPAQUE = (255, 255)
# What Pillow raises at broken files, as found by spoiling good ones (tests/images/test_raster.py).
_BROKEN = (
    *(OSError, ValueError, SyntaxError, EOFError, TypeError, LookupError, AttributeError, ArithmeticError, RuntimeError),
    *(struct.error, zlib.error),
)
_Quality = dict[str, int | bool]
# AVIF's slower speeds save a hundredth and take ten times as long; one thread, so that the bytes do not hang on the machine.
_AVIF: _Quality = {"quality": 60, "speed": 9, "max_threads": 1, "autotiling": False}
_WEBP: _Quality = {"quality": 78, "method": 4}
_WEBP_EXACT: _Quality = {"lossless": True, "method": 4}
_FALLBACK: dict[str, _Quality] = {
    "avif": _AVIF,
    "gif": {},
    "jpeg": {"quality": 82, "optimize": True, "progressive": True},
    "png": {"compress_level": 9},
    "webp": _WEBP,
}
_COPIED: dict[str, _Quality] = _FALLBACK | {
    "avif": _AVIF | {"quality": 75},
    "jpeg": {"quality": 92, "optimize": True, "subsampling": 0},
    "webp": _WEBP | {"quality": 85},
}


class _Frames(NamedTuple):
    """A picture's bare pixels, RGB or RGBA. durations: milliseconds each, empty where nothing moves; loop: None for once.

    quality: how a JPEG was compressed, to copy it the same way; None for others.
    """

    images: tuple[Image.Image, ...]
    durations: tuple[int, ...] = ()
    loop: int | None = None
    quality: dict[str, object] | None = None


def made(content: bytes, kind: str, recipe: Recipe) -> tuple[Rendition, ...]:
    """Return what is made of a picture; the last is the one for browsers that know no newer format, in the picture's own kind.

    kind: "avif", "gif", "ico", "jpeg", "png" or "webp". Raises UnreadablePictureError for what is broken or past a bound.
    """
    frames = _decoded(content, kind, recipe)
    # Before the pixels stands at most a colour profile; should it be longer than that, a drawing loses a little.
    exact = kind == "webp" and b"VP8L" in content[:_HEAD]
    if kind == "ico":
        return (_icon(frames.images),)
    if frames.durations:
        return _moving(frames, kind, recipe, exact=exact)
    if recipe is Recipe.COPIED:
        quality = frames.quality or (_WEBP_EXACT if exact else _COPIED[kind])
        return (_rendition(frames.images[0], kind, quality),)
    return _still(frames.images[0], kind)


def _still(image: Image.Image, kind: str) -> tuple[Rendition, ...]:
    """Return AVIF and WebP in each width, and the fallback in the largest. A format that saves nothing over it is not offered.

    A drawing of few colours keeps its edges sharp, as long as that is smaller too.
    """
    sizes = [_resized(image, width) for width in (*(width for width in WIDTHS[:-1] if width < image.width), WIDTHS[-1])]
    drawn = image.getcolors(_FEW_COLOURS) is not None
    fallback = _rendition(sizes[-1], kind, _WEBP_EXACT if drawn and kind == "webp" else _FALLBACK[kind])
    if drawn and (sharp := _offered(sizes, "webp", _WEBP_EXACT, fallback)):
        return (*sharp, fallback)
    newest = _offered(sizes, "avif", _AVIF, fallback) if features.check("avif") else ()
    return (*newest, *_offered(sizes, "webp", _WEBP, fallback), fallback)


def _offered(sizes: list[Image.Image], kind: str, quality: _Quality, fallback: Rendition) -> tuple[Rendition, ...]:
    renditions = tuple(_rendition(size, kind, quality) for size in sizes)
    return renditions if kind == fallback.kind or len(renditions[-1].content) < len(fallback.content) else ()


def _moving(frames: _Frames, kind: str, recipe: Recipe, *, exact: bool) -> tuple[Rendition, ...]:
    """Return an animation that still moves: as WebP, where that saves something, and in its own kind."""
    if recipe is Recipe.COPIED:
        return (_animation(frames, kind, _WEBP_EXACT if exact else _COPIED[kind]),)
    small = frames._replace(images=tuple(_resized(image, _WIDEST_ANIMATION) for image in frames.images))
    fallback = _animation(small, kind, _FALLBACK[kind])
    modern = _animation(small, "webp", _WEBP)
    return (modern, fallback) if kind != "webp" and len(modern.content) < len(fallback.content) else (fallback,)


def _animation(frames: _Frames, kind: str, quality: _Quality) -> Rendition:
    first, *others = frames.images
    given: dict[str, object] = {**quality, "save_all": True, "append_images": others, "duration": list(frames.durations)}
    # WebP and PNG count the showings and take 0 for ever; GIF counts the repetitions and takes none for once; AVIF takes none.
    if kind in {"png", "webp"}:
        given["loop"] = 1 if frames.loop is None else frames.loop
    elif kind == "gif" and frames.loop is not None:
        given["loop"] = frames.loop
    return Rendition(kind, first.width, first.height, _written(first, kind, given))


def _icon(images: tuple[Image.Image, ...]) -> Rendition:
    """Return an icon with all its sizes, the largest named."""
    *others, largest = sorted(images, key=lambda image: image.size)
    given: dict[str, object] = {"sizes": [image.size for image in images], "append_images": others}
    return Rendition("ico", largest.width, largest.height, _written(largest, "ico", given))


def _rendition(image: Image.Image, kind: str, quality: _Quality | dict[str, object]) -> Rendition:
    return Rendition(kind, image.width, image.height, _written(image, kind, quality))


def _written(image: Image.Image, kind: str, given: _Quality | dict[str, object]) -> bytes:
    out = BytesIO()
    image.save(out, kind, **given)
    return out.getvalue()


def _resized(image: Image.Image, width: int) -> Image.Image:
    """Return the picture in a width, the picture itself where that would enlarge it."""
    if width >= image.width:
        return image
    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)


# ------------------------------------------------------------------------------------------------------------- reading


def _decoded(content: bytes, kind: str, recipe: Recipe) -> _Frames:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(BytesIO(content), formats=(kind.upper(),)) as image:
                if reason := too_large(*image.size):
                    raise UnreadablePictureError(reason, large=True)
                return _read(image, kind, recipe)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise UnreadablePictureError(f"has far more than {MOST_PIXELS // 1_000_000} million pixels", large=True) from error
        except MemoryError as error:
            raise UnreadablePictureError("is too large for this machine", large=True) from error
        except _BROKEN as error:
            raise UnreadablePictureError("is broken or cut short") from error


def _read(image: Image.Image, kind: str, recipe: Recipe) -> _Frames:
    if isinstance(image, IcoImagePlugin.IcoImageFile):
        return _Frames(tuple(_plain(image.ico.getimage(size)).convert("RGBA") for size in sorted(image.ico.sizes())))
    if kind == "jpeg":  # which may hold previews as further frames
        return _Frames((_upright(image, recipe),), quality=_compression(image))
    if getattr(image, "n_frames", 1) > 1:
        return _several(image)
    return _Frames((_upright(image, recipe),))


def _upright(image: Image.Image, recipe: Recipe) -> Image.Image:
    """Return bare pixels as the camera was held. A large photograph is read at a half or quarter: no page shows more."""
    if recipe is Recipe.SHOWN:
        image.draft(None, (WIDTHS[-1], WIDTHS[-1]))
    ImageOps.exif_transpose(image, in_place=True)
    return _plain(image)


def _compression(image: Image.Image) -> dict[str, object] | None:
    """Return how a JPEG was compressed; the same once more changes next to nothing. None for CMYK, which becomes RGB."""
    if not isinstance(image, JpegImagePlugin.JpegImageFile) or image.mode != "RGB":
        return None
    return {"qtables": image.quantization, "subsampling": JpegImagePlugin.get_sampling(image), "optimize": True}


def _several(image: Image.Image) -> _Frames:
    frames: list[Image.Image] = []
    durations: list[int] = []
    for frame in _bounded(image):
        frames.append(_plain(frame))
        # AVIF and PNG tell fractions; nothing shows a frame for less than a hundredth of a second.
        durations.append(max(10, round(frame.info.get("duration") or _USUAL_DURATION)))
    # Every frame like the first: a format takes either all with transparency or none.
    mode = "RGBA" if any(frame.mode == "RGBA" for frame in frames) else "RGB"
    loop = image.info.get("loop", None if image.format == "GIF" else 0)
    return _Frames(tuple(frame.convert(mode) for frame in frames), tuple(durations), loop)


def _bounded(image: Image.Image) -> Iterator[Image.Image]:
    for number, frame in enumerate(ImageSequence.Iterator(image), 1):
        if number > MOST_FRAMES or number * image.width * image.height > MOST_PIXELS:
            reason = f"moves for more than {MOST_FRAMES:,} frames or {MOST_PIXELS // 1_000_000} million pixels in all"
            raise UnreadablePictureError(reason, large=True)
        yield frame


# -------------------------------------------------------------------------------------------------------------- pixels


def _plain(image: Image.Image) -> Image.Image:
    """Return bare pixels: eight bits, RGB or RGBA, in sRGB; an opacity that is full everywhere is left out."""
    profile = image.info.get("icc_profile")
    alpha = image.convert("RGBA").getchannel("A") if image.has_transparency_data else None
    colours = _in_srgb(_eight_bits(image), profile)
    colours.info.clear()
    if alpha is not None and alpha.getextrema() != _OPAQUE:
        colours.putalpha(alpha)
    return colours


def _eight_bits(image: Image.Image) -> Image.Image:
    """Return grey, RGB or CMYK of eight bits without opacity, as the picture's colour profile expects it."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode in {"L", "RGB", "CMYK"}:
        return image
    return image.convert("L" if image.mode in {"1", "LA", "La"} else "RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return RGB as every screen shows it; a profile that is broken or of another kind of colours counts for nothing."""
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass
        else:
            return cast("Image.Image", converted)
    return image.convert("RGB")
