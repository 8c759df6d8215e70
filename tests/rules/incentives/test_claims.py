"""Who has no claim. Clients pay until 1 October 2026 and as_of is 31 October 2026, unless a test says otherwise."""

from __future__ import annotations

from typing import Any

import pytest

from site_builder.model.tables import Client, Referral
from site_builder.rules.incentives import evaluations
from site_builder.rules.incentives.claims import voids
from tests.portals import client as bare_client
from tests.portals import referral
from tests.rules.incentives.making import CASH, programme, referrer


def client(client_id: str = "acme", **values: object) -> Client:
    return bare_client(client_id, **{"name": "Acme Dental Ltd", "last_paid_on": "2026-10-01", **values})


def sent(referral_id: str = "r1", **values: object) -> Referral:
    """Acme Dental, received on 1 March 2026 and talked to, unless a column says otherwise."""
    usual = {"received_on": "2026-03-01", "prospect": "Acme Dental", "status": "contacted", "won_on": ""}
    return referral(referral_id, **{**usual, **values})


def reasons(**tables: Any) -> dict[str, tuple[object, ...]]:  # noqa: ANN401  # fields of the portal
    """The name and the values of each void, by referral."""
    return {key: (step.name.value, *step.values.values()) for key, step in voids(programme(CASH, **tables)).items()}


# ------------------------------------------------------------------------------------------------------- self-referral


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"prospect": "acme"},
        {"prospect": "Jo at the surgery", "prospect_domain": "acme.example"},
        {"prospect": "Jo at the surgery", "prospect_domain": "www.acme.example"},
        {"prospect": "Jo at the surgery", "won_client_id": "acme"},
    ],
    ids=["by name", "by the client's id", "by domain", "by domain with www", "as the client it became"],
)
def test_sending_ones_own_firm_is_no_claim(values: dict[str, str]) -> None:
    own = client(website="https://www.acme.example/")
    found = reasons(referrers=(referrer(client_id="acme"),), clients=(own,), referrals=(sent(**values),))
    assert found == {"r1": ("self_referral", "acme")}


def test_sending_ones_own_firm_is_none_either_when_it_left_long_ago() -> None:
    left = client(last_paid_on="2023-01-01")
    found = reasons(referrers=(referrer(client_id="acme"),), clients=(left,), referrals=(sent(),))
    assert found == {"r1": ("self_referral", "acme")}


def test_the_firm_of_somebody_else_is_not_ones_own() -> None:
    found = reasons(
        referrers=(referrer(client_id="other"),), clients=(client("other", name="Other"),), referrals=(sent(prospect="Else"),)
    )
    assert found == {}


# ------------------------------------------------------------------------------------------------------ existing client


@pytest.mark.parametrize(
    ("values", "is_void"),
    [
        ({"since": "2026-03-01"}, True),
        ({"since": "2026-03-02"}, False),
        ({"last_paid_on": "2025-03-02"}, True),
        ({"last_paid_on": "2025-03-01"}, False),
        ({"last_paid_on": ""}, False),
        ({"last_paid_on": "2026-12-01"}, True),
    ],
    ids=[
        *("a client from that day", "a client from the day after", "paid within twelve months", "paid twelve months before"),
        *("never paid", "paid after as_of"),
    ],
)
def test_a_client_who_was_active_on_the_day_is_no_prospect(values: dict[str, str], *, is_void: bool) -> None:
    found = reasons(clients=(client(**values),), referrals=(sent(),))
    assert found == ({"r1": ("existing_client", "acme")} if is_void else {})


def test_a_past_client_who_was_won_back_brings_a_reward() -> None:
    """Their row says since 2020 and that they pay again: were they not who was won, they would look like a client throughout."""
    back = client(since="2020-01-01")
    won = sent(status="won", won_on="2026-05-01", won_client_id="acme")
    assert reasons(clients=(back,), referrals=(won,)) == {}


def test_who_was_won_is_excused_but_not_another_client_of_the_name() -> None:
    twin = client("acme-too", website="https://acme.example/")
    won = sent(won_client_id="acme", prospect_domain="acme.example")
    assert reasons(clients=(client(), twin), referrals=(won,)) == {"r1": ("existing_client", "acme-too")}


def test_of_several_clients_the_first_active_one_is_named() -> None:
    clients = (client("c"), client("a", last_paid_on=""), client("b"))
    assert reasons(clients=clients, referrals=(sent(),)) == {"r1": ("existing_client", "b")}


def test_ones_own_firm_is_told_before_that_it_is_a_client() -> None:
    both = sent("r1", prospect="Acme Dental"), sent("r2", received_on="2026-04-01")
    found = reasons(referrers=(referrer(client_id="acme"),), clients=(client(),), referrals=both)
    assert {key: value[0] for key, value in found.items()} == {"r1": "self_referral", "r2": "self_referral"}


# ----------------------------------------------------------------------------------------------------------- duplicates


