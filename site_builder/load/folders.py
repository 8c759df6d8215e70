"""What lies in a folder of the portal, in the order of names, without following a link out of it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from site_builder.codes import problem
from site_builder.problem import Problem, Source

_KEPT = frozenset({".gitkeep", ".gitignore"})


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder's visible files and folders by name, and what is wrong with the rest.

    there: whether it is there at all; read: whether it could be read, an absent one included.
    """

    path: str
    there: bool = True
    read: bool = True
    files: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def folder(root: Path, path: str, *, shown: frozenset[str] = frozenset()) -> Folder:
    """List a folder of the portal. path: relative to root, with "/". shown: dot names that are not hidden.

    A file or folder whose name begins with a dot is left out with a note (D007); .gitkeep and .gitignore without. A folder
    reached by a link that leaves the portal is not read (D004), one without permission neither (D005).
    """
    place = Source(path)
    where = root / path
    if not os.path.lexists(where):
        return Folder(path, there=False)
    if not Path(os.path.realpath(where)).is_relative_to(os.path.realpath(root)):
        hint = "put the folder itself here instead of a link to it"
        left = problem("D004", place, "this link leads out of the portal's folder", hint=hint)
        return Folder(path, read=False, problems=(left,))
    try:
        entries = sorted(os.scandir(where), key=lambda entry: entry.name)
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        unread = problem("D005", place, f"this folder cannot be read: {reason}", hint="check that you may read it")
        return Folder(path, read=False, problems=(unread,))
    hidden = [entry.name for entry in entries if entry.name.startswith(".") and entry.name not in shown]
    visible = [entry for entry in entries if entry.name not in hidden]
    notes = tuple(
        problem("D007", Source(f"{path}/{printable(name)}"), "a hidden file is left out", hint="it is never published")
        for name in hidden
        if name not in _KEPT
    )
    return Folder(
        path,
        files=tuple(entry.name for entry in visible if not is_folder(entry.path)),
        folders=tuple(entry.name for entry in visible if is_folder(entry.path)),
        problems=notes,
    )


def is_folder(path: str | Path) -> bool:
    """Whether a folder, or a link to one, lies there; what may not be looked at is none."""
    return os.path.isdir(path)  # noqa: PTH112  # Path.is_dir raises where permission is missing


def printable(name: str) -> str:
    """Return a file's name for a message: bytes that are no text and control characters are shown as escapes."""
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape", "surrogatepass").decode() for letter in name
    )
