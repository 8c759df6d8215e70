"""portal explain: what referrals earn, line by line, and why (domain, "Incentives")."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from site_builder.cli.arguments import Arguments
from site_builder.cli.asjson import document, money
from site_builder.cli.explainstate import in_state
from site_builder.cli.explaintext import in_full, in_short
from site_builder.cli.loaded import answer, unknown
from site_builder.cli.shell import WrongUsageError
from site_builder.cli.speaking import speaker
from site_builder.cli.table import paragraph, screen
from site_builder.model.portal import Portal
from site_builder.reasons import Speaker, reason, said
from site_builder.rules.incentives.evaluation import Evaluation, Line
from site_builder.rules.incentives.trace import State, Step, Value
from site_builder.rules.programme import Programme

_TABLE: Final = "data/referrals.csv"
_READS: Final = (
    _TABLE,
    "data/incentives.yaml",
    "data/clients.csv",
    "data/referrers.csv",
    "data/payouts.csv",
    "content/terms/",
)


def explain(arguments: Arguments) -> int:
    """Print what the referrals earn; 1 where mistakes would make it wrong, 2 for an unknown id and where others read along."""

    def told(portal: Portal) -> str:
        chosen = tuple(_chosen(Programme(portal), arguments.referrals))
        state = None if arguments.state is None else State(arguments.state)
        words = speaker(portal)
        if arguments.format == "json":
            return as_json(chosen, words, state)
        on = screen(sys.stdout)
        if _TABLE in portal.absent:
            return paragraph(f"{_TABLE} is not started, so there is nothing to explain.", on)
        if state is not None:
            return in_state(chosen, state, portal.as_of, words, on)
        if not arguments.referrals:
            return in_short(chosen, portal, on)
        return in_full(chosen, portal, words, on) or paragraph(f"They had sent no referral by {portal.as_of}.", on)

    return answer(arguments, _READS, told)


def as_json(evaluations: Sequence[Evaluation], words: Speaker, state: State | None = None) -> str:
    """Return a list, an entry a referral; reasons in the words that the referrer reads.

    state: only lines in that state, and only referrals that have one; None for all. The totals are of all lines.
    """
    return document([_evaluation(each, lines, words) for each, lines in _in_state(evaluations, state)])


def _in_state(evaluations: Sequence[Evaluation], state: State | None) -> Iterator[tuple[Evaluation, Sequence[Line]]]:
    for each in evaluations:
        lines = [line for line in each.lines if state in {None, line.state}]
        if lines or state is None:
            yield each, lines


def _chosen(programme: Programme, typed: Sequence[str]) -> Iterable[Evaluation]:
    """Return the evaluations typed, each once, a referrer's by id; without any id all of those that somebody sent."""
    found = programme.evaluations
    people = {each.referrer_id for each in programme.portal.referrers}
    if not typed:
        return (each for each in found.values() if each.referrer is not None)
    chosen: dict[str, Evaluation] = {}
    for name in typed:
        if name in found:
            chosen[name] = found[name]
        elif name in people:
            chosen.update({each.referral.referral_id: each for each in found.values() if each.referral.referrer_id == name})
        else:
            raise _missing(programme.portal, name, {*found, *people})
    return chosen.values()


def _missing(portal: Portal, typed: str, known: Iterable[str]) -> WrongUsageError:
    if _TABLE in portal.absent:
        return WrongUsageError(f'there is no referral "{typed}": {_TABLE} is not started')
    if any(each.referral_id == typed for each in portal.referrals):
        return WrongUsageError(f'"{typed}" was not received by {portal.as_of}; type a later day with --as-of')
    return unknown("referral or referrer", typed, known)


def _evaluation(found: Evaluation, lines: Sequence[Line], words: Speaker) -> dict[str, object]:
    currency = words.currency
    return {
        "referral": found.referral.referral_id,
        "lines": [_line(each, words) for each in lines],
        "totals": {state.value: money(amount, currency) for state, amount in found.totals().items()},
        "trace": [
            *(_step(None, each, words) for each in found.steps),
            *(_step(line, each, words) for line in lines for each in line.steps),
        ],
    }


def _line(line: Line, words: Speaker) -> dict[str, object]:
    return {
        "rule": line.rule.id,
        "type": line.rule.type,
        "to": line.rule.to.value,
        "instalment": line.instalment,
        "amount": money(line.amount, words.currency),
        "currency": words.currency,
        "state": line.state.value,
        "milestone_on": line.milestone_on.isoformat() if line.milestone_on else None,
        "due_on": line.due_on.isoformat() if line.due_on else None,
        "code": line.code.value if line.code else None,
        "reason": reason(line, words),
    }


def _step(line: Line | None, step: Step, words: Speaker) -> dict[str, object]:
    """Return a step; line: None for one that holds for all lines."""
    return {
        "rule": line.rule.id if line else None,
        "instalment": line.instalment if line else None,
        "step": step.name.value,
        "values": {name: _value(value) for name, value in step.values.items()},
        "text": said(step, words),
    }


def _value(value: Value) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else str(value)
