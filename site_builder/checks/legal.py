"""What law, contracts and agreements want of a programme (domain, "Checks", L101 to L109)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType

from site_builder.checks.ages import counted, days_old, months_old
from site_builder.checks.subject import Subject
from site_builder.codes import problem
from site_builder.model.incentives import Milestone
from site_builder.model.tables import Audience, Clause, Payout, Referral, Referrer, ReferrerKind
from site_builder.problem import Problem
from site_builder.rules.incentives.course import course
from site_builder.rules.incentives.evaluation import Evaluation, Line
from site_builder.rules.incentives.forbidden import is_forbidden
from site_builder.rules.incentives.trace import LineCode, State
from site_builder.suggest import did_you_mean

ERASED = "erased"
"""What stands in prospect once the name is taken out; in any case of letters."""

_VERSION = re.compile(r"[A-Za-z0-9._-]{1,16}")


def agreements_to_write(subject: Subject) -> Iterable[Problem]:
    """Report each rule that needs an agreement where no version of the terms is written (L101); one to come is one."""
    portal = subject.portal
    if portal.terms:
        return
    for number, rule in enumerate(portal.incentives.rules):
        if rule.needs_agreement:
            message = f'"{rule.id}" needs an agreement, and content/terms/ has none'
            hint = "write the terms in content/terms/v1.md, with version, effective_on and title; or write needs_agreement: no"
            field = f"rules[{number}].needs_agreement"
            yield problem("L101", rule.at("needs_agreement"), message, hint=hint, field=field, row_id=rule.id)


def forbidden_payouts(subject: Subject) -> Iterable[Problem]:
    """Report each payout that sector or clause forbids, whatever else may be wrong with it (L102)."""
    for payout, evaluation in _paid(subject):
        if _is_forbidden(subject, payout, evaluation):
            message = f'"{payout.rule}" was paid for "{payout.referral_id}", and the referrer\'s sector or clause forbids it'
            hint = "ask for it back; or correct sector, kickback_clause or policy, if one of them is wrong"
            yield problem("L102", payout.at("rule"), message, hint=hint, field="rule", row_id=payout.referral_id)


def payouts_astray(subject: Subject) -> Iterable[Problem]:
    """Report each payout without its line, or of another amount than its line's (L108); those that are forbidden are L102's.

    Cash was some amount, so a row that names none cannot be right; without one it is a gift's, or a discount's that the invoice
    tells. What was paid for a line whose amount is open cannot be compared.
    """
    for payout, evaluation in _paid(subject):
        if _is_forbidden(subject, payout, evaluation):
            continue
        line = _line(payout, evaluation)
        if line is None:
            message, hint = _no_line(subject, payout)
            yield problem("L108", payout.at("rule"), message, hint=hint, field="rule", row_id=payout.referral_id)
        elif line.is_cash and payout.amount is None:
            message = f'"{payout.rule}" was paid for "{payout.referral_id}", and nothing says how much'
            hint = f"write in amount what was paid; portal explain {payout.referral_id} says what it comes to"
            yield problem("L108", payout.at("amount"), message, hint=hint, field="amount", row_id=payout.referral_id)
        elif None not in {payout.amount, line.amount} and payout.amount != line.amount:
            message = f'what was paid for "{payout.referral_id}" is not what "{payout.rule}" comes to'
            hint = f"portal explain {payout.referral_id} says how much it is; correct the amount, or what it is reckoned from"
            yield problem("L108", payout.at("amount"), message, hint=hint, field="amount", row_id=payout.referral_id)


def hasty_payouts(subject: Subject) -> Iterable[Problem]:
    """Report each payout of what was withheld, or was not earned yet on the day it was paid (L109).

    What sector or clause forbids is L102's. What is earned and not due yet may be paid; an instalment is earned on its day.
    """
    for payout, evaluation in _paid(subject):
        line = _line(payout, evaluation)
        if line is None or _is_forbidden(subject, payout, evaluation):
            continue
        paid = f'"{payout.rule}" was paid for "{payout.referral_id}"'
        if line.code in _WITHHELD:
            why, mend = _WITHHELD[line.code]
            hint = f"{mend}; or ask for it back"
            yield problem("L109", payout.at("rule"), f"{paid}, though {why}", hint=hint, field="rule", row_id=payout.referral_id)
        elif line.milestone_on is None or line.milestone_on > payout.paid_on:
            message = f"{paid} before it was earned"
            hint = f"correct paid_on, or the day in {_earned_by(line)} of the referral, if one of them is a slip"
            yield problem("L109", payout.at("paid_on"), message, hint=hint, field="paid_on", row_id=payout.referral_id)


_CONTRADICTED = "correct the row of the referral or of the client, if it is a slip"
_WITHHELD: Mapping[LineCode | None, tuple[str, str]] = MappingProxyType(
    {
        LineCode.UNSIGNED: (
            "the referrer has not signed its terms",
            "have them sign, then fill in agreement_version and agreement_signed_on",
        ),
        LineCode.CLAUSE_UNKNOWN: (
            "nobody knows what the referrer's contract says about rewards",
            "ask them, then write none, disclose or forbidden in kickback_clause",
        ),
        LineCode.SELF_REFERRAL: ("the prospect is the referrer's own firm", _CONTRADICTED),
        LineCode.EXISTING_CLIENT: ("the prospect was a client already", f"{_CONTRADICTED}, or name them in won_client_id"),
        LineCode.DUPLICATE: ("another referral of the same prospect came first", "correct the rows of the two, if one is a slip"),
        LineCode.LOST: (
            "the referral was lost before it was earned",
            "correct status and days of the referral, if they are a slip",
        ),
        LineCode.ENDED: ("the contract ended before it was due", "correct ended_on of the referral, if it is a slip"),
    }
)
"""Why a line is withheld, and what mends it; what policy withholds is L102's, and what a cap cut is another amount (L108)."""


