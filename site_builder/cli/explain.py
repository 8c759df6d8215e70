"""portal explain: what referrals earn, line by line, and why (domain, "Incentives")."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from site_builder.cli.arguments import Arguments
from site_builder.cli.asjson import document, money
from site_builder.cli.explaintext import in_full, in_short
from site_builder.cli.loaded import answer, unknown
from site_builder.cli.shell import WrongUsageError
from site_builder.cli.speaking import speaker
from site_builder.cli.table import paragraph, screen
from site_builder.model.portal import Portal
from site_builder.reasons import Speaker, reason, said
from site_builder.rules.incentives.evaluation import Evaluation, Line
from site_builder.rules.incentives.trace import Step, Value
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
        if arguments.format == "json":
            return as_json(chosen, speaker(portal))
        on = screen(sys.stdout)
        if arguments.referrals:
            return in_full(chosen, portal.as_of, speaker(portal), on)
        if _TABLE in portal.absent:
            return paragraph(f"{_TABLE} is not started, so there is nothing to explain.", on)
        return in_short(chosen, portal, on)

    return answer(arguments, _READS, told)


def as_json(evaluations: Sequence[Evaluation], words: Speaker) -> str:
    """Return a list, an entry a referral; reasons in the words that the referrer reads."""
    return document([_evaluation(each, words) for each in evaluations])


def _chosen(programme: Programme, typed: Sequence[str]) -> Iterator[Evaluation]:
    """Yield the evaluations typed, each once, or by id all of those that somebody sent."""
    found = programme.evaluations
    if not typed:
        yield from (each for each in found.values() if each.referrer is not None)
    for referral_id in dict.fromkeys(typed):
        if referral_id not in found:
            raise _missing(programme.portal, referral_id, found)
        yield found[referral_id]


def _missing(portal: Portal, typed: str, found: Mapping[str, Evaluation]) -> WrongUsageError:
    if _TABLE in portal.absent:
        return WrongUsageError(f'there is no referral "{typed}": {_TABLE} is not started')
    if any(each.referral_id == typed for each in portal.referrals):
        return WrongUsageError(f'"{typed}" was not received by {portal.as_of}; type a later day with --as-of')
    return unknown("referral", typed, found)


def _evaluation(found: Evaluation, words: Speaker) -> dict[str, object]:
    currency = words.currency
    return {
        "referral": found.referral.referral_id,
        "lines": [_line(each, words) for each in found.lines],
        "totals": {state.value: money(amount, currency) for state, amount in found.totals().items()},
        "trace": [
            *(_step(None, each, words) for each in found.steps),
            *(_step(line, each, words) for line in found.lines for each in line.steps),
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
