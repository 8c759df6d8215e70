"""What a lead adds to the tables, and that it adds it once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from site_builder.inbox.arrivals import Arrival, Sender, arrivals, cells_of, is_tombstone, tombstone, with_arrivals
from site_builder.leads.snapshot import Kind, Lead
from site_builder.model.portal import Portal
from tests.inbox.making import KEY, OTHER, lead, portal, row
from tests.portals import referral, referrer, settings


def only(came: Lead, at: Portal | None = None) -> Arrival:
    (found,) = arrivals(at or portal(), [came]).arrivals
    return found


def referral_cells(came: Lead, at: Portal | None = None) -> dict[str, str]:
    found = only(came, at).referral
    assert found is not None
    return dict(cells_of(found))


# A new lead


def test_a_lead_makes_a_row_in_each_table() -> None:
    told: dict[str, Any] = {
        "company": "Lee Works",
        "trigger": "They take two days.",
        "referrer_name": "Rita",
        "referrer_contact": "020 7946 0000",
        "call_when": "mornings",
        "may_name": "yes",
        "told": "yes",
        "note": "Call\r\nafter nine",
        "seats": "20",
        "consent_version": "2026-11",
        "referrer": "7QK3M9TX",
    }
    found = only(lead(**told))
    assert found.row == {
        "lead_key": KEY,
        "received_at": "2026-10-30T14:05:09+00:00",
        "prospect": "Jo Lee",
        "contact": "07700 900123",
        "referrer_id": "rita",
        "referrer_contact": "020 7946 0000",
        "referrer_name": "Rita",
        "company": "Lee Works",
        "trigger": "They take two days.",
        "call_when": "mornings",
        "may_name": "yes",
        "told": "yes",
        "note": "Call\nafter nine\nseats: 20",
        "consent_version": "2026-11",
        "suspected": "",
    }
    assert (found.is_new, found.sender, found.referral_id) == (True, Sender.CODE, "r2026-081")
    assert referral_cells(lead(**told)) == {
        "referral_id": "r2026-081",
        "received_on": "2026-10-30",
        "referrer_id": "rita",
        "prospect": "Lee Works",
        "status": "received",
        "status_on": "2026-10-30",
        "source": "referral",
        "lead_key": KEY,
    }


def test_the_day_is_the_one_it_was_in_the_portals_time_zone() -> None:
    late = lead(came=datetime(2026, 7, 31, 23, 30, tzinfo=UTC))
    assert referral_cells(late)["received_on"] == "2026-08-01"  # half past midnight in London
    assert only(late).row["received_at"] == "2026-08-01T00:30:00+01:00"


@pytest.mark.parametrize(
    ("contact", "domain"), [("jo@leeworks.example", "leeworks.example"), ("jo@gmail.com", None), ("07700 900123", None)]
)
def test_the_domain_is_known_from_a_firms_own_address_alone(contact: str, domain: str | None) -> None:
    assert referral_cells(lead(contact=contact)).get("prospect_domain") == domain


@pytest.mark.parametrize("typed", ["", "?", " \u2028 "])
def test_who_gave_no_name_is_a_referral_all_the_same(typed: str) -> None:
    assert referral_cells(lead(prospect=typed))["prospect"] == "no name (a1b2c3d4)"


def test_a_formula_is_none_in_either_table() -> None:
    nasty = lead(prospect='=HYPERLINK("x")', note="@x")
    assert referral_cells(nasty)["prospect"] == '\'=HYPERLINK("x")'
    assert only(nasty).row["note"] == "'@x"


@pytest.mark.parametrize(
    ("code", "sender", "person"),
    [
        ("7QK3M9TX", Sender.CODE, "rita"),
        ("7qk3m9tx", Sender.CODE, "rita"),
        ("7QK3M9T1", Sender.CODE, "rita"),
        ("rita", Sender.CODE, "rita"),
        ("ZZZZZZZZ", Sender.STRANGE_CODE, ""),
        ("", Sender.UNKNOWN, ""),
    ],
    ids=["present", "in small letters", "former", "an id", "nobody's", "none"],
)
def test_a_link_code_names_its_referrer(code: str, sender: Sender, person: str) -> None:
    found = only(lead(referrer=code))
    assert (found.sender, found.referrer_id, found.row["referrer_id"]) == (sender, person, person)
    assert referral_cells(lead(referrer=code)).get("referrer_id", "") == person


def test_a_present_code_is_before_anybodys_former_one() -> None:
    two = (referrer(link_code="7QK3M9TX"), referrer("tom", link_code="AAAAAAAA", old_codes="7QK3M9TX"))
    assert only(lead(referrer="7QK3M9TX"), portal(referrers=two[::-1])).referrer_id == "rita"


def test_a_sender_without_a_link_is_known_by_an_address_that_is_theirs_alone() -> None:
    found = only(lead(referrer_contact=" Rita@Ray.Example "))
    assert (found.sender, found.referrer_id) == (Sender.ADDRESS, "rita")
    shared = (referrer(email="office@ray.example"), referrer("tom", email="office@ray.example"))
    assert only(lead(referrer_contact="office@ray.example"), portal(referrers=shared)).sender is Sender.UNKNOWN
    # A code that is nobody's is not overruled: whoever passed it on may be another.
    assert only(lead(referrer="ZZZZZZZZ", referrer_contact="rita@ray.example")).sender is Sender.STRANGE_CODE


@pytest.mark.parametrize(("code", "source"), [("7QK3M9TX", "referral"), ("ZZZZZZZZ", "referral"), ("", "inbound")])
def test_a_friend_who_wrote_themselves_was_told_and_was_sent_where_a_link_led_them(code: str, source: str) -> None:
    cells = referral_cells(lead(kind=Kind.SELF, referrer=code))
    assert (cells["source"], cells["prospect_told_on"]) == (source, "2026-10-30")


def test_that_a_sender_says_they_told_them_is_no_day_on_which_they_were_told() -> None:
    assert "prospect_told_on" not in referral_cells(lead(told="yes"))


def test_the_portals_own_fields_stand_in_the_note_in_their_order() -> None:
    form = {"backend": "mailto", "fields": [{"name": "sites", "label": "Sites?"}, {"name": "seats", "label": "Seats?"}]}
    at = replace(portal(), settings=settings(form=form))
    assert only(lead(seats="20", sites="2", budget="1"), at).row["note"] == "sites: 2\nseats: 20\nbudget: 1"


def test_ids_are_given_in_the_order_of_arrival() -> None:
    early = lead(OTHER, came=datetime(2026, 10, 29, tzinfo=UTC))
    found = arrivals(portal(), [lead(), early]).arrivals
    assert [(each.lead.key, each.referral_id) for each in found] == [(OTHER, "r2026-081"), (KEY, "r2026-082")]


# Once


def test_a_lead_in_both_tables_adds_nothing() -> None:
    first = only(lead(may_name="yes", note="a\nb"))
    cells = {name: text for name, text in first.row.items() if text}
    known = portal(leads=(row(**{**cells, "lead_key": KEY, "note": "a\r\nb"}),), referrals=(first.referral,))
    assert arrivals(known, [lead(may_name="yes", note="a\nb")]).arrivals == ()


def test_after_an_interrupted_run_the_details_alone_are_missing() -> None:
    at = portal(referrals=(referral("r7", lead_key=KEY),))
    found = only(lead(referrer="ZZZZZZZZ"), at)
    assert (found.is_new, found.referral, found.referral_id, found.referrer_id) == (True, None, "r7", "rita")
    assert found.row["referrer_id"] == "rita"


def test_a_referral_that_was_deleted_by_hand_does_not_come_back() -> None:
    at = portal(leads=(row(prospect="Jo Lee", contact="07700 900123"),))
    assert arrivals(at, [lead()]).arrivals == ()
    more = only(lead(company="Lee Works"), at)
    assert (more.referral, more.referral_id, more.row) == (None, "", {"company": "Lee Works"})


def test_a_later_step_adds_cells_and_a_box_that_is_ticked_no_more_is_emptied() -> None:
    kept = row(
        prospect="Jo Lee", contact="07700 900123", call_when="mornings", may_name="yes", received_at="x", referrer_id="rita"
    )
    at = portal(leads=(kept,), referrals=(referral("r7", lead_key=KEY),))
    found = only(lead(contact="jo@lee.example", told="yes"), at)
    assert found.row == {"contact": "jo@lee.example", "may_name": "", "told": "yes"}
    assert (found.is_new, found.referral_id) == (False, "r7")


def test_whoever_was_erased_does_not_come_back() -> None:
    at = portal(leads=(row(tombstone(KEY)),))
    assert arrivals(at, [lead()], accepted=[KEY]).arrivals == ()
    assert is_tombstone(tombstone(KEY))
    assert not is_tombstone(KEY)
    assert KEY not in tombstone(KEY)
    assert tombstone(KEY) != tombstone(OTHER)


# Suspected


def test_what_is_suspected_waits_until_somebody_accepts_it() -> None:
    doubtful = lead(suspected=("honeypot",))
    found = arrivals(portal(), [doubtful, lead(OTHER)])
    assert [each.lead.key for each in found.arrivals] == [OTHER]
    assert [each.lead.key for each in found.suspected] == [KEY]
    assert found.arrivals[0].referral_id == "r2026-081"
    accepted = arrivals(portal(), [doubtful], accepted=[KEY])
    assert [each.row["suspected"] for each in accepted.arrivals] == [""]
    assert accepted.suspected == ()


def test_what_was_accepted_is_suspected_no_more_until_it_says_something_else() -> None:
    at = portal(leads=(row(prospect="Jo Lee", contact="07700 900123"),), referrals=(referral("r7", lead_key=KEY),))
    assert arrivals(at, [lead(suspected=("fast",))]).suspected == ()
    assert [each.row for each in arrivals(at, [lead(suspected=("fast",), note="n")]).suspected] == [{"note": "n"}]


# Together


def test_the_portal_with_the_new_ones_speaks_for_their_day() -> None:
    late = lead(came=datetime(2026, 11, 3, 12, tzinfo=UTC))
    found = arrivals(portal(), [late]).arrivals
    after = with_arrivals(portal(), found)
    assert after.as_of == date(2026, 11, 3)
    assert [each.referral_id for each in after.referrals] == ["r2026-080", "r2026-081"]
    assert with_arrivals(portal(), ()) == portal()


# What has no column


def test_a_code_that_is_nobodys_stands_in_the_note_and_stays_there() -> None:
    strange = lead(referrer=" ZZZZZZZZ", note="n")
    found = only(strange)
    assert (found.code, found.row["note"]) == ("ZZZZZZZZ", "n\nlink code: ZZZZZZZZ")
    assert (only(lead(referrer="7QK3M9T1")).code, only(lead()).code) == ("", "")
    cells = {name: text for name, text in found.row.items() if text}
    known = {"leads": (row(**{**cells, "lead_key": KEY}),), "referrals": (found.referral,)}
    assert arrivals(portal(**known), [strange]).arrivals == ()
    theirs = portal(**known, referrers=(referrer(link_code="ZZZZZZZZ"),))
    assert arrivals(theirs, [strange]).arrivals == ()


def test_a_code_is_cut_and_cleaned_before_anybody_reads_it() -> None:
    found = only(lead(referrer="=A\x1b[2J" + "Z" * 100))
    assert found.code.startswith("'=A [2JZZ")
    assert len(found.code) <= 64


def test_that_no_page_was_named_stands_in_the_note() -> None:
    assert only(lead(origin_missing=True)).row["note"] == "sent from: no page that says so"


# A later step and the referral that is there


def later(came: Lead, *, before: dict[str, str], **cells: str) -> Arrival:
    """What a lead changes of r7, whose cells are given, after one with the cells of before."""
    kept = row(received_at="x", **before)
    return only(came, portal(leads=(kept,), referrals=(referral("r7", lead_key=KEY, **cells),)))


JO = {"prospect": "Jo Lee", "contact": "07700 900123"}
OPEN = {"status": "received", "won_on": ""}


def test_a_referral_as_the_inbox_wrote_it_changes_with_the_form() -> None:
    found = later(lead(company="Lee Works", contact="jo@lee.example"), before=JO, prospect="Jo Lee", prospect_domain="", **OPEN)
    assert (found.edits, found.differs) == ({"prospect": "Lee Works", "prospect_domain": "lee.example"}, False)
    nameless = later(lead(company="Lee Works"), before={"contact": "07700 900123"}, prospect="no name (a1b2c3d4)", **OPEN)
    assert nameless.edits == {"prospect": "Lee Works"}


@pytest.mark.parametrize(
    ("typed", "edits", "differs"),
    [
        ({"prospect": "Jo Lee", "status": "contacted", "won_on": ""}, {}, True),
        ({"prospect": "Jo Lee & Co", **OPEN}, {}, True),
        ({"prospect": "Lee Works", **OPEN}, {}, False),
        ({"prospect": "erased", **OPEN}, {}, True),
    ],
    ids=["its status moved on", "somebody named it", "an interrupted run did it", "somebody took the name out"],
)
def test_a_referral_that_somebody_edited_stays(typed: dict[str, str], edits: dict[str, str], *, differs: bool) -> None:
    found = later(lead(company="Lee Works"), before=JO, **typed)
    assert (found.edits, found.differs) == (edits, differs)


def test_a_step_that_names_nobody_anew_leaves_the_referral_alone() -> None:
    found = later(lead(note="n"), before=JO, prospect="Jo Lee & Co", **OPEN)
    assert (found.row, found.edits, found.differs) == ({"note": "n"}, {}, False)


def test_a_number_in_place_of_an_address_takes_no_domain_away() -> None:
    before = {"prospect": "Jo Lee", "contact": "jo@lee.example"}
    found = later(lead(), before=before, prospect="Jo Lee", prospect_domain="lee.example", **OPEN)
    assert (found.row, found.edits) == ({"contact": "07700 900123"}, {})
