"""Problems as text for people: file by file, with the offending line on a terminal, and a last line that says what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from types import MappingProxyType
from typing import Final

from site_builder.problem import Problem, Severity, Source
from site_builder.report.counts import tally
from site_builder.report.excerpt import Excerpt
from site_builder.report.shown import shown, width

NOT_STARTED: Final = "D601"
_ADDS: Final = "it would add: "
_RESET: Final = "\x1b[0m"
_BOLD: Final = "\x1b[1m"
_DIM: Final = "\x1b[2m"
_COLOURS: Final[Mapping[Severity, str]] = {
    Severity.ERROR: "\x1b[1;31m",
    Severity.WARNING: "\x1b[1;33m",
    Severity.ADVICE: "\x1b[1;36m",
    Severity.NOTE: "\x1b[1;34m",
}


@dataclass(frozen=True, slots=True)
class Look:
    """How a text looks where it goes. colour: with terminal colours; excerpts: the lines to show below their problems."""

    colour: bool = False
    excerpts: Mapping[Problem, Excerpt] = field(default_factory=lambda: MappingProxyType({}))

    def dyed(self, text: str, dye: str) -> str:
        """Return the text in a colour, or as it is."""
        return f"{dye}{text}{_RESET}" if self.colour and text else text


PLAIN: Final = Look()


def as_text(problems: Sequence[Problem], look: Look = PLAIN, *, then: str = "") -> str:
    """Return the problems grouped by file, what is not started in one block, and the tally. "" without problems.

    then: what to do next, said after the tally.
    """
    told = [problem for problem in problems if problem.code != NOT_STARTED]
    blocks = ["".join(_told(problem, look) for problem in there) for _, there in groupby(told, lambda each: each.source.path)]
    blocks += [_not_started(problems, look)] if len(told) < len(problems) else []
    blocks += [f"{look.dyed(tally(problems), _BOLD)}{f'. {then}' if then else ''}\n"] if problems else []
    return "\n".join(blocks)


def _told(problem: Problem, look: Look) -> str:
    place = located(problem.source)
    weight = look.dyed(f"{problem.severity}[{problem.code}]", _COLOURS[problem.severity])
    lines = [f"{look.dyed(place, _BOLD)}: {weight}: {shown(problem.message)}" if place else f"{weight}: {shown(problem.message)}"]
    excerpt = look.excerpts.get(problem)
    if excerpt is not None:
        lines += _excerpt(excerpt, problem.severity, look)
    if problem.hint:
        lines.append(f"{look.dyed('hint', _BOLD)}: {shown(problem.hint)}")
    return "".join(f"{line}\n" for line in lines)


def located(source: Source) -> str:
    """Return path:line:column as far as they are known."""
    numbers = [str(number) for number in (source.line, source.column) if number]
    return ":".join([shown(source.path), *numbers]) if source.path else ""


def _excerpt(excerpt: Excerpt, severity: Severity, look: Look) -> Iterable[str]:
    gutter = f"{excerpt.line:>5} | "
    yield look.dyed(gutter, _DIM) + excerpt.text
    if excerpt.caret is not None:
        yield look.dyed(" " * (len(gutter) - 2) + "| ", _DIM) + " " * excerpt.caret + look.dyed("^", _COLOURS[severity])


def _not_started(problems: Iterable[Problem], look: Look) -> str:
    """Return one block for all parts that are not started: a small portal has many, and none of them is wrong."""
    absent = [problem for problem in problems if problem.code == NOT_STARTED]
    widest = max(width(shown(problem.source.path)) for problem in absent)
    weight = look.dyed(f"note[{NOT_STARTED}]", _COLOURS[Severity.NOTE])
    lines = [f"{weight}: not started yet, and that is fine; what each would add:"]
    for problem in absent:
        path = shown(problem.source.path)
        lines.append(f"  {path}{' ' * (widest - width(path))}  {shown(problem.hint.removeprefix(_ADDS) or problem.message)}")
    return "".join(f"{line}\n" for line in lines)
