"""What an owner accepts is not told again, what they accept in vain is, and codes that no check has are mistakes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from site_builder.checks import Subject, check
from site_builder.checks.ignored import tuning, without_ignored
from site_builder.codes import CODES, PROGRAMME, problem
from site_builder.model.settings import Ignore
from site_builder.problem import Problem, Severity, Source
from tests.portals import PORTAL, client, incentives, referral, referrer, rule, settings, spotlight, typed

REASON = {"reason": "We know"}
THANKS = problem("N101", Source("data/referrals.csv", 2, 5), "late", row_id="r1")
OTHER = problem("N101", Source("data/referrals.csv", 3, 5), "late", row_id="r2")
TALK = problem("N103", Source("data/referrers.csv", 2, 5), "late", row_id="rita")
FILE = problem("D206", Source("data/referrals.csv", 2, 9), "no such word", row_id="r1")
FOUND = (THANKS, OTHER, TALK, FILE)


def accepting(*ignores: Mapping[str, str], **thresholds: str) -> Subject:
    """A portal with such entries under checks: ignore, each on a line of portal.yaml of its own, from line 12 on."""
    usual = settings(checks={"thresholds": thresholds})
    entries = tuple(
        typed(Ignore, {**REASON, **entry}, Source("data/portal.yaml", 12 + number, 5)) for number, entry in enumerate(ignores)
    )
    return Subject(
        replace(PORTAL, settings=usual.model_copy(update={"checks": usual.checks.model_copy(update={"ignore": entries})}))
    )


def left(*ignores: Mapping[str, str]) -> list[Problem]:
    return list(without_ignored(accepting(*ignores), FOUND))


def test_without_entries_everything_is_told() -> None:
    assert left() == list(FOUND)


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ({"code": "N101"}, [TALK, FILE]),
        ({"code": "N101", "id": "r1"}, [OTHER, TALK, FILE]),
        ({"code": "N101", "path": "data/referrals.csv"}, [TALK, FILE]),
        ({"code": "N101", "path": "data/referrals.csv", "id": "r2"}, [THANKS, TALK, FILE]),
    ],
    ids=["everywhere", "for one row", "in one file", "for one row of one file"],
)
def test_what_is_accepted_is_not_told(entry: Mapping[str, str], told: list[Problem]) -> None:
    assert left(entry) == told


def test_several_may_accept_the_same() -> None:
    assert left({"code": "N101"}, {"code": "N101", "id": "r1"}) == [TALK, FILE]


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({"code": "P103"}, "this accepts nothing: P103 does not fire"),
        ({"code": "N101", "id": "r3"}, "this accepts nothing: N101 does not fire for r3"),
        ({"code": "N101", "path": "data/clients.csv"}, "this accepts nothing: N101 does not fire in data/clients.csv"),
        (
            {"code": "N101", "path": "data/clients.csv", "id": "r1"},
            "this accepts nothing: N101 does not fire in data/clients.csv for r1",
        ),
    ],
    ids=["another check", "another row", "another file", "the row in another file"],
)
def test_what_accepts_nothing_is_advice_at_its_line(entry: Mapping[str, str], message: str) -> None:
    *told, advice = left({"code": "N103"}, entry)
    assert told == [THANKS, OTHER, FILE]
    assert (advice.code, advice.severity, advice.field) == ("D602", Severity.ADVICE, "checks.ignore[1].code")
    assert (advice.source, advice.message) == (Source("data/portal.yaml", 13, 5), message)


OUT = "take this entry out, so that it cannot hide the next one"


@pytest.mark.parametrize(
    ("entry", "hint"),
    [
        ({"code": "N103", "id": "Rita"}, 'did you mean "rita"?'),
        ({"code": "N103", "id": "rtia"}, 'did you mean "rita"?'),
        ({"code": "N103", "path": "data/referrers.cvs"}, 'did you mean "data/referrers.csv"?'),
        ({"code": "N103", "path": "referrers.csv"}, 'did you mean "data/referrers.csv"?'),
        ({"code": "N103", "path": "data/referrers.cvs", "id": "rtia"}, 'did you mean "data/referrers.csv"?'),
        ({"code": "N103", "path": "data/referrers.csv", "id": "rtia"}, 'did you mean "rita"?'),
        # There is such a file, row or month, and nothing is to be accepted there any more.
        ({"code": "N103", "path": "data/referrals.csv"}, OUT),
        ({"code": "N103", "path": "content/spotlights/2026-08-acme.md"}, OUT),
        ({"code": "N103", "id": "harbour"}, OUT),
        ({"code": "N103", "id": "rital"}, OUT),
        ({"code": "N103", "id": "ritax"}, OUT),
        ({"code": "N103", "id": "rital-1"}, OUT),
        ({"code": "S104", "id": "2026-08"}, OUT),
        # Where this check says nothing of the like, whatever there is.
        ({"code": "L104", "id": "habrour"}, 'did you mean "harbour"?'),
        ({"code": "L104", "path": "content/spotlight/2026-08-acme.md"}, 'did you mean "content/spotlights/2026-08-acme.md"?'),
        ({"code": "N103", "id": "bob"}, OUT),
        ({"code": "N103", "path": "elsewhere"}, OUT),
        ({"code": "P103"}, OUT),
    ],
)
def test_a_slip_of_the_pen_in_path_or_id_is_asked_about(entry: Mapping[str, str], hint: str) -> None:
    there = replace(
        accepting(entry).portal,
        clients=(client("harbour"),),
        referrers=(referrer("rital"),),
        referrals=(referral("ritax"),),
        incentives=incentives(rule("rital-1")),
        spotlights=(spotlight(month="2026-08"),),
    )
    month = problem("S104", Source("data/votes.csv", 2, 5), "stray", row_id="2026-09")
    own = replace(TALK, row_id="rita")
    *_, advice = without_ignored(Subject(there), (own, month))
    assert (advice.code, advice.hint) == ("D602", hint)


def test_a_mistake_in_a_file_cannot_be_accepted_and_that_is_no_advice_too() -> None:
    assert left({"code": "D206"}) == list(FOUND)


def test_a_whole_check_of_a_portal_goes_by_it() -> None:
    people = (referrer("rita", link_code="7QK3M9TX"),)
    assert [found.code for found in check(Subject(replace(PORTAL, referrers=people)))] == ["N104"]
    accepted = accepting({"code": "N104"}).portal
    assert check(Subject(replace(accepted, referrers=people))) == ()
    assert [found.code for found in check(Subject(accepted))] == ["D602"]


# Codes and thresholds that there are not


@pytest.mark.parametrize(
    ("code", "message", "hint"),
    [
        ("P1O3", 'there is no check "P1O3"', 'did you mean "P103"?'),
        ("p103", 'there is no check "p103"', 'did you mean "P103"?'),
        ("ask Ann Hale", "there is no such check", "write the code as portal check prints it, for example P103"),
        ("benchmarks", 'there is no check "benchmarks"', "write the code as portal check prints it, for example P103"),
        (
            "D302",
            f"D302 cannot be ignored: {CODES['D302'].title}",
            "mend what it says instead, and take this entry out",
        ),
    ],
)
def test_an_entry_for_what_is_no_check_of_the_programme_is_an_error(code: str, message: str, hint: str) -> None:
    (found,) = tuning(accepting({"code": "P103"}, {"code": code}))
    assert (found.code, found.severity, found.field) == ("D206", Severity.ERROR, "checks.ignore[1].code")
    assert (found.source, found.message, found.hint) == (Source("data/portal.yaml", 13, 5), message, hint)


@pytest.mark.parametrize("code", PROGRAMME)
def test_every_check_of_the_programme_can_be_accepted(code: str) -> None:
    assert list(tuning(accepting({"code": code}))) == []


@pytest.mark.parametrize(("name", "hint"), [("derisry", 'did you mean "derisory"?'), ("DERISORY", 'did you mean "derisory"?')])
def test_a_threshold_there_is_not_is_an_error_with_a_near_one(name: str, hint: str) -> None:
    (found,) = tuning(accepting(derisory="50", **{name: "100"}))
    assert (found.code, found.field) == ("D206", f"checks.thresholds.{name}")
    assert (found.message, found.hint) == (f'there is no threshold "{name}"', hint)


def test_where_no_threshold_is_near_they_are_all_named() -> None:
    (found,) = tuning(accepting(xyz="1"))
    assert found.hint.startswith("there are improved_months, benchmark_months, ")
    assert found.hint.endswith(", anniversary_days")
