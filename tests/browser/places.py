"""The addresses the tests look at: one for each kind of page, in the demo and in the portal of three files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Place:
    """A page. site: "demo" or "small"; path: relative to the site's address."""

    site: str
    kind: str
    path: str


DEMO = tuple(
    Place("demo", kind, path)
    for kind, path in (
        ("home", ""),
        ("who_to_refer", "who-to-refer/"),
        ("rewards", "rewards/"),
        ("trust", "trust/"),
        ("spotlights", "spotlights/"),
        ("spotlight", "spotlights/2026-10-ouse-link-haulage/"),
        ("stories", "stories/"),
        ("story", "stories/the-till-in-a-taxi/"),
        ("directory", "directory/"),
        ("directory_group", "directory/industry/law/"),
        ("directory_entry", "directory/millrace-dental/"),
        ("refer", "refer/"),
        ("refer_personal", "refer/7QK3M9TX/"),
        ("refer_thanks", "refer/thanks/"),
        ("refer_personal_thanks", "refer/7QK3M9TX/thanks/"),
        ("meet", "meet/7QK3M9TX/"),
        ("meet_thanks", "meet/thanks/"),
        ("card", "refer/7QK3M9TX/card/"),
        ("introduce", "introduce/"),
        ("share", "share/"),
        ("events", "events/"),
        ("wins", "wins/"),
        ("terms", "terms/"),
        ("terms_version", "terms/v2/"),
        ("search", "search/"),
        ("privacy", "privacy/"),
        ("page", "faq/"),
        ("not_found", "404.html"),
    )
)
SMALL = tuple(
    Place("small", kind, path)
    for kind, path in (
        ("home", ""),
        ("who_to_refer", "who-to-refer/"),
        ("rewards", "rewards/"),
        ("refer", "refer/"),
        ("refer_thanks", "refer/thanks/"),
        ("introduce", "introduce/"),
        ("privacy", "privacy/"),
        ("not_found", "404.html"),
    )
)
MOVED = {"refer_moved": "refer/R9CJ4E70/", "meet_moved": "meet/R9CJ4E70/"}
"""Old addresses, in the demo: they lead on at once, so that nothing can be looked at but where they lead."""

LONG = frozenset({"directory_page", "directory_group_page"})
"""Further pages of lists that the demo has on one page; test_directory.py looks at them in a portal of 300 clients."""

PREVIEWED = frozenset({"styleguide"})
"""What the live preview alone shows; test_preview.py looks at it."""


def html_paths(output: Path) -> tuple[str, ...]:
    """Return the address of every HTML page of a built portal that stays, relative to the site's: "" is the first page."""
    files = (
        path.relative_to(output).as_posix() for path in output.rglob("*.html") if b'http-equiv="refresh"' not in path.read_bytes()
    )
    return tuple(sorted(path.removesuffix("index.html") for path in files))


def some_of_each(paths: Iterable[str], most: int = 6) -> tuple[str, ...]:
    """Return the addresses without those that are like the first few: a hundred personal pages differ by a name."""
    alike: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for path in paths:
        parts = path.split("/")
        group = parts[1] if len(parts) > 1 and parts[1] in {"industry", "place", "looking-for"} else ""
        alike[(parts[0], group, *parts[3 if group else 2 :])].append(path)
    return tuple(path for found in alike.values() for path in found[:most])
