"""Copying a record into its public type: by name, and never a field that its record does not mark public."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import TypeVar

from site_builder.model.portal import Portal
from site_builder.model.public import ClientCard
from site_builder.model.record import Record

P = TypeVar("P")


class NotPublicError(Exception):
    """A public type names a field that its record does not mark public: our mistake."""


def project(record: Record, kind: type[P], **given: object) -> P:
    """Copy a record's fields into a public type by name; given fields are set as they are.

    Raises NotPublicError for a field without the Public mark. Conditions (listed, permission_on) are the caller's to check.
    """
    wanted = {item.name for item in fields(kind)} - given.keys()  # type: ignore[arg-type]  # every public type is a dataclass
    private = wanted - record.public_fields()
    if private:
        raise NotPublicError(f"{type(record).__name__}: {', '.join(sorted(private))}")
    return kind(**{name: getattr(record, name) for name in wanted}, **given)


def agreed(day: date | None, as_of: date) -> bool:
    """Say whether a permission was given by as_of; one dated later has not happened yet."""
    return day is not None and day <= as_of


def client_card(portal: Portal, client_id: str) -> ClientCard:
    """Return a client as a permitted page may name it (domain: name, industry, website on that page)."""
    client = portal.client_by_id[client_id]
    return ClientCard(client.name, client.industry, client.website, client.client_id if client.listed else None)
