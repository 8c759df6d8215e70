"""How many problems there are of each weight, for JSON and for the last line of a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from site_builder.problem import Problem, Severity


def counts(problems: Iterable[Problem]) -> dict[str, int]:
    """Return the number of problems by severity, zeros included, gravest first."""
    tally = Counter(problem.severity for problem in problems)
    return {severity.value: tally[severity] for severity in Severity}


def tally(problems: Iterable[Problem]) -> str:
    """Return "2 errors, 1 warning; 3 notes": what can fail a build before what cannot; "" without problems."""
    number = counts(problems)
    grave = [_of(number[severity], severity) for severity in (Severity.ERROR, Severity.WARNING) if number[severity]]
    mild = [_of(number[severity], severity) for severity in (Severity.ADVICE, Severity.NOTE) if number[severity]]
    return "; ".join(", ".join(part) for part in (grave, mild) if part)


def _of(number: int, severity: Severity) -> str:
    if severity is Severity.ADVICE:  # advice has no plural
        return f"{number} {'piece' if number == 1 else 'pieces'} of advice"
    return f"{number} {severity}{'' if number == 1 else 's'}"
