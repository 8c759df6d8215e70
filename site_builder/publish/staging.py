"""Folders beside the output: filled with the new site, and cleared away when they have served."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from site_builder.publish import marker
from site_builder.publish.disk import Disk, Kind
from site_builder.publish.former import Former
from site_builder.publish.place import Place
from site_builder.publish.refusal import refused
from site_builder.publish.wanted import Wanted


def fill(place: Place, former: Former, wanted: Wanted, same: Collection[str], disk: Disk) -> None:
    """Make the whole new site in place.fresh, safe from a power cut; on an OSError its space is given back.

    same: paths whose file in output is as wanted. They are linked, not written again, so they keep their times; all
    other times are those of writing. While both names stand, an edit in output would show in the copy: the swap
    takes one name away, and the next publish compares bytes and mends what was edited meanwhile.
    """
    try:
        disk.mkdir(place.fresh)
        disk.write(place.fresh / marker.NAME, wanted.marker)  # first: by it a later run knows what it may delete
        for name in former.kept:
            _carry(place, name, None, disk)
        made = {place.fresh}
        for path, content in wanted.files.items():
            _make_folders((place.fresh / path).parent, made, disk)
            if path in same:
                _carry(place, path, content, disk)
            else:
                disk.write(place.fresh / path, content)
        disk.sync_tree(place.fresh)
    except OSError:
        with suppress(OSError):  # the first error is the one to tell; the next publish tries again
            clear(place, place.fresh, disk)
        raise


def clear(place: Place, folder: Path, disk: Disk) -> None:
    """Delete a staging folder, the marker last so that an interrupted deletion is known as ours, too.

    Raises PublishRefused (B101) for anything of that name which is not ours.
    """
    found = disk.look(folder)
    if found is None:
        return
    tree = disk.tree(folder) if found.kind is Kind.FOLDER else {}
    files = [path for path, entry in tree.items() if entry.kind is not Kind.FOLDER]
    if found.kind is not Kind.FOLDER or not (marker.NAME in files or marker.KEPT.issuperset(files)):
        raise refused(
            "B101",
            place.shown,
            f'portal needs the name "{folder.name}" beside "{place.shown}", and it is taken',
            "move it away or give it another name",
        )
    for path in files:
        if path != marker.NAME:
            disk.remove(folder / path)
    for path in reversed([path for path, entry in tree.items() if entry.kind is Kind.FOLDER]):
        disk.rmdir(folder / path)
    if marker.NAME in files:
        disk.remove(folder / marker.NAME)
    disk.rmdir(folder)


def _carry(place: Place, path: str, content: bytes | None, disk: Disk) -> None:
    """Take a file over from output by link, or by writing it again; content None: what it holds now."""
    existing = place.output / path
    if not disk.link(existing, place.fresh / path):
        disk.write(place.fresh / path, disk.read(existing) if content is None else content)


def _make_folders(folder: Path, made: set[Path], disk: Disk) -> None:
    if folder not in made:
        _make_folders(folder.parent, made, disk)
        disk.mkdir(folder)
        made.add(folder)