def _earned_by(line: Line) -> str:
    """Name the column that says when a line is earned; an instalment's day is counted from the win."""
    return "won_on" if line.instalment is not None else _COLUMNS[line.rule.earned_when]


_COLUMNS: Mapping[Milestone, str] = MappingProxyType(
    {
        Milestone.RECEIVED: "received_on",
        Milestone.QUALIFIED: "qualified_on",
        Milestone.WON: "won_on",
        Milestone.PAID: "first_paid_on",
    }
)


def _paid(subject: Subject) -> Iterator[tuple[Payout, Evaluation]]:
    """Yield what was paid by as_of, for referrals that were received by then."""
    evaluations = subject.programme.evaluations
    for payout in subject.portal.payouts:
        evaluation = evaluations.get(payout.referral_id)
        if payout.paid_on <= subject.portal.as_of and evaluation is not None:
            yield payout, evaluation


def _is_forbidden(subject: Subject, payout: Payout, evaluation: Evaluation) -> bool:
    rule = next((rule for rule in subject.portal.incentives.rules if rule.id == payout.rule), None)
    return rule is not None and is_forbidden(rule, evaluation.verdict)


def _line(payout: Payout, evaluation: Evaluation) -> Line | None:
    wanted = (payout.rule, payout.instalment)
    return next((line for line in evaluation.lines if (line.rule.id, line.instalment) == wanted), None)


def _no_line(subject: Subject, payout: Payout) -> tuple[str, str]:
    if all(rule.id != payout.rule for rule in subject.portal.incentives.rules):
        hint = "write the id of a rule in incentives.yaml; a rule under which somebody was paid stays there, with valid_to"
        return f'this was paid for "{payout.referral_id}" under a rule there is not', hint
    which = f", instalment {payout.instalment}" if payout.instalment else ""
    hint = f"portal explain {payout.referral_id} lists what this referral earns; correct rule or instalment"
    return f'"{payout.referral_id}" does not earn what was paid: "{payout.rule}"{which}', hint


def unsigned_rewards(subject: Subject) -> Iterable[Problem]:
    """Report each referral with a reward that would be due but for the signature, once (L103).

    Where the referrer signed a version there is not, that slip is told, once, at the referrer: mending it mends them all.
    """
    versions = {each.version for each in subject.portal.terms if not each.lang}
    slips: dict[str, Referrer] = {}
    for evaluation in subject.programme.evaluations.values():
        person = evaluation.referrer
        if person is None or not any(_waits_for_signature(subject, line) for line in evaluation.lines):
            continue
        if person.agreement_version is not None and person.agreement_version not in versions:
            slips[person.referrer_id] = person
            continue
        referral = evaluation.referral
        message = f'a reward for "{referral.referral_id}" would be due, but "{person.referrer_id}" has not signed its terms'
        hint = "have them sign the version in force then or a later one, and fill in agreement_version and agreement_signed_on"
        yield problem("L103", referral.at("referrer_id"), message, hint=hint, field="referrer_id", row_id=referral.referral_id)
    for person in slips.values():
        yield _no_version(person, versions)


