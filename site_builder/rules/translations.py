"""How far a further language has come: which documents have their counterpart in it, which wait, which have no original."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from site_builder.model.content import Document
from site_builder.model.portal import Portal
from site_builder.model.public import PublicEvent, PublicFreePage, PublicShareText, PublicSpotlight, PublicStory, PublicTerms
from site_builder.rules.consent import public_portal

_Shown = PublicFreePage | PublicSpotlight | PublicStory | PublicEvent | PublicTerms | PublicShareText


@dataclass(frozen=True, slots=True)
class Pair:
    """A document and its place in a further language, whether it is written or not; both by path, "content/pages/about.md"."""

    original: str
    translation: str


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the documents of one language stand, in the order of their paths.

    translated: those with a counterpart; copies: those whose counterpart reads word for word as they do; missing: those that
    visitors see in the portal's own language and not in this one; strays: documents of this language without an original of the
    same name.
    """

    translated: tuple[Pair, ...]
    copies: tuple[Pair, ...]
    missing: tuple[Pair, ...]
    strays: tuple[Document, ...]


def progress(portal: Portal, lang: str) -> Progress:
    """Say how far a language has come. What nobody sees on as_of (a past event, a story without consent) is not missing."""
    own = {(each.FOLDER, each.slug): each for each in _documents(portal) if not each.lang}
    there = {(each.FOLDER, each.slug): each for each in _documents(portal) if each.lang == lang}
    both = sorted(own.keys() & there.keys())
    copies = [each for each in both if own[each].body.strip() and own[each].body == there[each].body]
    missing = sorted(_seen(portal) - there.keys())
    return Progress(
        tuple(_pair(*each, lang) for each in both if each not in copies),
        tuple(_pair(*each, lang) for each in copies),
        tuple(_pair(*each, lang) for each in missing),
        strays(portal, lang),
    )


def strays(portal: Portal, lang: str) -> tuple[Document, ...]:
    """Return a language's documents without an original of the same name, in the order of their paths."""
    own = {(each.FOLDER, each.slug) for each in _documents(portal) if not each.lang}
    found = (each for each in _documents(portal) if each.lang == lang and (each.FOLDER, each.slug) not in own)
    return tuple(sorted(found, key=lambda stray: (stray.FOLDER, stray.slug)))


def unmatched(portal: Portal, stray: Document) -> tuple[str, ...]:
    """Return the names that a stray may have been meant to have: of originals in its folder that are not translated yet."""
    alike = [each for each in _documents(portal) if each.FOLDER == stray.FOLDER]
    taken = {each.slug for each in alike if each.lang == stray.lang}
    return tuple(sorted({each.slug for each in alike if not each.lang} - taken))


def _documents(portal: Portal) -> Iterator[Document]:
    yield from (*portal.pages, *portal.spotlights, *portal.stories, *portal.events, *portal.terms, *portal.share)


def _seen(portal: Portal) -> set[tuple[str, str]]:
    public = public_portal(portal)
    shown: Mapping[str, Iterable[_Shown]] = {
        "pages": public.pages,
        "spotlights": public.spotlights,
        "stories": public.stories,
        "events": public.events,
        "terms": public.terms,
        "share": public.share,
    }
    return {(folder, each.slug) for folder, documents in shown.items() for each in documents}


def _pair(folder: str, slug: str, lang: str) -> Pair:
    return Pair(f"content/{folder}/{slug}.md", f"content/{lang}/{folder}/{slug}.md")
