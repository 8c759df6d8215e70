"""Problems as they may stand in a log that others read: the rows of private tables are named by their place alone.

Ids are often people's names, and "at risk" beside one is nobody else's business. File, line and column say enough to its owner.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from site_builder.codes import PROGRAMME
from site_builder.problem import Problem

_QUOTING = PROGRAMME.keys() | {"A301", "D301", "D302"}
"""Codes that quote ids. The others quote misspelt words and headings, which the mistake cannot be found without."""
_QUOTED = re.compile(r'"[^"]*"')
_LEFT_OUT = "…"


def discreet(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems, those in tables without the ids of their rows."""
    return tuple(_discreet(each) if each.source.path.endswith(".csv") else each for each in problems)


def _discreet(found: Problem) -> Problem:
    message, hint = (_without(found, text) for text in (found.message, found.hint))
    return replace(found, message=message, hint=hint, row_id="")


def _without(found: Problem, text: str) -> str:
    if found.code in _QUOTING:
        text = _QUOTED.sub(f'"{_LEFT_OUT}"', text)
    if not found.row_id:
        return text
    return re.sub(rf"(?<![\w-]){re.escape(found.row_id)}(?![\w-])", _LEFT_OUT, text)