def _no_version(person: Referrer, versions: Collection[str]) -> Problem:
    """Say that nobody can have signed it. A slip of the pen is quoted; a whole sentence in the wrong place may be anything."""
    typed = person.agreement_version or ""
    signed = f'"{typed}"' if _VERSION.fullmatch(typed) else "what they signed"
    message = f'a reward for "{person.referrer_id}" would be due, but {signed} is no version of your terms'
    there = f"content/terms/ has {', '.join(sorted(versions))}" if versions else "content/terms/ has none"
    hint = did_you_mean(typed, versions) or f"write in agreement_version the one they signed; {there}"
    place = person.at("agreement_version")
    return problem("L103", place, message, hint=hint, field="agreement_version", row_id=person.referrer_id)


def _waits_for_signature(subject: Subject, line: Line) -> bool:
    is_held = line.state is State.WITHHELD and line.code is LineCode.UNSIGNED
    return is_held and line.due_on is not None and line.due_on <= subject.portal.as_of


def unknown_clauses(subject: Subject) -> Iterable[Problem]:
    """Report each referrer whose clause nobody knows while a referral of theirs is open or won (L104)."""
    running = {referral.referrer_id for referral in _received(subject) if not course(referral, subject.portal.as_of).is_lost}
    for person in subject.portal.referrers:
        if person.kickback_clause is Clause.UNKNOWN and person.referrer_id in running:
            message = (
                f'"{person.referrer_id}" has a referral open or won, and nobody knows what their contract says about rewards'
            )
            hint = "ask them, then write none, disclose or forbidden in kickback_clause; until then no cash is paid"
            yield problem(
                "L104", person.at("kickback_clause"), message, hint=hint, field="kickback_clause", row_id=person.referrer_id
            )


def untold_prospects(subject: Subject) -> Iterable[Problem]:
    """Report each prospect sent by a referrer who has not been told in time that you have their details (L105).

    One who was told late has been told: that is past and cannot be mended. One whose name is erased need not be told.
    """
    as_of, days = subject.portal.as_of, subject.threshold("told_days")
    for referral in _received(subject):
        told = referral.prospect_told_on is not None and referral.prospect_told_on <= as_of
        if referral.referrer_id is not None and not told and days_old(referral.received_on, as_of, days) and _is_named(referral):
            message = (
                f'the prospect of "{referral.referral_id}" was not told within {counted(days, "day")} that you have their details'
            )
            hint = "tell them where you have their details from, then write the day in prospect_told_on"
            yield problem(
                "L105", referral.at("prospect_told_on"), message, hint=hint, field="prospect_told_on", row_id=referral.referral_id
            )


def lost_prospects(subject: Subject) -> Iterable[Problem]:
    """Advise on each referral that was lost longer ago than retention says and still names its prospect (L106).

    One that does not say since when it is lost counts from the day it was received.
    """
    as_of, months = subject.portal.as_of, Decimal(subject.portal.settings.retention.lost_months)
    for referral in _received(subject):
        run = course(referral, as_of)
        if run.is_lost and months_old(run.lost_on or referral.received_on, as_of, months) and _is_named(referral):
            message = f'"{referral.referral_id}" was lost more than {counted(months, "month")} ago and still names the prospect'
            hint = f'write "{ERASED}" in prospect, and empty prospect_domain and lead_key'
            yield problem("L106", referral.at("prospect"), message, hint=hint, field="prospect", row_id=referral.referral_id)


def _is_named(referral: Referral) -> bool:
    return referral.prospect.casefold() != ERASED or referral.prospect_domain is not None


def cash_behind_employers(subject: Subject) -> Iterable[Problem]:
    """Report each of a client's staff who gets cash, or is to get it, and whose employer was not told (L107)."""
    paid = {
        evaluation.referral.referrer_id
        for evaluation in subject.programme.evaluations.values()
        if any(line.is_cash and line.state is not State.WITHHELD for line in evaluation.lines)
    }
    for person in subject.portal.referrers:
        if person.referrer_id in paid and _is_clients_staff(person) and not _is_employer_told(subject, person):
            message = f'"{person.referrer_id}" gets cash, and nobody told their employer'
            hint = "tell the employer, or have them do so, then write the day in employer_told_on"
            yield problem(
                "L107", person.at("employer_told_on"), message, hint=hint, field="employer_told_on", row_id=person.referrer_id
            )


def _is_clients_staff(person: Referrer) -> bool:
    return person.audience is Audience.STAFF and (person.client_id is not None or person.kind is ReferrerKind.CLIENT)


def _is_employer_told(subject: Subject, person: Referrer) -> bool:
    return person.employer_told_on is not None and person.employer_told_on <= subject.portal.as_of


def _received(subject: Subject) -> Iterator[Referral]:
    return (referral for referral in subject.portal.referrals if referral.received_on <= subject.portal.as_of)
