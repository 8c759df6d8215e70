"""Which pages there are: the kinds, and the plan of a portal's pages. A new kind is one file and one name in KINDS."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

from site_builder.codes import problem
from site_builder.model.public import PublicPortal
from site_builder.page import Artifact, Page, PageKind
from site_builder.pages.directory import DIRECTORY, DIRECTORY_ENTRY
from site_builder.pages.home import HOME
from site_builder.pages.machines import ICON, ROBOTS, SITEMAP
from site_builder.pages.plain import FREE_PAGE, NOT_FOUND, PRIVACY
from site_builder.pages.refer import REFER, REFER_PERSONAL, REFER_THANKS
from site_builder.pages.rewards import REWARDS
from site_builder.pages.spotlights import SPOTLIGHT, SPOTLIGHTS
from site_builder.pages.trust import TRUST
from site_builder.pages.who_to_refer import WHO_TO_REFER
from site_builder.problem import Problem, Source

KINDS: tuple[PageKind[Any], ...] = (
    HOME,
    WHO_TO_REFER,
    REWARDS,
    TRUST,
    SPOTLIGHTS,
    SPOTLIGHT,
    DIRECTORY,
    DIRECTORY_ENTRY,
    REFER,
    REFER_PERSONAL,
    REFER_THANKS,
    PRIVACY,
    FREE_PAGE,
    NOT_FOUND,
    SITEMAP,
    ROBOTS,
    ICON,
)


def plan(portal: PublicPortal) -> tuple[Page[object], ...]:
    """Return every page of the portal, in the order of KINDS."""
    return tuple(page for kind in KINDS for page in kind.pages(portal))


def collisions(pages: Iterable[Page[object]], files: Iterable[Artifact] = ()) -> tuple[Problem, ...]:
    """Return a problem for each page or file whose place another already takes, on systems that fold case and Unicode too.

    files: what is published beside the pages. A folder and a file cannot have one place either: robots.txt/notes.txt.
    """
    # The portal's own pages come first, those that stand in no line: their owner can only rename the other.
    planned = sorted(pages, key=lambda page: page.source.line > 0)
    places = [(page.path, page.url, page.source) for page in planned]
    places += [(file.path, f"/{file.path}", file.source) for file in files]
    taken: dict[str, Source] = {}
    folders: dict[str, Source] = {}
    found = []
    for path, url, source in places:
        folded = unicodedata.normalize("NFC", path).casefold()
        above = [folded[:end] for end, letter in enumerate(folded) if letter == "/"]
        other = next((there for there in (taken.get(folded), folders.get(folded), *map(taken.get, above)) if there), None)
        if other is not None:
            where = f"{other.path}:{other.line}" if other.line else other.path
            message = f"two pages stand on {url}: this one and that of {where}"
            found.append(problem("D504", source, message, hint="rename one of them"))
            continue
        taken[folded] = source
        folders.update(dict.fromkeys(above, source))
    return tuple(found)
