"""Disks that die at a chosen operation, and what a test needs to look at what they leave."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from enum import Enum
from pathlib import Path
from typing import TypeVar

from site_builder.page import Artifact
from site_builder.publish import Disk

Result = TypeVar("Result")


class Died(BaseException):
    """The process was killed here: nothing it would do afterwards happens."""


class Moment(Enum):
    BEFORE = "before"
    TORN = "in the middle of"  # of a write: half the bytes are there
    AFTER = "after"


class NoExchange(Disk):
    """A system that cannot let two folders swap names."""

    def exchange(self, one: Path, other: Path) -> bool:
        del one, other
        return False


class DyingDisk(Disk):
    """Dies around the operation numbered `at` (from 0). Looking and reading leave no trace and are not counted.

    done: the operations that were begun, by name.
    """

    def __init__(self, real: Disk, at: int, moment: Moment) -> None:
        self.real_disk = real
        self.at = at
        self.moment = moment
        self.done: list[str] = []
        self.dead = False

    def _operation(self, name: str, act: Callable[[], Result], half: Callable[[], object] = lambda: None) -> Result:
        if self.dead:
            raise Died
        self.done.append(name)
        if len(self.done) - 1 != self.at:
            return act()
        self.dead = True
        if self.moment is Moment.AFTER:
            act()
        if self.moment is Moment.TORN:
            half()
        raise Died

    def write(self, path: Path, content: bytes) -> None:
        self._operation(
            "write",
            lambda: self.real_disk.write(path, content),
            lambda: self.real_disk.write(path, content[: len(content) // 2]),
        )

    def mkdir(self, folder: Path) -> None:
        self._operation("mkdir", lambda: self.real_disk.mkdir(folder))

    def link(self, existing: Path, path: Path) -> bool:
        return self._operation("link", lambda: self.real_disk.link(existing, path))

    def rename(self, source: Path, target: Path) -> None:
        self._operation("rename", lambda: self.real_disk.rename(source, target))

    def exchange(self, one: Path, other: Path) -> bool:
        return self._operation("exchange", lambda: self.real_disk.exchange(one, other))

    def remove(self, path: Path) -> None:
        self._operation("remove", lambda: self.real_disk.remove(path))

    def rmdir(self, folder: Path) -> None:
        self._operation("rmdir", lambda: self.real_disk.rmdir(folder))

    def sync(self, path: Path) -> None:
        self._operation("sync", lambda: self.real_disk.sync(path))

    def sync_tree(self, folder: Path) -> None:
        self._operation("sync_tree", lambda: self.real_disk.sync_tree(folder))

    def lock(self, path: Path) -> int | None:
        taken: list[int | None] = []

        def take() -> int | None:
            taken.append(self.real_disk.lock(path))
            return taken[0]

        try:
            return self._operation("lock", take)
        except Died:
            for descriptor in taken:
                _release(descriptor)
            raise

    def unlock(self, path: Path, descriptor: int) -> None:
        if self.dead:
            _release(descriptor)
            raise Died
        try:
            self._operation("unlock", lambda: self.real_disk.unlock(path, descriptor))
        except Died:
            if self.moment is not Moment.AFTER:
                _release(descriptor)
            raise


def _release(descriptor: int | None) -> None:
    """What the kernel does with a dead process's lock: it goes, the file stays."""
    if descriptor is not None:
        os.close(descriptor)


def artifacts(files: Mapping[str, str]) -> list[Artifact]:
    return [Artifact(path, text.encode()) for path, text in files.items()]


def held(folder: Path) -> dict[str, bytes] | None:
    """Every file in a folder with its bytes, or None when there is no folder."""
    if not folder.is_dir():
        return None
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def beside(output: Path) -> list[str]:
    return sorted(path.name for path in output.parent.iterdir() if path != output)
