"""Those who judge a finished page: axe-core for accessibility, html-validate for its HTML."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryFile

from playwright.sync_api import Page

from tests.browser.chromium import wake

ROOT = Path(__file__).parents[2]

# Targets of 24 px (WCAG 2.2, 2.5.8) are not among its usual rules.
_RUN_AXE = """
axe.run(document, {rules: {"target-size": {enabled: true}}}).then(result => JSON.stringify(result.violations.map(violation => ({
    rule: violation.id,
    impact: violation.impact ?? "",
    help: violation.help,
    nodes: violation.nodes.map(node => node.html),
}))))
"""


@dataclass(frozen=True, slots=True)
class Violation:
    """What axe holds against a page. nodes: the HTML of each element concerned; impact: "minor" to "critical"."""

    rule: str
    impact: str
    help: str
    nodes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What html-validate holds against a file; line and column are 1-based."""

    path: Path
    line: int
    column: int
    rule: str
    message: str


def axe(page: Page) -> tuple[Violation, ...]:
    """Judge the page as it stands now, also one read without scripts: afterwards it can run them.

    A strict content policy forbids a script tag and eval, so axe enters as a debugger's command would.
    """
    wake(page)
    debugger = page.context.new_cdp_session(page)
    debugger.send("Runtime.evaluate", {"expression": _axe_source()})
    answer = debugger.send("Runtime.evaluate", {"expression": _RUN_AXE, "awaitPromise": True, "returnByValue": True})
    debugger.detach()
    if "exceptionDetails" in answer:
        raise RuntimeError(f"axe could not judge {page.url}: {answer['exceptionDetails']}")
    return tuple(
        Violation(each["rule"], each["impact"], each["help"], tuple(each["nodes"]))
        for each in json.loads(answer["result"]["value"])
    )


def html_validate(paths: Iterable[Path]) -> tuple[Finding, ...]:
    """Judge HTML files, or folders of them, by the strict rules of .htmlvalidate.json."""
    tool = ROOT / "node_modules" / ".bin" / "html-validate"
    # Into a file: what node has not yet written into a pipe when it ends is lost.
    with TemporaryFile("w+", encoding="utf-8") as said:
        run = subprocess.run(
            [tool, "--config", ROOT / ".htmlvalidate.json", "--formatter", "json", *(path.resolve() for path in paths)],
            cwd=ROOT,
            stdout=said,
            stderr=subprocess.PIPE,
            text=True,
            timeout=120,
            check=False,
        )
        said.seek(0)
        judged = said.read()
    if run.returncode not in {0, 1} or not judged:
        raise RuntimeError(f"html-validate failed: {run.stderr}")
    return tuple(
        Finding(Path(each["filePath"]), finding["line"], finding["column"], finding["ruleId"], finding["message"])
        for each in json.loads(judged)
        for finding in each["messages"]
    )


@cache
def _axe_source() -> str:
    return (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
