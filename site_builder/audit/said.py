"""Every text that stands in a portal's records, with its place and whether it may be seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import NamedTuple, get_args

from site_builder.audit.published import published
from site_builder.model import content, documents, settings, tables
from site_builder.model.cells import Prose
from site_builder.model.marks import Cell, mark
from site_builder.model.portal import Portal
from site_builder.model.record import Record, Row
from site_builder.problem import Source
from site_builder.rules.projection import agreed

NAMES: Mapping[type[Record], str] = MappingProxyType(
    {
        tables.Client: "name contact_name",
        tables.Referrer: "name",
        tables.Referral: "prospect",
        tables.Nomination: "nominated_by",
        tables.Vote: "voter",
        tables.Introduction: "introduced",
        tables.Lead: "prospect company",
        settings.Settings: "owners",
        documents.TeamMember: "name",
        documents.Testimonial: "who",
    }
)
"""Fields that name a person or a firm. Suppliers are not among them: who they are is no secret, how they did is."""

_PROSE = next(each for each in get_args(Prose) if isinstance(each, Cell))
_CONSENTS = frozenset({"permission_on", "consent_on"})


class Said(NamedTuple):
    """One text. whole: the row or document it belongs to; record: that, or the part of it which holds the text.

    field: as its owner types it, from the document's root; key: the same within record, for its place. public: whether it may
    be seen on the portal's day; by_consent: whether only where the words that somebody agreed to are shown. line: a single
    line, not prose. name: whether it names a person or a firm.
    """

    whole: Record
    record: Record
    field: str
    key: str
    text: str
    public: bool
    by_consent: bool
    line: bool
    name: bool

    @property
    def source(self) -> Source:
        """Where it stands."""
        return self.record.at(self.key)

    @property
    def row_id(self) -> str:
        """The id of its row; "" where rows have none."""
        key = self.whole.TABLE.key if isinstance(self.whole, Row) else ()
        return str(getattr(self.whole, key[0])) if len(key) == 1 else ""


class _Field(NamedTuple):
    """How a record class holds a text. allowed_by: the field that lets it be seen, "" for none needed; None: nothing does."""

    name: str
    typed: str
    allowed_by: str | None
    line: bool
    names: bool


def said(portal: Portal) -> Iterator[Said]:
    """Yield every text of every table and document, ids among them; words of closed lists are none."""
    for slot in fields(portal):
        value = getattr(portal, slot.name)
        for record in value if isinstance(value, tuple) else (value,):
            if isinstance(record, Record):
                yield from said_of(record, portal.as_of)


def said_of(record: Record, as_of: date) -> Iterator[Said]:
    """Yield every text of one row or document."""
    yield from _texts(record, record, "", as_of, public=True)


def _texts(record: Record, whole: Record, before: str, as_of: date, *, public: bool) -> Iterator[Said]:
    """Walk a record; what is inside a private field is private, whatever it says of itself."""
    for field in _fields(type(record)):
        value = getattr(record, field.name)
        if not value:
            continue
        shown = public and field.allowed_by is not None and _given(record, field.allowed_by, as_of)
        path = before + field.typed
        for inside, item in _items(value, path):
            if item.__class__ is str:
                by_consent = shown and field.allowed_by in _CONSENTS
                yield Said(whole, record, inside, _key(field), item, shown, by_consent, field.line, field.names)
            elif isinstance(item, Record):
                yield from _texts(item, whole, f"{inside}.", as_of, public=shown)


def _items(value: object, path: str) -> Iterator[tuple[str, object]]:
    if isinstance(value, tuple):
        yield from ((f"{path}[{number}]", item) for number, item in enumerate(value))
    elif isinstance(value, dict):
        yield from ((f"{path}.{key}", item) for key, item in value.items())
    else:
        yield path, value


def _given(record: Record, allowed_by: str, as_of: date) -> bool:
    """Say whether a condition holds: a yes, or a day that has come."""
    if not allowed_by:
        return True
    value = getattr(record, allowed_by)
    return value if isinstance(value, bool) else agreed(value, as_of)


def _key(field: _Field) -> str:
    return "@body" if field.name == "body" else field.typed


@cache
def _fields(kind: type[Record]) -> tuple[_Field, ...]:
    names = next((NAMES[each].split() for each in kind.__mro__ if each in NAMES), [])
    return tuple(
        _Field(
            name,
            name if (info.alias or "@").startswith("@") else str(info.alias),
            published(kind).get(name),
            name != "body" and mark(info, Cell) != _PROSE,
            name in names,
        )
        for name, info in kind.model_fields.items()
        if name not in {"origin", "slug", "lang"} and _holds_text(info.annotation)
    )


def _holds_text(annotation: object) -> bool:
    """Say whether a text may stand there, or a record that may hold one; words of closed lists are none."""
    if isinstance(annotation, type) and (annotation is str or issubclass(annotation, Record)):
        return True
    return any(map(_holds_text, get_args(annotation)))


def consenting(portal: Portal) -> Iterator[tuple[Record, str, str | None]]:
    """Yield what somebody agreed to and has begun: the record, the words by which a page shows it, the client it names."""
    as_of = portal.as_of
    documents_of: tuple[content.Spotlight | content.Story, ...] = (*portal.spotlights, *portal.stories)
    for document in documents_of:
        if agreed(document.permission_on, as_of):
            yield document, document.headline, document.client
    for item in portal.trust.testimonials if portal.trust else ():
        if agreed(item.consent_on, as_of):
            yield item, item.words, item.client
