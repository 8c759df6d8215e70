"""What a personal link leads to: /meet/CODE/ for the friend, the card, and the way on from old codes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from site_builder.page import PageKind
from site_builder.pages.meet import CARD, MEET, MEET_MOVED, MEET_THANKS, REFER_MOVED, CardView, MeetThanksView, MovedView
from site_builder.pages.refer import REFER_PERSONAL, REFER_PERSONAL_THANKS
from tests.pages.test_views import entries, view
from tests.portals import PORTAL, incentives, referrer, rule, settings, trust

RITA = referrer("rita", link_code="7ZQ0MK3B", named="yes", old_codes="ABCD2345;EFGH2345")
SAM = referrer("sam", link_code="5NW8T3Q7")
KINDS: tuple[PageKind[Any], ...] = (REFER_PERSONAL, REFER_PERSONAL_THANKS, MEET, MEET_THANKS, CARD, REFER_MOVED, MEET_MOVED)


def test_without_an_active_referrer_there_is_no_personal_page() -> None:
    for portal in (PORTAL, replace(PORTAL, referrers=(referrer("gone", active="no", old_codes="ABCD2345"),))):
        assert [entries(kind, portal) for kind in KINDS] == [()] * len(KINDS)


def test_the_friend_reads_who_sent_them_why_to_trust_us_and_takes_one_step() -> None:
    portal = replace(
        PORTAL,
        settings=settings(form={"respond_within": "1 working day"}, base_url="https://x.example/portal/"),
        referrers=(RITA,),
        incentives=incentives(rule("cash"), rule("welcome", type="discount", percent="50"), rule("round", to="referred")),
        trust=trust(
            guarantees=[{"title": "First", "promise": "…"}, {"title": "Second", "promise": "…"}],
            team=[{"name": f"Person {n}", "public": "yes"} for n in range(5)],
            testimonials=[{"words": "Words", "who": "Zoe", "consent_on": "2026-01-01"}],
        ),
    )
    found = view(MEET, portal)
    assert (found.name, found.promise, found.respond_within) == ("Rita", "We answer in nine minutes.", "1 working day")
    assert [offer.id for offer in found.offers] == ["welcome", "round"]
    assert found.guarantee is not None
    assert found.guarantee.title == "First"
    assert found.testimonial is not None
    assert found.testimonial.words == "Words"
    assert [face.name for face in found.faces] == ["Person 0", "Person 1", "Person 2"]
    assert [field.name for field in found.form.fields] == ["prospect", "contact"]
    assert found.form.hidden[:2] == (("referrer", "7ZQ0MK3B"), ("ref_kind", "self"))
    assert found.form.thanks_url == "/portal/meet/thanks/"


def test_a_small_portal_still_has_a_page_for_the_friend() -> None:
    found = view(MEET, replace(PORTAL, referrers=(SAM,)))
    assert (found.guarantee, found.testimonial, found.faces, found.offers, found.respond_within) == (None, None, (), (), None)


def test_with_netlify_the_friends_form_goes_to_the_thanks_page_below_the_portals_path() -> None:
    netlify = settings(form={"backend": "netlify"}, base_url="https://x.example/portal/")
    assert view(MEET, replace(PORTAL, referrers=(SAM,), settings=netlify)).form.action == "/portal/meet/thanks/"


def test_who_did_not_agree_is_named_on_none_of_their_pages() -> None:
    portal = replace(PORTAL, referrers=(SAM,))
    assert "Sam" not in repr([[entry.view for entry in entries(kind, portal)] for kind in KINDS])
    assert (view(MEET, portal).name, view(CARD, portal).name, view(REFER_PERSONAL, portal).name) == (None, None, None)


def test_the_friend_is_thanked_by_whoever_calls_them() -> None:
    portal = replace(
        PORTAL,
        settings=settings(form={"respond_within": "1 working day"}),
        referrers=(SAM,),
        trust=trust(team=[{"name": "Ann", "public": "yes"}, {"name": "Bob", "public": "yes"}]),
    )
    found = view(MEET_THANKS, portal)
    assert found.person is not None
    assert (found.person.name, found.respond_within) == ("Ann", "1 working day")
    assert view(MEET_THANKS, replace(PORTAL, referrers=(SAM,))) == MeetThanksView(None, None)


def test_a_card_leads_to_the_page_for_the_friend() -> None:
    found = entries(CARD, replace(PORTAL, referrers=(RITA, SAM)))
    assert [(entry.params, entry.view) for entry in found] == [
        ((("code", "5NW8T3Q7"),), CardView("5NW8T3Q7", None, "We answer in nine minutes.")),
        ((("code", "7ZQ0MK3B"),), CardView("7ZQ0MK3B", "Rita", "We answer in nine minutes.")),
    ]


def test_the_id_serves_as_code_while_there_is_none() -> None:
    portal = replace(PORTAL, referrers=(referrer("sam"),))
    assert view(CARD, portal).code == "sam"
    assert view(MEET, portal).form.hidden[0] == ("referrer", "sam")


def test_old_codes_lead_on_to_the_present_one_on_either_page() -> None:
    portal = replace(PORTAL, referrers=(RITA, SAM))
    old = [(("code", "ABCD2345"),), (("code", "EFGH2345"),)]
    for kind, onto in ((REFER_MOVED, "refer_personal"), (MEET_MOVED, "meet")):
        found = entries(kind, portal)
        assert [entry.params for entry in found] == old
        assert {entry.view for entry in found} == {MovedView(onto, "7ZQ0MK3B")}


def test_no_personal_page_is_indexed_or_stands_in_the_menu() -> None:
    assert [(kind.indexed, kind.nav) for kind in KINDS] == [(False, None)] * len(KINDS)
