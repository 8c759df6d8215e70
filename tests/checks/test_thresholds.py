"""The numbers behind the checks belong to a check each and are the owner's to change."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from site_builder.checks import Subject
from site_builder.checks.thresholds import THRESHOLDS, threshold
from site_builder.codes import PROGRAMME
from tests.portals import PORTAL, settings


@pytest.mark.parametrize(
    ("name", "usual"),
    # What the domain's list of checks says in words.
    [
        ("promise_words", 25),
        ("capacity_days", 90),
        ("third_party_months", 6),
        ("derisory", 100),
        ("plain_words", 25),
        ("plain_grade", 8),
        ("told_days", 30),
        ("first_step_fields", 3),
        ("form_fields", 7),
        ("spotlight_day", 7),
        ("backlog", 0),
        ("unknown_percent", 25),
        ("follow_up_days", 30),
        ("anniversary_days", 14),
    ],
)
def test_the_usual_value_is_the_domains(name: str, usual: int) -> None:
    assert threshold(PORTAL, name) == usual


def test_portal_yaml_changes_one_and_leaves_the_others() -> None:
    portal = replace(PORTAL, settings=settings(checks={"thresholds": {"derisory": "49.90"}}))
    assert threshold(portal, "derisory") == Decimal("49.90")
    assert threshold(portal, "backlog") == 0
    assert Subject(portal).threshold("derisory") == Decimal("49.90")


def test_a_threshold_that_no_check_has_is_our_mistake() -> None:
    with pytest.raises(KeyError):
        threshold(PORTAL, "derisry")


@pytest.mark.parametrize("name", THRESHOLDS)
def test_each_threshold_belongs_to_a_check_and_says_what_it_means(name: str) -> None:
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", name)
    assert THRESHOLDS[name].code in PROGRAMME
    assert re.fullmatch(r"[a-z].*[^.]", THRESHOLDS[name].about)
