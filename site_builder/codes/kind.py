"""A kind of problem and its weight; the codes themselves stand beside this file, by what they are about."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.problem import Severity

ERROR, WARNING, ADVICE, NOTE = Severity

_READING = "Referral Portal: how files are read"


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of problem. title: what is the matter, in a few words. why: one sentence; source: where the rule comes from."""

    severity: Severity
    title: str
    why: str
    source: str = _READING
