"""The output folder's place: where it is, what stands beside it while publishing, whether it may be replaced."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from site_builder.publish.disk import Disk, Kind
from site_builder.publish.refusal import PublishRefused, refused

_SOURCES: Final = ("data", "content", "themes")


@dataclass(frozen=True, slots=True)
class Place:
    """An output folder by its absolute path, links in its parents resolved; shown: as the owner typed it."""

    output: Path
    shown: str

    @classmethod
    def of(cls, output: Path, disk: Disk) -> Place:
        """The place of an output folder. A link in its last part is not followed, so that it can be refused."""
        named = output.name not in {"", ".."}
        real = disk.real(output.parent) / output.name if named else disk.real(output)
        return cls(real, output.as_posix())

    @property
    def parent(self) -> Path:
        """The folder that holds output and all that stands beside it."""
        return self.output.parent

    @property
    def lock(self) -> Path:
        """Held while a publish or a repair is at work."""
        return self._beside("lock")

    @property
    def journal(self) -> Path:
        """Stands while output is being replaced by two renames."""
        return self._beside("swap-journal")

    @property
    def fresh(self) -> Path:
        """The new site while it is filled; after an exchange the old one."""
        return self._beside("staging-fresh")

    @property
    def former(self) -> Path:
        """The old site after the first of two renames."""
        return self._beside("staging-former")

    def _beside(self, what: str) -> Path:
        return self.output.parent / f".{self.output.name}.{what}"


def check_suitable(place: Place, disk: Disk) -> None:
    """Raise PublishRefused (B103) where a published site must never stand."""
    _check_is_folder(place, disk)
    for folder, what in disk.occupied():
        if folder.is_relative_to(place.output):
            raise _unsuitable(place, f"is or contains {what}")
    for above in (place.output, *place.output.parents):
        if disk.look(above / "data" / "portal.yaml"):
            _check_beside_sources(place, above)


def _check_is_folder(place: Place, disk: Disk) -> None:
    if place.output == place.parent:
        raise _unsuitable(place, "is the root of the file system")
    found = disk.look(place.output)
    if found and found.kind is not Kind.FOLDER:
        raise _unsuitable(place, f"is a {found.kind.value}, not a folder")
    if found and disk.is_mount(place.output):
        raise _unsuitable(place, "is a mount point, which cannot be swapped; a folder inside it can")


def _check_beside_sources(place: Place, portal: Path) -> None:
    inside = place.output.relative_to(portal).parts
    if not inside:
        raise _unsuitable(place, "is the portal's own folder")
    if inside[0].casefold() in _SOURCES:
        raise _unsuitable(place, f"lies in {inside[0]}/, where the portal's own files are")


def _unsuitable(place: Place, why: str) -> PublishRefused:
    hint = 'publish into a folder of its own, as with "--output output"'
    return refused("B103", place.shown, f'cannot publish into "{place.shown}": it {why}', hint)
