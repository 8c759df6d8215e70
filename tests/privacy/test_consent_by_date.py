"""Consent, on every kind of page: shown from the day somebody agrees, and nowhere at all before or without (domain §4)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from site_builder.audit.published import published
from site_builder.model import cells as types
from site_builder.model import documents
from site_builder.model.content import Spotlight, Story
from site_builder.model.marks import Cell as Form
from site_builder.model.marks import mark
from site_builder.model.record import Record
from site_builder.model.tables import Client, Referrer
from tests.golden.update import PORTAL
from tests.privacy.another import form_of, prose_of
from tests.privacy.cells import Cell, rewrite
from tests.privacy.conftest import AS_OF, finished
from tests.privacy.disguises import marks

_WORDS = {form_of(types.Text), form_of(types.Prose)}


@dataclass(frozen=True)
class Consent:
    """A consent and what hangs on it. who: of which rows, by the field that tells them; address: of its own page.

    shown_on: files that certainly show it; given: the day, None where it is a yes.
    """

    kind: type[Record]
    field: str
    who: tuple[str, str]
    shown_on: frozenset[str]
    address: bytes = b""
    given: date | None = None


CONSENTS = {
    "listed": Consent(
        Client,
        "listed",
        ("client_id", "bolt"),
        frozenset({"directory/index.html", "directory/bolt/index.html"}),
        b"directory/bolt",
    ),
    "named": Consent(
        Referrer,
        "named",
        ("referrer_id", "priya"),
        frozenset({"wins/index.html", "meet/7QK3M9TX/index.html", "refer/7QK3M9TX/card/index.html"}),
    ),
    "public": Consent(documents.TeamMember, "public", ("public", "yes"), frozenset({"trust/index.html", "index.html"})),
    "consent_on": Consent(
        documents.Testimonial,
        "consent_on",
        ("client", "acme"),
        frozenset({"trust/index.html", "index.html"}),
        given=date(2026, 3, 1),
    ),
    "permission_on of a spotlight": Consent(
        Spotlight,
        "permission_on",
        ("client", "acme"),
        frozenset(
            {"spotlights/index.html", "spotlights/2026-09-acme/index.html", "feed.xml", "spotlights/feed.xml", "index.html"}
        ),
        b"2026-09-acme",
        date(2026, 10, 2),
    ),
    "permission_on of a story": Consent(
        Story,
        "permission_on",
        ("client", "acme"),
        frozenset({"stories/index.html", "stories/monday/index.html", "feed.xml"}),
        b"stories/monday",
        date(2026, 6, 1),
    ),
}
dated = pytest.mark.parametrize("name", [name for name, consent in CONSENTS.items() if consent.given])
every = pytest.mark.parametrize("name", CONSENTS)


def sown(where: Path, consent: Consent, answer: str | None = "as it is") -> Path:
    """The golden portal with a mark in every text that hangs on a consent, and that consent answered as given."""
    numbers: list[int] = []

    def sow(cell: Cell) -> str | None:
        if cell.kind is not consent.kind or cell.beside.get(consent.who[0]) != consent.who[1]:
            return cell.value
        if cell.name == consent.field and answer != "as it is":
            return answer
        text = cell.info is None or mark(cell.info, Form) in _WORDS
        attribute = "body" if cell.info is None else cell.name
        if not text or published(consent.kind).get(attribute) != consent.field:
            return cell.value
        numbers.append(len(numbers) + 1)
        return prose_of(numbers[-1])

    rewrite(PORTAL, where, AS_OF, sow)
    assert numbers
    return where


def showing(files: Mapping[str, bytes]) -> set[str]:
    return {path for path, content in files.items() if marks(content)}


def hidden(files: Mapping[str, bytes], consent: Consent) -> bool:
    """Whether neither a word of it nor the address of its page stands anywhere: no menu, no feed, no sitemap, no data."""
    named = {path for path, content in files.items() if consent.address and consent.address in content + path.encode()}
    return not showing(files) and not named


@every
def test_what_was_agreed_to_is_shown(name: str, tmp_path: Path, cache: Path) -> None:
    consent = CONSENTS[name]
    assert showing(finished(sown(tmp_path, consent), cache)) >= consent.shown_on


@every
def test_without_a_consent_nothing_of_it_is_shown_anywhere(name: str, tmp_path: Path, cache: Path) -> None:
    """A referrer who is not named keeps their pages, a person without a name; the others have none."""
    consent = CONSENTS[name]
    assert hidden(finished(sown(tmp_path, consent, None), cache), consent)


@pytest.mark.parametrize("name", ["listed", "named", "public"])
def test_a_no_is_a_no(name: str, tmp_path: Path, cache: Path) -> None:
    consent = CONSENTS[name]
    assert hidden(finished(sown(tmp_path, consent, "no"), cache), consent)


@dated
def test_a_consent_counts_from_its_day_on(name: str, tmp_path: Path, cache: Path) -> None:
    consent = CONSENTS[name]
    assert consent.given is not None
    root = sown(tmp_path, consent)
    assert showing(finished(root, cache, consent.given)) >= consent.shown_on - {"index.html", "wins/index.html"}
    assert hidden(finished(root, cache, date.fromordinal(consent.given.toordinal() - 1)), consent)


@dated
def test_a_consent_of_tomorrow_is_none_today(name: str, tmp_path: Path, cache: Path) -> None:
    consent = CONSENTS[name]
    assert hidden(finished(sown(tmp_path, consent, "2026-11-01"), cache), consent)


def test_a_personal_page_without_a_name_tells_nothing_and_narrows_nothing(tmp_path: Path, cache: Path) -> None:
    """Two referrers of other audiences, firms and trades have the same pages but for their codes."""
    files = finished(rewrite(PORTAL, tmp_path, AS_OF, _unnamed), cache)
    for pattern in ("refer/{}/index.html", "meet/{}/index.html", "refer/{}/card/index.html"):
        one, other = (files[pattern.format(code)] for code in ("7QK3M9TX", "5NW8T3Q7"))
        if "card" not in pattern:  # its QR code is another drawing
            assert one.replace(b"7QK3M9TX", b"CODE") == other.replace(b"5NW8T3Q7", b"CODE")
        assert b"noindex" in one
    assert not any(code in files["sitemap.xml"] + files["feed.xml"] for code in (b"7QK3M9TX", b"5NW8T3Q7", b"7QK3M9T2"))
    public = {path for path in files if not re.match(r"(de/)?(refer|meet)/|_redirects|staticwebapp", path)}
    assert not any(code in files[path] for path in public for code in (b"7QK3M9TX", b"5NW8T3Q7"))


def _unnamed(cell: Cell) -> str:
    return "no" if cell.kind is Referrer and cell.name == "named" else cell.value
