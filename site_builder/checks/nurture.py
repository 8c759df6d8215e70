"""What referrers wait for, and whom to leave alone for now (domain, N101 to N107; Step by step: nurture, gratitude, identify)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from site_builder.checks.ages import counted, days_old
from site_builder.checks.claimed import claimed
from site_builder.checks.subject import Subject
from site_builder.codes import problem
from site_builder.model.incentives import Base, EventRule, GiftRule, Honour, IntroductionRule, Milestone, Verdict
from site_builder.model.tables import Clause, Referral, ReferrerKind, Review, Status
from site_builder.problem import Problem, Source
from site_builder.rules.incentives.course import course
from site_builder.rules.incentives.evaluation import Evaluation, Line
from site_builder.rules.incentives.trace import LineCode, State, StepName
from site_builder.rules.nurture import Owed
from site_builder.rules.promises import is_open
from site_builder.rules.standing import Standing

_TO_REPAIR = frozenset({Standing.AT_RISK, Standing.BLOCKED})


def late_thanks(subject: Subject) -> Iterable[Problem]:
    """Report each referral whose referrer should have been thanked by now and was not (N101); late thanks are thanks."""
    nurture = subject.portal.nurture
    if nurture is None:
        return
    for row in _overdue(subject, subject.programme.nurturing.thanks_owed):
        message = f'nobody thanked the referrer of "{row.referral_id}" within {_days(nurture.thank_within_days)}'
        hint = f"thank them today, then type: portal record {row.referral_id} thanked"
        yield problem("N101", row.at("thanked_on"), message, hint=hint, field="thanked_on", row_id=row.referral_id)


def untold_outcomes(subject: Subject) -> Iterable[Problem]:
    """Report each referral whose referrer should have heard by now what became of it and did not (N102)."""
    nurture = subject.portal.nurture
    if nurture is None:
        return
    for row in _overdue(subject, subject.programme.nurturing.outcomes_to_tell):
        late = _days(nurture.tell_outcome_within_days)
        message = f'nobody told the referrer of "{row.referral_id}" what became of it within {late}'
        hint = f"tell them today, then type: portal record {row.referral_id} told"
        yield problem("N102", row.at("outcome_told_on"), message, hint=hint, field="outcome_told_on", row_id=row.referral_id)


def _overdue(subject: Subject, owed: Iterable[Owed]) -> Iterator[Referral]:
    return (each.referral for each in owed if each.due_on < subject.portal.as_of)


def _days(days: int) -> str:
    return counted(Decimal(days), "day")


def overdue_talks(subject: Subject) -> Iterable[Problem]:
    """Advise on each active referrer whose talk was due before as_of, or of whom no talk is known (N103)."""
    for sync in subject.programme.nurturing.syncs_due:
        person = sync.referrer
        if sync.due_on is None or sync.due_on < subject.portal.as_of:
            fault = "nothing says when you last talked to" if sync.due_on is None else "it is past time to talk to"
            hint = "ring them without asking for anything, then write the day in last_sync_on"
            place = person.at("last_sync_on")
            yield problem(
                "N103", place, f'{fault} "{person.referrer_id}"', hint=hint, field="last_sync_on", row_id=person.referrer_id
            )


def clients_alone(subject: Subject) -> Iterable[Problem]:
    """Advise once where every active referrer is a client (N104); none at all is no programme yet."""
    active = [person for person in subject.portal.referrers if person.active]
    if active and all(person.kind is ReferrerKind.CLIENT for person in active):
        hint = "think of accountants, vendors, founders, past clients and friends, and add one whom you would ask"
        yield problem("N104", Source("data/referrers.csv", 1, 1), "every referrer is a client", hint=hint)


def asks_before_repair(subject: Subject) -> Iterable[Problem]:
    """Report once each client at risk or blocked whom the follow-up of a review is yet to ask for a referral (N105)."""
    told: set[str] = set()
    for review in sorted(_follow_ups_amid_repair(subject), key=_soonest):
        client_id = review.client_id
        if client_id not in told and claimed(review.follow_up or "", subject.wording.asking):
            told.add(client_id)
            message = f'"{client_id}" is to be asked for a referral, and what is wrong there is not mended yet'
            hint = "plan the repair alone; ask once a review finds them well again"
            yield problem("N105", review.at("follow_up"), message, hint=hint, field="follow_up", row_id=client_id)


def _follow_ups_amid_repair(subject: Subject) -> Iterator[Review]:
    """Yield the reviews held, of any age, whose follow-up is still to come at a client who is at risk or blocked now.

    One without a day is to come until the client is reviewed again.
    """
    as_of, standing = subject.portal.as_of, subject.programme.standing
    held = [each for each in subject.portal.reviews if each.reviewed_on <= as_of and standing.get(each.client_id) in _TO_REPAIR]
    latest: dict[str, date] = {}
    for review in held:
        latest[review.client_id] = max(review.reviewed_on, latest.get(review.client_id, date.min))
    for review in held:
        on = review.follow_up_on
        if not is_open(review, as_of):
            continue
        if review.reviewed_on == latest[review.client_id] if on is None else on >= as_of:
            yield review


def _soonest(review: Review) -> tuple[date, date]:
    return review.follow_up_on or date.max, review.reviewed_on


def owed_rewards(subject: Subject) -> Iterable[Problem]:
    """Advise once a rule of whose rewards some are due for more than due_days and not handed over (N106).

    A reward with a day of its own, a supper for instance, is handed over on that day. What comes to nothing, or to an amount that
    is not known yet, cannot be handed over: the latter is N107's.
    """
    as_of, days = subject.portal.as_of, subject.threshold("due_days")
    owed: Counter[str] = Counter()
    for evaluation in subject.programme.evaluations.values():
        for line in evaluation.lines:
            is_due = line.state is State.DUE and line.due_on is not None and days_old(line.due_on, as_of, days)
            owed[line.rule.id] += is_due and _can_be_handed_over(line, as_of)
    for number, rule in enumerate(subject.portal.incentives.rules):
        if count := owed[rule.id]:
            rewards = f'{counted(Decimal(count), "reward")} of "{rule.id}"'
            message = f"{rewards} {'is' if count == 1 else 'are'} due for more than {counted(days, 'day')} and not handed over"
            hint = f"portal explain --state due lists them; then type: portal record REFERRAL paid --rule {rule.id}"
            yield problem("N106", rule.at("id"), message, hint=hint, field=f"rules[{number}].id", row_id=rule.id)


def _can_be_handed_over(line: Line, as_of: date) -> bool:
    if isinstance(line.rule, EventRule | Honour | IntroductionRule):
        return line.rule.next_on is None or line.rule.next_on <= as_of
    return isinstance(line.rule, GiftRule) or bool(line.amount)


def wanting_figures(subject: Subject) -> Iterable[Problem]:
    """Advise on each won referral that lacks what its reward hangs on, once (N107).

    These are the figures that a commission or a discount is a share of, the months of the contract where a rule pays for as long,
    and the first payment where a rule waits for it and the win is more than first_paid_days ago. What is withheld needs none.
    """
    days = subject.threshold("first_paid_days")
    for evaluation in subject.programme.evaluations.values():
        referral, run = evaluation.referral, course(evaluation.referral, subject.portal.as_of)
        if run.won_on is None:
            continue
        is_late = referral.first_paid_on is None and days_old(run.won_on, subject.portal.as_of, days)
        wanting = _wanting(evaluation, is_late=is_late)
        missing = [name for name in _FIGURES if name in wanting]
        if missing:
            is_empty = "is empty" if len(missing) == 1 else "are empty"
            message = f'"{referral.referral_id}" is won, and what it earns hangs on {" and ".join(missing)}, which {is_empty}'
            hint = "; ".join(_FIGURES[name] for name in missing)
            yield problem("N107", referral.at(missing[0]), message, hint=hint, field=missing[0], row_id=referral.referral_id)


_FIGURES: Mapping[str, str] = MappingProxyType(
    {
        "first_paid_on": "write in first_paid_on when they first paid you, or ask them why they have not",
        "monthly_fee": "write in monthly_fee what they pay a month",
        "setup_fee": "write in setup_fee what they paid once, or 0",
        "contract_months": "write in contract_months how long the contract runs, or to: in the rule",
        "first_year_revenue": "write in first_year_revenue what the first year brings, or monthly_fee",
    }
)
"""Columns of referrals.csv in their order, and what to do about an empty one."""
_COLUMNS: Mapping[Base, str] = MappingProxyType(
    {
        Base.FIRST_YEAR_REVENUE: "first_year_revenue",
        Base.SETUP_FEE: "setup_fee",
        Base.FIRST_MONTH: "monthly_fee",
        Base.MONTHLY_FEE: "monthly_fee",
    }
)


def _wanting(evaluation: Evaluation, *, is_late: bool) -> Collection[str]:
    """Return the empty columns that lines of a won referral hang on. is_late: the first payment has been wanting for long."""
    found: set[str] = set()
    lines = [line for line in evaluation.lines if line.code in {None, LineCode.CAPPED}]
    for line in lines:
        steps = (step for step in line.steps if step.name is StepName.BASE_UNKNOWN)
        found.update(_COLUMNS[Base(str(step.values["of"]))] for step in steps)
        if is_late and line.rule.earned_when is Milestone.PAID:
            found.add("first_paid_on")
    if any(step.name is StepName.MONTHS_UNKNOWN for step in evaluation.steps) and _may_earn_cash(evaluation):
        found.add("contract_months")
    # The first year's revenue is reckoned from the fee, once that is known.
    return found - {"first_year_revenue"} if "monthly_fee" in found else found


def _may_earn_cash(evaluation: Evaluation) -> bool:
    """Say whether nothing withholds cash that has no lines yet by which to tell."""
    is_known = evaluation.referrer is not None and evaluation.referrer.kickback_clause is not Clause.UNKNOWN
    is_gone = evaluation.referral.status is Status.LOST
    return is_known and not is_gone and evaluation.void is None and evaluation.verdict in {Verdict.ALLOW, Verdict.DISCLOSE}
