"""The portal's further languages: which there are, and its own texts in one of them (domain, "Documents": content/LANG/…)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from site_builder.model.public import PublicPortal
from site_builder.model.record import Record
from site_builder.model.settings import FormField
from site_builder.problem import Source

if TYPE_CHECKING:
    from site_builder.model.portal import Portal

T = TypeVar("T")

_NO_WORDS: Mapping[str, str] = MappingProxyType({})
UNTRANSLATED = frozenset(
    {
        *("access_key", "backend", "base_url", "client_id", "code", "currency", "display_font", "email", "endpoint", "id"),
        *(
            "drafts",
            "lang",
            "languages",
            "link",
            "locale",
            "logo",
            "media",
            "old_codes",
            "origin",
            "phone",
            "photo",
            "privacy_email",
        ),
        *("slug", "website"),
    }
)
"""Fields that hold addresses, names of files and ids, in whatever language."""


def own_languages(portal: Portal) -> tuple[str, ...]:
    """Return the folders in content/ that hold what should stand in content/ itself: in the portal's own language."""
    own = {portal.settings.locale, portal.settings.locale.partition("-")[0]}
    return tuple(lang for lang in _folders(portal) if lang in own)


def further(portal: Portal) -> tuple[str, ...]:
    """Return the languages beside the portal's own that content/ has something in, in the order of their names."""
    own = own_languages(portal)
    return tuple(lang for lang in _folders(portal) if lang not in own)


def drafts(portal: Portal) -> tuple[str, ...]:
    """Return those of the further languages that are not to be published yet (portal.yaml: draft_languages)."""
    return tuple(lang for lang in further(portal) if lang in portal.settings.draft_languages)


def _folders(portal: Portal) -> tuple[str, ...]:
    documents = (*portal.pages, *portal.spotlights, *portal.stories, *portal.events, *portal.terms, *portal.share)
    spoken = {document.lang for document in documents} | {each.lang for each in portal.translations}
    return tuple(sorted(spoken - {""}))


def words_of(portal: Portal, lang: str) -> Mapping[str, str]:
    """Return what texts of data/ are in a language, by the text as it stands there; none where nothing was translated."""
    return next((each.words for each in portal.translations if each.lang == lang), _NO_WORDS)


def translated(public: PublicPortal, words: Mapping[str, str]) -> PublicPortal:
    """Return the portal in its lang: dates and money as there, and every text that words has, in their place."""
    settings = replace(_said(public.settings, words), locale=public.lang)
    return replace(_said(public, words), settings=settings)


def _said(value: T, words: Mapping[str, str]) -> T:
    """Return a public value with its texts replaced, whatever holds them."""
    return _walk(value, words) if words else value  # type: ignore[return-value]  # each step returns the type it was given


def _walk(value: object, words: Mapping[str, str]) -> object:
    if value.__class__ is str:
        return words.get(value, value)
    if isinstance(value, tuple):
        return tuple(_walk(item, words) for item in value)
    if isinstance(value, Mapping):
        return {key: _walk(item, words) for key, item in value.items()}
    if isinstance(value, Record):
        names = {"label", "help"} if isinstance(value, FormField) else type(value).model_fields.keys() - UNTRANSLATED
        return value.model_copy(update={name: _walk(getattr(value, name), words) for name in names})
    if is_dataclass(value) and not isinstance(value, type | Source):
        names = {each.name for each in fields(value)} - UNTRANSLATED
        return replace(value, **{name: _walk(getattr(value, name), words) for name in names})
    return value
