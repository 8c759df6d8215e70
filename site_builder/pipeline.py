"""load → check → plan → render → audit: what the program does to a portal, in order. Nothing here writes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from site_builder.audit import audit
from site_builder.audit.blocked import blocked
from site_builder.audit.leaks import leaks
from site_builder.audit.prose import locator, prose_faults
from site_builder.checks import Subject, check
from site_builder.checks.waiting import settled
from site_builder.codes import problem
from site_builder.headers import SERVER_FILES, base_path
from site_builder.load.folder import Loaded, load
from site_builder.load.wording import wording
from site_builder.model.portal import Portal
from site_builder.model.public import PublicSettings
from site_builder.page import Artifact
from site_builder.pages import collisions, plan
from site_builder.problem import Problem, Severity
from site_builder.render import Surroundings, render
from site_builder.render.site import RELOAD
from site_builder.render.theme import Theme, find
from site_builder.rules.consent import public_portal


@dataclass(frozen=True)
class Request:
    """What to build. root: the portal's folder; as_of: None for the portal's own or today's; cache: None for none.

    today: given a time zone's name, says what day it is there; the pipeline reads no clock.
    """

    root: Path
    today: Callable[[str], date]
    as_of: date | None = None
    cache: Path | None = None
    preview: bool = False


@dataclass(frozen=True)
class Built:
    """What came of it. artifacts are empty when an error stands among the problems; as_of is None when nothing could be read."""

    as_of: date | None
    artifacts: tuple[Artifact, ...]
    problems: tuple[Problem, ...]
    base: str = "/"


def build(request: Request) -> Built:
    """Return the finished files of a portal, or every problem that keeps them from being finished."""
    loaded = load(request.root, as_of=request.as_of, today=request.today, cache=request.cache)
    portal = loaded.portal
    if portal is None:
        return Built(None, (), ordered(loaded.problems))
    found = settled(check(Subject(portal, wording(portal.settings))), loaded.problems)
    problems = (*loaded.problems, *found, *prose_faults(portal))
    if failed(problems):
        return Built(portal.as_of, (), ordered(problems))
    return _publishable(request, loaded, portal, problems)


def _publishable(request: Request, loaded: Loaded, portal: Portal, problems: tuple[Problem, ...]) -> Built:
    theme = find(request.root, portal.settings.theme)
    if theme is None:
        message = f"there is no folder themes/{portal.settings.theme}"
        hint = "make the folder, or take this line out for the default theme"
        missing = problem("D005", portal.settings.at("theme"), message, hint=hint, field="theme")
        return Built(portal.as_of, (), ordered((*problems, missing)))
    public = public_portal(portal)
    pages = plan(public, loaded.static)
    around = Surroundings(request.root, theme, loaded.pictures, request.cache, preview=request.preview)
    artifacts, mistakes = render(public, pages, around)
    supplied = (*(each for each in artifacts if each.path in SERVER_FILES), *loaded.static)
    artifacts = (*artifacts, *loaded.static)
    base = base_path(public.settings)
    parts = urlsplit(public.settings.base_url)
    origin = f"{parts.scheme}://{parts.netloc}"
    served = (Artifact(RELOAD, b""),) if request.preview else ()  # the preview's own server has it, no site does
    finished = (*artifacts, *served, *_answered(public.settings))
    lost = () if mistakes else (*blocked(artifacts), *audit(finished, base=base, origin=origin, locate=locator(portal, base)))
    told = () if mistakes else leaks(portal, artifacts)
    problems = (*problems, *_wordless(portal, theme), *collisions(pages, supplied), *mistakes, *lost, *told)
    return Built(portal.as_of, () if failed(problems) else artifacts, ordered(problems), base)


def _answered(settings: PublicSettings) -> tuple[Artifact, ...]:
    """Return what a function beside the site answers and no file of ours is: where the form posts to, below base_url."""
    home, endpoint = settings.base_url.rstrip("/") + "/", settings.form.endpoint or ""
    return (Artifact(endpoint.removeprefix(home), b""),) if endpoint.startswith(home) else ()


def _wordless(portal: Portal, theme: Theme) -> tuple[Problem, ...]:
    locale = portal.settings.locale
    if theme.speaks(locale):
        return ()
    message = f"the theme has no words in {locale}; they are said in English"
    hint = "add themes/NAME/words/LANG.po with the words of en.po translated, or write locale: en-GB"
    return (problem("A105", portal.settings.at("locale"), message, hint=hint, field="locale"),)


def failed(problems: Iterable[Problem], *, strict: bool = False) -> bool:
    """Say whether the problems keep the portal from being published: an error does, under strict a warning too."""
    grave = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return any(found.severity in grave for found in problems)


def ordered(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems by path, line, column and code, each once."""
    unique = dict.fromkeys(problems)
    return tuple(
        sorted(unique, key=lambda found: (found.source.path, found.source.line, found.source.column, found.code, found.message))
    )
