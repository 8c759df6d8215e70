"""/my/TOKEN/: what became of a referrer's word, and what it earned; for them alone, by their secret link.

Of the people they sent it says what they told us themselves, and how far it has come: nothing learnt since (domain, "Private
unless listed here"). So a commission shows its rate, and its sum once there is one, and not the fee behind it; and of those whom
we knew before it is not told from where.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from site_builder.model.incentives import Incentives
from site_builder.model.portal import Portal
from site_builder.model.public import PublicShareText
from site_builder.model.tables import Audience, Referral, Referrer, Status
from site_builder.page import Circle, Known, PrivateKind, Reader
from site_builder.pages.private.myrewards import Reward, Sums, rewards, sums, waits_for_signature
from site_builder.pages.share import sendable
from site_builder.problem import Source
from site_builder.rules.calendar import plus_days
from site_builder.rules.collections import share_texts, won_on
from site_builder.rules.incentives.agreement import versions
from site_builder.rules.incentives.choice import NO_REWARD
from site_builder.rules.incentives.claims import ERASED
from site_builder.rules.incentives.evaluation import CASH, Evaluation


class Stage(StrEnum):
    """How far a referral has come, in words that a referrer may read: lost is "not this time"."""

    RECEIVED = "received"
    CONTACTED = "contacted"
    QUALIFIED = "qualified"
    WON = "won"
    NOT_THIS_TIME = "not_this_time"


@dataclass(frozen=True, slots=True)
class MyReferral:
    """One of their referrals. prospect: as they entered it, None once the details were removed. thanked_on: None for not yet.

    since: since when it stands so, None where nobody wrote it down. news_by: by when they hear of it, None where nothing is to be
    told. rewards: () for those who want none, and where nothing applies.
    """

    prospect: str | None
    received_on: date
    stage: Stage
    since: date | None
    thanked_on: date | None
    news_by: date | None
    rewards: tuple[Reward, ...]


@dataclass(frozen=True, slots=True)
class ToSign:
    """Terms that rewards wait for. version: its slug, as its page's address has it."""

    version: str
    title: str


@dataclass(frozen=True, slots=True)
class MyView:
    """The whole page.

    referrals: the latest first; won: how many became clients. sums: None where no money is in question, as for those who want
    gifts, honours or nothing. to_sign: None where nothing waits for a signature. code: of their /refer/, /meet/ and card pages.
    respond_within: the portal's own words. tell_within_days: None where the portal does not promise it.
    """

    name: str
    audience: Audience
    as_of: date
    referrals: tuple[MyReferral, ...]
    won: int
    wants_none: bool
    sums: Sums | None
    to_sign: ToSign | None
    code: str
    respond_within: str | None
    tell_within_days: int | None
    texts: tuple[PublicShareText, ...]


def _collect(known: Known) -> Iterable[tuple[MyView, Reader, Source]]:
    portal = known.programme.portal
    theirs: dict[str, list[Evaluation]] = {}
    for evaluation in known.programme.evaluations.values():
        if evaluation.referrer is not None:
            theirs.setdefault(evaluation.referrer.referrer_id, []).append(evaluation)
    for person in sorted(portal.referrers, key=lambda each: each.referrer_id):
        if person.active:
            reader = Reader(Circle.REFERRER, person.referrer_id, person.link_version)
            yield _view(portal, person, theirs.get(person.referrer_id, ())), reader, person.origin.source


def _view(portal: Portal, person: Referrer, evaluations: Sequence[Evaluation]) -> MyView:
    wants_none = person.prefers == NO_REWARD
    days = portal.nurture.tell_outcome_within_days if portal.nurture else None
    latest = sorted(evaluations, key=lambda each: (each.referral.received_on, each.referral.referral_id), reverse=True)
    referrals = tuple(_referral(each, portal.as_of, days, wants_none=wants_none) for each in latest)
    is_unsigned = not wants_none and any(map(waits_for_signature, latest))
    return MyView(
        name=person.name,
        audience=person.audience,
        as_of=portal.as_of,
        referrals=referrals,
        won=sum(each.stage is Stage.WON for each in referrals),
        wants_none=wants_none,
        sums=sums(reward for each in referrals for reward in each.rewards) if _likes_money(portal.incentives, person) else None,
        to_sign=_to_sign(portal) if is_unsigned else None,
        code=person.link_code or person.referrer_id,
        respond_within=portal.settings.form.respond_within,
        tell_within_days=days,
        texts=tuple(text for text in sendable(share_texts(portal)) if text.audience in (None, person.audience)),
    )


def _referral(evaluation: Evaluation, as_of: date, days: int | None, *, wants_none: bool) -> MyReferral:
    referral = evaluation.referral
    stage, since = _stage(referral, as_of)
    is_over = stage in {Stage.WON, Stage.NOT_THIS_TIME}
    # What was told before it happened was other news.
    is_told = referral.outcome_told_on is not None and since is not None and since <= referral.outcome_told_on <= as_of
    return MyReferral(
        prospect=None if referral.prospect.casefold() == ERASED else referral.prospect,
        received_on=referral.received_on,
        stage=stage,
        since=since,
        thanked_on=referral.thanked_on if referral.thanked_on is not None and referral.thanked_on <= as_of else None,
        news_by=plus_days(since, days) if is_over and not is_told and since is not None and days is not None else None,
        rewards=() if wants_none else rewards(evaluation, as_of, is_won=stage is Stage.WON),
    )


def _stage(referral: Referral, as_of: date) -> tuple[Stage, date | None]:
    """Return how far it had come by as_of, and since when, as far as the dates say; a status without one is taken for past."""
    day = won_on(referral)
    status_on = referral.status_on
    has_come = status_on is None or status_on <= as_of
    if referral.status is Status.LOST and has_come:
        return Stage.NOT_THIS_TIME, status_on
    if (day is not None and day <= as_of) or (day is None and referral.status is Status.WON):
        return Stage.WON, day
    if referral.qualified_on is not None and referral.qualified_on <= as_of:
        return Stage.QUALIFIED, referral.qualified_on
    if referral.status is Status.QUALIFIED and has_come:
        return Stage.QUALIFIED, status_on
    if referral.status is Status.CONTACTED and has_come:
        return Stage.CONTACTED, status_on
    return Stage.RECEIVED, referral.received_on


def _likes_money(incentives: Incentives, person: Referrer) -> bool:
    """Say whether they may be met with sums: not who would rather have a gift or an honour, whatever else they earned."""
    preferred = next((rule for rule in incentives.rules if rule.id == person.prefers), None)
    return preferred is None or isinstance(preferred, CASH)


def _to_sign(portal: Portal) -> ToSign | None:
    """Return the terms in force today, before the first ones those to come; signing later ones than were asked for will do."""
    known = versions(portal)
    in_force = [each for each in known if each.effective_on <= portal.as_of]
    asked = (*in_force[-1:], *known[:1])
    return ToSign(asked[0].slug, asked[0].title) if asked else None


MY = PrivateKind("my", "private/my.html", MyView, _collect)
