"""What was translated and is not there to be shown (any more), and what stands in a language's folder in vain."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping

from site_builder.audit.said import Said, said
from site_builder.codes import problem
from site_builder.model.content import Document
from site_builder.model.documents import ReviewElsewhere
from site_builder.model.portal import Portal
from site_builder.model.record import Record
from site_builder.model.settings import Contact, FormField, Settings
from site_builder.problem import Problem, Source
from site_builder.rules.languages import UNTRANSLATED, further, own_languages, words_of
from site_builder.suggest import did_you_mean

_FIXED = frozenset(
    {
        *("accent", "address", "client", "contact", "controller", "link_code", "location", "locations", "practices"),
        *("primary", "target_locations", "theme", "timezone"),
    }
)
"""Further fields that are the same in every language."""
_NAMES: frozenset[tuple[type[Record], str]] = frozenset(
    {(Settings, "name"), (Contact, "name"), (FormField, "name"), (ReviewElsewhere, "site")}
)
"""What firms, sites and fields are called."""


def untranslated(portal: Portal) -> Iterator[Problem]:
    """Yield a problem for each translation whose text stands in no public field of data/, and for folders in the own language."""
    for lang in own_languages(portal):
        message = f"content/{lang} is in the portal's own language, so nothing reads it"
        yield problem("D006", Source(f"content/{lang}"), message, hint="move what it holds into content/ itself")
    yield from _drafts(portal)
    if not portal.translations:
        return
    texts = {each.text for each in said(portal) if each.public and not isinstance(each.whole, Document)}
    for language in portal.translations:
        for text, source in language.sources.items():
            if text not in texts:
                # Neither quotes what is private: the text itself may be, what comes near it is not.
                near = difflib.get_close_matches(text, texts, n=1)
                hint = f'did you mean "{near[0]}"?' if near else "copy the text as it stands in data/, or take the line out"
                yield problem("A106", source, "no public text in data/ reads like this", hint=hint)


def wanting(portal: Portal, lang: str) -> dict[str, tuple[str, ...]]:
    """Return the public texts of data/ that a language has no translation of, by their file, in the order they stand there.

    Names, places, ids, figures and addresses are the same in every language, though they may be translated.
    """
    return {path: left for path, texts in translatable(portal).items() if (left := _left(texts, words_of(portal, lang)))}


def translatable(portal: Portal) -> dict[str, tuple[str, ...]]:
    """Return the public texts of data/ that read otherwise in another language, by their file, each once."""
    found: dict[str, str] = {}
    for each in said(portal):
        if each.public and not isinstance(each.whole, Document) and not each.name and _is_prose(each):
            found.setdefault(each.text, each.source.path)
    return {path: tuple(text for text, where in found.items() if where == path) for path in dict.fromkeys(found.values())}


def _left(texts: tuple[str, ...], words: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(text for text in texts if text not in words)


def _is_prose(each: Said) -> bool:
    is_fixed = each.key in UNTRANSLATED | _FIXED or (type(each.record), each.key) in _NAMES
    return not is_fixed and any(letter.isalpha() for letter in each.text)


def _drafts(portal: Portal) -> Iterator[Problem]:
    """Yield a problem for each draft that content/ has nothing of, and for the portal's own language, which is published."""
    there = further(portal)
    for number, lang in enumerate(portal.settings.draft_languages):
        if lang not in there:
            hint = did_you_mean(lang, there) or "write the name of a folder in content/, or make it"
            message = f"draft_languages names {lang}, and content/{lang} holds nothing of another language"
            field = f"draft_languages[{number}]"
            yield problem("A107", portal.settings.at("draft_languages"), message, hint=hint, field=field)
