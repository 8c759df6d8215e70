"""What law, contracts and agreements want of a programme (domain, "Checks", L101 to L108)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from site_builder.checks.ages import counted, days_old, months_old
from site_builder.checks.subject import Subject
from site_builder.codes import problem
from site_builder.model.tables import Audience, Clause, Payout, Referral, Referrer, ReferrerKind
from site_builder.problem import Problem
from site_builder.rules.forbidden import is_forbidden
from site_builder.rules.incentives.course import course
from site_builder.rules.incentives.evaluation import Evaluation, Line
from site_builder.rules.incentives.trace import LineCode, State

ERASED = "erased"
"""What stands in prospect once the name is taken out; in any case of letters."""


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

    A payout without an amount is a gift's, and one for a line whose amount is open cannot be compared.
    """
    for payout, evaluation in _paid(subject):
        if _is_forbidden(subject, payout, evaluation):
            continue
        line = _line(payout, evaluation)
        if line is None:
            message, hint = _no_line(subject, payout)
            yield problem("L108", payout.at("rule"), message, hint=hint, field="rule", row_id=payout.referral_id)
        elif None not in {payout.amount, line.amount} and payout.amount != line.amount:
            message = f'what was paid for "{payout.referral_id}" is not what "{payout.rule}" comes to'
            hint = f"portal explain {payout.referral_id} says how much it is; correct the amount, or what it is reckoned from"
            yield problem("L108", payout.at("amount"), message, hint=hint, field="amount", row_id=payout.referral_id)


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
    """Report each referral with a reward that would be due but for the signature, once (L103)."""
    for evaluation in subject.programme.evaluations.values():
        if any(_waits_for_signature(subject, line) for line in evaluation.lines):
            referral = evaluation.referral
            message = f'a reward for "{referral.referral_id}" would be due, but "{referral.referrer_id}" has not signed its terms'
            hint = (
                "have them sign the version in force then or a later one, and fill in agreement_version and agreement_signed_on"
            )
            yield problem(
                "L103", referral.at("referrer_id"), message, hint=hint, field="referrer_id", row_id=referral.referral_id
            )


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
