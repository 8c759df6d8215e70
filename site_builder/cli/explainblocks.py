"""Lines of reward as people read them: a year of instalments that differ in their days alone is one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import groupby
from types import MappingProxyType
from typing import Final

from site_builder.impact.money import left
from site_builder.model.incentives import Base
from site_builder.reasons import Speaker, reason
from site_builder.rules.incentives.evaluation import Line
from site_builder.rules.incentives.trace import LineCode, State, Step, StepName

_DAYS: Final = frozenset({StepName.REACHED, StepName.DUE, StepName.PAID})
_HOLDS: Final = frozenset(StepName(code.value) for code in LineCode if code is not LineCode.CAPPED)
_RELEASABLE: Final = frozenset({StepName.UNSIGNED, StepName.CLAUSE_UNKNOWN})

WHY: Final[Mapping[LineCode, str]] = MappingProxyType(
    {
        LineCode.SELF_REFERRAL: "their own firm",
        LineCode.EXISTING_CLIENT: "a client already",
        LineCode.DUPLICATE: "sent before",
        LineCode.POLICY: "rules or their contract forbid it",
        LineCode.CLAUSE_UNKNOWN: "is their contract against it?",
        LineCode.UNSIGNED: "not signed yet",
        LineCode.LOST: "lost",
        LineCode.ENDED: "contract ended",
        LineCode.CAPPED: "cut by a cap",
    }
)
"""Why a line is withheld or cut, in a table's few words for an owner; the whole sentence stands in the reasons."""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines told as one, in order, at least one. amount: of each, what was paid where it was; reason: of all of them."""

    lines: tuple[Line, ...]
    amount: Decimal | None
    reason: str

    @property
    def first(self) -> Line:
        """Return the line that stands for all."""
        return self.lines[0]

    @property
    def is_several(self) -> bool:
        """Whether there is more than one."""
        return len(self.lines) > 1


def blocks(lines: Sequence[Line], words: Speaker) -> Iterator[Block]:
    """Yield the lines in their order, instalments that follow each other and have the same reason as one."""

    def key(numbered: tuple[int, Line]) -> tuple[object, ...]:
        place, line = numbered
        if line.instalment is None:
            return (place,)
        alike = line.state, line.code, line.amount, left(line), reason(_undated(line), words)
        return line.rule.id, line.instalment - place, *alike

    for _, group in groupby(enumerate(lines), key):
        found = tuple(line for _, line in group)
        yield Block(found, worth(found[0]), _reason(found, words))


def worth(line: Line) -> Decimal | None:
    """Return what was paid for a line, and before that what it is worth; None where it is no money or not known."""
    return left(line) if line.state is State.PAID else line.amount


def is_releasable(line: Line) -> bool:
    """Whether all that a withheld line waits for may still come: a signature, word of what a contract allows."""
    holds = {step.name for step in line.steps} & _HOLDS
    return line.state is State.WITHHELD and bool(holds) and holds <= _RELEASABLE


def _undated(line: Line) -> Line:
    """Return a line without what tells its month from the others."""
    return replace(line, steps=tuple(map(_of_any_month, (step for step in line.steps if step.name not in _DAYS))))


def _of_any_month(step: Step) -> Step:
    if step.name is not StepName.SHARE_OF_MONTH:
        return step
    shared = {name: step.values[name] for name in ("percent", "base")}
    return Step(StepName.SHARE_OF_BASE, {**shared, "of": Base.MONTHLY_FEE})


def _reason(lines: Sequence[Line], words: Speaker) -> str:
    first = lines[0]
    said = (
        reason(first, words)
        if len(lines) == 1
        else "; ".join(filter(None, (reason(_undated(first), words), _days(lines, words))))
    )
    paid = left(first)
    differs = paid is not None and first.amount is not None and paid != first.amount
    return f"{said} (reckoned: {words.money(first.amount or Decimal())})" if differs else said


def _days(lines: Sequence[Line], words: Speaker) -> str:
    """Return the first and the last day of several lines; "" where none is known or nothing comes."""
    state = lines[0].state
    if state is State.WITHHELD:
        return ""
    found: list[date] = sorted(filter(None, (line.paid_on if state is State.PAID else line.due_on for line in lines)))
    verb = "paid" if state is State.PAID else "due"
    return f"{verb} from {words.date(found[0])} to {words.date(found[-1])}" if found else ""
