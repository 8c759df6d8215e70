"""One submission of the form, and the lead that the submissions under one key add up to."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import reduce

from site_builder.forms import ESSENTIAL

STEPS = (1, 2)
MOST_SEQ = 2**31 - 1
"""The greatest number of a submission: what a database's integer holds."""
_KEY = re.compile(r"[0-9a-f]{32}", re.ASCII)
_UNKEPT = re.compile(r"[\x00\ud800-\udfff]")
# An address within any text: "Jo <jo@x.example>" holds one.
_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"'|]+@[^\s<>()\[\],;:\"'|@]+")


class Kind(StrEnum):
    """Who wrote: somebody who refers a friend, or the friend."""

    REFERRAL = "referral"
    SELF = "self"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One submission: everything the form held when a button was pressed (wire: ref_key, ref_step, ref_seq, ref_kind).

    portal: its id; key: 32 hex digits; fields: the form's own names and the portal's, with referrer and consent_version, without
    what begins with ref_; received_at: with a time zone, kept in UTC; suspected: why it looks like a robot's, () for a person's.
    Raises ValueError for a key, step, seq, time or character that no store can keep: whoever reads requests looks first.
    """

    portal: str
    key: str
    step: int
    seq: int
    kind: Kind
    fields: Mapping[str, str]
    received_at: datetime
    suspected: tuple[str, ...] = ()
    origin_missing: bool = False

    def __post_init__(self) -> None:
        """Refuse what cannot be kept; no value is told."""
        if not is_key(self.key):
            raise ValueError("a key is 32 hexadecimal digits, in small letters")
        if self.step not in STEPS or not 1 <= self.seq <= MOST_SEQ:
            raise ValueError("a step is 1 or 2, and a number counts up from 1")
        if self.received_at.utcoffset() != timedelta():
            raise ValueError("a time of arrival is in UTC")
        if not all(map(_is_text, (self.portal, *self.fields, *self.fields.values(), *self.suspected))):
            raise ValueError("a text holds NUL or half a character")

    @property
    def order(self) -> tuple[int, int]:
        """What says which of two snapshots goes further."""
        return self.step, self.seq


@dataclass(frozen=True, slots=True)
class Lead:
    """What is known under one key: the furthest snapshot's fields and marks.

    fields: without the empty ones; received_at: when its first snapshot came; updated_at: when the one came that counts.
    suspected: () once any snapshot was a person's, whatever came before or after: a password manager fills traps too.
    """

    portal: str
    key: str
    step: int
    seq: int
    kind: Kind
    fields: Mapping[str, str]
    received_at: datetime
    updated_at: datetime
    suspected: tuple[str, ...] = ()
    origin_missing: bool = False


def is_key(text: str) -> bool:
    """Whether a text has a key's form: 32 hexadecimal digits in small letters."""
    return _KEY.fullmatch(text) is not None


def newer(one: Snapshot, other: Snapshot) -> Snapshot:
    """Return the snapshot that goes further, by step and then by number; the first of two that go equally far."""
    return other if other.order > one.order else one


def grouped(snapshots: Iterable[Snapshot], *, required: Collection[str] = ESSENTIAL) -> tuple[Lead, ...]:
    """Return the leads that snapshots in their order of arrival add up to, as the store would, the first come first.

    required: fields without which a snapshot takes the place of none that has them all. The receiver does not let such a one
    in; other back ends take whatever is sent.
    """
    found: dict[tuple[str, str], list[Snapshot]] = {}
    for snapshot in snapshots:
        found.setdefault((snapshot.portal, snapshot.key), []).append(snapshot)
    return tuple(_added_up(each, required) for each in found.values())


def filled(fields: Mapping[str, str]) -> dict[str, str]:
    """Return the fields that say something, by name."""
    return {name: fields[name] for name in sorted(fields) if fields[name]}


def mentions(fields: Mapping[str, str], email: str) -> bool:
    """Whether an e-mail address stands in any field, alone or among words; small and capital letters are one."""
    wanted = email.strip().casefold()
    return any(found.casefold().rstrip(".!?") == wanted for text in fields.values() for found in _ADDRESS.findall(text))


def _added_up(snapshots: Sequence[Snapshot], required: Collection[str]) -> Lead:
    """Return the lead that the snapshots under one key are, in their order of arrival, at least one."""
    whole = [snapshot for snapshot in snapshots if all(snapshot.fields.get(name) for name in required)]
    furthest = reduce(newer, whole or snapshots)
    return Lead(
        furthest.portal,
        furthest.key,
        furthest.step,
        furthest.seq,
        furthest.kind,
        filled(furthest.fields),
        snapshots[0].received_at.astimezone(UTC),
        furthest.received_at.astimezone(UTC),
        furthest.suspected if all(snapshot.suspected for snapshot in snapshots) else (),
        furthest.origin_missing,
    )


def _is_text(text: str) -> bool:
    """Whether both databases can keep a text: PostgreSQL keeps no NUL, and UTF-8 no half of a pair."""
    return _UNKEPT.search(text) is None
