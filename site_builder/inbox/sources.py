"""Leads fetched from wherever they are: the receiver's own database, the receiver over HTTP, or an exported file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol

from site_builder.forms import FIELDS
from site_builder.inbox.places import SQLITE, Database, Exported, Place, SourceError, Web
from site_builder.inbox.remote import NotServedError, Remote
from site_builder.inbox.stored import Stored
from site_builder.leads.portal import portal_id
from site_builder.leads.snapshot import Lead, grouped
from site_builder.model.settings import Settings
from site_builder.problem import Problem

_MOST_LOOKED_INTO: Final = 20


class Receiver(Protocol):
    """A portal's leads where the receiver keeps them. Every method raises SourceError."""

    def leads(self, portal: str | None = None) -> tuple[Lead, ...]:
        """Return all leads, suspected ones too. portal: of another portal than its own."""

    def held(self, *, key: str = "", email: str = "") -> tuple[Lead, ...]:
        """Return what erase would erase, by one of the two."""

    def erase(self, *, key: str = "", email: str = "") -> int:
        """Erase somebody's leads, by one of the two, and return how many."""

    def portals(self) -> Mapping[str, int]:
        """Return how many leads lie under each portal."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was had, suspected ones too.

    problems: rows of an export that cannot be read; ignored: names of its columns that are none of the form's.
    """

    leads: tuple[Lead, ...]
    problems: tuple[Problem, ...] = ()
    ignored: tuple[str, ...] = ()


def kept_under(source: Place, settings: Settings, portal: str | None = None) -> str:
    """Return the id of the portal whose leads are meant: as typed, else as the web address names it, else the form's own."""
    return portal or (source.portal if isinstance(source, Web) else "") or portal_id(settings.form)


def receiver(source: Database | Web, portal: str) -> Receiver:
    """Return the receiver; raises SourceError where no portal is known."""
    if not portal:
        raise SourceError("this portal's form posts to no receiver (form.endpoint in data/portal.yaml), so it has no leads there")
    return Stored(source, portal) if isinstance(source, Database) else Remote(source, portal)


def fetched(source: Place, settings: Settings, now: datetime, portal: str | None = None) -> Fetched:
    """Fetch the leads of a portal; raises SourceError.

    now: for rows of an export that do not say when they came; portal: the id under which they lie, None for the form's own.
    """
    name = kept_under(source, settings, portal)
    if isinstance(source, Exported):
        return _read(source.path, settings, name, now)
    return Fetched(receiver(source, name).leads())


def elsewhere(asked: Receiver, own: str, is_known: Callable[[str], bool]) -> Mapping[str, int]:
    """Return how many leads lie under other portals that may be this one's under a former id; raises SourceError.

    is_known: whether a key stands in the tables; such leads are not counted. Where this portal has leads of its own, another
    one counts only if some of its leads stand in the tables, or if the receiver serves it no longer: others share the database.
    """
    counts = asked.portals()
    found = {}
    for name in [each for each in counts if each != own][:_MOST_LOOKED_INTO]:
        try:
            keys = {lead.key for lead in asked.leads(name)}
        except NotServedError:
            found[name] = counts[name]
            continue
        new = {key for key in keys if not is_known(key)}
        if new and (own not in counts or len(new) < len(keys)):
            found[name] = len(new)
    return found


def _read(path: Path, settings: Settings, portal: str, now: datetime) -> Fetched:
    from site_builder.leads.exports import read_export

    try:
        content = path.read_bytes()
    except OSError as error:
        raise SourceError(f'"{path}" cannot be read: {(error.strerror or "unknown reason").lower()}') from None
    if content.startswith(SQLITE):
        raise SourceError(f'"{path}" is a database and no export; read it with --from {path}')
    names = {field.name for field in FIELDS} | {each.name for each in settings.form.fields}
    export = read_export(content, str(path), portal=portal, names=names, now=now)
    return Fetched(grouped(export.snapshots), export.problems, export.ignored)
