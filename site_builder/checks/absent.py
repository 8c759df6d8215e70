"""Absent is not wrong: a note for each part that is not started says what it would add (domain, "Absent is not wrong")."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from site_builder.checks.subject import Subject
from site_builder.codes import problem
from site_builder.model.content import COLLECTIONS
from site_builder.model.tables import TABLES, Lead
from site_builder.problem import Problem, Source

ADDS: Mapping[str, str] = {
    "data/trust.yaml": "the page that says why a referrer's name is safe with you",
    "data/rewards.yaml": "what clients are rewarded for",
    "data/nurture.yaml": "word of thanks, news and talks that are late",
    **{f"data/{row.TABLE.file}": row.TABLE.adds for row in TABLES if row is not Lead},
    **{f"content/{kind.FOLDER}": kind.ADDS for kind in COLLECTIONS},
}
"""What each optional file or folder adds. leads.csv is the inbox's own and never missed."""


def absent_parts(subject: Subject) -> Iterable[Problem]:
    """Note each part that is not started."""
    portal = subject.portal
    for path, adds in ADDS.items():
        if path in portal.absent:
            yield problem("D601", Source(path), "not started, and that is fine", hint=f"it would add: {adds}")
