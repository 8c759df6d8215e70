"""Two portals side by side: the rules, and what each referral earns by them (domain, "Incentives")."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from site_builder.impact.money import Key, Part, Totals, amounts, left, money, payouts_by_key, unexplained
from site_builder.model.incentives import Incentives
from site_builder.model.portal import Portal
from site_builder.model.tables import Payout
from site_builder.rules.incentives.evaluation import Evaluation, Line
from site_builder.rules.incentives.trace import LineCode, State
from site_builder.rules.kpis import Kpis
from site_builder.rules.programme import Programme

LIABILITY: Final = (State.DUE, State.EARNED, State.EXPECTED)
"""What is owed, or will be if all goes well; what is withheld stands beside it."""


@dataclass(frozen=True, slots=True)
class Reward:
    """A line as far as a comparison goes. amount: None where it has none or it is open; due_on: None until it is known.

    paid: what left for it, whatever the rules make of it now; None where it is not paid, and for what is no money.
    """

    amount: Decimal | None
    state: State
    code: LineCode | None
    due_on: date | None
    paid: Decimal | None = None


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line that came (before: None), went (after: None) or changed. instalment: None for one-off lines."""

    rule: str
    instalment: int | None
    before: Reward | None
    after: Reward | None


@dataclass(frozen=True, slots=True)
class PaidAlready:
    """A payout that stands while the rules now make something else of it. paid: None for what is no money.

    now: what its line is worth, None where there is no such line any more.
    """

    rule: str
    instalment: int | None
    paid: Decimal | None
    now: Decimal | None


@dataclass(frozen=True, slots=True)
class ReferralChange:
    """A referral whose lines changed. before, after: its cash totals, None on the side that does not have the referral.

    money_before, money_after: all money of its lines, what was paid by payouts.csv. lines: all that differ; moved: those
    that change what is owed or was paid. paid_already: what was paid before the rules made something else of it.
    """

    referral_id: str
    before: Totals | None
    after: Totals | None
    lines: tuple[LineChange, ...]
    money_before: Totals
    money_after: Totals
    paid_already: tuple[PaidAlready, ...]

    @property
    def moved(self) -> tuple[LineChange, ...]:
        """Return the lines of which more changed than what would have been paid."""
        told = {(each.rule, each.instalment) for each in self.paid_already}
        return tuple(line for line in self.lines if _has_moved(line, is_told=(line.rule, line.instalment) in told))


@dataclass(frozen=True, slots=True)
class RuleChanges:
    """What changed in data/incentives.yaml, by ids. changed: a rule's id and the keys in which it differs.

    is_reordered: the rules on both sides stand in another order. others: "audiences", and the sectors and clauses of the
    policy whose entry differs, such as "sectors.healthcare".
    """

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[tuple[str, tuple[str, ...]], ...]
    is_reordered: bool
    others: tuple[str, ...]

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return bool(self.added or self.removed or self.changed or self.is_reordered or self.others)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two portals. currency: of its totals; totals: of the referrers' cash, as the rules reckon it.

    money: all that is owed and was paid, to whom. paid_out: what left by payouts.csv, also where no line explains it.
    """

    currency: str
    totals: Totals
    kpis: Kpis
    money: Mapping[Part, Totals]
    paid_out: Decimal

    @property
    def liability(self) -> Decimal:
        """Return what is due, earned and expected together."""
        return _owed(self.totals)

    def owed(self, part: Part) -> Decimal:
        """Return what is due, earned and expected together, to one kind of receiver."""
        return _owed(self.money[part])

    def sum_of(self, state: State) -> Decimal:
        """Return all money in a state, to whomever."""
        return sum((totals[state] for totals in self.money.values()), start=Decimal(0))


@dataclass(frozen=True, slots=True)
class Impact:
    """The answer. locale: in which it is told, the present portal's; referrals: those that differ, by id."""

    as_of: date
    locale: str
    before: Side
    after: Side
    rules: RuleChanges
    referrals: tuple[ReferralChange, ...]


def impact(before: Portal, after: Portal) -> Impact:
    """Compare a portal with what it was; both must speak for the same day."""
    former, present = Programme(before), Programme(after)
    return Impact(
        as_of=after.as_of,
        locale=after.settings.locale,
        before=_side(former),
        after=_side(present),
        rules=_rules(before.incentives, after.incentives),
        referrals=tuple(_referrals(former, present)),
    )


def _side(programme: Programme) -> Side:
    totals = [evaluation.totals() for evaluation in programme.evaluations.values()]
    summed = {state: sum((each[state] for each in totals), start=Decimal(0)) for state in State}
    evaluations = programme.evaluations
    sums, payouts = money(evaluations.values()), _payouts(programme)
    loose = (payout for name, found in payouts.items() for payout in unexplained(evaluations.get(name), found))
    paid_out = amounts(loose) + sum((sums[part][State.PAID] for part in Part), start=Decimal(0))
    return Side(programme.portal.settings.currency, summed, programme.kpis, sums, paid_out)