@pytest.mark.parametrize(
    ("received_on", "is_void"),
    [("2026-03-02", True), ("2027-02-28", True), ("2027-03-01", False)],
    ids=["the day after", "a day less than a year after", "a year after"],
)
def test_a_prospect_is_taken_for_twelve_months(received_on: str, *, is_void: bool) -> None:
    found = reasons(as_of="2027-12-31", referrals=(sent("r1"), sent("r2", received_on=received_on)))
    assert list(found) == (["r2"] if is_void else [])


def test_of_two_people_on_one_day_the_lower_id_was_first() -> None:
    people = (referrer("ann"), referrer("bob"))
    rows = (sent("r2", referrer_id="ann"), sent("r1", referrer_id="bob"))
    assert list(reasons(referrers=people, referrals=rows)) == ["r2"]


@pytest.mark.parametrize(
    "values",
    [
        {"referrer_id": "", "source": "outbound"},
        {"status": "lost", "status_on": "2026-03-02"},
        {"prospect": "ACME DENTAL LIMITED"},
        {"prospect": "Jo", "prospect_domain": "acme.example"},
        {"prospect": "Jo", "won_client_id": "gone"},
    ],
    ids=["of another source", "lost meanwhile", "by name", "by domain", "as the same client"],
)
def test_whoever_was_first_was_first(values: dict[str, str]) -> None:
    later = sent("r2", received_on="2026-04-01", prospect_domain="www.acme.example", won_client_id="gone")
    found = reasons(referrals=(later, sent("r1", **values)))
    assert {key: (name, earlier) for key, (name, earlier, _on) in found.items()} == {"r2": ("duplicate", "r1")}


def test_two_that_match_one_client_are_one_prospect() -> None:
    past = client(last_paid_on="2023-01-01", website="https://acme.example/")
    rows = (sent("r1"), sent("r2", received_on="2026-04-01", prospect="Jo", prospect_domain="acme.example"))
    assert list(reasons(clients=(past,), referrals=rows)) == ["r2"]


def test_a_duplicate_takes_the_prospect_as_well() -> None:
    """r3 is known by its domain to r2 alone, and r2 was late itself; still somebody was before r3."""
    rows = (
        sent("r1"),
        sent("r2", received_on="2026-04-01", prospect_domain="acme.example"),
        sent("r3", received_on="2026-05-01", prospect="Jo", prospect_domain="acme.example"),
    )
    assert {key: value[1] for key, value in reasons(referrals=rows).items()} == {"r2": "r1", "r3": "r2"}


def test_the_first_within_twelve_months_is_named() -> None:
    rows = (sent("r0", received_on="2025-02-01"), sent("r2", received_on="2026-01-02"), sent("r1", received_on="2026-01-01"))
    found = reasons(referrals=(*rows, sent("r9")))
    assert {key: value[1] for key, value in found.items()} == {"r1": "r0", "r2": "r0", "r9": "r1"}


def test_of_two_that_were_before_by_name_and_by_domain_the_first_is_named() -> None:
    rows = (
        sent("r1", received_on="2026-01-01", prospect="Jo", prospect_domain="acme.example"),
        sent("r2", received_on="2026-02-01", prospect="Acme Dental"),
        sent("r3", received_on="2026-02-02", prospect="Kim", prospect_domain="dental.example"),
        sent("r4", prospect="Acme Dental", prospect_domain="acme.example"),
        sent("r5", prospect="Acme Dental", prospect_domain="dental.example"),
    )
    assert {key: value[1] for key, value in reasons(referrals=rows).items()} == {"r4": "r1", "r5": "r2"}


def test_punctuation_alone_makes_no_two_firms_one() -> None:
    assert reasons(referrals=(sent("r1", prospect="???"), sent("r2", prospect="!!!")), clients=(client(name="???"),)) == {}


# ---------------------------------------------------------------------------------------------------------- who is judged


def test_two_whose_names_were_erased_are_two_and_one_who_is_known_by_their_domain_is_not() -> None:
    gone = (sent(prospect="erased"), sent("r2", received_on="2026-04-01", prospect="Erased"))
    assert reasons(referrals=gone) == {}
    same = tuple(each.model_copy(update={"prospect_domain": "acme.example"}) for each in gone)
    assert reasons(referrals=same)["r2"][:2] == ("duplicate", "r1")


def test_what_is_not_received_yet_takes_no_prospect() -> None:
    rows = (sent("r1", received_on="2026-11-01"), sent("r2", received_on="2026-11-02"))
    assert reasons(referrals=rows) == {}


def test_what_is_received_today_is_judged() -> None:
    assert list(reasons(referrals=(sent("r1"), sent("r2", received_on="2026-10-31")))) == ["r2"]


def test_a_referral_without_a_referrer_claims_nothing() -> None:
    evaluation = evaluations(programme(CASH, referrals=(sent(referrer_id=""),), clients=(client(),)))["r1"]
    assert (evaluation.void, evaluation.lines, evaluation.referrer, evaluation.steps) == (None, (), None, ())
