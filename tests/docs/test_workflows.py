"""The workflows are YAML that code hosts accept, ask for no more rights than they need, and run commands there are."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TypedDict, cast

import pytest
import yaml

from site_builder.cli.arguments import parsed
from site_builder.headers import SERVER_FILES
from site_builder.publish import marker

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".github/workflows"
OFFICIAL = re.compile(r"actions/[a-z-]+@v[0-9]+")

Step = TypedDict("Step", {"uses": str, "run": str, "with": dict[str, object], "env": dict[str, str]}, total=False)


class Job(TypedDict, total=False):
    needs: str
    permissions: dict[str, str]
    environment: dict[str, str]
    steps: list[Step]


class Workflow(TypedDict):
    name: str
    on: dict[str, object]
    permissions: dict[str, str]
    concurrency: dict[str, object]
    jobs: dict[str, Job]


def workflow(name: str) -> Workflow:
    """Read a workflow as its host does: YAML 1.2 has no "on" that means yes."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert "\t" not in text
    return cast("Workflow", yaml.safe_load(re.sub(r"(?m)^on:$", '"on":', text)))


def steps(found: Workflow) -> list[Step]:
    return [step for job in found["jobs"].values() for step in job["steps"]]


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.iterdir()))
def test_a_workflow_reads_the_repository_unless_a_job_says_more_and_uses_official_actions_by_major_version(name: str) -> None:
    found = workflow(name)
    assert found["permissions"] == {"contents": "read"}
    used = [step["uses"] for step in steps(found) if "uses" in step]
    assert used
    assert [action for action in used if not OFFICIAL.fullmatch(action)] == []


def test_pages_are_published_from_main_alone_one_after_another() -> None:
    found = workflow("pages.yml")
    assert found["on"]["push"] == {"branches": ["main"]}
    assert "pull_request" not in found["on"]
    assert found["concurrency"] == {"group": "pages", "cancel-in-progress": False}


def test_only_the_deployment_may_write_and_only_pages() -> None:
    jobs = workflow("pages.yml")["jobs"]
    assert {name: job.get("permissions") for name, job in jobs.items()} == {
        "build": None,
        "deploy": {"pages": "write", "id-token": "write"},
    }
    assert jobs["deploy"]["needs"] == "build"
    assert jobs["deploy"]["environment"]["name"] == "github-pages"


def test_the_portal_is_checked_and_built_by_commands_there_are() -> None:
    lines = [line.strip() for step in steps(workflow("pages.yml")) for line in step.get("run", "").splitlines()]
    commands = [line.split()[1:] for line in lines if line.startswith("portal ")]
    assert commands == [["build", "--format", "github"]]
    assert [parsed(words).command for words in commands] == ["build"]


def test_nothing_for_other_hosts_is_uploaded_and_well_known_files_are() -> None:
    found = steps(workflow("pages.yml"))
    (removed,) = [step["run"].split()[2:] for step in found if step.get("run", "").startswith("rm -f ")]
    assert set(removed) == {f"output/{name}" for name in (*SERVER_FILES, marker.NAME)}
    (upload,) = [step["with"] for step in found if step.get("uses", "").startswith("actions/upload-pages-artifact@")]
    assert upload == {"path": "output", "include-hidden-files": True}
