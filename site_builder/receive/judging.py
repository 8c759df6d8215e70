"""From what was sent to a snapshot: fields the form has are kept as they are or refused, all others are dropped.

A person's referral is never thrown away for looking like a robot's: it is kept, with the reasons to suspect it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from site_builder.leads.neutral import seen
from site_builder.leads.snapshot import Kind, Snapshot
from site_builder.receive.portals import Field, Portal
from site_builder.receive.refusal import RefusedError

TOO_FAST: Final = 1500
"""Milliseconds from seeing the form to its first button in which nobody types a name and a number."""
LONGEST_LINE: Final = 300
LONGEST_TEXT: Final = 4000
ALTCHA: Final = "altcha"
_LONGEST_PROOF: Final = 2000
_ALONG: Final = {"referrer": Field(), "consent_version": Field()}
"""What pages send along and leads keep, beside what the form asks."""
_KEY: Final = re.compile(r"[0-9a-f]{32}", re.ASCII)
_FEWEST_DIGITS: Final = 7
"""Different digits in a key. Of 128 random bits one in five thousand million has fewer."""
_SEQ: Final = re.compile(r"[1-9][0-9]{0,5}", re.ASCII)
_MILLISECONDS: Final = re.compile(r"[0-9]{1,12}", re.ASCII)
_LINE_BREAKS: Final = frozenset("\n\r\v\f\x85\u2028\u2029")


@dataclass(frozen=True, slots=True)
class Arrival:
    """What is known of a submission besides its body. fresh_key: for a form without a script, which has none."""

    at: datetime
    fresh_key: str
    origin_missing: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """A submission that may be kept. proof: what the page sent as proof of work, "" for nothing."""

    snapshot: Snapshot
    proof: str


def judged(portal: Portal, sent: Mapping[str, str], arrival: Arrival) -> Judged:
    """Return the snapshot a submission holds; raises RefusedError (422), which names the field alone."""
    asked = {name: _value(name, sent[name], field) for name, field in portal.fields.items() if name in sent}
    if not any(asked[name] for name in asked if not portal.fields[name].ticks):
        raise RefusedError(422, "empty")
    along = {name: _value(name, sent[name], field) for name, field in _ALONG.items() if name in sent}
    kind = Kind(_one_of("ref_kind", sent.get("ref_kind", "") or Kind.REFERRAL.value, {kind.value for kind in Kind}))
    _refuse_missing(portal, kind, along.get("referrer", ""), asked)
    snapshot = Snapshot(
        portal=portal.id,
        key=_key(sent.get("ref_key", "")) or arrival.fresh_key,
        step=int(_one_of("ref_step", sent.get("ref_step", "") or "1", {"1", "2"})),
        seq=_seq(sent.get("ref_seq", "") or "1"),
        kind=kind,
        fields={name: value for name, value in {**asked, **along}.items() if value},
        received_at=arrival.at,
        suspected=_suspected(portal, sent),
        origin_missing=arrival.origin_missing,
    )
    proof = sent.get(ALTCHA, "")
    if len(proof) > _LONGEST_PROOF:
        raise RefusedError(422, "too_long", field=ALTCHA)
    return Judged(snapshot, proof)


def _refuse_missing(portal: Portal, kind: Kind, code: str, asked: Mapping[str, str]) -> None:
    """Raise RefusedError where the first step lacks an answer: nobody could act on it, and no key may empty what is kept."""
    for each in portal.needed(kind, code):
        if not asked.get(each.name, "").strip():
            words = (
                each.missing if each.missing and not each.own_label else f"Please answer this too: {each.own_label or each.label}"
            )
            raise RefusedError(422, "missing", field=each.name, words=words, back=portal.page_of(kind, code))


def _value(name: str, sent: str, field: Field) -> str:
    """Return what a field holds, without blanks around it or signs nobody sees; raises RefusedError for what ours never sends."""
    if field.ticks:
        return _one_of(name, sent, {"", "yes"})
    visible = seen(sent)
    text = visible.replace("\r\n", "\n").strip() if field.is_long else visible.strip(" \t").replace("\t", " ")
    if not field.is_long and not _LINE_BREAKS.isdisjoint(text):
        raise RefusedError(422, "line_break", field=name)
    if any(unicodedata.category(character) in {"Cc", "Cs"} and character not in "\n\t" for character in text):
        raise RefusedError(422, "control_characters", field=name)
    if len(text) > (LONGEST_TEXT if field.is_long else LONGEST_LINE):
        raise RefusedError(422, "too_long", field=name)
    return text


def _one_of(name: str, sent: str, known: set[str]) -> str:
    if sent not in known:
        raise RefusedError(422, "bad_value", field=name)
    return sent


def _seq(sent: str) -> int:
    if _SEQ.fullmatch(sent) is None:
        raise RefusedError(422, "bad_value", field="ref_seq")
    return int(sent)


def _key(sent: str) -> str:
    """Return a key of random digits, "" for none: whoever guesses another's key could write over their referral."""
    if sent and (_KEY.fullmatch(sent) is None or len(set(sent)) < _FEWEST_DIGITS or sent[:16] == sent[16:]):
        raise RefusedError(422, "weak_key", field="ref_key")
    return sent


def _suspected(portal: Portal, sent: Mapping[str, str]) -> tuple[str, ...]:
    """Return why it may be a robot's. A time that cannot be read says nothing."""
    time = sent.get("ref_ms", "")
    is_fast = _MILLISECONDS.fullmatch(time) is not None and int(time) < TOO_FAST
    reasons = {"honeypot": bool(sent.get(portal.honeypot, "").strip()), "too_fast": is_fast}
    return tuple(reason for reason, holds in reasons.items() if holds)