def _payouts(programme: Programme) -> Mapping[str, Mapping[Key, Payout]]:
    return payouts_by_key(programme.portal.payouts, programme.portal.as_of)


def _owed(totals: Totals) -> Decimal:
    return sum((totals[state] for state in LIABILITY), start=Decimal(0))


def _rules(before: Incentives, after: Incentives) -> RuleChanges:
    former = {rule.id: rule.model_dump() for rule in before.rules}
    present = {rule.id: rule.model_dump() for rule in after.rules}
    shared = [name for name in present if name in former]
    return RuleChanges(
        added=tuple(name for name in present if name not in former),
        removed=tuple(name for name in former if name not in present),
        changed=tuple((name, _differing(former[name], present[name])) for name in shared if former[name] != present[name]),
        is_reordered=shared != [name for name in former if name in present],
        others=tuple(_others(before, after)),
    )


def _differing(before: Mapping[str, object], after: Mapping[str, object]) -> tuple[str, ...]:
    keys = dict.fromkeys((*before, *after))
    return tuple(key for key in keys if (key in before, before.get(key)) != (key in after, after.get(key)))


def _others(before: Incentives, after: Incentives) -> Iterator[str]:
    if before.audiences != after.audiences:
        yield "audiences"
    former, present = before.policy.model_dump(), after.policy.model_dump()
    yield from (f"{kind}.{name}" for kind in present for name in sorted(_differing(former[kind], present[kind])))


def _referrals(before: Programme, after: Programme) -> Iterator[ReferralChange]:
    payouts_before, payouts_after = _payouts(before), _payouts(after)
    for name in sorted(before.evaluations.keys() | after.evaluations.keys()):
        former, present = before.evaluations.get(name), after.evaluations.get(name)
        lines = tuple(_lines(_rewards(former), _rewards(present)))
        if lines:
            paid = payouts_after.get(name, {})
            yield ReferralChange(
                name,
                former.totals() if former else None,
                present.totals() if present else None,
                lines,
                _all_money(former, payouts_before.get(name, {})),
                _all_money(present, paid),
                tuple(_paid_already(lines, paid)),
            )


def _all_money(evaluation: Evaluation | None, payouts: Mapping[Key, Payout]) -> Totals:
    parts = money([evaluation] if evaluation else ()).values()
    sums = {state: sum((part[state] for part in parts), start=Decimal(0)) for state in State}
    return {**sums, State.PAID: sums[State.PAID] + amounts(unexplained(evaluation, payouts))}


def _paid_already(lines: Iterable[LineChange], payouts: Mapping[Key, Payout]) -> Iterator[PaidAlready]:
    """Yield what was paid on both sides, where its line is gone or of another amount than was paid."""
    for line in lines:
        former, present = line.before, line.after
        if former is None or former.state is not State.PAID or (line.rule, line.instalment) not in payouts:
            continue
        if present is None:
            yield PaidAlready(line.rule, line.instalment, former.paid, None)
        elif former.amount != present.amount and present.paid not in {None, present.amount}:
            yield PaidAlready(line.rule, line.instalment, present.paid, present.amount)


def _has_moved(line: LineChange, *, is_told: bool) -> bool:
    former, present = line.before, line.after
    if former is None or present is None:
        return not is_told
    if former.state is not State.PAID or present.state is not State.PAID:
        return True
    return (former.paid, _fault(former)) != (present.paid, _fault(present))


def _fault(reward: Reward) -> LineCode | None:
    """Return why something should not have been paid; a cap makes it worth less, which is told of its amount."""
    return None if reward.code is LineCode.CAPPED else reward.code


def _rewards(evaluation: Evaluation | None) -> Mapping[Key, Reward]:
    lines = evaluation.lines if evaluation else ()
    return {(line.rule.id, line.instalment): _reward(line) for line in lines}


def _reward(line: Line) -> Reward:
    return Reward(line.amount, line.state, line.code, line.due_on, left(line))


def _lines(before: Mapping[Key, Reward], after: Mapping[Key, Reward]) -> Iterator[LineChange]:
    """Yield what differs, in the order of the present rules and then the former ones, each rule's instalments in order."""
    rules = {rule: place for place, rule in enumerate(dict.fromkeys(rule for rule, _ in (*after, *before)))}
    for rule, instalment in sorted({*before, *after}, key=lambda key: (rules[key[0]], key[1] or 0)):
        former, present = before.get((rule, instalment)), after.get((rule, instalment))
        if _differ(former, present):
            yield LineChange(rule, instalment, former, present)


def _differ(former: Reward | None, present: Reward | None) -> bool:
    """Whether two rewards differ; when something was to be due no longer matters once it is paid."""
    if former is None or present is None or former.state is not State.PAID or present.state is not State.PAID:
        return former != present
    return replace(former, due_on=None) != replace(present, due_on=None)
