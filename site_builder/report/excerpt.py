"""The line a problem speaks of, cut to fit, with a place for the caret; private values are masked, nothing is emitted raw."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Final

from site_builder.load.text import read_bytes
from site_builder.problem import Problem
from site_builder.report.csvkept import kept_of_table
from site_builder.report.mask import Span, masked
from site_builder.report.shown import letter, width
from site_builder.report.yamlkept import kept_of_document, kept_of_markdown

_LARGEST: Final = 8 * 1024 * 1024  # of a larger file no line is shown: finding one would take longer than reading the message
_MOST: Final = 100  # problems with an excerpt; whoever has more mends the first ones first
_LONGEST: Final = 4096  # characters of a line that are looked at around the column
_LINE: Final = re.compile(r"[^\r\n]*+(?:\r\n|\r|\n|\Z)")
_ELLIPSIS: Final = "…"
_Kept = Callable[[str, str, Mapping[int, str]], dict[int, list[Span]]]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A line to show. caret: columns of a terminal before the caret; None where the problem names no column."""

    line: int
    text: str
    caret: int | None


def excerpts(root: Path, problems: Iterable[Problem], *, columns: int) -> dict[Problem, Excerpt]:
    """Return what can be shown of the problems' lines, each at most so many columns wide.

    Whatever keeps a file from being read, or looks like no text, leaves its problems without an excerpt.
    """
    by_path: dict[str, list[Problem]] = {}
    for problem in [each for each in problems if each.source.path and each.source.line][:_MOST]:
        by_path.setdefault(problem.source.path, []).append(problem)
    found = {}
    for path, there in by_path.items():
        lines = _readable(root, path, {problem.source.line for problem in there})
        for problem in there:
            line = lines.get(problem.source.line)
            if line is not None:
                found[problem] = _fitted(problem.source.line, line, problem.source.column, columns)
    return found


def _readable(root: Path, path: str, numbers: set[int]) -> dict[int, str]:
    """Return the wanted lines of a file, masked."""
    content = read_bytes(root, path, _LARGEST)
    if isinstance(content, Problem) or b"\0" in content:
        return {}
    text = content.decode("utf-8", "replace").lstrip("\ufeff")
    lines = {number: line for number, line in enumerate(_lines(text, max(numbers)), start=1) if number in numbers}
    if not lines:
        return {}
    if path.startswith("themes/"):
        return lines  # templates and styles are made to be published
    kept = _keeper(path)(text, path, lines)
    return {number: masked(line, kept.get(number, [])) for number, line in lines.items()}


def _lines(text: str, most: int) -> Iterable[str]:
    for _, line in zip(range(most), _LINE.finditer(text), strict=False):
        yield line[0].rstrip("\r\n")


def _keeper(path: str) -> _Kept:
    return _KEEPERS.get(path.rpartition(".")[2], _nothing)


def _nothing(_text: str, _path: str, _lines: Mapping[int, str]) -> dict[int, list[Span]]:
    return {}


_KEEPERS: Final[Mapping[str, _Kept]] = {"csv": kept_of_table, "yaml": kept_of_document, "md": kept_of_markdown}


def _fitted(number: int, line: str, column: int, columns: int) -> Excerpt:
    """Cut a line around a column (from 1, 0 for none) so that it takes at most so many columns, ellipses included."""
    at = min(column - 1, len(line)) if column else 0
    start = max(0, at - _LONGEST)
    pieces = [letter(char) for char in line[start : at + _LONGEST]]
    ends = [0, *accumulate(map(width, pieces))]
    at -= start
    first = 0
    room = columns - 2 * len(_ELLIPSIS)
    if ends[-1] > room:
        first = next(index for index in range(at + 1) if ends[at] - ends[index] <= room * 2 // 3)
    last = max((index for index in range(first, len(ends)) if ends[index] - ends[first] <= room), default=first)
    before = _ELLIPSIS if first or start else ""
    after = _ELLIPSIS if last < len(pieces) or len(line) > start + len(pieces) else ""
    caret = len(before) + ends[at] - ends[first] if column else None
    return Excerpt(number, f"{before}{''.join(pieces[first:last])}{after}", caret)
