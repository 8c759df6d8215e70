"""The addresses the tests look at: one for each kind of page, in the demo and in the portal of three files."""

from __future__ import annotations

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
        ("directory", "directory/"),
        ("directory_entry", "directory/millrace-dental/"),
        ("refer", "refer/"),
        ("refer_personal", "refer/7QK3M9TX/"),
        ("refer_thanks", "refer/thanks/"),
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
        ("privacy", "privacy/"),
        ("not_found", "404.html"),
    )
)


def html_paths(output: Path) -> tuple[str, ...]:
    """Return the address of every HTML page of a built portal, relative to the site's: "" is the first page."""
    files = (path.relative_to(output).as_posix() for path in output.rglob("*.html"))
    return tuple(sorted(path.removesuffix("index.html") for path in files))
