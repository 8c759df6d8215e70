"""The same page in the portal's other languages: where it stands, and by which name a reader picks it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from site_builder.page import Page
from site_builder.render.site import Addresses
from site_builder.words import direction, name_of_language

_ANY = "x-default"
"""For readers of a language that is not among them (hreflang)."""


@dataclass(frozen=True)
class Alternate:
    """A translation as search engines are told of it. lang: its language, or x-default; url: the whole address."""

    lang: str
    url: str


@dataclass(frozen=True)
class Choice:
    """A language that a reader may pick. name: as it calls itself; is_here: the one of this page.

    url: where this page is in it, or where the language begins, if it is not there. is_draft: whether its owner alone sees it.
    """

    lang: str
    dir: str
    name: str
    url: str
    is_here: bool
    is_draft: bool = False


class Languages:
    """Finds a page's translations. locales: by folder in content/, "" for the portal's own, which comes first."""

    def __init__(
        self, locales: Mapping[str, str], pages: Iterable[Page[object]], addresses: Addresses, drafts: tuple[str, ...] = ()
    ) -> None:
        """Take the portal's languages, all its pages, and which of the languages are drafts."""
        self._locales = locales
        self._drafts = drafts
        self._addresses = addresses
        self._twins: dict[str, dict[str, Page[object]]] = {}
        for page in pages:
            self._twins.setdefault(page.own_url, {})[page.lang] = page
        several = len(locales) > 1
        found = [twins for twins in self._twins.values() if several and len(twins) > 1]
        self._alternates = {
            addresses.canonical(page): self._told(twins) for twins in found for page in twins.values() if page.indexed
        }
        names = {lang: name_of_language(locale) for lang, locale in locales.items()}
        taken = list(names.values())
        self._names = {
            lang: name if taken.count(name) == 1 else name_of_language(locales[lang], with_region=True)
            for lang, name in names.items()
        }

    def alternates(self, url: str) -> tuple[Alternate, ...]:
        """Return all translations of an indexed page, itself among them, by its canonical URL; none where there is one alone."""
        return self._alternates.get(url, ())

    def choices(self, page: Page[object]) -> tuple[Choice, ...]:
        """Return the languages to choose from, the portal's own first; none where there is but one."""
        if len(self._locales) == 1:
            return ()
        return tuple(
            Choice(locale, direction(locale), self._names[lang], self._where(page, lang), lang == page.lang, lang in self._drafts)
            for lang, locale in self._locales.items()
        )

    def _told(self, twins: Mapping[str, Page[object]]) -> tuple[Alternate, ...]:
        found = [
            Alternate(locale, self._addresses.canonical(twins[lang])) for lang, locale in self._locales.items() if lang in twins
        ]
        if "" in twins:
            found.append(Alternate(_ANY, self._addresses.canonical(twins[""])))
        return tuple(found)

    def _where(self, page: Page[object], lang: str) -> str:
        twin = self._twins[page.own_url].get(lang)
        return self._addresses.rooted(twin.url if twin else f"/{lang}/" if lang else "/")
