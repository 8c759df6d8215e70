"""The moment of change: the staged site takes the output's name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from site_builder.publish.disk import Disk
from site_builder.publish.place import Place
from site_builder.publish.refusal import refused, refused_by_system
from site_builder.publish.staging import clear

JOURNAL_TEXT: Final = b"portal is replacing the folder beside this file; the next portal command finishes it.\n"
DISK: Final = Disk()


def repair(output: Path, *, disk: Disk = DISK) -> None:
    """Finish or undo a swap that was cut short, so that output is the whole old or the whole new site.

    Writes nothing when there is nothing to repair. While another process is publishing it returns at once: that
    process ends its swap itself. Raises PublishRefused (B105) when the system does not let us.
    """
    where = Place.of(output, disk)
    with explained(where):
        if disk.look(where.journal) is None:
            return
        descriptor = disk.lock(where.lock)
        if descriptor is None:
            return
        try:
            mend(where, disk)
        finally:
            disk.unlock(where.lock, descriptor)


def swap(place: Place, disk: Disk) -> None:
    """Put place.fresh, whole and on disk, in the place of output.

    Where output does not exist yet, one rename. Where Linux can exchange two names (renameat2), a reader sees the old
    site or the new one at every instant, though the pages of one visit may come from both. Elsewhere two renames
    follow one another, and for the instant between them there is no output: a web server answers "not found". Killed
    in that instant, it stays so until the next portal command, whose repair() finishes the swap from the journal.
    A shell or server whose current folder is output keeps the old, deleted one in all cases.
    On an OSError the old site stands.
    """
    if disk.look(place.output) is None:
        disk.rename(place.fresh, place.output)
    elif not disk.exchange(place.fresh, place.output):
        _rename_twice(place, disk)


def settle(place: Place, disk: Disk) -> None:
    """After a swap: make it last, drop the journal, delete the old site."""
    disk.sync(place.parent)
    if disk.look(place.journal):
        disk.remove(place.journal)
    clear(place, place.fresh, disk)
    clear(place, place.former, disk)


def mend(place: Place, disk: Disk) -> None:
    """Bring two interrupted renames to an end; the caller holds the lock.

    The journal stands only while both sites are whole. Output missing: forward when the new site is still there, else
    back. Output there: either nothing was renamed yet or everything was.
    """
    if disk.look(place.journal) is None:
        return
    if disk.look(place.output) is None:
        for site in (place.fresh, place.former):
            if disk.look(site):
                disk.rename(site, place.output)
                break
        disk.sync(place.parent)
    disk.remove(place.journal)


@contextmanager
def explained(place: Place) -> Iterator[None]:
    """Tell what the system refuses (disk full, no permission) as a problem, B105."""
    try:
        yield
    except OSError as error:
        raise refused_by_system(place.shown, place.parent.as_posix(), error) from error


@contextmanager
def alone(place: Place, disk: Disk) -> Iterator[None]:
    """Hold the lock beside output. Raises PublishRefused (B106) at once when another process holds it."""
    descriptor = disk.lock(place.lock)
    if descriptor is None:
        raise refused(
            "B106",
            place.shown,
            f'another portal is publishing into "{place.shown}" right now',
            "wait until it is done, then build again",
        )
    try:
        yield
    finally:
        disk.unlock(place.lock, descriptor)


def _rename_twice(place: Place, disk: Disk) -> None:
    """Replace output by two renames under a journal; on an OSError the old site is put back."""
    disk.write(place.journal, JOURNAL_TEXT)
    try:
        disk.sync(place.journal)
        disk.sync(place.parent)
        disk.rename(place.output, place.former)
        disk.rename(place.fresh, place.output)
    except OSError:
        with suppress(OSError):  # the first error is the one to tell; the journal lets the next command try again
            if disk.look(place.output) is None:
                disk.rename(place.former, place.output)
            disk.remove(place.journal)
        raise
