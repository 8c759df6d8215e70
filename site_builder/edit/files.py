"""A file of the owner's replaced whole: at every moment it holds all of its former content or all of the new."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path


class ChangedMeanwhileError(Exception):
    """The file is not what it was when it was read: somebody saved it, and their change must not be lost."""


def replace_content(path: Path, former: bytes, content: bytes) -> None:
    """Give a file that holds former another content, keeping its mode and, where the system lets us, its owner.

    A link stays a link: what it leads to is replaced. Raises ChangedMeanwhileError where the file holds something else by now,
    and OSError where it cannot be written; then it is as it was.
    """
    real = Path(os.path.realpath(path))
    status = real.stat()
    descriptor, name = tempfile.mkstemp(dir=real.parent, prefix=f".{real.name}.")
    fresh = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            with suppress(PermissionError):  # only root may give a file away; its mode alone decides who reads it
                os.fchown(descriptor, status.st_uid, status.st_gid)
            os.fchmod(descriptor, status.st_mode & 0o7777)
            file.flush()
            os.fsync(descriptor)
        if real.read_bytes() != former:
            raise ChangedMeanwhileError
        fresh.replace(real)
    finally:
        fresh.unlink(missing_ok=True)  # there only where it could not take the name
    _settle(real.parent)


def _settle(folder: Path) -> None:
    """Wait until the names in a folder would survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
