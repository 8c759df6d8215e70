"""What a referral, and a referrer's year, can earn at most under one rule (domain, "Incentives", step 8)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from site_builder.model.tables import Referral
from site_builder.rules.incentives.evaluation import CASH, Line
from site_builder.rules.incentives.trace import LineCode, State, Step, StepName, Value
from site_builder.rules.money import rounded_down


class _Place(NamedTuple):
    """Where a line stands, in the order in which caps are used up; without a day it comes last. number: among the referral's."""

    milestone_on: date
    received_on: date
    referral_id: str
    instalment: int
    number: int


_Lines = dict[str, list[Line]]


def cut(evaluated: Iterable[tuple[Referral, tuple[Line, ...]]], currency: str) -> Mapping[str, tuple[Line, ...]]:
    """Cut lines of cash, whoever gets it, to the caps of their rules: first for each referral, then for each referrer and year.

    Returns the lines of every referral that has capped ones, by its id. Withheld lines use no cap and keep their amount. A line
    whose milestone has no day yet stands after those that have one, and belongs to no year; but whichever it will fall in, it
    cannot bring more than the cap of one. A cap finer than the currency's minor unit is rounded down.
    """
    lines: _Lines = {}
    by_referral: defaultdict[tuple[str, str], list[_Place]] = defaultdict(list)
    by_year: defaultdict[tuple[str | None, str, int], list[_Place]] = defaultdict(list)
    undated: list[_Place] = []
    for referral, own in evaluated:
        for number, line in enumerate(own):
            if not _is_capped(line):
                continue
            lines.setdefault(referral.referral_id, list(own))
            day, rule = line.milestone_on, line.rule
            place = _Place(day or date.max, referral.received_on, referral.referral_id, line.instalment or 0, number)
            by_referral[referral.referral_id, rule.id].append(place)
            if day is None:
                undated.append(place)
            else:
                by_year[referral.referrer_id, rule.id, day.year].append(place)
    for places in by_referral.values():
        _use_up(places, lines, StepName.CAP_PER_REFERRAL, {}, currency)
    for (_referrer_id, _rule_id, year), places in by_year.items():
        _use_up(places, lines, StepName.CAP_PER_YEAR, {"year": year}, currency)
    for place in undated:
        _use_up([place], lines, StepName.CAP_PER_YEAR, {}, currency)
    return {referral_id: tuple(own) for referral_id, own in lines.items()}


def _is_capped(line: Line) -> bool:
    rule = line.rule
    has_cap = rule.cap_per_year is not None or rule.cap_per_referral is not None
    return has_cap and type(rule) in CASH and line.state is not State.WITHHELD  # isinstance is slow on pydantic's classes


def _use_up(places: list[_Place], lines: _Lines, name: StepName, values: Mapping[str, Value], currency: str) -> None:
    """Cut lines of one rule in the order of their places; lines is changed. name: of the cap."""
    rule = lines[places[0].referral_id][places[0].number].rule
    cap = rule.cap_per_referral if name is StepName.CAP_PER_REFERRAL else rule.cap_per_year
    if cap is None:
        return
    most = left = rounded_down(cap, currency)
    for place in sorted(places):
        own = lines[place.referral_id]
        line = own[place.number]
        if line.amount is None:
            continue
        if line.amount > left:
            step = Step(name, {"cap": most, **values, "before": line.amount, "amount": left})
            own[place.number] = _cut_to(left, line, step)
        left -= min(line.amount, left)


def _cut_to(amount: Decimal, line: Line, step: Step) -> Line:
    """What was paid out stays paid, whatever the cap; and why it should have been withheld outweighs that it is cut."""
    state = State.WITHHELD if not amount and line.state is not State.PAID else line.state
    return replace(line, amount=amount, state=state, code=line.code or LineCode.CAPPED, steps=(*line.steps, step))
