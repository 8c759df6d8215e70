from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema

from site_builder.codes import CODES
from site_builder.problem import NOWHERE, Problem, Severity, Source
from site_builder.report.as_sarif import as_sarif

# The schema of SARIF 2.1.0 as its makers publish it.
SCHEMA = json.loads((Path(__file__).parents[1] / "data" / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))


def judged(text: str) -> Any:  # noqa: ANN401  # JSON of a foreign schema
    log = json.loads(text)
    jsonschema.Draft4Validator(SCHEMA).validate(log)
    return log["runs"][0]


def test_the_log_is_valid_and_names_every_code_as_a_rule(problems: tuple[Problem, ...]) -> None:
    run = judged(as_sarif(problems))
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == list(CODES)
    assert [result["level"] for result in run["results"]] == ["note", "error", "warning", "note"]


def test_a_result_points_at_its_place_and_at_its_rule(problems: tuple[Problem, ...]) -> None:
    run = judged(as_sarif(problems, portal="sites/north"))
    result = run["results"][1]
    assert result["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "sites/north/data/clients.csv"},
                "region": {"startLine": 2, "startColumn": 7},
            }
        }
    ]
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "D202"


def test_what_has_no_line_has_no_region_and_what_has_no_file_no_location() -> None:
    whole = Problem(Source("data/über uns.csv"), "D005", Severity.ERROR, "gone")
    nowhere = Problem(NOWHERE, "X999", Severity.ERROR, "a code nobody knows")
    results = judged(as_sarif([whole, nowhere]))["results"]
    assert results[0]["locations"] == [{"physicalLocation": {"artifactLocation": {"uri": "data/%C3%BCber%20uns.csv"}}}]
    assert "locations" not in results[1]
    assert "ruleIndex" not in results[1]


def test_a_log_without_problems_is_valid() -> None:
    assert judged(as_sarif([]))["results"] == []
