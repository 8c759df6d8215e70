"""What takes long to make, kept in a folder by what it was made from, so that it is made once. The folder can go at any time."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

_DIGEST = hashlib.sha256().digest_size


class Cache:
    """The things of one kind that former runs made, one file each.

    folder: which this kind has for itself; None, or one that cannot be written: no memory beyond this run. A file's name is a
    hash and says nothing; its content is the thing itself, so only what is to be published belongs here.
    """

    def __init__(self, folder: Path | None, *made_with: str | int) -> None:
        """Take the folder, and what decides about everything in it: the maker's edition and the versions of its libraries."""
        self._folder = folder
        self._made_with = made_with
        self._used: dict[str, bytes] = {}

    def remembered(self, made_from: tuple[str | int, ...], make: Callable[[], bytes]) -> bytes:
        """Return what is made from something, by a former run or now; what make raises is raised, and nothing is kept.

        made_from: everything that decides about the result, beside what it is made with.
        """
        name = hashlib.sha256(json.dumps([self._made_with, made_from]).encode()).hexdigest()
        known = self._used.get(name) or self._read(name)
        if known is None:
            known = make()
            if self._folder is not None:
                write(self._folder / name, _digest(name, known) + known)
        self._used[name] = known
        return known

    def forget_others(self) -> None:
        """Remove what was not asked for this time: its source has changed, or is published no more."""
        if self._folder is not None:
            with suppress(OSError):
                for file in sorted(self._folder.iterdir()):
                    if file.name not in self._used:
                        file.unlink()

    def _read(self, name: str) -> bytes | None:
        """Read what was made; whatever is not exactly what was written is as good as nothing."""
        if self._folder is None:
            return None
        try:
            content = (self._folder / name).read_bytes()
        except OSError:
            return None
        made = content[_DIGEST:]
        return made if content[:_DIGEST] == _digest(name, made) else None


def write(file: Path, content: bytes) -> None:
    """Write a file of a cache, whole or not at all; where it cannot be written nothing happens."""
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=file.parent)
        try:
            with os.fdopen(handle, "wb") as opened:
                opened.write(content)
            Path(temporary).replace(file)
        finally:
            Path(temporary).unlink(missing_ok=True)


def _digest(name: str, made: bytes) -> bytes:
    said = hashlib.sha256(name.encode())
    said.update(made)
    return said.digest()
