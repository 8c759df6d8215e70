"""Runs the portal command and prints a digest of the folder it published: every path, mode and content.

    python digest.py forward|backward PORTAL OUTPUT

backward: folders are listed in the opposite order, as another file system might.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from site_builder.cli import main

_SCANDIR, _LISTDIR = os.scandir, os.listdir


class _Backward:
    """What os.scandir returns, the last entry first."""

    def __init__(self, path: str | os.PathLike[str] = ".") -> None:
        with _SCANDIR(path) as entries:
            self._entries = iter(sorted(entries, key=lambda entry: entry.name, reverse=True))

    def __iter__(self) -> Iterator[os.DirEntry[str]]:
        return self._entries

    def __next__(self) -> os.DirEntry[str]:
        return next(self._entries)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Do what the real one does."""


def _backward(path: str | os.PathLike[str] = ".") -> list[str]:
    return sorted(_LISTDIR(path), reverse=True)


def digest(folder: Path) -> str:
    """Return one hash of every path below the folder with its mode and, of a file, its content."""
    said = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        content = path.read_bytes() if path.is_file() else b""
        mode = stat.filemode(path.lstat().st_mode)
        said.update(f"{path.relative_to(folder).as_posix()}\0{mode}\0{hashlib.sha256(content).hexdigest()}\n".encode())
    return said.hexdigest()


if __name__ == "__main__":
    _, _order, _portal, _output = sys.argv
    if _order == "backward":
        os.scandir, os.listdir = _Backward, _backward  # type: ignore[assignment]  # stand-ins, on purpose
    _code = main(["build", "--portal", _portal, "--output", _output])
    sys.stdout.write(f"{digest(Path(_output))}\n")
    sys.exit(_code)
