"""content/LANG/words.yaml: what the texts of data/ are in another language, each beside the text as it stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from site_builder.codes import problem
from site_builder.load.documentrules import is_language
from site_builder.load.faults import quoted
from site_builder.load.text import decode, read_bytes
from site_builder.load.yamltext import LONGEST_YAML, Scalar, parse
from site_builder.model.portal import Translations
from site_builder.model.settings import Settings
from site_builder.problem import Problem, Source
from site_builder.suggest import near
from site_builder.words import name_of_language

WORDS = "words.yaml"
_OFTEN = ("ar", "cs", "da", "de", "es", "fr", "it", "nl", "pl", "pt", "ro", "sv", "tr", "uk", "zh")
"""Languages that are also known by what they call themselves: asking all of them takes a second."""
_FORM = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|[0-9]{3}))?")


def is_tongue(name: str) -> bool:
    """Whether a folder in content/ is a language's: named by its tag, in the one form that browsers know ("de", not "ger")."""
    return is_language(name) and meant_tongue(name) == name


def meant_tongue(name: str) -> str | None:
    """Return the tag of the language that a folder's name stands for: "de-AT" for de_AT, "de" for DE, ger, german and deutsch.

    None where it stands for none.
    """
    form = _FORM.fullmatch(name)
    if form is not None:
        tag = "-".join(part for part in (form[1].lower(), (form[2] or "").title(), (form[3] or "").upper()) if part)
        if is_language(tag):
            return "-".join((_code(tag), *tag.split("-")[1:]))
    names = _names()
    found = near(name, names)
    return None if found is None else names[found]


def unknown_drafts(settings: Settings) -> Iterator[Problem]:
    """Judge draft_languages: each has to be named as its folder is, or it would be published."""
    for number, name in enumerate(settings.draft_languages):
        if not is_tongue(name):
            meant = meant_tongue(name)
            hint = f'did you mean "{meant}"?' if meant else "write the name of its folder in content/, for example de"
            message = f"draft_languages {quoted(name)} is not a language we know"
            yield problem("D216", settings.at("draft_languages"), message, hint=hint, field=f"draft_languages[{number}]")


def _code(tag: str) -> str:
    """Return the shortest code of a tag's language: ISO 639 has up to three of one ("de", "deu", "ger")."""
    from babel import Locale

    return str(Locale.parse(tag, sep="-").language)


@cache
def _names() -> Mapping[str, str]:
    """Return the two letters of languages by their names, in English and the frequent ones in their own words."""
    from babel import Locale
    from babel.localedata import locale_identifiers

    written = {tag for tag in locale_identifiers() if len(tag) == len("de")}
    known = {str(name): tag for tag, name in Locale("en").languages.items() if tag in written}
    return known | {name_of_language(tag): tag for tag in _OFTEN}


def load_translations(root: Path, path: str, lang: str) -> tuple[Translations | None, tuple[Problem, ...]]:
    """Read one language's texts. path: of the file, relative to root. None where it cannot be read.

    A text without a translation yet is left out: it is said in the portal's own language.
    """
    content = read_bytes(root, path, LONGEST_YAML)
    text = decode(content, path) if isinstance(content, bytes) else content
    if isinstance(text, Problem):
        return None, (text,)
    parsed = parse(text, path)
    if parsed.root is None:
        return None, parsed.problems
    problems = list(parsed.problems)
    words: dict[str, str] = {}
    waiting: set[str] = set()
    sources: dict[str, Source] = {}
    for entry in parsed.root.entries:
        if not isinstance(entry.value, Scalar):
            hint = "write the text, a colon, and the same text in the other language"
            problems.append(problem("D206", entry.source, "a translation is a single text", hint=hint))
        else:
            sources[entry.key] = entry.source
            if entry.value.text is None:
                waiting.add(entry.key)
            else:
                words[entry.key] = entry.value.text
    return Translations(lang, words, sources, frozenset(waiting)), tuple(problems)
