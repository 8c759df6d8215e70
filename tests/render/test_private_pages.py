"""The demo's private pages as its readers see them: what must never stand there, sealed or not (domain, §4)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from site_builder.load.folder import load
from site_builder.model.portal import Portal
from site_builder.page import Circle, Known
from site_builder.pages import plan
from site_builder.pages.private import sheets
from site_builder.render import Surroundings, Unsealed, Workshop, private_pages, workshop
from site_builder.render.theme import Theme, default_folder
from site_builder.rules.consent import public_portal
from site_builder.rules.programme import Programme

DEMO = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def demo() -> Portal:
    portal = load(DEMO, as_of=date(2026, 10, 31), today=lambda _zone: date(2026, 10, 31), cache=None).portal
    assert portal is not None
    return portal


@pytest.fixture(scope="module")
def pages(demo: Portal) -> tuple[Unsealed, ...]:
    public = public_portal(demo)
    shop = workshop(public, plan(public), Surroundings(DEMO, Theme(default_folder()), {}))
    assert isinstance(shop, Workshop)
    made, problems = private_pages(shop, sheets(Known(Programme(demo))))
    assert problems == ()
    return made


class _Read(HTMLParser):
    """All that stands in a page, words and attributes, but not the names of either."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.feed(html)

    def handle_data(self, data: str) -> None:
        self.said.append(data)

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.said.extend(value for _name, value in attrs if value)


def said(html: str) -> str:
    """A page's words and attributes in small letters, a blank for any run of them."""
    return " ".join(unescape(" ".join(_Read(html).said)).casefold().split())


def of(pages: Iterable[Unsealed], circle: Circle) -> Mapping[str, str]:
    """What each page of a circle says, by whom it is for."""
    return {page.sheet.reader.id: said(page.html) for page in pages if page.sheet.reader.circle is circle}


@pytest.fixture(scope="module")
def by_referrer(pages: tuple[Unsealed, ...]) -> Mapping[str, str]:
    return of(pages, Circle.REFERRER)


@pytest.fixture(scope="module")
def by_client(pages: tuple[Unsealed, ...]) -> Mapping[str, str]:
    return of(pages, Circle.CLIENT)


def test_every_kind_is_there_and_begins_with_its_heading(demo: Portal, pages: tuple[Unsealed, ...]) -> None:
    assert {page.sheet.kind for page in pages} == {"kpis", "my", "client"}
    assert all(page.html.count("<h1") == 1 for page in pages)
    assert {page.sheet.reader.id for page in pages if page.sheet.kind == "my"} == {
        each.referrer_id for each in demo.referrers if each.active
    }
    assert sum(page.sheet.kind == "client" for page in pages) == 54


def test_what_is_looked_for_would_be_found(demo: Portal, by_referrer: Mapping[str, str], by_client: Mapping[str, str]) -> None:
    """Their own names, and what they entered, stand there: looking finds them."""
    names = {each.referrer_id: each.name for each in demo.referrers}
    assert all(names[each].casefold() in page for each, page in by_referrer.items())
    assert all(demo.client_by_id[each].name.casefold() in page for each, page in by_client.items())
    prospects = [each for each in demo.referrals if each.referrer_id in by_referrer and each.prospect != "erased"]
    assert len(prospects) > 20
    assert all(each.prospect.casefold() in by_referrer[each.referrer_id or ""] for each in prospects)


def test_nobody_meets_another_referrer(demo: Portal, by_referrer: Mapping[str, str], by_client: Mapping[str, str]) -> None:
    for person in demo.referrers:
        marks = [mark.casefold() for mark in (person.name, person.email) if mark]
        for reader, page in [*by_referrer.items(), *by_client.items()]:
            is_contact = reader in demo.client_by_id and demo.client_by_id[reader].contact_name == person.name
            if reader != person.referrer_id and not is_contact:
                assert not any(mark in page for mark in marks), (reader, person.referrer_id)


def test_nobody_meets_an_unlisted_client(demo: Portal, by_referrer: Mapping[str, str], by_client: Mapping[str, str]) -> None:
    """But for itself; and for a name that the referrer themselves gave us, before it became a client's."""
    given = {
        reader: {each.prospect.casefold() for each in demo.referrals if each.referrer_id == reader} for reader in by_referrer
    }
    hidden = [each for each in demo.clients if not each.listed]
    assert len(hidden) > 5
    for client in hidden:
        marks = [mark.casefold() for mark in (client.name, client.contact_email) if mark]
        for reader, page in [*by_referrer.items(), *by_client.items()]:
            if reader != client.client_id and not any(client.name.casefold() in each for each in given.get(reader, ())):
                assert not any(mark in page for mark in marks), (reader, client.client_id)


def test_nobody_meets_a_standing_or_hears_lost(by_referrer: Mapping[str, str], by_client: Mapping[str, str]) -> None:
    """As words of any page, or as parts of the names of classes."""
    never = {"lost", "nps", "healthy", "roadblock", "blocked", "retention", "at_risk", "risk"}
    for reader, page in [*by_referrer.items(), *by_client.items()]:
        assert not never & set(re.findall("[a-z_]+", page)), reader


def test_nobody_meets_what_was_written_of_them(
    demo: Portal, by_referrer: Mapping[str, str], by_client: Mapping[str, str]
) -> None:
    """Notes of reviews and payouts, roadblocks, follow-ups."""
    notes = {
        text.casefold()
        for row in (*demo.reviews, *demo.payouts)
        for text in (getattr(row, name, None) for name in ("roadblock", "follow_up", "note"))
        if text
    }
    assert len(notes) > 20
    for reader, page in [*by_referrer.items(), *by_client.items()]:
        assert not any(note in page for note in notes), reader


def test_a_gift_to_come_stays_a_surprise(demo: Portal, by_referrer: Mapping[str, str], by_client: Mapping[str, str]) -> None:
    assert demo.rewards is not None
    surprises = {each.reward.casefold() for each in demo.rewards.anniversaries} | {each.what.casefold() for each in demo.gifts}
    assert len(surprises) > 10
    for reader, page in [*by_referrer.items(), *by_client.items()]:
        assert not any(each in page for each in surprises), reader


def test_nobody_meets_a_fee(demo: Portal, by_referrer: Mapping[str, str], by_client: Mapping[str, str]) -> None:
    """Neither a client their own, which is no news to them, nor a referrer that of whom they sent; by the thousand or not."""
    for reader, page in by_client.items():
        assert not written(demo.client_by_id[reader].monthly_fee) & numbers(page), reader
    for referral in demo.referrals:
        found = numbers(by_referrer.get(referral.referrer_id or "", ""))
        for money in (referral.monthly_fee, referral.first_year_revenue, referral.setup_fee):
            assert not written(money) & found, referral.referral_id


def numbers(page: str) -> set[str]:
    """All numbers of a page, as they are written there: 2,940.60."""
    return set(re.findall(r"\d[\d,]*(?:\.\d+)?(?!\d)", page))


def written(money: Decimal | None) -> set[str]:
    """How the page would write a sum, none for none."""
    return {f"{money:,.2f}", f"{money:,.2f}".removesuffix(".00"), str(money)} if money else set()


def test_no_page_knows_an_id_of_a_referral(demo: Portal, by_referrer: Mapping[str, str], by_client: Mapping[str, str]) -> None:
    ids = {each.referral_id for each in demo.referrals}
    for reader, page in [*by_referrer.items(), *by_client.items()]:
        assert not ids & set(page.split()), reader
