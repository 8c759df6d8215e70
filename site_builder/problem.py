"""One thing to fix, where it stands and what to type instead."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Source:
    """Where the owner wrote something: line and column are physical and 1-based, 0 means the whole file.

    path is relative to the portal's folder, with "/" between parts.
    """

    path: str
    line: int = 0
    column: int = 0


NOWHERE = Source("")


class Severity(StrEnum):
    """How much a problem weighs: an error fails the build, a warning fails --strict, the others never do."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to fix. Problems are values that accumulate; exceptions are for our own mistakes.

    message: what is wrong, the value quoted (of a private cell its shape only). hint: what to type instead, or "".
    field and row_id name the column or key and the row's id where there is one, else "".
    """

    source: Source
    code: str
    severity: Severity
    message: str
    hint: str = ""
    field: str = ""
    row_id: str = ""
