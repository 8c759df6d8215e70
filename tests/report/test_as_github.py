from __future__ import annotations

from site_builder.problem import Problem, Severity, Source
from site_builder.report.as_github import as_github


def test_each_problem_is_one_escaped_workflow_command(problems: tuple[Problem, ...]) -> None:
    assert as_github(problems).splitlines() == [
        "::notice file=content/events,title=D601::not started, and that is fine%0Ahint: it would add: a list of events",
        "::error file=data/clients.csv,line=2,col=7,title=D202::since is not a date%0Ahint: write YYYY-MM-DD",
        "::warning file=data/clients.csv,line=3,col=1,title=D212::spaces around 2 values",
        "::notice file=data/portal.yaml,title=I107::100%25 of words,%0Along: yes%0Ahint: shorten",
    ]


def test_paths_start_where_the_repository_does_and_cannot_end_the_command() -> None:
    problem = Problem(Source("data/a,b:c\r.csv", 1), "D005", Severity.ERROR, "gone")
    assert (
        as_github([problem], portal="sites/north") == "::error file=sites/north/data/a%2Cb%3Ac%0D.csv,line=1,title=D005::gone\n"
    )
