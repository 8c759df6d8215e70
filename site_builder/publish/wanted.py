"""The site as it shall be. Paths are checked once more before they touch a disk: a bad one is our own mistake."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from site_builder.publish import marker

if TYPE_CHECKING:  # the model behind it takes longer to import than a repair() to run
    from site_builder.page import Artifact

# Windows opens a device for these names whatever follows the first dot, and has no file for these characters.
_DEVICES: Final = frozenset(
    {
        "con",
        "prn",
        "aux",
        "nul",
        "conin$",
        "conout$",
        *(f"{port}{n}" for port in ("com", "lpt") for n in "123456789¹²³"),
    }
)
_FORBIDDEN: Final = frozenset('\\<>:"|?*')


@dataclass(frozen=True, slots=True)
class Wanted:
    """What output shall hold: bytes by path, sorted by path, and the marker that goes with these paths."""

    files: Mapping[str, bytes]
    marker: bytes


def wanted_site(artifacts: Sequence[Artifact]) -> Wanted:
    """The site these artifacts make.

    Raises ValueError for a path that is unsafe or does not exist on every system, for two that are one where case or
    Unicode form do not count, and for a file where another artifact needs a folder.
    """
    files: dict[str, bytes] = {}
    spelled: dict[str, str] = {}
    folders: set[str] = set()
    for artifact in sorted(artifacts, key=lambda each: each.path):
        path = artifact.path
        for part in path.split("/"):
            if reason := _unsafe(part):
                raise ValueError(f"artifact path {path!r}: {reason}")
        if path in files:
            raise ValueError(f"two artifacts at {path!r}")
        files[path] = artifact.content
        for place in (path, *_folders(path)):
            other = spelled.setdefault(_folded(place), place)
            if other != place:
                raise ValueError(f"artifact path {path!r}: {other!r} and {place!r} are one name on some systems")
        folders.update(_folders(path))
    if clash := sorted(folders & files.keys()):
        raise ValueError(f"artifact path {clash[0]!r} is a file and a folder")
    return Wanted(files, marker.text(files))


def _unsafe(part: str) -> str:
    """What is wrong with one part of a path, or "". An absolute path begins with an empty part."""
    if not part:
        return "has an empty part or is absolute"
    if part.startswith(".") and part != ".well-known":
        return "has a part that begins with a dot"
    if part.endswith((".", " ")):
        return "has a part that ends with a dot or a space"
    if any(char in _FORBIDDEN or unicodedata.category(char) in {"Cc", "Cs"} for char in part):
        return "has a character that is no part of a file name everywhere"
    if part.partition(".")[0].rstrip(" ").casefold() in _DEVICES:
        return "has a part that is a device on Windows"
    return ""


def _folders(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[:count]) for count in range(1, len(parts))]


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
