"""What is withheld for want of consent (domain, S103): nobody is shown who did not agree, and their owner hears what waits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from site_builder.checks.subject import Subject
from site_builder.codes import problem
from site_builder.model.content import Spotlight, Story
from site_builder.model.documents import TeamMember, Testimonial
from site_builder.problem import Problem, Severity, Source
from site_builder.rules.calendar import first_of_month
from site_builder.rules.projection import agreed


def consent(subject: Subject) -> Iterable[Problem]:
    """Report each spotlight and story that waits for a permission, each spotlight without context, and whoever was not asked.

    What has not happened by as_of is left alone: it would not be published yet with a permission either. Clients who are not
    listed, referrers who are not named and team members with "public: no" gave their answer; they are no news.
    """
    portal = subject.portal
    as_of = portal.as_of
    for spotlight in portal.spotlights:
        if not spotlight.lang and first_of_month(spotlight.month) <= as_of:
            yield from _spotlight(spotlight, as_of)
    for story in portal.stories:
        if not story.lang and story.happened_on <= as_of:
            yield from _permission(story, story.permission_on, as_of)
    if portal.trust:
        yield from _testimonials(portal.trust.testimonials, as_of)
        yield from _team(portal.trust.team)


def _spotlight(spotlight: Spotlight, as_of: date) -> Iterator[Problem]:
    yield from _permission(spotlight, spotlight.permission_on, as_of)
    if agreed(spotlight.permission_on, as_of) and not spotlight.context:
        message = "this spotlight has no context: it does not say which behaviour is rewarded"
        hint = "write context: and what they did that others could do as well"
        yield problem("S103", spotlight.at("headline"), message, hint=hint, field="context")


def _permission(document: Spotlight | Story, given: date | None, as_of: date) -> Iterator[Problem]:
    what = "this spotlight" if isinstance(document, Spotlight) else "this story"
    if given is None:
        hint = "ask whoever it is about, then write permission_on: and the day they agreed"
        yield problem(
            "S103",
            document.at("headline"),
            f"{what} is not published: it waits for a permission",
            hint=hint,
            field="permission_on",
        )
    elif given > as_of:
        yield problem("S103", document.at("permission_on"), f"{what} {_not_yet(as_of)}", hint=_ON_THE_DAY, field="permission_on")


_ON_THE_DAY = "correct the day, or leave it: it is published from that day on"


def _not_yet(as_of: date) -> str:
    return f"is not published: its permission is of a day after {as_of}, for which this portal speaks"


def _testimonials(testimonials: tuple[Testimonial, ...], as_of: date) -> Iterator[Problem]:
    for number, item in enumerate(testimonials):
        field = f"testimonials[{number}].consent_on"
        if item.consent_on is None:
            hint = "ask who said it, then write consent_on: and the day they agreed"
            yield _noted(item.at("words"), "this testimonial is not published: it waits for a consent", hint, field)
        elif item.consent_on > as_of:
            yield _noted(item.at("consent_on"), f"this testimonial {_not_yet(as_of)}", _ON_THE_DAY, field)


def _team(team: tuple[TeamMember, ...]) -> Iterator[Problem]:
    for number, member in enumerate(team):
        if "public" not in member.model_fields_set:
            message = "this member of the team is not shown: nothing says whether they agreed"
            yield _noted(member.at("name"), message, "ask them, then write public: yes or public: no", f"team[{number}].public")


def _noted(source: Source, message: str, hint: str, field: str) -> Problem:
    """Tell of what needs nobody's haste: unlike a spotlight, nobody waits to see these published."""
    return replace(problem("S103", source, message, hint=hint, field=field), severity=Severity.NOTE)
