"""A lead as JSON: what GET /inbox/PORTAL answers and portal inbox reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from site_builder.leads.snapshot import Kind, Lead, Snapshot, grouped

_TEXTS = ("portal", "key", "kind", "received_at", "updated_at")
_NUMBERS = ("step", "seq")


def as_json(lead: Lead) -> dict[str, object]:
    """Return a lead as JSON's own types; times in ISO 8601, UTC."""
    return {
        "portal": lead.portal,
        "key": lead.key,
        "step": lead.step,
        "seq": lead.seq,
        "kind": lead.kind.value,
        "fields": dict(lead.fields),
        "received_at": lead.received_at.isoformat(),
        "updated_at": lead.updated_at.isoformat(),
        "suspected": list(lead.suspected),
        "origin_missing": lead.origin_missing,
    }


def from_json(value: Mapping[str, object]) -> Lead:
    """Return the lead that as_json wrote; other names are left out. Raises ValueError, without any value, otherwise."""
    texts = {name: text for name in _TEXTS if isinstance(text := value.get(name), str)}
    numbers = {name: number for name in _NUMBERS if isinstance(number := value.get(name), int) and not isinstance(number, bool)}
    fields = value.get("fields")
    reasons = value.get("suspected")
    missing = value.get("origin_missing")
    if (
        len(texts) != len(_TEXTS)
        or len(numbers) != len(_NUMBERS)
        or not isinstance(fields, dict)
        or not isinstance(reasons, list)
        or not isinstance(missing, bool)
        or not all(isinstance(text, str) for text in (*fields, *fields.values(), *reasons))
    ):
        raise ValueError("this is no lead: a part is missing or of another kind")
    snapshot = Snapshot(
        texts["portal"],
        texts["key"],
        numbers["step"],
        numbers["seq"],
        _kind(texts["kind"]),
        fields,
        _moment(texts["received_at"]),
        tuple(reasons),
        origin_missing=missing,
    )
    return replace(*grouped([snapshot]), updated_at=_moment(texts["updated_at"]))


def _kind(text: str) -> Kind:
    try:
        return Kind(text)
    except ValueError:
        raise ValueError("this is no lead: its kind is not known") from None


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError("this is no lead: a time cannot be read") from None
