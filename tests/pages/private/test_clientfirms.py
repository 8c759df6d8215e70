"""Whom a client's page names: introductions made, and who could meet whom; nobody outside the directory."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from site_builder.model.portal import Portal
from site_builder.pages.private.clientfirms import MOST, Firm, Introduced, asked, given, received
from tests.portals import PORTAL, referral, referrer
from tests.rules.rows import introduction, paying

LISTED = {"listed": "yes"}


def portal(*clients: Any, **tables: Any) -> Portal:  # noqa: ANN401  # records
    return replace(PORTAL, clients=clients, **tables)


def names(introduced: str, *others: Any) -> list[str | None]:  # noqa: ANN401  # clients
    """How Acme's page names whom they were introduced to."""
    made = portal(paying(**LISTED), *others, introductions=(introduction("acme", introduced),))
    return [row.name for row in given(made)["acme"]]


HIDDEN = paying("foxglove-films", name="Foxglove Films Ltd")


@pytest.mark.parametrize(
    "introduced",
    [
        "foxglove-films",
        "Foxglove Films Ltd",
        "FOXGLOVE  films",
        "Foxglove-Films, Limited",
        "Foxglove-Films",
        "Jo at Foxglove Films Ltd",
        "Foxglove Films (Jo Ray)",
        "Jo/Foxglove Films; Leeds",
        "\uff26oxglove Films",
    ],
)
def test_a_client_outside_the_directory_is_not_named_however_they_were_written(introduced: str) -> None:
    assert names(introduced, HIDDEN) == [None]


@pytest.mark.parametrize("introduced", ["A pump maker in Keighley", "Foxglove Cottage", "Films", "Foxgloves Films", "!!!"])
def test_whoever_is_no_client_is_named_as_they_were_written(introduced: str) -> None:
    assert names(introduced, HIDDEN) == [introduced]


def test_a_client_is_hidden_by_an_id_that_says_more_than_the_name() -> None:
    assert names("Foxglove Films", paying("foxglove-films", name="FF Holding")) == [None]


def test_a_client_in_the_directory_has_their_name() -> None:
    quill = paying("quill", name="Quill & Sons", **LISTED)
    assert names("quill", quill) == ["Quill & Sons"]
    assert names("Jo at Quill & Sons", quill) == ["Jo at Quill & Sons"]


def test_a_name_that_somebody_hidden_shares_is_hidden() -> None:
    assert names("Foxglove Films", HIDDEN, paying("ff", name="Foxglove Films", **LISTED)) == [None]


def test_a_client_whose_name_is_nothing_but_signs_hides_nobody() -> None:
    assert names("A pump maker", paying("x1", name="!!!")) == ["A pump maker"]


def test_introductions_are_the_latest_first_and_of_one_day_by_what_is_shown() -> None:
    rows = (
        introduction("acme", "A smith", "2026-05-05", result="lost", value="900"),
        introduction("acme", "foxglove-films", "2026-06-06"),
        introduction("acme", "A tanner", "2026-06-06"),
        introduction("acme", "A baker", "2026-06-06"),
        introduction("acme", "Tomorrow", "2026-11-01"),
        introduction("quill", "Else", "2026-06-06"),
    )
    found = given(portal(paying(), HIDDEN, paying("quill"), introductions=rows))
    june = date(2026, 6, 6)
    assert found == {
        "acme": (
            Introduced(june, "A baker"),
            Introduced(june, "A tanner"),
            Introduced(june, None),
            Introduced(date(2026, 5, 5), "A smith"),
        ),
        "quill": (Introduced(june, "Else"),),
    }


def test_only_what_the_owners_of_a_firm_sent_is_counted_on_its_page() -> None:
    """That one of the staff, or a partner, refers people is not for their employer to read."""
    people = (
        referrer("boss", client_id="acme"),
        referrer("former", client_id="acme", active="no"),
        referrer("tom", client_id="acme", audience="staff", employer_told_on="2026-01-01"),
        referrer("pam", client_id="acme", audience="partner"),
        referrer("free"),
    )
    rows = (
        referral("r1", referrer_id="boss"),
        referral("r2", referrer_id="boss", status="lost"),
        referral("r3", referrer_id="former", received_on="2026-10-31"),
        referral("r4", referrer_id="boss", received_on="2026-11-01"),
        *(referral(f"x{number}", referrer_id=each) for number, each in enumerate(("tom", "pam", "free", ""))),
    )
    assert received(portal(paying(), referrers=people, referrals=rows)) == {"acme": 3}


def test_two_who_ask_for_each_other_are_told_so_both_ways() -> None:
    acme = paying("acme", industry="dental", location="Leeds", target_industries=["law"], **LISTED)
    quill = paying("quill", industry="law", location="York", target_industries=["dental"], target_locations=["Leeds"], **LISTED)
    found = asked(portal(acme, quill))
    assert found.to_meet == {"acme": (Firm("quill", "Quill", "law", None),), "quill": (Firm("acme", "Acme", "dental", "Leeds"),)}
    assert found.would_meet == {
        "acme": (Firm("quill", "Quill", "law", "York"),),
        "quill": (Firm("acme", "Acme", "dental", "Leeds"),),
    }


def test_who_is_not_listed_is_shown_to_nobody_and_still_sees_the_listed() -> None:
    acme = paying("acme", industry="dental", target_industries=["law"])
    quill = paying("quill", industry="law", target_industries=["dental"], **LISTED)
    found = asked(portal(acme, quill))
    assert found.to_meet == {"acme": (Firm("quill", "Quill", "law", None),), "quill": ()}
    assert found.would_meet == {"acme": (Firm("quill", "Quill", "law", None),), "quill": ()}


def test_who_does_not_pay_any_more_is_not_to_be_met() -> None:
    acme = paying("acme", industry="dental", target_industries=["law"], **LISTED)
    gone = paying("quill", industry="law", target_industries=["dental"], last_paid_on="2025-10-31", **LISTED)
    found = asked(portal(acme, gone))
    assert (found.to_meet, found.would_meet) == ({"acme": ()}, {"acme": ()})


def test_who_has_met_is_not_to_meet_again() -> None:
    acme = paying("acme", industry="dental", target_industries=["law"], **LISTED)
    quill = paying("quill", industry="law", target_industries=["dental"], **LISTED)
    found = asked(portal(acme, quill, introductions=(introduction("acme", "quill"),)))
    assert found.to_meet == {"acme": (), "quill": (Firm("acme", "Acme", "dental", None),)}
    assert found.would_meet == {"acme": (), "quill": ()}
    later = asked(portal(acme, quill, introductions=(introduction("acme", "quill", "2026-11-01"),)))
    assert all(later.would_meet[each] for each in ("acme", "quill"))


def test_only_the_first_few_are_named_and_those_who_ask_by_name() -> None:
    many = [paying(f"q{number}", name=f"Q{9 - number}", industry="law", **LISTED) for number in range(9)]
    asking = paying("acme", industry="dental", target_industries=["law"], **LISTED)
    found = asked(portal(asking, *many))
    assert [firm.client_id for firm in found.to_meet["acme"]] == ["q0", "q1", "q2", "q3", "q4", "q5"]
    wanting = [paying(f"w{number}", name=f"W{9 - number}", target_industries=["law"], **LISTED) for number in range(9)]
    wanted = asked(portal(paying("acme", industry="law"), *wanting)).would_meet["acme"]
    assert [firm.name for firm in wanted] == ["W1", "W2", "W3", "W4", "W5", "W6"]
    assert len(wanted) == MOST
