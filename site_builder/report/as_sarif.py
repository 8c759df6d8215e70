"""Problems as SARIF 2.1.0, which code hosts and editors read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final
from urllib.parse import quote

from site_builder import __version__
from site_builder.codes import CODES, Code
from site_builder.problem import Problem, Severity, Source
from site_builder.report.places import from_here

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "note", Severity.NOTE: "note"}
_RULES: Final = {code: index for index, code in enumerate(CODES)}

Json = dict[str, "Json"] | list["Json"] | str | int | bool


def as_sarif(problems: Sequence[Problem], *, portal: str = "") -> str:
    """Return one run with all codes as rules. portal: its folder as seen from the repository's, "" where they are one."""
    rules: Json = [_rule(code, known) for code, known in CODES.items()]
    driver: Json = {"name": "portal", "semanticVersion": __version__, "rules": rules}
    results: Json = [_result(problem, portal) for problem in problems]
    run: Json = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    log: Json = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(code: str, known: Code) -> Json:
    return {
        "id": code,
        "shortDescription": {"text": known.title},
        "fullDescription": {"text": known.why},
        "help": {"text": f"{known.why} Source: {known.source}."},
        "defaultConfiguration": {"level": _LEVELS[known.severity]},
    }


def _result(problem: Problem, portal: str) -> Json:
    message = f"{problem.message}\nhint: {problem.hint}" if problem.hint else problem.message
    result: dict[str, Json] = {
        "ruleId": problem.code,
        "level": _LEVELS[problem.severity],
        "message": {"text": message},
        "properties": {"severity": problem.severity.value, "field": problem.field, "rowId": problem.row_id},
    }
    if problem.code in _RULES:
        result["ruleIndex"] = _RULES[problem.code]
    if problem.source.path:
        result["locations"] = [{"physicalLocation": _location(problem.source, portal)}]
    return result


def _location(source: Source, portal: str) -> Json:
    location: dict[str, Json] = {"artifactLocation": {"uri": quote(from_here(source.path, portal))}}
    if source.line:
        region: dict[str, Json] = {"startLine": source.line}
        if source.column:
            region["startColumn"] = source.column
        location["region"] = region
    return location
