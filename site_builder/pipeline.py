"""load → check → plan → render → seal → audit: what the program does to a portal, in order. Nothing here writes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from site_builder.audit import audit
from site_builder.audit.blocked import blocked
from site_builder.audit.leaks import leaks
from site_builder.audit.prose import locator, prose_faults
from site_builder.audit.translated import untranslated
from site_builder.checks import Subject, check
from site_builder.checks.waiting import settled
from site_builder.codes import problem
from site_builder.headers import SERVER_FILES, base_path
from site_builder.load.folder import Loaded, load
from site_builder.load.wording import wording
from site_builder.model.portal import Portal
from site_builder.model.settings import Settings
from site_builder.page import Artifact, Known
from site_builder.pages import collisions, plan
from site_builder.pages.private import sheets
from site_builder.pages.refer import REFER_PERSONAL
from site_builder.problem import Problem, Severity
from site_builder.render import Surroundings, Workshop, private_pages, public_files, workshop
from site_builder.render.locks import Shell, locked, shell
from site_builder.render.site import RELOAD
from site_builder.render.theme import find
from site_builder.render.wordless import wordless
from site_builder.rules.consent import public_portal
from site_builder.rules.languages import drafts
from site_builder.seal import Keys, Secrets, exposed, secrets_of, unused


@dataclass(frozen=True)
class Request:
    """What to build. root: the portal's folder; as_of: None for the portal's own or today's; cache: None for none.

    today: given a time zone's name, says what day it is there; the pipeline reads no clock. environ: where secrets are, beside
    the portal's .env; public_only: no private pages, whatever secrets there are; keys: of secrets, for who builds again and again
    and would derive the owners' each time.
    """

    root: Path
    today: Callable[[str], date]
    as_of: date | None = None
    cache: Path | None = None
    preview: bool = False
    public_only: bool = False
    environ: Mapping[str, str] = field(default_factory=dict, repr=False)
    keys: Callable[[Secrets], Keys] = field(default=Keys, repr=False)


@dataclass(frozen=True)
class Built:
    """What came of it. artifacts are empty when an error stands among the problems; as_of is None when nothing could be read.

    drafts: the languages that were left out because they are still being translated, by their folders in content/. keyless:
    there are no private pages because there are neither owners nor PORTAL_SECRET. personal: the pages whose link is sent to one
    person or firm, by path, each with that referrer's or client's id.
    """

    as_of: date | None
    artifacts: tuple[Artifact, ...]
    problems: tuple[Problem, ...]
    base: str = "/"
    drafts: tuple[str, ...] = ()
    keyless: bool = False
    personal: Mapping[str, str] = field(default_factory=dict)


def build(request: Request) -> Built:
    """Return the finished files of a portal, or every problem that keeps them from being finished."""
    loaded = load(request.root, as_of=request.as_of, today=request.today, cache=request.cache)
    portal = loaded.portal
    if portal is None:
        if not failed(loaded.problems):
            raise RuntimeError("a portal that cannot be built, and no error says why")  # never an empty site
        return Built(None, (), ordered(loaded.problems))
    subject = Subject(portal, wording(portal.settings))
    found = settled(check(subject), loaded.problems)
    secrets = None if request.public_only else secrets_of(portal.settings, request.root, request.environ)
    missing = secrets if isinstance(secrets, tuple) else ()
    if secrets is None and not request.public_only:
        missing = (_without_private_pages(portal),)
    spare = () if request.public_only else unused(portal, request.root, request.environ)
    problems = (*loaded.problems, *found, *prose_faults(portal), *missing, *spare, *exposed(portal.settings, request.root))
    if failed(problems) or isinstance(secrets, tuple):
        return Built(portal.as_of, (), ordered(problems))
    return _publishable(request, loaded, Known(subject.programme, ordered(problems)), secrets)


def _publishable(request: Request, loaded: Loaded, known: Known, secrets: Secrets | None) -> Built:
    portal, problems = known.programme.portal, known.problems
    theme = find(request.root, portal.settings.theme)
    if theme is None:
        message = f"there is no folder themes/{portal.settings.theme}"
        hint = "make the folder, or take this line out for the default theme"
        missing = problem("D005", portal.settings.at("theme"), message, hint=hint, field="theme")
        return Built(portal.as_of, (), ordered((*problems, missing)))
    public = public_portal(portal, preview=request.preview)
    base = base_path(public.settings)
    spoken = tuple(public_portal(portal, lang, preview=request.preview) for lang in public.languages)
    pages = plan(public, loaded.static, spoken, preview=request.preview)
    around = Surroundings(request.root, theme, loaded.pictures, request.cache, preview=request.preview)
    shop = workshop(public, pages, around, spoken)
    if not isinstance(shop, Workshop):
        return Built(portal.as_of, (), ordered((*problems, *shop)))
    lock = shell(shop, _published_phrases(secrets)) if secrets is not None else None
    rendered, mistakes = public_files(shop, pages, lock.inline if lock is not None else None)
    supplied = (*(each for each in rendered if each.path in SERVER_FILES), *loaded.static)
    artifacts = (*rendered, *loaded.static)
    problems = (*problems, *wordless(shop, portal.settings), *untranslated(portal), *mistakes)
    if not mistakes:
        problems = (*problems, *_faults(artifacts, portal, base, preview=request.preview))
    sealed: tuple[Artifact, ...] = ()
    personal = _forms(portal)
    if lock is not None and secrets is not None:
        sealed, theirs, mistaken = _sealed(shop, lock, known, request.keys(secrets))
        personal = {**personal, **theirs}
        problems = (*problems, *mistaken)
    problems = (*problems, *collisions(pages, (*supplied, *sealed)))
    finished = () if failed(problems) else (*artifacts, *sealed)
    left_out = () if request.preview else drafts(portal)
    return Built(
        portal.as_of,
        finished,
        ordered(problems),
        base,
        left_out,
        keyless=secrets is None and not request.public_only,
        personal=personal,
    )


def _faults(artifacts: tuple[Artifact, ...], portal: Portal, base: str, *, preview: bool) -> Iterable[Problem]:
    """Yield what is wrong with finished public files: what hosts or browsers block, links that lead nowhere, what is private."""
    parts = urlsplit(portal.settings.base_url)
    origin = f"{parts.scheme}://{parts.netloc}"
    served = (Artifact(RELOAD, b""),) if preview else ()  # the preview's own server has it, no site does
    yield from blocked(artifacts)
    yield from audit((*artifacts, *served, *_answered(portal.settings)), base=base, origin=origin, locate=locator(portal, base))
    yield from leaks(portal, artifacts)


def _sealed(
    shop: Workshop, lock: Shell, known: Known, keys: Keys
) -> tuple[tuple[Artifact, ...], Mapping[str, str], tuple[Problem, ...]]:
    """Return the private pages, of which nobody can read anything without their key, and the ids of links' readers by path."""
    unsealed, mistakes = private_pages(shop, sheets(known))
    made = [locked(shop, lock, page.sheet, keys.sealed(page.html, page.sheet.reader)) for page in unsealed]
    files = tuple(each for each in made if isinstance(each, Artifact))
    ids = (page.sheet.reader.id for page in unsealed)
    theirs = {each.path: id_ for each, id_ in zip(made, ids, strict=True) if isinstance(each, Artifact) and id_}
    return files, theirs, (*mistakes, *dict.fromkeys(each for each in made if isinstance(each, Problem)))


def _forms(portal: Portal) -> Mapping[str, str]:
    """Return the referrers' ids by where each one's form stands."""
    people = (person for person in portal.referrers if person.active)
    return {REFER_PERSONAL.route.path(code=person.link_code or person.referrer_id): person.referrer_id for person in people}


def _without_private_pages(portal: Portal) -> Problem:
    message = "there are no private pages, and that is fine: no owners, and no PORTAL_SECRET"
    hint = "it would add: the page of the five numbers, and one for each referrer and client; write owners: {ann: Ann Hale}"
    return problem("D601", portal.settings.at("owners"), message, hint=hint, field="owners")


def _published_phrases(secrets: Secrets) -> tuple[str, ...]:
    return tuple(secrets.owners.values()) if secrets.is_demo else ()


def _answered(settings: Settings) -> tuple[Artifact, ...]:
    """Return what a function beside the site answers and no file of ours is: where the form posts to, below base_url."""
    home, endpoint = settings.base_url.rstrip("/") + "/", settings.form.endpoint or ""
    return (Artifact(endpoint.removeprefix(home), b""),) if endpoint.startswith(home) else ()


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
