"""The files of a new portal reach the disk all together, and never over anything that is there."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path


class FolderRefusedError(Exception):
    """The folder cannot hold a new portal, and nothing was written; says why."""


def write(files: Mapping[str, str], folder: Path) -> None:
    """Write the files into a folder that does not exist, is empty or holds nothing but .git.

    They are made beside their place and moved there at the end; where that fails, what was moved is taken back.
    """
    try:
        if os.path.lexists(folder):
            _check_empty(folder)
            _fill(files, folder)
        else:
            _make(files, folder)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise FolderRefusedError(f'cannot write into "{folder}": {reason}') from error


def _check_empty(folder: Path) -> None:
    if not folder.is_dir():
        raise FolderRefusedError(f'"{folder}" is a file; name a folder that does not exist yet')
    if {entry.name for entry in folder.iterdir()} - {".git"}:
        raise FolderRefusedError(f'"{folder}" is not empty, and nothing in it is overwritten; name another folder')


def _make(files: Mapping[str, str], folder: Path) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _staged(files, folder.parent) as staging:
        staging.rename(folder)


def _fill(files: Mapping[str, str], folder: Path) -> None:
    """Move the files into a folder that is there: it may be the shell's current one, so it stays the same folder."""
    with _staged(files, folder) as staging:
        moved: list[Path] = []
        try:
            for entry in sorted(staging.iterdir()):
                target = folder / entry.name
                _check_free(target)
                entry.rename(target)
                moved.append(target)
        except (OSError, FolderRefusedError):
            for target in moved:
                _remove(target)
            raise


def _check_free(target: Path) -> None:
    if os.path.lexists(target):
        raise FolderRefusedError(f'"{target}" appeared just now; nothing was written')


@contextmanager
def _staged(files: Mapping[str, str], parent: Path) -> Iterator[Path]:
    staging = parent / f".portal-new-{secrets.token_hex(6)}"
    staging.mkdir()
    try:
        for path, text in files.items():
            target = staging / path
            target.parent.mkdir(exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
        yield staging
    finally:
        _remove(staging)


def _remove(target: Path) -> None:
    """Remove what this command made."""
    if target.is_dir():
        shutil.rmtree(target, ignore_errors=True)
    else:
        with suppress(OSError):
            target.unlink()
