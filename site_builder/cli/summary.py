"""What a build changed, in a few lines; the addresses of personal pages are counted and never printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from site_builder.publish import Summary

_MOST: Final = 10
_INDEX: Final = "index.html"
_PERSONAL: Final = re.compile(r"(?:[a-z]{2,3}(?:-\w+)*/)?(?:refer/(?!(?:thanks/)?index\.html)|meet/|my/|client/).*")
"""Where pages stand whose address is given to one person, in any language; build logs are read by others."""


def summary(published: Summary, pages: int, output: str) -> str:
    """Return "42 pages in output/ (3 new, 1 gone, 2 changed)" and which came and went, at most ten of each."""
    new, gone, changed = _pages(published.new), _pages(published.gone), _pages(published.changed)
    counted = ((new, "new"), (gone, "gone"), (changed, "changed"))
    changes = ", ".join(f"{len(paths)} {word}" for paths, word in counted if paths)
    nothing = "nothing changed" if not (published.new or published.gone or published.changed) else "no page changed"
    first = f"{pages} {'page' if pages == 1 else 'pages'} in {output} ({changes or nothing})"
    return "".join(f"{line}\n" for line in (first, *_listed("new", new), *_listed("gone", gone)))


def drafts_said(languages: Sequence[str]) -> str:
    """Return which languages were left out because they are drafts, a line each; "" for none."""
    told = "{0} is a draft, so it was left out: portal serve shows it, portal translations {0} says what is missing.\n"
    return "".join(told.format(lang) for lang in languages)


def _pages(paths: Iterable[str]) -> list[str]:
    return [path for path in paths if path.endswith(".html")]


def _listed(word: str, pages: Sequence[str]) -> Iterable[str]:
    named = [path for path in pages if not _PERSONAL.fullmatch(path)]
    for path in named[:_MOST]:
        yield f"  {word:<4} /{path.removesuffix(_INDEX)}"
    more = len(named) - _MOST
    if more > 0:
        yield f"       and {more} more"
    personal = len(pages) - len(named)
    if personal:
        yield f"  {word:<4} {personal} personal {'page' if personal == 1 else 'pages'}"
