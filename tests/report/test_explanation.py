"""What portal check --explain says of a code."""

from __future__ import annotations

import re

import pytest

from site_builder.codes import CODES, PROGRAMME
from site_builder.report.explanation import EXAMPLE_DAY, Example, example, explanation
from tests.invalid import cases


def test_a_code_without_examples_is_explained_in_a_few_lines() -> None:
    assert explanation("D602") == (
        "D602: an accepted check that does not fire\n\n"
        "An exception that outlives its reason would let the next slip through.\n\n"
        "severity: advice (it never fails a build)\n"
        "source:   Referral Portal: checks\n"
    )


def test_a_check_of_the_programme_is_explained_with_what_tunes_it_and_two_examples() -> None:
    rewards = "  data/rewards.yaml\n    anniversaries: [{from_year: 1, reward: A tree by the beck}]\n\n"
    clients = (
        "  data/clients.csv\n"
        "    client_id,name,industry,since,last_paid_on\n"
        "    acme,Acme Dental,dental,2021-11-06,2026-10-01\n\n"
    )
    assert explanation("R101") == (
        "R101: an anniversary without a gift\n\n"
        "A gift on the date surprises; a week late it is an apology.\n\n"
        "severity: advice (it never fails a build)\n"
        "source:   Rewards: anniversaries\n"
        "tuned by: data/portal.yaml, checks: thresholds:\n"
        "  anniversary_days: 14   # usual: days before an anniversary by which its gift is planned\n\n"
        "Two examples, on 2026-10-31 where they say no other as_of. It fires on this:\n\n"
        f"{clients}{rewards}"
        "and not on this:\n\n"
        f"{clients}{rewards}"
        "  data/gifts.csv\n"
        "    client_id,given_on,occasion,what\n"
        "    acme,2026-09-10,wow,Cake on the day the new till came\n"
        "    acme,2026-11-06,anniversary,A tree by the beck\n"
    )


def test_the_lines_of_a_file_stand_below_its_name_with_its_empty_cells() -> None:
    assert (
        "  data/reviews.csv\n"
        "    client_id,reviewed_on,outcome,follow_up,follow_up_on\n"
        "    acme,2026-09-03,retention,Bring the plan for the two outages,2026-09-28\n"
        "    acme,2026-09-28,asked,,\n"
    ) in explanation("K103")


@pytest.mark.parametrize(
    ("code", "effect"),
    [
        ("S102", "severity: error (nothing is published while it stands)"),
        ("S101", "severity: warning (it fails a build under --strict)"),
        ("K101", "severity: advice (it never fails a build)"),
        ("D601", "severity: note (it never fails a build)"),
    ],
)
def test_how_grave_it_is_is_said_by_what_comes_of_it(code: str, effect: str) -> None:
    assert effect in explanation(code).splitlines()


def test_every_threshold_of_a_check_is_named_with_its_usual_value() -> None:
    tuned = [line for line in explanation("I105").splitlines() if line.startswith("  first_year_")]
    assert [line.partition("   #")[0] for line in tuned] == ["  first_year_from: 5", "  first_year_to: 10"]
    assert "tuned by" not in explanation("S102")


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_explained_in_lines_that_end(code: str) -> None:
    text = explanation(code)
    assert text.startswith(f"{code}: {CODES[code].title}\n")
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert not re.search(r"[ \t]\n", text)


@pytest.mark.parametrize("code", PROGRAMME)
def test_every_check_of_the_programme_has_two_different_examples(code: str) -> None:
    shown = example(code)
    assert isinstance(shown, Example)
    assert shown.fires
    assert shown.fires != shown.quiet
    assert {f"  {path}" for path in shown.fires} <= set(explanation(code).splitlines())


def test_what_is_no_check_of_the_programme_has_no_examples() -> None:
    assert [code for code in CODES if code not in PROGRAMME and example(code) is not None] == []
    assert example("P199") is None


def test_an_unknown_code_is_our_mistake() -> None:
    with pytest.raises(KeyError):
        explanation("P199")


def test_the_day_of_the_examples_is_the_small_portals() -> None:
    assert f"\nas_of: {EXAMPLE_DAY}\n" in (cases.BARE / "data/portal.yaml").read_text(encoding="utf-8")
