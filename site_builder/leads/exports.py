"""Reading what other people's back ends export: each one's CSV or JSON becomes snapshots.

No message holds a value: a row is named by its line, in JSON by its number.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final
from urllib.parse import unquote, urlsplit

from site_builder.codes import problem
from site_builder.leads.neutral import plain, seen
from site_builder.leads.providers import FIELDS_AT, HONEYPOTS, OTHERS, TIMES
from site_builder.leads.sheets import Row, rows_of
from site_builder.leads.snapshot import MOST_SEQ, Kind, Snapshot, filled, is_key
from site_builder.problem import Problem, Source

LONGEST_CELL: Final = 32 * 1024
"""Characters of one answer: no form of ours takes more than that in all."""
TOO_FAST: Final = 1500
"""Milliseconds, as the receiver has it."""
_ALONG: Final = frozenset({"referrer", "consent_version"})
_OURS: Final = frozenset({"ref_key", "ref_step", "ref_seq", "ref_kind", "ref_ms", "form_name", *HONEYPOTS})
# The receiver's JSON has no ref_ before these.
_PLAINLY: Final = {"key": "ref_key", "step": "ref_step", "seq": "ref_seq", "kind": "ref_kind"}
_KNOWN: Final = _OURS | OTHERS | {*TIMES, *_PLAINLY, *FIELDS_AT}
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_HALF: Final = re.compile(r"[\ud800-\udfff]")
_SMALL: Final = re.compile(r"[0-9]{1,10}", re.ASCII)
_CODE: Final = re.compile(r"/(?:refer|meet)/([^/]+)/")
_NO: Final = frozenset({"", "false", "0", "no", "off"})


@dataclass(frozen=True, slots=True)
class Export:
    """What an export holds. snapshots: in their order of arrival, hand them to snapshot.grouped; problems: what cannot be read.

    ignored: names of columns that are none of the form's and none of the provider's own, in their order; a row with a problem
    is no snapshot, and one that says nothing is passed over.
    """

    snapshots: tuple[Snapshot, ...]
    problems: tuple[Problem, ...] = ()
    ignored: tuple[str, ...] = ()


def read_export(content: bytes, path: str, *, portal: str, names: Collection[str], now: datetime) -> Export:
    """Read a provider's export, CSV or JSON by its content; path: what problems call it; portal: its id.

    names: the form's own fields and the portal's; consent_version and referrer are known besides. Which provider wrote it is
    seen by its columns (leads/providers.py). now: the time of arrival of rows that do not say theirs. A row without a key has
    one made of its content, so that it counts once however often it is read. A file that is too large or cannot be read is one
    problem and no snapshots.
    """
    rows = rows_of(content, path)
    if isinstance(rows, Problem):
        return Export((), (rows,))
    reader = _Reader(path, portal, frozenset(names) | _ALONG, now)
    for row in rows:
        reader.take(row)
    if reader.taken and not reader.is_known:
        hint = "export the submissions of the referral form, with the names of its fields and not with their questions"
        return Export((), (problem("D104", Source(path), "no column of this file is a field of the form", hint=hint),))
    snapshots = sorted(reader.snapshots, key=lambda snapshot: snapshot.received_at)
    return Export(tuple(snapshots), tuple(reader.problems), tuple(reader.ignored))


@dataclass(slots=True)
class _Reader:
    """Turns row after row into snapshots. taken: how many rows; is_known: whether any had a field of the form."""

    path: str
    portal: str
    names: frozenset[str]
    now: datetime
    taken: int = 0
    is_known: bool = False
    snapshots: list[Snapshot] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    ignored: dict[str, None] = field(default_factory=dict)

    def take(self, row: Row | Problem) -> None:
        """Read one row: a snapshot more, or a problem more, or neither for one that says nothing."""
        if isinstance(row, Problem):
            self.problems.append(row)
            return
        self.taken += 1
        outer, inner = _split(row)
        self._note(outer, inner)
        fields: dict[str, str] = {}
        for name in self.names:
            text = _answer(name, inner.get(name, ()), is_csv=row.is_csv)
            if len(text) > LONGEST_CELL:
                self.problems.append(_too_long(self.path, row, name))
                return
            if text:
                fields[name] = text
        if fields.keys() - _ALONG:
            self.snapshots.append(self._snapshot(outer, inner, filled(fields)))

    def _snapshot(self, outer: _Values, inner: _Values, fields: Mapping[str, str]) -> Snapshot:
        own = {name: _text(_first(inner.get(name, ())) or _first(outer.get(name, ()))) for name in _OURS}
        for plainly, name in _PLAINLY.items():
            if inner is not outer and not own[name]:
                own[name] = _text(_first(outer.get(plainly, ())))
        said = next((text for name in TIMES if name not in self.names and (text := self._time(name, outer, inner))), "")
        kind = Kind.SELF if own["ref_kind"] == Kind.SELF else Kind.REFERRAL
        return Snapshot(
            portal=self.portal,
            key=own["ref_key"] if is_key(own["ref_key"]) else _derived(fields, said, kind),
            step=2 if own["ref_step"] == "2" else 1,
            seq=int(own["ref_seq"]) if _SMALL.fullmatch(own["ref_seq"]) and 1 <= int(own["ref_seq"]) <= MOST_SEQ else 1,
            kind=kind,
            fields=fields,
            received_at=_moment(said) or self.now.astimezone(UTC),
            suspected=_suspected(own, outer),
            origin_missing=_first(outer.get("origin_missing", ())) is True,
        )

    def _time(self, name: str, outer: _Values, inner: _Values) -> str:
        return _text(_first(outer.get(name, ())) or _first(inner.get(name, ())))

    def _note(self, outer: _Values, inner: _Values) -> None:
        """Remember whether this is the form's, and which names are nobody's. A name may be anything: odd ones are not told."""
        self.is_known = self.is_known or any(name in self.names and name not in _ALONG for name in inner)
        for name in (*outer, *inner):
            if name not in _KNOWN and name not in self.names and re.fullmatch(r"[\w.-]{1,40}", name):
                self.ignored.setdefault(name)


_Values = Mapping[str, Sequence[object]]
"""What stands under a name, in CSV as often as the name stands in the header."""


def _split(row: Row) -> tuple[_Values, _Values]:
    """Return what a provider says about a submission, and its fields; twice the same where they stand side by side."""
    for name in FIELDS_AT:
        inner = _first(row.values.get(name, ()))
        if isinstance(inner, dict):
            return row.values, {str(key): (value,) for key, value in inner.items()}
    return row.values, row.values


def _first(values: Sequence[object]) -> object:
    """Return the first that says something; None for none."""
    return next((value for value in values if value is not None and value != ""), None)


def _answer(name: str, values: Sequence[object], *, is_csv: bool) -> str:
    """Return what was answered. referrer: of several, and of the address of a page, the code of a personal link."""
    texts = [text for value in values if (text := _text(value, is_csv=is_csv))]
    if name != "referrer":
        return texts[0] if texts else ""
    codes = [_code(text) for text in texts]
    return next((code for code in codes if code), "")


def _code(text: str) -> str:
    """Return the code that a referrer is, or of the personal page whose address it is."""
    if not re.match("https?://", text, re.IGNORECASE):
        return text
    found = _CODE.search(urlsplit(text).path)
    return unquote(found[1]) if found and found[1] != "thanks" else ""


def _text(value: object, *, is_csv: bool = False) -> str:
    """Return a value as text: a tick is yes, a list its parts, nothing and whole objects are ""."""
    match value:
        case str():
            text = plain(value) if is_csv else value
            text = text.replace("\r\n", "\n").replace("\r", "\n")
            return seen(_HALF.sub("\ufffd", _CONTROL.sub(" ", text))).strip()
        case bool():
            return "yes" if value else ""
        case int() | float():
            return str(value)
        case list():
            return ", ".join(text for part in value if (text := _text(part)))
        case _:
            return ""


def _moment(text: str) -> datetime | None:
    """Return a time in UTC, which is what one without a zone is taken for; None: it cannot be read."""
    try:
        found = datetime.fromisoformat(re.sub(r" ?UTC$", "+00:00", text))
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _derived(fields: Mapping[str, str], said: str, kind: Kind) -> str:
    """Return the key of a row that has none: the same for the same words at the same time."""
    content = json.dumps([dict(fields), said, kind.value], sort_keys=True)
    return sha256(content.encode()).hexdigest()[:32]


def _suspected(own: Mapping[str, str], outer: _Values) -> tuple[str, ...]:
    """Return why it may be a robot's, in the receiver's words; its own words where it has judged already."""
    judged = _first(outer.get("suspected", ()))
    if isinstance(judged, list):
        return tuple(text for reason in judged if (text := _text(reason)))
    time = own["ref_ms"]
    reasons = {
        "honeypot": any(own[name].casefold() not in _NO for name in HONEYPOTS),
        "too_fast": _SMALL.fullmatch(time) is not None and int(time) < TOO_FAST,
    }
    return tuple(reason for reason, holds in reasons.items() if holds)


def _too_long(path: str, row: Row, name: str) -> Problem:
    message = f'the answer "{name}" of {row.place} is longer than {LONGEST_CELL:,} characters'
    return problem("D003", Source(path, row.line), message, hint="shorten it; the row is left out until then", field=name)
