"""Whether the terms were signed that a referral came under: v1 from 2025, v2 from July 2026, v3 from 2027."""

from __future__ import annotations

from typing import Any

import pytest

from site_builder.rules.incentives import evaluations
from tests.portals import referral, rule, terms
from tests.rules.incentives.making import CASH, evaluated, programme, referrer, states, told

VERSIONS = (
    terms("v3", effective_on="2027-01-01"),
    terms("v1", effective_on="2025-01-01"),
    terms("v2", effective_on="2026-07-01"),
    terms("v0", effective_on="2026-07-01", **{"@lang": "de"}),
)
SIGNED = rule("signed", needs_agreement="yes")


def is_unsigned(received_on: str = "2026-01-10", **person: Any) -> bool:  # noqa: ANN401  # columns of the referrer
    found = evaluated(SIGNED, row={"received_on": received_on}, referrers=(referrer(**person),), terms=VERSIONS)
    return states(found.lines) == [("signed", "withheld", "unsigned")]


@pytest.mark.parametrize(
    ("version", "signed_on", "received_on", "expected"),
    [
        ("v1", "2025-02-01", "2026-01-10", False),
        ("v1", "2025-02-01", "2026-06-30", False),
        ("v1", "2025-02-01", "2026-07-01", True),
        ("v2", "2026-07-02", "2026-07-01", False),
        ("v2", "2026-07-02", "2026-01-10", False),
        ("v3", "2026-10-01", "2026-01-10", False),
        ("v1", "2026-10-31", "2026-01-10", False),
        ("v1", "2026-11-01", "2026-01-10", True),
        ("v1", "", "2026-01-10", True),
        ("", "2025-02-01", "2026-01-10", True),
        ("v9", "2025-02-01", "2026-01-10", True),
        ("v0", "2025-02-01", "2026-01-10", True),
        ("v1", "2025-02-01", "2024-12-31", False),
        ("", "", "2024-12-31", True),
    ],
    ids=[
        *("the one in force", "the one in force until the day before", "changed between signature and referral"),
        *("the new one in force", "a later one", "one to come", "signed today", "signed tomorrow", "never signed"),
        *("no version", "a version there is not", "a translation", "none in force and a later one signed"),
        *("none in force and none signed",),
    ],
)
def test_the_version_in_force_or_a_later_one_must_be_signed(
    version: str, signed_on: str, received_on: str, *, expected: bool
) -> None:
    assert is_unsigned(received_on, agreement_version=version, agreement_signed_on=signed_on) is expected


def test_only_rules_that_need_it_are_held() -> None:
    lines = evaluated(SIGNED, rule("free", to="referred"), terms=VERSIONS).lines
    assert states(lines) == [("signed", "withheld", "unsigned"), ("free", "due", None)]


def test_without_any_terms_nothing_was_signed() -> None:
    found = evaluated(SIGNED, referrers=(referrer(agreement_version="v1", agreement_signed_on="2026-01-01"),))
    assert states(found.lines) == [("signed", "withheld", "unsigned")]


def test_the_trace_says_which_version_and_for_which_day() -> None:
    (line,) = evaluated(SIGNED, terms=VERSIONS).lines
    name, version, day = told(line)[-1]
    assert (name, version, str(day)) == ("unsigned", "v1", "2026-01-10")
    (early,) = evaluated(SIGNED, row={"received_on": "2024-01-10"}, terms=VERSIONS).lines
    assert told(early)[-1] == ("unsigned",)


def test_of_two_versions_of_one_day_either_is_the_one_in_force() -> None:
    twins = (terms("a", effective_on="2025-01-01"), terms("b", effective_on="2025-01-01"))
    for version in ("a", "b"):
        person = referrer(agreement_version=version, agreement_signed_on="2025-02-01")
        assert states(evaluated(SIGNED, referrers=(person,), terms=twins).lines) == [("signed", "due", None)]


def test_an_unsigned_line_keeps_its_amount_and_its_days() -> None:
    """What the owner is told: this much would be due but for the signature."""
    waiting = rule("signed", needs_agreement="yes", wait_days="10")
    portal = programme(waiting, CASH, referrals=(referral(),), terms=VERSIONS)
    line = evaluations(portal)["r1"].lines[0]
    assert (str(line.amount), str(line.milestone_on), str(line.due_on)) == ("100.00", "2026-10-01", "2026-10-11")
