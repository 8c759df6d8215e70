"""A portal's folder, whole: every file read and judged, and put together where nothing essential is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from site_builder.load.cleaning import cleaned
from site_builder.load.content import Content, load_content
from site_builder.load.documents import Documents, load_documents
from site_builder.load.judge import VerdictCache
from site_builder.load.media import MEDIA, MediaFiles, load_media
from site_builder.load.references import preferences, testimonials
from site_builder.load.tables import Tables, load_tables
from site_builder.load.translations import unknown_drafts
from site_builder.model.documents import Rewards
from site_builder.model.portal import Media, Portal
from site_builder.page import Artifact
from site_builder.problem import Problem, Severity

_CLIENTS = "data/clients.csv"


@dataclass(frozen=True)
class Loaded:
    """What was read. portal: None when a required document is missing or bad.

    pictures: by name, drawings safe to publish, others as they came (what is shown is made of them); static: safe to publish.
    """

    portal: Portal | None
    pictures: Mapping[str, bytes]
    static: tuple[Artifact, ...]
    problems: tuple[Problem, ...]


def load(root: Path, *, as_of: date | None, today: Callable[[str], date], cache: Path | None) -> Loaded:
    """Read the portal in root. as_of: None for the portal's own or today's in its time zone; cache: a folder, None for none."""
    documents = load_documents(root)
    if not (root / "data").is_dir():
        return Loaded(None, {}, (), documents.problems)
    tables = load_tables(root, VerdictCache(cache), targets=_targets(documents))
    clients = None if Path(_CLIENTS).name in tables.absent else frozenset(client.client_id for client in tables.clients)
    content = load_content(root, clients)
    media = load_media(root)
    clean = cleaned(media, cache)
    problems = _without_echoes(
        (
            *documents.problems,
            *tables.problems,
            *content.problems,
            *media.problems,
            *clean.problems,
            *_references(documents, tables, clients),
        )
    )
    portal = _portal(documents, tables, content, media, as_of=as_of, today=today)
    if portal is not None:
        portal = replace(portal, absent=portal.absent - _lacked(tables, problems))
    return Loaded(portal, clean.pictures, clean.static, problems)


def _targets(documents: Documents) -> Mapping[str, frozenset[str] | None]:
    """Return the practices that practices.csv may name: None without rewards.yaml, nothing where it could not be read."""
    if documents.rewards is not None:
        return {"rewards.practices": _practices(documents.rewards)}
    return {"rewards.practices": None} if "rewards.yaml" in documents.absent else {}


def _practices(rewards: Rewards) -> frozenset[str]:
    return frozenset(item.id for item in rewards.practices.items) if rewards.practices else frozenset()


def _references(documents: Documents, tables: Tables, clients: frozenset[str] | None) -> Iterator[Problem]:
    if documents.settings is not None:
        yield from unknown_drafts(documents.settings)
    if documents.trust is not None:
        yield from testimonials(documents.trust, clients)
    if documents.incentives is not None:
        yield from preferences(tables.referrers, documents.incentives)


def _without_echoes(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Drop references from documents to clients that say nothing new.

    Where clients.csv has errors of its own, the row may stand there, misspelt. Where it is absent, one error says it for all.
    """
    broken = any(found.source.path == _CLIENTS and found.severity is Severity.ERROR for found in problems)
    into_absent = [found for found in problems if found.code == "D303" and _names_client(found)]
    return tuple(
        found
        for found in problems
        if found not in into_absent[1:]
        and not (broken and found.code == "D302" and _names_client(found) and not found.source.path.endswith(".csv"))
    )


def _names_client(found: Problem) -> bool:
    return "client" in found.field


def _lacked(tables: Tables, problems: tuple[Problem, ...]) -> frozenset[str]:
    """Return the absent files that something refers to: they are missing, and no longer merely not started."""
    clients = {_CLIENTS} if any(found.code == "D303" and _names_client(found) for found in problems) else frozenset[str]()
    return frozenset(f"data/{name}" for name in tables.lacked) | clients


def _portal(
    documents: Documents,
    tables: Tables,
    content: Content,
    media: MediaFiles,
    *,
    as_of: date | None,
    today: Callable[[str], date],
) -> Portal | None:
    settings, positioning, incentives = documents.settings, documents.positioning, documents.incentives
    if settings is None or positioning is None or incentives is None:
        return None
    return Portal(
        as_of=as_of or settings.as_of or today(settings.timezone),
        settings=settings,
        positioning=positioning,
        incentives=incentives,
        trust=documents.trust,
        rewards=documents.rewards,
        nurture=documents.nurture,
        clients=tables.clients,
        referrers=tables.referrers,
        reviews=tables.reviews,
        referrals=tables.referrals,
        payouts=tables.payouts,
        tickets=tables.tickets,
        practices=tables.practices,
        nominations=tables.nominations,
        votes=tables.votes,
        introductions=tables.introductions,
        gifts=tables.gifts,
        leads=tables.leads,
        pages=content.pages,
        spotlights=content.spotlights,
        stories=content.stories,
        events=content.events,
        terms=content.terms,
        share=content.share,
        translations=content.translations,
        media=_media(media),
        absent=_absent(documents, tables, content),
    )


def _media(media: MediaFiles) -> tuple[Media, ...]:
    """Return every picture there is; one that cannot be read is there as well, and its own error says enough."""
    read = tuple(Media(picture.name, picture.width, picture.height, picture.kind) for picture in media.pictures)
    unread = (found.source.path for found in media.problems if found.severity is Severity.ERROR)
    return (*read, *(Media(Path(path).name, 0, 0) for path in unread if path.startswith(f"{MEDIA}/")))


def _absent(documents: Documents, tables: Tables, content: Content) -> frozenset[str]:
    """Return the files and folders that are not started, as their owner finds them: "data/trust.yaml", "content/share"."""
    data = (f"data/{name}" for name in documents.absent | tables.absent)
    return frozenset(data) | frozenset(f"content/{name}" for name in content.absent)
