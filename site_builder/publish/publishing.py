"""One publish from the first check to the summary."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from site_builder.publish.disk import Disk
from site_builder.publish.former import Former, check_replaceable, former_site, unchanged
from site_builder.publish.place import Place, check_suitable
from site_builder.publish.staging import clear, fill
from site_builder.publish.swap import DISK, alone, explained, mend, settle, swap
from site_builder.publish.wanted import Wanted, wanted_site

if TYPE_CHECKING:  # the model behind it takes longer to import than a repair() to run
    from site_builder.page import Artifact


@dataclass(frozen=True, slots=True)
class Summary:
    """What a publish changed: sorted paths, private pages' among them, so do not print them where others read."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]
    unchanged: int


def publish(
    artifacts: Sequence[Artifact],
    output: Path,
    *,
    allow_shrink: bool = False,
    keyless: bool = False,
    disk: Disk = DISK,
) -> Summary:
    """Make output hold exactly the artifacts (and .gitkeep, .gitignore), in one step.

    Whatever happens on the way, killing included, output is the whole old or, after repair(), the whole new site.
    allow_shrink: more than a fifth of the .html files may vanish. keyless: nobody asked for private pages to go, and there is
    nothing to seal them with, so those of the former site stand in the way. Raises PublishRefused for what the owner can mend,
    ValueError for artifact paths that should never have come this far.
    """
    wanted = wanted_site(artifacts)
    where = Place.of(output, disk)
    with explained(where):
        check_suitable(where, disk)
        _make_parents(where.parent, disk)
        with alone(where, disk):
            mend(where, disk)
            former = former_site(where, disk)
            check_replaceable(where, former, wanted, allow_shrink=allow_shrink, keyless=keyless)
            clear(where, where.fresh, disk)
            clear(where, where.former, disk)
            same = unchanged(where, former, wanted, disk)
            if not _is_published(former, wanted, same):
                _replace(where, former, wanted, same, disk)
    return _summary(former, wanted, same)


def _make_parents(folder: Path, disk: Disk) -> None:
    if disk.look(folder) is None:
        _make_parents(folder.parent, disk)
        disk.mkdir(folder)


def _is_published(former: Former, wanted: Wanted, same: Collection[str]) -> bool:
    """Whether output is to the byte what it would become, marker included."""
    return len(same) == len(wanted.files) == len(former.files) and former.marker == wanted.marker


def _replace(place: Place, former: Former, wanted: Wanted, same: Collection[str], disk: Disk) -> None:
    fill(place, former, wanted, same, disk)
    try:
        swap(place, disk)
    except OSError:
        with suppress(OSError):  # the first error is the one to tell
            if disk.look(place.journal) is None:  # else repair() needs the new site whole
                clear(place, place.fresh, disk)
        raise
    with suppress(OSError):  # the new site is up: what cannot be ended now is for the next publish, which will tell
        settle(place, disk)


def _summary(former: Former, wanted: Wanted, same: Collection[str]) -> Summary:
    old, new = former.files.keys(), wanted.files.keys()
    return Summary(
        new=tuple(sorted(new - old)),
        changed=tuple(sorted((new & old) - set(same))),
        gone=tuple(sorted(old - new)),
        unchanged=len(same),
    )
