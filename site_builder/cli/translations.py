"""portal translations: what of the portal is not said in a further language yet, and what was changed since it was."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

from site_builder.audit.translated import translatable, wanting
from site_builder.cli.arguments import Arguments
from site_builder.cli.loaded import ended, load_portal
from site_builder.cli.shell import WrongUsageError, portal_folder
from site_builder.cli.table import screen
from site_builder.cli.translationstext import as_json, as_text, overview
from site_builder.cli.translationswritten import written
from site_builder.git import committed, edited
from site_builder.load.translations import is_tongue, meant_tongue
from site_builder.model.portal import Portal
from site_builder.rules.languages import further, own_languages
from site_builder.rules.translations import Pair, Progress, progress, unmatched
from site_builder.suggest import near

_READS: Final = ("content/", "data/")
_GRACE: Final = 60
"""Seconds. Copying a portal dates all its files anew, one after the other."""


class State(StrEnum):
    """Who sees a language: nobody, for content/ has nothing of it; its owner alone; everybody."""

    NOT_BEGUN = "not begun"
    DRAFT = "draft"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a language has come. older: documents whose original was changed after them, with the day it was.

    texts: how many of data/ read otherwise in it, and wanting: those without a translation, by file. waiting: which of these
    stand in words.yaml already, without one. meant: what a stray was probably to be called, "" for nothing near.
    """

    lang: str
    state: State
    documents: Progress
    older: tuple[tuple[Pair, date], ...]
    texts: int
    wanting: Mapping[str, tuple[str, ...]]
    waiting: frozenset[str]
    meant: tuple[str, ...]


def translations(arguments: Arguments) -> int:
    """Print how far each language has come, or what one lacks; --write adds the texts it lacks to its words.yaml."""
    return ended(lambda: _answer(arguments))


def _answer(arguments: Arguments) -> int:
    _check_usage(arguments)
    root = portal_folder(arguments.portal)
    portal = load_portal(arguments, _READS)
    langs = further(portal) if arguments.lang is None else (_known(arguments.lang, portal),)
    found = tuple(standing(root, portal, lang) for lang in langs)
    if arguments.write:
        return _write(root, found[0], is_dry=arguments.dry_run)
    if arguments.format == "json":
        sys.stdout.write(as_json(found))
    elif arguments.lang is None:
        sys.stdout.write(overview(found, screen(sys.stdout)))
    else:
        sys.stdout.write(as_text(found[0], screen(sys.stdout)))
    return 0


def _write(root: Path, found: Standing, *, is_dry: bool) -> int:
    code = written(root, found.lang, found.wanting, found.waiting, dry_run=is_dry)
    if code == 0 and not is_dry and found.state is State.NOT_BEGUN:
        hint = f"until it is finished, write draft_languages: [{found.lang}] into data/portal.yaml"
        sys.stdout.write(f"The next portal build publishes {found.lang}; {hint}.\n")
    return code


def _check_usage(arguments: Arguments) -> None:
    if arguments.write and arguments.lang is None:
        raise WrongUsageError("--write goes with a language, for example portal translations de --write")
    if arguments.dry_run and not arguments.write:
        raise WrongUsageError("--dry-run goes with --write; without it nothing is changed anyway")
    if arguments.write and arguments.format != "text":
        raise WrongUsageError("--format is for the list; run it again without --write")


def _known(typed: str, portal: Portal) -> str:
    """Return the language that was typed, begun or not; raises WrongUsageError for the portal's own, and for none."""
    if typed in {portal.settings.locale, portal.settings.locale.partition("-")[0], *own_languages(portal)}:
        raise WrongUsageError(f"{typed} is the portal's own language, from which the others are translated")
    if typed in further(portal) or is_tongue(typed):
        return typed
    meant = near(typed, further(portal)) or meant_tongue(typed)
    raise WrongUsageError(f'there is no language "{typed}"' + (f'; did you mean "{meant}"?' if meant is not None else ""))


def standing(root: Path, portal: Portal, lang: str) -> Standing:
    """Say how far a language has come, by the portal and by when its files were changed."""
    documents = progress(portal, lang)
    return Standing(
        lang,
        _state(portal, lang),
        documents,
        _older(root, documents.translated),
        len({text for texts in translatable(portal).values() for text in texts}),
        wanting(portal, lang),
        next((each.waiting for each in portal.translations if each.lang == lang), frozenset()),
        tuple(near(each.slug, unmatched(portal, each)) or "" for each in documents.strays),
    )


def _state(portal: Portal, lang: str) -> State:
    if lang in portal.settings.draft_languages:
        return State.DRAFT
    return State.PUBLISHED if lang in further(portal) else State.NOT_BEGUN


def _older(root: Path, pairs: Sequence[Pair]) -> tuple[tuple[Pair, date], ...]:
    """Return the translations whose original was changed after them. By git, where it knows a file; else by the file's date."""
    if not pairs:
        return ()
    known, fresh = committed(root, "content"), edited(root, "content")
    found = []
    for pair in pairs:
        before, after = (
            known[path] if path in known and path not in fresh else int((root / path).stat().st_mtime)
            for path in (pair.translation, pair.original)
        )
        if after - before > _GRACE:
            found.append((pair, datetime.fromtimestamp(after, tz=UTC).date()))
    return tuple(found)
