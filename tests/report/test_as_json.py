from __future__ import annotations

import json
from datetime import date

from site_builder.problem import Problem
from site_builder.report.as_json import as_json


def test_json_has_the_keys_of_the_contract_and_no_others(problems: tuple[Problem, ...]) -> None:
    document = json.loads(as_json(problems, date(2026, 10, 31)))
    assert list(document) == ["as_of", "problems", "counts"]
    assert document["as_of"] == "2026-10-31"
    assert document["counts"] == {"error": 1, "warning": 1, "advice": 1, "note": 1}
    assert document["problems"][1] == {
        "path": "data/clients.csv",
        "line": 2,
        "column": 7,
        "field": "since",
        "row_id": "acme",
        "code": "D202",
        "severity": "error",
        "message": "since is not a date",
        "hint": "write YYYY-MM-DD",
    }


def test_a_portal_that_could_not_be_read_speaks_for_no_day() -> None:
    assert json.loads(as_json((), None)) == {
        "as_of": None,
        "problems": [],
        "counts": {"error": 0, "warning": 0, "advice": 0, "note": 0},
    }
