"""Whether reviews keep up, and whether anybody went back to clients at risk (domain, K101 to K103; source: Five KPIs).

All of it keeps quiet until data/reviews.csv is started.
"""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.checks.ages import counted, days_old
from site_builder.checks.subject import Subject
from site_builder.codes import problem
from site_builder.model.tables import Outcome, Review
from site_builder.problem import Problem, Source
from site_builder.rules.kpis import SMALL_NUMBERS
from site_builder.rules.standing import Standing

_REVIEWS = "data/reviews.csv"
_HEADER = Source(_REVIEWS, 1, 1)
"""What is wrong with the table and with no row of it stands at its beginning."""
_WHICH = "portal kpis names the clients of whom nobody knows; sit down with the longest unseen first"


def backlog(subject: Subject) -> Iterable[Problem]:
    """Advise once where more reviews are behind than may be (K101)."""
    if not _is_started(subject):
        return
    behind = subject.programme.kpis.backlog
    if behind > subject.threshold("backlog"):
        said = "1 review is" if behind == 1 else f"{behind} reviews are"
        yield problem("K101", _HEADER, f"{said} behind", hint=_WHICH)


def unknown_clients(subject: Subject) -> Iterable[Problem]:
    """Advise once where nobody knows how too many of the active clients stand (K102); among few clients the message says so."""
    if not _is_started(subject):
        return
    kpis, most = subject.programme.kpis, subject.threshold("unknown_percent")
    percent = kpis.present.unknown.percent
    if percent is not None and percent > most:
        few = f" (of fewer than {SMALL_NUMBERS}, so one client moves this much)" if kpis.has_small_numbers else ""
        message = f"nobody knows how {percent} % of the active clients stand{few}"
        yield problem("K102", _HEADER, message, hint=_WHICH)


def unseen_risks(subject: Subject) -> Iterable[Problem]:
    """Report each active client at risk whose latest review is so many days old that another should have followed (K103)."""
    as_of, days = subject.portal.as_of, subject.threshold("follow_up_days")
    for client_id, review in _latest_at_risk(subject).items():
        if days_old(review.reviewed_on, as_of, days):
            message = f'"{client_id}" was found at risk, and was not reviewed again within {counted(days, "day")}'
            hint = "sit down with them, put right what is wrong, and add the review to this table"
            yield problem("K103", review.at("reviewed_on"), message, hint=hint, field="reviewed_on", row_id=client_id)


def _latest_at_risk(subject: Subject) -> dict[str, Review]:
    """Return the latest review of each client at risk: it is the one that found them so."""
    standing = subject.programme.standing
    latest: dict[str, Review] = {}
    for review in subject.portal.reviews:
        if (
            standing.get(review.client_id) is Standing.AT_RISK
            and review.outcome is Outcome.RETENTION
            and review.reviewed_on <= subject.portal.as_of
            and (review.client_id not in latest or review.reviewed_on > latest[review.client_id].reviewed_on)
        ):
            latest[review.client_id] = review
    return latest


def _is_started(subject: Subject) -> bool:
    return _REVIEWS not in subject.portal.absent
