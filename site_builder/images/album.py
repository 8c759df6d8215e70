"""What was made of pictures in former runs, so that each is made once."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from site_builder.images.rendition import Recipe, Rendition

# Raise it when what is made of a picture changes: the files of before are forgotten.
_EDITION = 1
_ENDING = ".renditions"


class Album:
    """Makes renditions of pictures and keeps them in a folder, one file a picture.

    folder: None, or one that cannot be written: no memory. Only what was asked for is ever made or kept: a picture that
    nobody agreed to show leaves no trace here.
    """

    def __init__(self, folder: Path | None, recipe: Recipe) -> None:
        """Take the folder, which this album has for itself, and what its pictures are made for."""
        self._folder = folder
        self._recipe = recipe
        self._used: set[str] = set()

    def renditions(self, content: bytes, kind: str) -> tuple[Rendition, ...]:
        """Return what is made of a picture; the last is in its own kind. Raises UnreadablePictureError.

        kind: "avif", "gif", "ico", "jpeg", "png" or "webp".
        """
        name = _fingerprint(content, kind, self._recipe) + _ENDING
        self._used.add(name)
        known = self._read(name)
        if known is None:
            from site_builder.images.raster import made

            known = made(content, kind, self._recipe)
            self._write(name, known)
        return known

    def forget_others(self) -> None:
        """Remove what was not asked for this time: pictures that changed, and those that are published no more."""
        if self._folder is not None:
            with suppress(OSError):
                for file in sorted(self._folder.iterdir()):
                    if file.name not in self._used:
                        file.unlink()

    def _read(self, name: str) -> tuple[Rendition, ...] | None:
        """Read former renditions; whatever is not exactly what was written is as good as none."""
        if self._folder is None:
            return None
        try:
            head, _, body = (self._folder / name).read_bytes().partition(b"\n")
            digest, described = json.loads(head)
            if digest != _digest(described, body):
                return None
            found, at = [], 0
            for kind, width, height, length in described:
                found.append(Rendition(str(kind), int(width), int(height), body[at : at + length]))
                at += length
        except (OSError, ValueError, TypeError, RecursionError):
            return None
        return tuple(found)

    def _write(self, name: str, renditions: tuple[Rendition, ...]) -> None:
        if self._folder is None:
            return
        described = [[item.kind, item.width, item.height, len(item.content)] for item in renditions]
        body = b"".join(item.content for item in renditions)
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=self._folder)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(json.dumps([_digest(described, body), described]).encode() + b"\n" + body)
                Path(temporary).replace(self._folder / name)
            finally:
                Path(temporary).unlink(missing_ok=True)


def _fingerprint(content: bytes, kind: str, recipe: Recipe) -> str:
    said = hashlib.sha256(json.dumps([_EDITION, importlib.metadata.version("pillow"), kind, recipe]).encode())
    said.update(content)
    return said.hexdigest()


def _digest(described: object, body: bytes) -> str:
    said = hashlib.sha256(json.dumps(described).encode())
    said.update(body)
    return said.hexdigest()
