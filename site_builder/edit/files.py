"""A file of the owner's replaced whole: at every moment it holds all of its former content or all of the new."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


class ChangedMeanwhileError(Exception):
    """The file is not what it was when it was read: somebody saved it, and their change must not be lost."""


def replace_content(path: Path, former: bytes, content: bytes) -> None:
    """Give a file that holds former another content, keeping its mode and, where the system lets us, its owner.

    A link stays a link: what it leads to is replaced. Raises ChangedMeanwhileError where the file holds something else by now,
    and OSError where it cannot be written; then it is as it was.
    """
    real = Path(os.path.realpath(path))
    with _written(real, content, like=real.stat()) as fresh:
        if real.read_bytes() != former:
            raise ChangedMeanwhileError
        fresh.replace(real)
    _settle(real.parent)


def create_content(path: Path, content: bytes, *, like: Path, private: bool = False) -> None:
    """Make a file that is not there yet, with the mode and, where the system lets us, the owner of another one.

    private: those who are neither its owner nor of its group may not read it, whatever they may do with the other one.
    Raises ChangedMeanwhileError where it is there by now, and OSError where it cannot be written; then nothing is made.
    """
    with _written(path, content, like=like.stat(), allowed=0o7770 if private else 0o7777) as fresh:
        try:
            path.hardlink_to(fresh)  # unlike a renaming, this never takes the place of a file
        except FileExistsError:
            raise ChangedMeanwhileError from None
    _settle(path.parent)


@contextmanager
def _written(target: Path, content: bytes, *, like: os.stat_result, allowed: int = 0o7777) -> Iterator[Path]:
    """Write the content beside its place, on the disk and not only on its way there; gone afterwards unless renamed."""
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    fresh = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            with suppress(PermissionError):  # only root may give a file away; its mode alone decides who reads it
                os.fchown(descriptor, like.st_uid, like.st_gid)
            os.fchmod(descriptor, like.st_mode & allowed)
            file.flush()
            os.fsync(descriptor)
        yield fresh
    finally:
        fresh.unlink(missing_ok=True)


def _settle(folder: Path) -> None:
    """Wait until the names in a folder would survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
