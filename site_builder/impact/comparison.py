"""Two portals side by side: the rules, and what each referral earns by them (domain, "Incentives")."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from site_builder.model.incentives import Incentives
from site_builder.model.portal import Portal
from site_builder.rules.incentives.evaluation import Evaluation, Line
from site_builder.rules.incentives.trace import LineCode, State
from site_builder.rules.kpis import Kpis
from site_builder.rules.programme import Programme

LIABILITY: Final = (State.DUE, State.EARNED, State.EXPECTED)
"""What is owed, or will be if all goes well; what is withheld stands beside it."""

Totals = Mapping[State, Decimal]
"""The sum of the referrers' cash lines in each of the five states."""


@dataclass(frozen=True, slots=True)
class Reward:
    """A line as far as a comparison goes. amount: None where it has none or it is open; due_on: None until it is known."""

    amount: Decimal | None
    state: State
    code: LineCode | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line that came (before: None), went (after: None) or changed. instalment: None for one-off lines."""

    rule: str
    instalment: int | None
    before: Reward | None
    after: Reward | None


@dataclass(frozen=True, slots=True)
class ReferralChange:
    """A referral whose lines changed. before, after: its totals, None on the side that does not have the referral."""

    referral_id: str
    before: Totals | None
    after: Totals | None
    lines: tuple[LineChange, ...]


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
    """One of the two portals. currency: of its totals."""

    currency: str
    totals: Totals
    kpis: Kpis

    @property
    def liability(self) -> Decimal:
        """Return what is due, earned and expected together."""
        return sum((self.totals[state] for state in LIABILITY), start=Decimal(0))


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
        referrals=tuple(_referrals(former.evaluations, present.evaluations)),
    )


def _side(programme: Programme) -> Side:
    totals = [evaluation.totals() for evaluation in programme.evaluations.values()]
    summed = {state: sum((each[state] for each in totals), start=Decimal(0)) for state in State}
    return Side(programme.portal.settings.currency, summed, programme.kpis)


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


def _referrals(before: Mapping[str, Evaluation], after: Mapping[str, Evaluation]) -> Iterator[ReferralChange]:
    for name in sorted(before.keys() | after.keys()):
        former, present = before.get(name), after.get(name)
        lines = tuple(_lines(_rewards(former), _rewards(present)))
        if lines:
            yield ReferralChange(name, former.totals() if former else None, present.totals() if present else None, lines)


def _rewards(evaluation: Evaluation | None) -> Mapping[tuple[str, int | None], Reward]:
    lines = evaluation.lines if evaluation else ()
    return {(line.rule.id, line.instalment): _reward(line) for line in lines}


def _reward(line: Line) -> Reward:
    return Reward(line.amount, line.state, line.code, line.due_on)


def _lines(
    before: Mapping[tuple[str, int | None], Reward], after: Mapping[tuple[str, int | None], Reward]
) -> Iterator[LineChange]:
    """Yield what differs, in the order of the present rules and then the former ones, each rule's instalments in order."""
    rules = {rule: place for place, rule in enumerate(dict.fromkeys(rule for rule, _ in (*after, *before)))}
    for rule, instalment in sorted({*before, *after}, key=lambda key: (rules[key[0]], key[1] or 0)):
        former, present = before.get((rule, instalment)), after.get((rule, instalment))
        if former != present:
            yield LineChange(rule, instalment, former, present)
