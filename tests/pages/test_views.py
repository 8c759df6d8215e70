"""What each page shows: choices and orders, worked by hand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

import pytest

from site_builder.forms import CONSENT_VERSION
from site_builder.model.portal import Portal
from site_builder.page import Entry, PageKind
from site_builder.pages.directory import DIRECTORY_ENTRY
from site_builder.pages.home import HOME
from site_builder.pages.machines import ICON
from site_builder.pages.plain import FREE_PAGE, PRIVACY
from site_builder.pages.refer import REFER, REFER_PERSONAL, REFER_PERSONAL_THANKS, REFER_THANKS
from site_builder.pages.rewards import REWARDS
from site_builder.pages.spotlights import SPOTLIGHT, SPOTLIGHTS
from site_builder.pages.trust import TRUST
from site_builder.pages.who_to_refer import WHO_TO_REFER
from site_builder.rules.consent import public_portal
from tests.portals import (
    PORTAL,
    client,
    free_page,
    incentives,
    positioning,
    referrer,
    rule,
    settings,
    share_text,
    spotlight,
    trust,
)

V = TypeVar("V")


def entries(kind: PageKind[V], portal: Portal) -> tuple[Entry[V], ...]:
    return tuple(kind.collect(public_portal(portal)))


def view(kind: PageKind[V], portal: Portal) -> V:
    (only,) = entries(kind, portal)
    return only.view


TRUSTED = replace(
    PORTAL,
    settings=settings(form={"respond_within": "1 working day"}),
    trust=trust(
        guarantees=[{"title": "First", "promise": "…"}, {"title": "Second", "promise": "…"}],
        capacity={"statement": "There is room"},
        team=[{"name": f"Person {n}", "public": "yes"} for n in range(6)],
        testimonials=[{"words": f"Words {n}", "who": "Zoe", "consent_on": "2026-01-01"} for n in range(2)],
    ),
)


def test_home_shows_the_first_few_of_everything() -> None:
    portal = replace(
        TRUSTED,
        positioning=positioning(triggers=[{"phrase": f"phrase {n}"} for n in range(5)]),
        incentives=incentives(
            rule("welcome", type="discount", percent="50"), rule("a"), rule("b"), rule("c", audiences=["staff"]), rule("d")
        ),
        clients=(client(),),
        spotlights=(spotlight("acme", "2026-08"), spotlight("acme", "2026-09")),
    )
    found = view(HOME, portal)
    assert [trigger.phrase for trigger in found.triggers] == ["phrase 0", "phrase 1", "phrase 2"]
    assert [offer.id for offer in found.offers] == ["a", "b", "c"]  # what the friend gets is no offer to the referrer
    assert [face.name for face in found.faces] == ["Person 0", "Person 1", "Person 2", "Person 3"]
    assert found.guarantee is not None
    assert found.guarantee.title == "First"
    assert found.testimonial is not None
    assert found.testimonial.words == "Words 0"
    assert found.spotlight is not None
    assert found.spotlight.slug == "2026-09-acme"
    assert found.respond_within == "1 working day"


def test_home_without_trust_and_spotlights_is_plain() -> None:
    found = view(HOME, PORTAL)
    assert (found.guarantee, found.testimonial, found.faces, found.spotlight, found.offers) == (None, None, (), None, ())


def test_who_to_refer_shows_the_positioning() -> None:
    assert view(WHO_TO_REFER, PORTAL).positioning.promise == "We answer in nine minutes."


def test_trust_shows_what_makes_us_different_beside_the_promises() -> None:
    portal = replace(TRUSTED, positioning=positioning(differentiators=[{"claim": "We ring back", "kind": "service"}]))
    found = view(TRUST, portal)
    assert [each.claim for each in found.differentiators] == ["We ring back"]
    assert [each.title for each in found.trust.guarantees] == ["First", "Second"]


def test_rewards_are_shown_by_audience_in_the_owners_order() -> None:
    portal = replace(
        PORTAL,
        incentives=incentives(
            rule("hamper", type="gift", what="a hamper", to_share="yes", audiences=["partner", "owner"]),
            rule("cash", audiences=["owner"], wait_days="30", needs_agreement="yes", cap_per_year="500", cap_per_referral="90"),
            rule("welcome", type="discount", percent="50"),
            rule("round", to="referred"),
            example={"monthly_fee": "1000"},
            policy={"clauses": {"disclose": {"verdict": "disclose", "words": "We may thank you."}}},
        ),
    )
    found = view(REWARDS, portal)
    assert [(section.audience, [offer.id for offer in section.offers]) for section in found.sections] == [
        ("owner", ["hamper", "cash"]),
        ("partner", ["hamper"]),
    ]
    assert [offer.id for offer in found.for_friend] == ["welcome", "round"]
    assert found.clause_words == ("We may thank you.",)
    assert found.example is not None
    assert found.example.monthly_fee == 1000
    assert found.client_rewards is None
    hamper, cash = found.sections[0].offers
    assert (hamper.kind, hamper.what, hamper.to_share) == ("gift", "a hamper", True)
    assert (hamper.amount, hamper.cap_per_year) == (None, None)
    assert (cash.kind, cash.what, cash.to_share, cash.amount) == ("fixed", "", False, Decimal(100))
    assert (cash.wait_days, cash.needs_agreement) == (30, True)
    assert (cash.cap_per_year, cash.cap_per_referral) == (Decimal(500), Decimal(90))


def test_an_audience_that_is_not_rewarded_has_no_section() -> None:
    portal = replace(PORTAL, incentives=incentives(rule("a"), audiences=["staff", "owner"]))
    assert [section.audience for section in view(REWARDS, portal).sections] == ["staff", "owner"]


def test_a_donation_tells_its_sum() -> None:
    portal = replace(PORTAL, incentives=incentives(rule("give", type="donation", charity="the lifeboats", amount="50")))
    assert view(REWARDS, portal).sections[0].offers[0].amount == 50


LISTED = replace(
    PORTAL,
    clients=(
        *(client(f"d{n}", name=f"Dentist {n}", industry="dental", listed="yes") for n in range(6)),
        client("law", name="Laws", industry="Legal", listed="yes"),
        client("lawyers", name="Abacus", industry="legal", listed="yes"),
        client("hidden", industry="farming"),
    ),
    spotlights=(spotlight("d1", "2026-08"), spotlight("d1", "2026-09"), spotlight("hidden", "2026-07")),
)


def test_an_entry_shows_its_spotlights_and_the_next_of_its_trade() -> None:
    found = {entry.params[0][1]: entry for entry in entries(DIRECTORY_ENTRY, LISTED)}
    assert list(found) == ["lawyers", "d0", "d1", "d2", "d3", "d4", "d5", "law"]  # by name
    assert [each.slug for each in found["d1"].view.spotlights] == ["2026-09-d1", "2026-08-d1"]
    assert found["d0"].view.spotlights == ()
    assert [each.client_id for each in found["d0"].view.neighbours] == ["d1", "d2", "d3", "d4"]
    assert [each.client_id for each in found["d4"].view.neighbours] == ["d5", "d0", "d1", "d2"]
    assert [each.client_id for each in found["law"].view.neighbours] == ["lawyers"]
    assert found["d0"].label == "Dentist 0"


def test_the_archive_holds_all_but_the_latest_spotlight_by_year() -> None:
    months = ("2026-09", "2026-08", "2025-12", "2025-11")
    portal = replace(PORTAL, clients=(client(),), spotlights=tuple(spotlight("acme", month) for month in months))
    found = view(SPOTLIGHTS, portal)
    assert found.latest.slug == "2026-09-acme"
    assert [(year.year, [each.slug for each in year.spotlights]) for year in found.archive] == [
        (2026, ["2026-08-acme"]),
        (2025, ["2025-12-acme", "2025-11-acme"]),
    ]
    views = [entry.view for entry in entries(SPOTLIGHT, portal)]
    neighbours = [(each.earlier and each.earlier.slug, each.later and each.later.slug) for each in views]
    assert neighbours == [
        ("2026-08-acme", None),
        ("2025-12-acme", "2026-09-acme"),
        ("2025-11-acme", "2026-08-acme"),
        (None, "2025-12-acme"),
    ]


def test_without_a_published_spotlight_there_is_no_archive() -> None:
    assert entries(SPOTLIGHTS, PORTAL) == ()


def test_beside_the_form_stands_what_answers_doubts() -> None:
    found = view(REFER, TRUSTED)
    assert found.guarantee is not None
    assert found.person is not None
    assert found.capacity is not None
    assert (found.guarantee.title, found.person.name, found.capacity.statement) == ("First", "Person 0", "There is room")
    assert (found.name, found.personal, found.respond_within) == (None, False, "1 working day")
    thanks = view(REFER_THANKS, TRUSTED)
    assert thanks.person == found.person
    assert thanks.respond_within == "1 working day"


def test_without_trust_the_form_stands_alone() -> None:
    found = view(REFER, PORTAL)
    assert (found.guarantee, found.capacity, found.person) == (None, None, None)
    assert view(REFER_THANKS, PORTAL).person is None


def test_a_personal_page_greets_whoever_agreed_to_be_named_and_nobody_else() -> None:
    people = (referrer("rita", named="yes", link_code="7ZQ0MK3B"), referrer("sam"))
    rita, sam = entries(REFER_PERSONAL, replace(PORTAL, referrers=people))
    assert (rita.params, rita.view.name, rita.view.personal) == ((("code", "7ZQ0MK3B"),), "Rita", True)
    assert (sam.params, sam.view.name, sam.label) == ((("code", "sam"),), None, "")
    assert rita.view.form.hidden[0] == ("referrer", "7ZQ0MK3B")
    assert rita.view.form.thanks_url == "/refer/7ZQ0MK3B/thanks/"


def test_thanks_on_a_personal_link_bring_words_to_send_that_tell_nothing_of_whose_it_is() -> None:
    people = (
        referrer("rita", audience="owner", named="yes", link_code="7ZQ0MK3B"),
        referrer("sam", audience="owner", link_code="5NW8T3Q7"),
    )
    audiences = {"a": "owner", "b": "staff", "c": ""}
    texts = tuple(share_text(slug, audience=audience) for slug, audience in audiences.items())
    portal = replace(TRUSTED, referrers=people, share=(*texts, share_text("said", channel="in_person")))
    found = {entry.view.code: entry.view for entry in entries(REFER_PERSONAL_THANKS, portal)}
    assert [[text.slug for text in each.texts] for each in found.values()] == [["a", "b", "c"]] * 2
    assert {each.respond_within for each in found.values()} == {"1 working day"}
    # The same words stand beside their form, for who would rather send them than fill it in.
    assert {entry.view.code: entry.view.texts for entry in entries(REFER_PERSONAL, portal)} == {
        code: each.texts for code, each in found.items()
    }
    assert view(REFER, portal).texts == ()
    assert (view(REFER_THANKS, portal).code, view(REFER_THANKS, portal).texts) == (None, ())


def test_the_form_offers_what_a_prospect_may_have_said() -> None:
    portal = replace(PORTAL, positioning=positioning(promise="We answer.", triggers=[{"phrase": "b"}, {"phrase": "a"}]))
    assert (view(REFER, portal).form.triggers, view(REFER, portal).promise) == (("b", "a"), "We answer.")


@pytest.mark.parametrize(
    ("base_url", "action"), [("https://x.example/", "/refer/thanks/"), ("https://x.example/p", "/p/refer/thanks/")]
)
def test_netlify_reads_posts_to_the_thanks_page(base_url: str, action: str) -> None:
    portal = replace(PORTAL, settings=settings(base_url=base_url, form={"backend": "netlify"}))
    assert view(REFER, portal).form.action == action


@pytest.mark.parametrize(("backend", "by_mail"), [("mailto", True), ("netlify", False)])
def test_privacy_says_whether_the_form_is_a_mail(backend: str, *, by_mail: bool) -> None:
    assert view(PRIVACY, replace(PORTAL, settings=settings(form={"backend": backend}))).by_mail is by_mail


def test_privacy_says_who_receives_the_form_for_us_and_for_how_long_it_is_kept() -> None:
    told = view(PRIVACY, replace(PORTAL, settings=settings(form={"backend": "netlify", "kept_for": "12 months"})))
    assert (told.maker, told.kept_for, told.consent_version) == ("Netlify", "12 months", CONSENT_VERSION)
    quiet = view(PRIVACY, PORTAL)
    assert (quiet.maker, quiet.kept_for) == ("", None)


def test_the_pages_know_whether_a_referrer_could_tick_that_they_may_be_named() -> None:
    silent = replace(PORTAL, settings=settings(form={"fields": [{"name": "may_name", "drop": "yes"}]}))
    for portal, asks in ((PORTAL, True), (silent, False)):
        assert (view(PRIVACY, portal).asks_to_name, view(REFER_THANKS, portal).asks_to_name) == (asks, asks)


def test_free_pages_stand_behind_ours_in_the_menu_or_out_of_it() -> None:
    pages = (free_page("faq", nav_order="3"), free_page("first", nav_order="0"), free_page("small-print"))
    found = entries(FREE_PAGE, replace(PORTAL, pages=pages))
    assert [(each.params[0][1], each.nav, each.label) for each in found] == [
        ("faq", 63, "Faq"),
        ("first", 60, "First"),
        ("small-print", None, "Small-Print"),
    ]


@pytest.mark.parametrize(("name", "letter"), [("harbour IT", "H"), ("Ärger & Söhne", "Ä"), ("ß", "SS"), ("7 Seas", "7")])
def test_the_icon_is_the_names_first_letter(name: str, letter: str) -> None:
    assert view(ICON, replace(PORTAL, settings=settings(name=name))).letter == letter
