"""A person taken out: everything that is theirs, and nothing that is another's."""

from __future__ import annotations

from typing import Any

from site_builder.inbox.arrivals import tombstone
from site_builder.inbox.erasure import Erasure, Person, erased, erasure
from site_builder.inbox.writing import LEADS, REFERRALS
from site_builder.model.portal import Portal
from site_builder.rules.incentives.claims import voids
from tests.inbox.making import KEY, OTHER, lead, portal, row
from tests.portals import client, referral, referrer

ROW: dict[str, str] = {
    "prospect": "Jo Lee",
    "contact": "jo@lee.example",
    "referrer_contact": "rita@ray.example",
    "may_name": "yes",
}
OPEN: dict[str, str] = {"prospect": "Lee Works", "prospect_domain": "lee.example", "status": "received", "won_on": ""}


def at(**tables: Any) -> Portal:  # noqa: ANN401  # fields of the portal
    """Jo's lead and referral, and another's."""
    usual = {
        "leads": (row(**ROW), row(OTHER, prospect="Amy", contact="amy@x.example")),
        "referrals": (referral("r1", **OPEN, lead_key=KEY), referral("r2", prospect="Amy", lead_key=OTHER)),
    }
    return portal(**{**usual, **tables})


def told(found: Erasure) -> tuple[list[str], list[str], list[str]]:
    """The keys of the leads, of those that lose their sender alone, and the ids of the referrals."""
    return (
        [each.lead_key for each in found.leads],
        [each.lead_key for each in found.senders],
        [each.referral_id for each in found.referrals],
    )


# Who is meant


def test_by_key_by_referral_and_by_the_friends_address_it_is_the_same_person() -> None:
    expected: tuple[list[str], list[str], list[str]] = ([KEY], [], ["r1"])
    assert told(erasure(at(), Person(key=KEY), ())) == expected
    assert told(erasure(at(), Person(key=KEY, referral_id="r1"), ())) == expected
    assert told(erasure(at(), Person(email="Jo@Lee.Example"), ())) == expected


def test_an_address_in_a_note_is_a_friends_too() -> None:
    portal_ = at(leads=(row(prospect="Jo", note="or write to jo@home.example."),))
    assert told(erasure(portal_, Person(email="jo@home.example"), ())) == ([KEY], [], ["r1"])


def test_a_sender_is_taken_out_of_the_lead_and_the_friend_stays() -> None:
    assert told(erasure(at(), Person(email="rita@ray.example"), ())) == ([], [KEY], [])


def test_who_stands_in_the_database_alone_is_found_in_the_referrals_by_it() -> None:
    portal_ = at(leads=())
    found = erasure(portal_, Person(email="jo@lee.example"), [lead(contact="jo@lee.example")])
    assert (found.keys, told(found)) == ((KEY,), ([], [], ["r1"]))
    sender = erasure(portal_, Person(email="rita@ray.example"), [lead(referrer_contact="rita@ray.example")])
    assert (sender.keys, sender.is_none) == ((), True)


def test_nobody_is_meant_by_what_stands_nowhere() -> None:
    for person in (Person(key="f" * 32), Person(email="no@body.example")):
        assert erasure(at(), person, ()).is_none


def test_clients_and_referrers_with_the_address_are_named_and_stay() -> None:
    people = at(clients=(client(contact_email="Jo@lee.example"),), referrers=(referrer(email="jo@lee.example"),))
    found = erasure(people, Person(email="jo@lee.example"), ())
    assert [each.origin.source.path for each in found.others] == ["data/clients.csv", "data/referrers.csv"]
    assert erasure(people, Person(key=KEY), ()).others == ()


def test_an_interrupted_run_is_completed_by_any_other() -> None:
    half = at(leads=(row(tombstone(KEY)),))
    assert told(erasure(half, Person(email="jo@lee.example"), ())) == ([], [], ["r1"])
    assert told(erasure(half, Person(key=KEY), ())) == ([], [], ["r1"])


def test_what_is_erased_is_not_erased_again() -> None:
    done = at(leads=(row(tombstone(KEY)),), referrals=(referral("r1", prospect="Erased"),))
    assert erasure(done, Person(referral_id="r1"), ()).is_none


# What is left


def test_of_the_lead_its_tombstone_is_left_and_of_the_referral_its_days_and_sender() -> None:
    former = {
        LEADS: (
            f"lead_key,prospect,contact,referrer_contact,may_name,mine\r\n{KEY},Jo Lee,jo@lee.example,rita@ray.example,yes,x\r\n"
        ).encode(),
        REFERRALS: f'referral_id;prospect;prospect_domain;lead_key;status\nr1;"Lee; Works";lee.example;{KEY};received\n'.encode(),
    }
    leads, referrals = erased(erasure(at(), Person(key=KEY), ()), former)
    assert (leads.path, referrals.path) == (LEADS, REFERRALS)
    assert leads.content.decode() == (f"lead_key,prospect,contact,referrer_contact,may_name,mine\r\n{tombstone(KEY)},,,,,x\r\n")
    assert referrals.content.decode() == 'referral_id;prospect;prospect_domain;lead_key;status\nr1;"erased";;;received\n'


def test_of_a_sender_the_rest_of_the_row_is_left() -> None:
    former = {LEADS: f"lead_key,contact,referrer_contact\n{KEY},jo@lee.example,rita@ray.example\n".encode(), REFERRALS: None}
    (leads,) = erased(erasure(at(), Person(email="rita@ray.example"), ()), former)
    assert leads.content.decode() == f"lead_key,contact,referrer_contact\n{KEY},jo@lee.example,\n"


def test_a_referral_without_its_lead_leaves_a_tombstone_so_that_no_run_brings_them_back() -> None:
    found = erasure(at(leads=()), Person(key=KEY, referral_id="r1"), ())
    referrals = f"referral_id,prospect,prospect_domain,lead_key\nr1,Lee Works,lee.example,{KEY}\n".encode()
    leads, _ = erased(found, {LEADS: None, REFERRALS: referrals})
    assert leads.content.splitlines()[1:] == [tombstone(KEY).encode() + b"," * 14]
    longer, _ = erased(found, {LEADS: b"lead_key\nother\n", REFERRALS: referrals})
    assert longer.content == b"lead_key\nother\n" + tombstone(KEY).encode() + b"\n"


def test_a_tombstone_that_stands_there_is_not_put_there_again() -> None:
    found = erasure(at(leads=(row(tombstone(KEY)),)), Person(key=KEY), ())
    former = {
        LEADS: f"lead_key\n{tombstone(KEY)}\n".encode(),
        REFERRALS: b"referral_id,prospect,prospect_domain,lead_key\nr1,a,b,c\n",
    }
    assert [each.path for each in erased(found, former)] == [REFERRALS]


def test_a_referral_that_was_typed_by_hand_needs_no_tombstone() -> None:
    found = erasure(at(referrals=(referral("r9", prospect="Jo"),)), Person(referral_id="r9"), ())
    (change,) = erased(found, {LEADS: b"lead_key\n", REFERRALS: b"referral_id,prospect\nr9,Jo\n"})
    assert change.content == b"referral_id,prospect\nr9,erased\n"


def test_two_erased_ones_take_no_claim_from_each_other() -> None:
    two = (referral("r1", prospect="erased"), referral("r2", prospect="erased"))
    assert voids(portal(referrals=two)) == {}
