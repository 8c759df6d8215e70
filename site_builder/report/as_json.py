"""Problems as JSON: the contract of `--format json` (domain, "Commands and their JSON")."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from site_builder.problem import Problem
from site_builder.report.counts import counts


def as_json(problems: Sequence[Problem], as_of: date | None) -> str:
    """Return as_of, the problems in the order they come, and their counts; as_of is null when nothing could be read."""
    document = {
        "as_of": as_of.isoformat() if as_of is not None else None,
        "problems": [_problem(problem) for problem in problems],
        "counts": counts(problems),
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _problem(problem: Problem) -> dict[str, str | int]:
    return {
        "path": problem.source.path,
        "line": problem.source.line,
        "column": problem.source.column,
        "field": problem.field,
        "row_id": problem.row_id,
        "code": problem.code,
        "severity": problem.severity.value,
        "message": problem.message,
        "hint": problem.hint,
    }
