"""Which rewards a referral brings, and which of them are held back for good reason (domain, "Incentives", steps 2 to 5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from site_builder.model.incentives import (
    AnyRule,
    Donation,
    GiftRule,
    Incentives,
    Policy,
    PolicyEntry,
    Receiver,
    Verdict,
)
from site_builder.model.tables import Audience, Clause, Referrer
from site_builder.rules.incentives.evaluation import CASH
from site_builder.rules.incentives.forbidden import is_forbidden
from site_builder.rules.incentives.trace import Step, StepName, Value

NO_REWARD = "none"
"""What referrers prefer who want nothing worth money."""
_STRICTNESS = tuple(Verdict)
_USUAL = {Clause.FORBIDDEN: Verdict.FORBID, Clause.DISCLOSE: Verdict.DISCLOSE}
_IN_KIND = (GiftRule, Donation)
_PREFERRED = Step(StepName.PREFERRED, {})
_CLAUSE_UNKNOWN = Step(StepName.CLAUSE_UNKNOWN, {})


@dataclass(frozen=True, slots=True)
class Ruling:
    """What sector and clause allow. step: what the verdict comes from, None where it is to allow. is_unknown: of the clause."""

    verdict: Verdict
    step: Step | None
    is_unknown: bool


class Granted(NamedTuple):
    """A rule that applies. hold: why it is withheld, None for not. reason: why it was chosen, None for no reason to tell."""

    rule: AnyRule
    hold: Step | None = None
    reason: Step | None = None


class Offer(NamedTuple):
    """A rule made for an audience. is_worth_money: whether there is but one of its kind; plain: granted without more ado."""

    rule: AnyRule
    is_worth_money: bool
    plain: Granted


def offers(incentives: Incentives) -> Mapping[Audience, tuple[Offer, ...]]:
    """Return the rules made for each audience, in their order; whom you reward at all stands above the rules."""
    return {
        audience: tuple(
            Offer(rule, rule.to is Receiver.REFERRER and isinstance(rule, (*CASH, *_IN_KIND)), Granted(rule))
            for rule in incentives.rules
            if audience in rule.audiences
        )
        for audience in incentives.audiences
    }


def ruling(policy: Policy, referrer: Referrer) -> Ruling:
    """Return the stricter verdict of sector and clause; the clause's own where they are equal, for it has words to say."""
    sector, clause = policy.sectors.get(referrer.sector), policy.clauses.get(referrer.kickback_clause)
    by_sector = sector.verdict if sector else Verdict.ALLOW
    by_clause = clause.verdict if clause else _USUAL.get(referrer.kickback_clause, Verdict.ALLOW)
    is_unknown = referrer.kickback_clause is Clause.UNKNOWN
    if _STRICTNESS.index(by_sector) > _STRICTNESS.index(by_clause):
        return Ruling(by_sector, _ruled(by_sector, "sector", referrer.sector, sector), is_unknown)
    return Ruling(by_clause, _ruled(by_clause, "clause", referrer.kickback_clause, clause), is_unknown)


def granted(offered: Iterable[Offer], referrer: Referrer, received_on: date, ruled: Ruling) -> tuple[Granted, ...]:
    """Return the rules that apply, in their order: one reward worth money at most, what may stand in for it, and the rest."""
    applying = [offer for offer in offered if _is_valid(offer.rule, received_on)]
    worth_money = _worth_money([offer.rule for offer in applying if offer.is_worth_money], referrer, ruled)
    found: list[Granted] = []
    for offer in applying:
        if not offer.is_worth_money:
            found.append(Granted(offer.rule, ruled.step) if is_forbidden(offer.rule, ruled.verdict) else offer.plain)
        elif offer.rule.id in worth_money:
            found.append(worth_money[offer.rule.id])
    return tuple(found)


def _is_valid(rule: AnyRule, day: date) -> bool:
    return (rule.valid_from is None or rule.valid_from <= day) and (rule.valid_to is None or day <= rule.valid_to)


def _worth_money(candidates: Sequence[AnyRule], referrer: Referrer, ruled: Ruling) -> Mapping[str, Granted]:
    """Return the chosen one and what stands in for it, by id; a preference for what does not apply is none."""
    preferred = next((rule for rule in candidates if rule.id == referrer.prefers), None)
    if not candidates or (preferred is None and referrer.prefers == NO_REWARD):
        return {}
    choice = preferred or candidates[0]
    found = {choice.id: Granted(choice, _hold(choice, ruled), _PREFERRED if preferred else None)}
    if ruled.verdict is Verdict.NON_CASH and type(choice) in CASH:
        in_kind = next((rule for rule in candidates if type(rule) in _IN_KIND), None)
        if in_kind is not None:
            found[in_kind.id] = Granted(in_kind, None, Step(StepName.STANDS_IN, {"rule": choice.id}))
    return found


def _hold(choice: AnyRule, ruled: Ruling) -> Step | None:
    if is_forbidden(choice, ruled.verdict):
        return ruled.step
    return _CLAUSE_UNKNOWN if ruled.is_unknown and type(choice) in CASH else None


def _ruled(verdict: Verdict, cause: str, name: str, entry: PolicyEntry | None) -> Step | None:
    if verdict is Verdict.ALLOW:
        return None
    if verdict is not Verdict.DISCLOSE:
        return Step(StepName.POLICY, {"verdict": verdict, "cause": cause, "name": name})
    words: dict[str, Value] = {"words": entry.words} if entry is not None and entry.words else {}
    return Step(StepName.DISCLOSE, {"cause": cause, "name": name, **words})
