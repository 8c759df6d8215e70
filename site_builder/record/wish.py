"""Which line of a reckoning is meant: a rule's, one or several of its instalments, or whatever is due next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from site_builder.record.refusal import RefusedError
from site_builder.rules.incentives.evaluation import Evaluation, Line
from site_builder.rules.incentives.spans import Instalments, spanned


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be recorded as paid. rule: an incentive's id, None for the only one.

    instalments: those that are paid together, all or none; () for the next that is due. is_early: whether what is earned may be
    paid before it is due, and an instalment before those that come first; an instalment that is named may always be paid early.
    """

    on: date
    rule: str | None = None
    instalments: Instalments = ()
    is_early: bool = False


def meant(evaluation: Evaluation, wish: Wish) -> Sequence[Line]:
    """Return the lines the wish fits, in the order of rules and instalments; at least one.

    Where instalments are named, of each rule that has them all. Raises RefusedError where nothing fits.
    """
    name = evaluation.referral.referral_id
    lines = [line for line in evaluation.lines if wish.rule in {None, line.rule.id}]
    if not lines:
        others = ", ".join(dict.fromkeys(line.rule.id for line in evaluation.lines))
        brings = f"{name} brings {others}" if others else f"no incentive applies to {name}"
        raise RefusedError(f"{wish.rule} is no reward of {name}; {brings}" if wish.rule is not None else brings)
    found = list(_named(lines, wish)) if wish.instalments else lines
    if not found:
        numbers = [line.instalment for line in lines if line.instalment is not None]
        there = f"there are {min(numbers)} to {max(numbers)}" if numbers else "it is handed over at once; leave --instalment out"
        raise RefusedError(f"there is no instalment {_lacking(lines, wish)} for {name}; {there}")
    return found


def _named(lines: Sequence[Line], wish: Wish) -> Iterator[Line]:
    for rule_id in dict.fromkeys(line.rule.id for line in lines):
        own = [line for line in lines if line.rule.id == rule_id and line.instalment in wish.instalments]
        if len(own) == len(wish.instalments):
            yield from own


def _lacking(lines: Sequence[Line], wish: Wish) -> str:
    """Return what no line is, of those named; all of them where each is one of some rule."""
    there = {line.instalment for line in lines}
    return spanned(tuple(each for each in wish.instalments if each not in there) or wish.instalments)
