"""Why a referrer's name is safe with you, and whether it still is (domain, T101 to T108).

A collection that trust.yaml does not start is not missed; one that is started and empty is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeGuard

from site_builder.checks.ages import counted, days_old, months_old
from site_builder.checks.subject import Subject
from site_builder.codes import problem
from site_builder.model.content import StoryKind
from site_builder.model.documents import Capacity, ThirdParty, ThirdPartyResult, Trust
from site_builder.model.tables import Occasion
from site_builder.problem import Problem, Severity, Source

_STARS = 5


def stale_capacity(subject: Subject) -> Iterable[Problem]:
    """Report a capacity that says nothing about growth, and one that nobody looked at lately (T101)."""
    capacity = _capacity(subject)
    if capacity is None:
        return
    if not capacity.statement:
        message = "nothing says how you keep up when more clients come"
        hint = "write in capacity.statement how many clients you take on, and what you do so that nobody has to wait"
        yield problem("T101", capacity.at("statement"), message, hint=hint, field="capacity.statement")
    days = subject.threshold("capacity_days")
    if capacity.checked_on is not None and days_old(capacity.checked_on, subject.portal.as_of, days):
        message = f"the capacity was last looked at more than {counted(days, 'day')} ago"
        hint = "see whether it still holds, and write the day in checked_on"
        yield problem("T101", capacity.at("checked_on"), message, hint=hint, field="capacity.checked_on")


def no_slot(subject: Subject) -> Iterable[Problem]:
    """Report that a month is full (T102); an error where nothing says what happens then.

    A day that has gone by tells nobody anything, but it depends on the day of the build, so it is no error. The numbers may be
    private and are not told.
    """
    capacity = _capacity(subject)
    if capacity is None or capacity.slots_a_month is None or (capacity.slots_taken or 0) < capacity.slots_a_month:
        return
    if capacity.waiting_list or (capacity.next_free_on is not None and capacity.next_free_on >= subject.portal.as_of):
        message = "no place is free for a new client this month"
        hint = "make room, or tell referrers before they send somebody; once a place is free, correct slots_taken"
        yield problem("T102", capacity.at("slots_taken"), message, hint=hint, field="capacity.slots_taken")
    elif capacity.next_free_on is not None:
        message = "no place is free for a new client, and the day on which the next one was to be free has gone by"
        hint = "correct slots_taken, or write in next_free_on when the next place is free"
        yield problem("T102", capacity.at("next_free_on"), message, hint=hint, field="capacity.next_free_on")
    else:
        message = "no place is free for a new client, and nothing says what happens to whoever is sent now"
        hint = "write in next_free_on when the next place is free, or in waiting_list what you do until then"
        found = problem("T102", capacity.at("slots_taken"), message, hint=hint, field="capacity.slots_taken")
        yield replace(found, severity=Severity.ERROR)


def guarantees(subject: Subject) -> Iterable[Problem]:
    """Report that there is no guarantee, or each one without a consequence (T103)."""
    trust = subject.portal.trust
    if _is_empty(trust, "guarantees"):
        hint = "add one: a title, a promise, and in if_we_fail what it costs you when you do not keep it"
        yield problem("T103", trust.at("guarantees"), "there is no guarantee", hint=hint, field="guarantees")
    for number, item in enumerate(trust.guarantees if trust else ()):
        if not item.if_we_fail:
            message = f'the guarantee "{item.title}" does not say what happens when you fail'
            hint = "write in if_we_fail what they get then, without having to ask"
            yield problem("T103", item.at("title"), message, hint=hint, field=f"guarantees[{number}].if_we_fail")


def faceless_team(subject: Subject) -> Iterable[Problem]:
    """Report a team of whom nobody is shown with a photo and a way to reach them (T104)."""
    trust = subject.portal.trust
    if trust is None or "team" not in trust.model_fields_set:
        return
    if not any(member.public and member.photo and member.contact for member in trust.team):
        message = "nobody of the team is shown with a photo and a way to reach them"
        hint = "ask somebody whether they agree, then write their photo, contact and public: yes"
        yield problem("T104", trust.at("team"), message, hint=hint, field="team")


def outcomes(subject: Subject) -> Iterable[Problem]:
    """Advise that there is no result, or on each old one (T105)."""
    trust, months = subject.portal.trust, subject.threshold("outcome_months")
    if _is_empty(trust, "outcomes"):
        hint = "add one: a metric such as NPS, its value, source and measured_on"
        yield problem("T105", trust.at("outcomes"), "there is no result that anybody could check", hint=hint, field="outcomes")
    for number, item in enumerate(trust.outcomes if trust else ()):
        if item.measured_on is not None and months_old(item.measured_on, subject.portal.as_of, months):
            message = f'the result "{item.metric}" is more than {counted(months, "month")} old'
            hint = "measure again and write the value and measured_on, or take it out"
            yield problem("T105", item.at("measured_on"), message, hint=hint, field=f"outcomes[{number}].measured_on")


def third_parties(subject: Subject) -> Iterable[Problem]:
    """Report each supplier who did badly or was not checked lately, one never checked included (T106).

    Who they are and how they did is never published, so a message gives their place in the list.
    """
    trust = subject.portal.trust
    for number, item in enumerate(trust.third_parties if trust else ()):
        faults = tuple(_third_party(subject, item))
        if faults:
            field = f"third_parties[{number}].{faults[0][0]}"
            message = f"entry {number + 1} of third_parties {' and '.join(said for _, said, _ in faults)}"
            hint = "; ".join(wanted for _, _, wanted in faults)
            yield problem("T106", item.at(faults[0][0]), message, hint=hint, field=field)


def _third_party(subject: Subject, item: ThirdParty) -> Iterator[tuple[str, str, str]]:
    """Yield each reason: the key it is about, what is wrong, what to do."""
    as_of, months = subject.portal.as_of, subject.threshold("third_party_months")
    if item.result is ThirdPartyResult.BAD:
        yield "result", "did badly when last checked", "settle with them what changes, or find another; then write the new result"
    if item.checked_on is None or item.checked_on > as_of:
        yield "checked_on", "has no check behind it", "look at their work as you look at yours, and write checked_on and result"
    elif months_old(item.checked_on, as_of, months):
        wanted = "look at their work as you look at yours, and write the new checked_on and result"
        yield "checked_on", f"was last checked more than {counted(months, 'month')} ago", wanted


def nothing_to_tell(subject: Subject) -> Iterable[Problem]:
    """Advise where stories or gifts are started and none of late was a wow (T107), published or not."""
    portal, days = subject.portal, subject.threshold("wow_days")
    happened = [story.happened_on for story in portal.stories if story.kind is StoryKind.WOW]
    given = [gift.given_on for gift in portal.gifts if gift.occasion is Occasion.WOW]
    is_started = portal.stories or portal.gifts
    if is_started and not any(day <= portal.as_of and not days_old(day, portal.as_of, days) for day in (*happened, *given)):
        message = f"no wow story and no wow gift in the last {counted(days, 'day')}"
        hint = "do something that a client would tell others about; then write the story, or the gift with occasion wow"
        yield problem("T107", Source("content/stories" if portal.stories else "data/gifts.csv"), message, hint=hint)


def unanswered_scores(subject: Subject) -> Iterable[Problem]:
    """Advise on each low score elsewhere without an answer (T108)."""
    trust, low = subject.portal.trust, subject.threshold("low_score")
    for number, item in enumerate(trust.reviews_elsewhere if trust else ()):
        if item.score < low and not item.answer:
            message = f"{item.score} out of {_STARS} at {item.site} has no answer"
            hint = "write in answer what you say to it: what went wrong then, and what you changed"
            yield problem("T108", item.at("score"), message, hint=hint, field=f"reviews_elsewhere[{number}].answer")


def _capacity(subject: Subject) -> Capacity | None:
    return subject.portal.trust.capacity if subject.portal.trust else None


def _is_empty(trust: Trust | None, name: str) -> TypeGuard[Trust]:
    """Say whether a collection is started and holds nothing."""
    return trust is not None and name in trust.model_fields_set and not getattr(trust, name)
