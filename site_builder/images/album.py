"""What was made of pictures in former runs, so that each is made once."""

from __future__ import annotations

import hashlib
import json
from importlib import metadata
from pathlib import Path

from site_builder.cache import Cache
from site_builder.images.rendition import Recipe, Rendition

# Raise it when what is made of a picture changes: the files of before are forgotten.
_EDITION = 2


class Album:
    """Makes renditions of pictures and keeps them in a folder, one file a picture.

    folder: None, or one that cannot be written: no memory. Only what was asked for is ever made or kept: a picture that
    nobody agreed to show leaves no trace here.
    """

    def __init__(self, folder: Path | None, recipe: Recipe) -> None:
        """Take the folder, which this album has for itself, and what its pictures are made for."""
        self._recipe = recipe
        self._cache = Cache(folder, _EDITION, metadata.version("pillow"), recipe)

    def renditions(self, content: bytes, kind: str) -> tuple[Rendition, ...]:
        """Return what is made of a picture; the last is in its own kind. Raises UnreadablePictureError.

        kind: "avif", "gif", "ico", "jpeg", "png" or "webp".
        """

        def made() -> bytes:
            from site_builder.images import raster

            return _packed(raster.made(content, kind, self._recipe))

        return _unpacked(self._cache.remembered((kind, hashlib.sha256(content).hexdigest()), made))

    def forget_others(self) -> None:
        """Remove what was not asked for this time: pictures that changed, and those that are published no more."""
        self._cache.forget_others()


def _packed(renditions: tuple[Rendition, ...]) -> bytes:
    """Return renditions as a line that describes them, and their contents one after the other."""
    described = [[item.kind, item.width, item.height, len(item.content)] for item in renditions]
    return b"\n".join((json.dumps(described).encode(), b"".join(item.content for item in renditions)))


def _unpacked(packed: bytes) -> tuple[Rendition, ...]:
    head, _, body = packed.partition(b"\n")
    found, at = [], 0
    for kind, width, height, length in json.loads(head):
        found.append(Rendition(kind, width, height, body[at : at + length]))
        at += length
    return tuple(found)
