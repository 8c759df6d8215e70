"""The site that stands in output before a publish, and whether it may be replaced by the wanted one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from site_builder.publish import marker
from site_builder.publish.disk import FILE_MODE, Disk, Entry, Kind
from site_builder.publish.place import Place
from site_builder.publish.refusal import listed, places, refused
from site_builder.publish.wanted import Wanted

SHRINK_LIMIT: Final = 5  # more than one page in so many may not vanish unasked
_PRIVATE: Final = re.compile(r"kpis/index\.html|(?:my|client)/[0-9a-hjkmnp-tv-z]{16}/index\.html")
"""Sealed pages: another secret moves them all, and they would hide how many of the others vanish."""
_PERSONAL: Final = re.compile(r"((?:[a-z-]+/)?(?:refer|meet)/)[^/]+/((?:card/|thanks/)?index\.html)")
"""Pages by the code of somebody's link: one that went while another came has another code now."""
_TRIED: Final = 20  # single files tried as the one added by hand; each try costs a digest, 10 ms


@dataclass(frozen=True, slots=True)
class Former:
    """What output holds: files by path without marker and kept ones; kept: .gitkeep and .gitignore at its top.

    marker: its bytes, empty when there is none; then there are no files either.
    """

    files: Mapping[str, Entry] = field(default_factory=dict)
    kept: tuple[str, ...] = ()
    marker: bytes = b""


def former_site(place: Place, disk: Disk) -> Former:
    """What stands in output. Raises PublishRefused (B101) for files in a folder portal did not make."""
    if disk.look(place.output) is None:
        return Former()
    files = {path: entry for path, entry in disk.tree(place.output).items() if entry.kind is not Kind.FOLDER}
    kept = tuple(sorted(path for path in marker.KEPT & files.keys() if files[path].kind is Kind.FILE))
    found = files.pop(marker.NAME, None)
    content = disk.read(place.output / marker.NAME) if found and found.kind is Kind.FILE else b""
    files = {path: entry for path, entry in files.items() if path not in kept}
    if (files or found) and not marker.is_ours(content):
        raise refused(
            "B101",
            place.shown,
            f'"{place.shown}" holds files, and this version of portal did not make that folder',
            "publish into a new or an empty folder, or move away what is in this one",
        )
    return Former(files=files, kept=kept, marker=content)


def check_replaceable(place: Place, former: Former, wanted: Wanted, *, allow_shrink: bool = False, keyless: bool = False) -> None:
    """Raise PublishRefused where replacing would lose others' files (B104) or, unasked, pages.

    Those are many public ones (B102), or, where the portal is keyless, its private ones (D701).
    """
    going = sorted(former.files.keys() - wanted.files.keys())
    if going and former.marker != marker.text(former.files):
        _refuse_strangers(place, former, going)
    private = sum(_PRIVATE.fullmatch(path) is not None for path in former.files)
    if keyless and private:
        pages_ = "page" if private == 1 else "pages"
        raise refused(
            "D701",
            place.shown,
            f"{private} private {pages_} would vanish: PORTAL_SECRET is missing, and no owner is named",
            "look for your copy of PORTAL_SECRET and put it back into the environment or .env: with a new one, every link you "
            "sent stops working; if it is lost, portal passphrase --secret makes one; to take these pages away, "
            "portal build --public-only",
        )
    pages = [path for path in former.files if path.endswith(".html") and not _PRIVATE.fullmatch(path)]
    lost = _lost(pages, wanted)
    if not allow_shrink and len(lost) * SHRINK_LIMIT > len(pages):
        raise refused(
            "B102",
            place.shown,
            f"{len(lost)} of {len(pages)} pages would vanish: {places(lost)}",
            "build again with --allow-shrink if they shall go; otherwise look for rows or files that went missing",
        )


def _lost(pages: list[str], wanted: Wanted) -> list[str]:
    """Return the pages that would vanish, but for as many personal ones as new ones of their kind come."""
    there = frozenset(pages)
    come = Counter(found.groups() for path in wanted.files if path not in there and (found := _PERSONAL.fullmatch(path)))
    lost = []
    for path in pages:
        if path in wanted.files:
            continue
        found = _PERSONAL.fullmatch(path)
        if found is not None and come[found.groups()] > 0:
            come[found.groups()] -= 1
        else:
            lost.append(path)
    return lost


def unchanged(place: Place, former: Former, wanted: Wanted, disk: Disk) -> frozenset[str]:
    """The paths whose file already is what it shall be, in bytes and permissions."""
    return frozenset(
        path
        for path, content in wanted.files.items()
        if former.files.get(path) == Entry(Kind.FILE, len(content), FILE_MODE) and disk.read(place.output / path) == content
    )


def _refuse_strangers(place: Place, former: Former, going: list[str]) -> None:
    """Name the files added by hand. The marker lists no paths, so the candidates are left out until it fits."""
    no_pages = [path for path in going if not path.endswith(".html")]
    for added in (going, no_pages, *([path] for path in going[:_TRIED])):
        if former.marker == marker.text(former.files.keys() - set(added)):
            raise refused(
                "B104",
                place.shown,
                f'"{place.shown}" holds files that portal did not write: {listed(added)}',
                "move them to content/static/: from there they are published with every build",
            )
    # More than one added and pages of ours going as well: these may be private, so only their folders are named.
    raise refused(
        "B104",
        place.shown,
        f'files were added to "{place.shown}" or taken away by hand; publishing would delete {places(going)}',
        f'move files of your own to content/static/, then delete "{place.shown}" and build again',
    )
