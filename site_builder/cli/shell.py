"""What the commands ask of the world around them: the clock, the terminal, the portal's folder and its cache."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Final, TextIO
from zoneinfo import ZoneInfo

_CACHE: Final = ".portal-cache"
# The signature is fixed by the cache directory tagging specification, which backup programs follow.
_TAG: Final = "Signature: 8a477f597d28d172789f06886806bc55\n# Made by portal; it may be deleted at any time.\n"
_NARROWEST: Final = 40
_USUAL: Final = 80


class WrongUsageError(Exception):
    """The command cannot begin; says what to type instead. It ends with exit code 2."""


def today(timezone: str) -> date:
    """Return the day it is in a time zone. The program reads the clock here and nowhere else."""
    return datetime.now(ZoneInfo(timezone)).date()


def portal_folder(typed: str) -> Path:
    """Return the portal's folder; raises WrongUsageError where there is no such folder."""
    folder = Path(typed)
    if not folder.is_dir():
        raise WrongUsageError(f'there is no folder "{typed}"; name the portal\'s folder with --portal')
    return folder


def cache_folder(portal: Path) -> Path | None:
    """Return the portal's cache, made where needed; None where it cannot be, and in folders that are no portal."""
    cache = portal / _CACHE
    if cache.is_symlink() or not (portal / "data").is_dir():
        return None
    try:
        cache.mkdir(exist_ok=True)
        for name, content in ((".gitignore", "*\n"), ("CACHEDIR.TAG", _TAG)):
            if not (cache / name).exists():
                (cache / name).write_text(content, encoding="utf-8")
    except OSError:
        return None
    return cache if os.access(cache, os.W_OK) else None


def from_here(folder: Path) -> str:
    """Return a folder relative to the current one; "" for that one itself, and for a folder outside it."""
    relative = os.path.relpath(folder)
    return "" if relative == os.curdir or relative.startswith(os.pardir) else Path(relative).as_posix()


def coloured(stream: TextIO) -> bool:
    """Whether a stream shows colours: a terminal does, unless it is asked not to (https://no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def terminal_width(stream: TextIO) -> int:
    """Return how many columns the stream's terminal has; 80 where nobody says, not even the terminal."""
    with suppress(OSError, ValueError):
        return max(_NARROWEST, os.get_terminal_size(stream.fileno()).columns or _USUAL)
    return _USUAL


def complain(message: str) -> None:
    """Say a line on stderr, as the command."""
    sys.stderr.write(f"portal: {message}\n")
