"""Small portals for tests: hand-made values to vary with dataclasses.replace, and a three-file portal on disk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from site_builder.model.content import Event, FreePage, ShareText, Spotlight, Story, Terms
from site_builder.model.documents import Positioning, Trust
from site_builder.model.incentives import Incentives
from site_builder.model.marks import Origin
from site_builder.model.portal import Portal
from site_builder.model.record import Record
from site_builder.model.settings import Settings
from site_builder.model.tables import Client, Referral, Referrer, Vote
from site_builder.problem import Source

R = TypeVar("R", bound=Record)

AS_OF = date(2026, 10, 31)


def typed(kind: type[R], values: Mapping[str, object], source: Source | None = None) -> R:
    """A record from what its owner types, "" for what they left empty; source: where they typed it."""
    filled = {name: value for name, value in values.items() if value != ""}
    return kind.model_validate({**filled, **({"@origin": Origin(source)} if source else {})})


def settings(**values: object) -> Settings:
    """portal.yaml of Harbour IT; a key given replaces the usual one."""
    usual = {
        "name": "Harbour IT",
        "base_url": "https://refer.harbour.example/",
        "locale": "en-GB",
        "currency": "GBP",
        "timezone": "Europe/London",
        "contact": {"email": "hello@harbour.example"},
    }
    return typed(Settings, {**usual, **values})


def positioning(**values: object) -> Positioning:
    usual = {
        "promise": "We answer in nine minutes.",
        "ideal_client": {"situation": "One overworked person does IT."},
        "triggers": [{"phrase": "They take two days to ring back."}],
    }
    return typed(Positioning, {**usual, **values})


def incentives(*rules: Mapping[str, object], **values: object) -> Incentives:
    return typed(Incentives, {"rules": list(rules), **values})


def rule(id_: str = "thanks100", **values: object) -> dict[str, object]:
    """A rule as its owner types it: £100 when they become a client, unless a key says otherwise."""
    usual = {"id": id_, "title": "£100 for you", "plain": "You get £100.", "type": "fixed"}
    return {**usual, **({} if values.get("type", "fixed") != "fixed" else {"amount": "100"}), **values}


def trust(**values: object) -> Trust:
    return typed(Trust, values)


def client(client_id: str = "acme", **values: object) -> Client:
    """A client who is not listed, unless a column says so; line 2 of clients.csv."""
    usual = {"client_id": client_id, "name": client_id.title(), "industry": "dental", "since": "2024-01-15"}
    return typed(Client, {**usual, **values}, Source("data/clients.csv", 2, 1))


def referrer(referrer_id: str = "rita", **values: object) -> Referrer:
    usual = {"referrer_id": referrer_id, "name": referrer_id.title(), "audience": "owner", "kind": "client"}
    return typed(Referrer, {**usual, **values}, Source("data/referrers.csv", 2, 1))


def referral(referral_id: str = "r1", **values: object) -> Referral:
    """A referral of Rita's that was won on 1 October 2026, unless a column says otherwise."""
    usual = {
        "referral_id": referral_id,
        "received_on": "2026-01-10",
        "referrer_id": "rita",
        "prospect": "Prospects",
        "status": "won",
        "won_on": "2026-10-01",
        "source": "referral",
    }
    return typed(Referral, {**usual, **values}, Source("data/referrals.csv", 2, 1))


def spotlight(client_id: str = "acme", month: str = "2026-09", **values: object) -> Spotlight:
    """A spotlight permitted on 1 October 2026, unless a key says otherwise."""
    name = f"{month}-{client_id}"
    usual = {"@slug": name, "client": client_id, "month": month, "headline": f"{client_id} shines", "permission_on": "2026-10-01"}
    return typed(Spotlight, {**usual, **values}, Source(f"content/spotlights/{name}.md", 1, 1))


def story(slug: str = "monday", **values: object) -> Story:
    """Something that surprised somebody in May, permitted in June 2026 and naming no client, unless a key says otherwise."""
    usual = {"kind": "wow", "happened_on": "2026-05-04", "headline": slug.title(), "permission_on": "2026-06-01"}
    return typed(Story, {"@slug": slug, "@body": "Before nine.", **usual, **values}, Source(f"content/stories/{slug}.md", 1, 1))


def event(slug: str = "supper", **values: object) -> Event:
    """A supper on 4 December 2026, unless a key says otherwise."""
    usual = {"@slug": slug, "@body": "Bring a friend.", "title": slug.title(), "on": "2026-12-04"}
    return typed(Event, {**usual, **values}, Source(f"content/events/{slug}.md", 1, 1))


def terms(version: str = "v1", **values: object) -> Terms:
    """A version that holds from 1 January 2026, unless a key says otherwise."""
    usual = {"@slug": version, "version": version, "effective_on": "2026-01-01", "title": "How referrals work"}
    return typed(Terms, {"@body": "We pay.", **usual, **values}, Source(f"content/terms/{version}.md", 1, 1))


def share_text(slug: str = "two-days", **values: object) -> ShareText:
    return typed(ShareText, {"@slug": slug, "@body": "Ours answer.", **values}, Source(f"content/share/{slug}.md", 1, 1))


def free_page(slug: str = "faq", **values: object) -> FreePage:
    usual = {"@slug": slug, "@body": "Some words.", "title": slug.title()}
    return typed(FreePage, {**usual, **values}, Source(f"content/pages/{slug}.md", 1, 1))


def votes(month: str, client_id: str, count: int) -> tuple[Vote, ...]:
    """One vote each of count people."""
    return tuple(typed(Vote, {"month": month, "voter": f"voter {n}", "client_id": client_id}) for n in range(count))


PORTAL = Portal(as_of=AS_OF, settings=settings(), positioning=positioning(), incentives=incentives())
"""The smallest portal there is; vary it with dataclasses.replace(PORTAL, clients=(client(),))."""

FILES: Mapping[str, str] = MappingProxyType(
    {
        "data/portal.yaml": """\
name: Harbour IT
base_url: https://refer.harbour.example/
locale: en-GB
currency: GBP
timezone: Europe/London
contact: {email: hello@harbour.example}
as_of: 2026-10-31
""",
        "data/positioning.yaml": """\
promise: We answer in nine minutes.
ideal_client: {situation: One overworked person does IT.}
triggers: [{phrase: They take two days to ring back.}]
""",
        "data/incentives.yaml": """\
rules: []
""",
    }
)
"""The three files a portal starts with."""


def write(root: Path, files: Mapping[str, str] = MappingProxyType({})) -> Path:
    """Write the three-file portal into a folder, with further files or with others in their place; returns the folder."""
    for name, text in {**FILES, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    return root
