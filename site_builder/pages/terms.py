"""/terms/ and each version: what holds today, what held before, and what changed in between."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from site_builder.model.public import PublicPortal, PublicTerms
from site_builder.page import Entry, PageKind, Route
from site_builder.problem import Source
from site_builder.rules.changes import Change, changes


@dataclass(frozen=True)
class TermsView:
    """The version in force, None before the first one; those to come and those before, the latest first."""

    current: PublicTerms | None
    to_come: tuple[PublicTerms, ...]
    past: tuple[PublicTerms, ...]


@dataclass(frozen=True)
class TermsVersionView:
    """One version. before: the one it replaced, None for the first; changes: what came and went; in_force: whether it holds."""

    terms: PublicTerms
    before: PublicTerms | None
    changes: tuple[Change, ...]
    in_force: bool
    to_come: bool


def _terms(portal: PublicPortal) -> Iterable[Entry[TermsView]]:
    if portal.terms:
        current = _in_force(portal)
        to_come = tuple(version for version in portal.terms if version.effective_on > portal.as_of)
        past = tuple(version for version in portal.terms if version not in to_come and version is not current)
        yield Entry(TermsView(current, to_come, past), Source("content/terms"))


def _in_force(portal: PublicPortal) -> PublicTerms | None:
    """Return the version with the greatest effective_on up to as_of (domain, "Incentives", step 6)."""
    return next((version for version in portal.terms if version.effective_on <= portal.as_of), None)


def _versions(portal: PublicPortal) -> Iterable[Entry[TermsVersionView]]:
    current = _in_force(portal)
    for place, version in enumerate(portal.terms):
        before = portal.terms[place + 1] if place + 1 < len(portal.terms) else None
        view = TermsVersionView(
            terms=version,
            before=before,
            changes=changes(before.body, version.body) if before else (),
            in_force=version is current,
            to_come=version.effective_on > portal.as_of,
        )
        yield Entry(view, version.source, (("version", version.slug),), version.title)


TERMS = PageKind("terms", Route("/terms/"), "terms.html", TermsView, _terms)
TERMS_VERSION = PageKind("terms_version", Route("/terms/{version}/"), "terms_version.html", TermsVersionView, _versions)
