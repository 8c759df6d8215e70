"""The memory of the last theme that kept the contract, so that one that did not change is not read again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import site_builder

_FILE = "theme-kept"


def fingerprint(folders: Iterable[Path]) -> str:
    """Return a hash of what the verdict hangs on: every template, and the program, whose types the templates are held to."""
    said = hashlib.sha256()
    for folder in (Path(site_builder.__file__).parent, *folders):
        for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"):
            content = path.read_bytes()
            said.update(f"{path.relative_to(folder).as_posix()}\n{len(content)}\n".encode())
            said.update(content)
    return said.hexdigest()


def kept(cache: Path | None, mark: str) -> bool:
    """Say whether the theme with this fingerprint is known to keep the contract."""
    with suppress(OSError, UnicodeDecodeError):
        return cache is not None and (cache / _FILE).read_text(encoding="utf-8") == mark
    return False


def remember(cache: Path | None, mark: str) -> None:
    """Remember that it does; a folder that cannot be written changes nothing."""
    if cache is not None:
        with suppress(OSError):
            (cache / _FILE).write_text(mark, encoding="utf-8")
