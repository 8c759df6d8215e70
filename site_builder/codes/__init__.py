"""The one table of codes: how grave each problem is, what it is called and why it matters.

D: data and structure. A: the finished pages (links, anchors). B: building and publishing. The checks of the programme itself
follow the domain's letters. Adding a code: one line in the file of its letter, and a case in tests/invalid/CODE/; for a check of
the programme its two examples in site_builder/examples/, which are that case.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from site_builder.codes.files import FILES
from site_builder.codes.finished import FINISHED
from site_builder.codes.kind import Code
from site_builder.codes.programme import PROGRAMME
from site_builder.problem import Problem, Source

__all__ = ("CODES", "PROGRAMME", "Code", "problem")

CODES: Mapping[str, Code] = MappingProxyType({**FILES, **PROGRAMME, **FINISHED})


def problem(code: str, source: Source, message: str, *, hint: str = "", field: str = "", row_id: str = "") -> Problem:
    """Build a Problem with the severity its code has in the table; an unknown code is our mistake and raises KeyError."""
    return Problem(source, code, CODES[code].severity, message, hint, field, row_id)
