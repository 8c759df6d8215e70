"""What waits for a consent is told, and by when it counts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from site_builder.checks import Subject
from site_builder.checks.consent import consent
from site_builder.model.content import Story
from site_builder.model.portal import Portal
from site_builder.problem import Problem, Severity
from tests.portals import PORTAL, client, referrer, spotlight, trust, typed


def told(portal: Portal) -> list[Problem]:
    found = list(consent(Subject(portal)))
    assert {problem.code for problem in found} <= {"S103"}
    return found


def story(**values: object) -> Portal:
    item = {"@slug": "taxi", "kind": "wow", "happened_on": "2026-05-04", "headline": "A server in a taxi", **values}
    return replace(PORTAL, stories=(typed(Story, item),))


def featured(month: str = "2026-09", **values: object) -> Portal:
    item = spotlight("acme", month, **{"context": "They lock up.", **values})
    return replace(PORTAL, clients=(client(),), spotlights=(item,))


@pytest.mark.parametrize("given", ["2026-10-31", "2026-05-01"])
def test_what_was_agreed_to_by_today_is_no_news(given: str) -> None:
    assert told(story(permission_on=given)) == []
    assert told(featured(permission_on=given)) == []


@pytest.mark.parametrize("portal", [story(), featured(permission_on=None)], ids=["story", "spotlight"])
def test_what_waits_for_a_permission_is_a_warning(portal: Portal) -> None:
    (problem,) = told(portal)
    assert (problem.severity, problem.field) == (Severity.WARNING, "permission_on")
    assert problem.message.endswith("is not published: it waits for a permission")


@pytest.mark.parametrize("portal", [story(permission_on="2026-11-01"), featured(permission_on="2026-11-01")])
def test_a_permission_of_a_day_to_come_counts_from_that_day_on(portal: Portal) -> None:
    (problem,) = told(portal)
    assert problem.severity is Severity.WARNING
    assert "its permission is of a day after 2026-10-31" in problem.message
    assert "2026-11-01" not in problem.message + problem.hint
    assert told(replace(portal, as_of=PORTAL.as_of.replace(month=12))) == []


@pytest.mark.parametrize(
    "portal",
    [
        story(happened_on="2026-11-01"),
        featured("2026-11", permission_on=None),
        story(**{"@lang": "de"}),
        featured(permission_on=None, **{"@lang": "de"}),
    ],
    ids=["a story to come", "a month to come", "a story in German", "a spotlight in German"],
)
def test_what_would_not_be_published_with_a_permission_either_is_left_alone(portal: Portal) -> None:
    assert told(portal) == []


def test_a_spotlight_says_what_is_rewarded() -> None:
    (problem,) = told(featured(context=None))
    assert (problem.severity, problem.field) == (Severity.WARNING, "context")
    (waiting,) = told(featured(context=None, permission_on=None))
    assert waiting.field == "permission_on"


def test_testimonials_without_a_consent_are_noted() -> None:
    said = [
        {"words": "Fine", "who": "Zoe", "consent_on": "2026-10-31"},
        {"words": "Good", "who": "Yan"},
        {"words": "Well", "who": "Xia", "consent_on": "2026-11-01"},
    ]
    found = told(replace(PORTAL, trust=trust(testimonials=said)))
    assert [(problem.severity, problem.field) for problem in found] == [
        (Severity.NOTE, "testimonials[1].consent_on"),
        (Severity.NOTE, "testimonials[2].consent_on"),
    ]
    assert "waits for a consent" in found[0].message
    assert "its permission is of a day after" in found[1].message
    assert not any(word in repr(found) for word in ("Yan", "Good", "Xia", "Well"))


def test_who_was_not_asked_to_be_shown_is_noted_and_who_said_no_is_not() -> None:
    team = [{"name": "Ann", "public": "yes"}, {"name": "Bob", "public": "no"}, {"name": "Zebra"}]
    (problem,) = told(replace(PORTAL, trust=trust(team=team)))
    assert (problem.severity, problem.field) == (Severity.NOTE, "team[2].public")
    assert "Zebra" not in repr(problem)


def test_clients_not_listed_and_referrers_not_named_are_no_news() -> None:
    assert told(replace(PORTAL, clients=(client(),), referrers=(referrer(),))) == []
