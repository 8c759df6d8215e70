"""Notices what is saved in data/, content/, themes/ and .env, and says so once for each burst of changes."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from watchfiles import watch

WATCHED: Final = ("data", "content", "themes")
SECRETS: Final = ".env"
_STEP_MS: Final = 40  # a burst is over when nothing changes for so long
_BURST_MS: Final = 800
_LOOK_MS: Final = 500  # how often to look without being told: for folders that come and go, and disks that tell nothing

State = tuple[tuple[str, int, int], ...]
"""Path, time of change and size of every file watched."""


def state(root: Path) -> State:
    """Return what can be told of every watched file without reading it; what editors keep beside a file is left out.

    Of .env the last change of anything counts: its mode matters as much as what it holds.
    """
    return tuple(sorted((*_files(root), *_told(root / SECRETS, lambda found: max(found.st_mtime_ns, found.st_ctime_ns)))))


def watched(root: Path, seen: State, stop: threading.Event, changed: Callable[[], object]) -> None:
    """Call changed after every burst of changes until stop is set; made for a thread of its own.

    seen: the state before the first build, so that a file saved while it ran is not missed.
    """
    while not stop.is_set():
        folders = _folders(root)
        for _ in _bursts(tuple(path for path, _ in folders), stop):
            now = state(root)
            if now != seen:
                seen = now
                changed()
            if stop.is_set() or _folders(root) != folders:
                break


def _bursts(folders: tuple[str, ...], stop: threading.Event) -> Iterator[None]:
    """Yield after every burst of changes, and now and then without one; ends where the system tells nothing of changes."""
    if folders:
        try:
            for _ in watch(
                *folders,
                watch_filter=None,
                debounce=_BURST_MS,
                step=_STEP_MS,
                stop_event=stop,
                rust_timeout=_LOOK_MS,
                yield_on_timeout=True,
                raise_interrupt=False,
            ):
                yield
        except (OSError, RuntimeError):  # a folder that just went, too many watches: look again by and by
            pass
        else:
            return
    stop.wait(_LOOK_MS / 1000)
    yield


def _folders(root: Path) -> tuple[tuple[str, int], ...]:
    """Return the watched folders that are there; a new folder of an old name is another one."""
    found = []
    for name in WATCHED:
        try:
            found.append((str(root / name), (root / name).stat().st_ino))
        except OSError:
            continue
    return tuple(found)


def _saved(found: os.stat_result) -> int:
    return found.st_mtime_ns


def _files(root: Path) -> Iterator[tuple[str, int, int]]:
    for name in WATCHED:
        for folder, _, files in os.walk(root / name):
            for file in files:
                if not file.startswith(".") and not file.endswith("~"):
                    yield from _told(Path(folder, file))


def _told(path: Path, changed: Callable[[os.stat_result], int] = _saved) -> Iterator[tuple[str, int, int]]:
    try:
        found = path.stat()
    except OSError:
        return
    yield str(path), changed(found), found.st_size
