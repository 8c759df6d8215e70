"""Customer of the month: written in time, and the one who was elected (domain, S101, S102, S104, S105; S103: checks/consent).

Nominations and votes are private: a message names a month and the spotlight's own client, never how anybody voted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from site_builder.checks.subject import Subject
from site_builder.codes import problem
from site_builder.model.tables import Vote
from site_builder.problem import Problem, Source

_FOLDER = "content/spotlights"


def missed_spotlight(subject: Subject) -> Iterable[Problem]:
    """Report that as_of's month has no spotlight, from a day of the month on and once an earlier month had one (S101).

    One that waits for a permission is written; S103 tells of it.
    """
    as_of = subject.portal.as_of
    this_month = as_of.isoformat()[: len("YYYY-MM")]
    months = {spotlight.month for spotlight in subject.portal.spotlights if not spotlight.lang}
    is_started = any(month < this_month for month in months)
    if is_started and this_month not in months and as_of.day >= subject.threshold("spotlight_day"):
        message = f"{this_month} has no customer of the month yet"
        hint = f"write {_FOLDER}/{this_month}-CLIENT.md, with a client's id for CLIENT, about what they did that others could do"
        yield problem("S101", Source(_FOLDER), message, hint=hint)


def unelected(subject: Subject) -> Iterable[Problem]:
    """Report each spotlight of a past month with nominations whose client did not win alone, and that says no reason (S102)."""
    held = {each.month: each for each in subject.programme.elections if each.nominated and not each.is_running}
    for spotlight in subject.portal.spotlights:
        vote = held.get(spotlight.month)
        if spotlight.lang or vote is None or spotlight.client == vote.winner or spotlight.override_reason:
            continue
        if vote.winner is None:
            message = f"the vote of {spotlight.month} has no single winner, and nothing says how it was settled"
            hint = "write override_reason: and how, a drawn lot for example"
        else:
            message = f'"{spotlight.client}" did not win the vote of {spotlight.month}, and nothing says why it is theirs'
            hint = f"write override_reason: and why; or write about the winner, whom portal tally {spotlight.month} names"
        yield problem("S102", spotlight.at("client"), message, hint=hint, field="client", row_id=spotlight.client)


def stray_votes(subject: Subject) -> Iterable[Problem]:
    """Report once a month votes for somebody who was not nominated (S104); without nominations nobody was to be elected."""
    for vote in subject.programme.elections:
        if vote.nominated and vote.stray:
            count = len(vote.stray)
            went = "a vote went" if count == 1 else f"{count} votes went"
            message = f"in {vote.month} {went} to somebody who was not nominated"
            hint = "add whom somebody did nominate to data/nominations.csv; else tell the voters among whom to choose"
            first = min(vote.stray, key=lambda row: (row.at("client_id").line, row.voter))
            yield problem("S104", first.at("client_id"), message, hint=hint, field="client_id", row_id=vote.month)


def too_many_voters(subject: Subject) -> Iterable[Problem]:
    """Report once a month in which more people voted than staff says work here (S105); without staff nobody can tell.

    The first vote under a name that stands there twice, but for capitals and spaces, is the place; else the month's first vote.
    """
    staff = subject.portal.settings.staff
    if staff is None:
        return
    for vote in subject.programme.elections:
        if vote.turnout <= staff:
            continue
        cast = sorted((row for row in subject.portal.votes if row.month == vote.month), key=_line)
        again = list(_again(cast))
        message = f"in {vote.month} {vote.turnout} people voted, and staff in portal.yaml is {staff}"
        hint = "correct staff; or leave out who does not work here"
        if again:
            names = "a name differs" if len(again) == 1 else f"{len(again)} names differ"
            hint = f"{names} from one before by capitals or spaces alone, and counts twice: write it the same way, once a month"
        yield problem("S105", (again or cast)[0].at("voter"), message, hint=hint, field="voter", row_id=vote.month)


def _line(row: Vote) -> tuple[int, str]:
    return row.at("voter").line, row.voter


def _again(cast: Iterable[Vote]) -> Iterator[Vote]:
    """Yield the votes whose voter has voted before under another spelling."""
    seen: set[str] = set()
    for row in cast:
        form = "".join(row.voter.casefold().split())
        if form in seen:
            yield row
        seen.add(form)
