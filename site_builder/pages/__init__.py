"""Which pages there are: the kinds, and the plan of a portal's pages. A new kind is one file and one name in KINDS."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

from site_builder.codes import problem
from site_builder.model.public import PublicPortal
from site_builder.page import Artifact, Page, PageKind
from site_builder.pages.directory import DIRECTORY, DIRECTORY_ENTRY, DIRECTORY_GROUP, DIRECTORY_GROUP_PAGE, DIRECTORY_PAGE
from site_builder.pages.events import EVENT_CALENDAR, EVENTS
from site_builder.pages.feeds import FEED, SPOTLIGHTS_FEED
from site_builder.pages.home import HOME
from site_builder.pages.machines import ICON, MANIFEST, ROBOTS, SECURITY, SITEMAP
from site_builder.pages.meet import CARD, MEET, MEET_MOVED, MEET_THANKS, REFER_MOVED
from site_builder.pages.plain import FREE_PAGE, NOT_FOUND, PRIVACY
from site_builder.pages.refer import REFER, REFER_PERSONAL, REFER_PERSONAL_THANKS, REFER_THANKS
from site_builder.pages.rewards import REWARDS
from site_builder.pages.search import SEARCH, SEARCH_INDEX
from site_builder.pages.share import INTRODUCE, SHARE
from site_builder.pages.spotlights import SPOTLIGHT, SPOTLIGHT_BADGE, SPOTLIGHTS
from site_builder.pages.stories import STORIES, STORY
from site_builder.pages.styleguide import STYLEGUIDE
from site_builder.pages.terms import TERMS, TERMS_VERSION
from site_builder.pages.trust import TRUST
from site_builder.pages.who_to_refer import WHO_TO_REFER
from site_builder.pages.wins import WINS
from site_builder.problem import Problem, Source

KINDS: tuple[PageKind[Any], ...] = (
    HOME,
    WHO_TO_REFER,
    REWARDS,
    TRUST,
    SPOTLIGHTS,
    SPOTLIGHT,
    SPOTLIGHT_BADGE,
    STORIES,
    STORY,
    DIRECTORY,
    DIRECTORY_PAGE,
    DIRECTORY_GROUP,
    DIRECTORY_GROUP_PAGE,
    DIRECTORY_ENTRY,
    REFER,
    REFER_PERSONAL,
    REFER_THANKS,
    REFER_PERSONAL_THANKS,
    REFER_MOVED,
    MEET,
    MEET_THANKS,
    MEET_MOVED,
    CARD,
    INTRODUCE,
    SHARE,
    EVENTS,
    EVENT_CALENDAR,
    WINS,
    TERMS,
    TERMS_VERSION,
    SEARCH,
    PRIVACY,
    FREE_PAGE,
    NOT_FOUND,
    SEARCH_INDEX,
    SITEMAP,
    ROBOTS,
    ICON,
    MANIFEST,
    SECURITY,
    FEED,
    SPOTLIGHTS_FEED,
    STYLEGUIDE,
)


_YIELDS = frozenset({SECURITY.name})
"""Pages of ours that an owner's own file replaces: who has a security.txt already says more in it than we know."""

_WORKSHOP = frozenset({STYLEGUIDE.name})
"""Pages for whoever makes the theme: the live preview has them, and no site does."""


def plan(
    portal: PublicPortal,
    files: Iterable[Artifact] = (),
    translations: Iterable[PublicPortal] = (),
    *,
    preview: bool = False,
) -> tuple[Page[object], ...]:
    """Return every page of the portal, in the order of KINDS, those of its own language first.

    files: the owner's own, published beside the pages; translations: the portal in each further language. preview: whether
    it is shown to its owner alone, with the style guide.
    """
    own = {file.path for file in files}
    kinds = tuple(kind for kind in KINDS if preview or kind.name not in _WORKSHOP)
    planned = (page for told in (portal, *translations) for kind in kinds for page in kind.pages(told))
    return tuple(page for page in planned if page.kind not in _YIELDS or page.path not in own)


def collisions(pages: Iterable[Page[object]], files: Iterable[Artifact] = ()) -> tuple[Problem, ...]:
    """Return a problem for each page or file whose place another already takes, on systems that fold case and Unicode too.

    files: what is published beside the pages. A folder and a file cannot have one place either: robots.txt/notes.txt. Two rows
    that meet on several pages, as two people with one code do, are one problem.
    """
    # The portal's own pages come first, those that stand in no line: their owner can only rename the other.
    planned = sorted(pages, key=lambda page: page.source.line > 0)
    places = [(page.path, page.url, page.source) for page in planned]
    places += [(file.path, f"/{file.path}", file.source) for file in files]
    taken: dict[str, Source] = {}
    folders: dict[str, Source] = {}
    found: dict[tuple[Source, Source], Problem] = {}
    for path, url, source in places:
        folded = unicodedata.normalize("NFC", path).casefold()
        above = [folded[:end] for end, letter in enumerate(folded) if letter == "/"]
        other = next((there for there in (taken.get(folded), folders.get(folded), *map(taken.get, above)) if there), None)
        if other is not None:
            where = f"{other.path}:{other.line}" if other.line else other.path
            message = f"two pages stand on {url}: this one and that of {where}"
            found.setdefault((source, other), problem("D504", source, message, hint="rename one of them"))
            continue
        taken[folded] = source
        folders.update(dict.fromkeys(above, source))
    return tuple(found.values())
