"""Lighthouse, as a judge of a served page on a phone: each category's score, and what it found."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.browser.chromium import FLAGS
from tests.browser.judges import ROOT

PERFORMANCE, ACCESSIBILITY, PRACTICE, SEO = "performance", "accessibility", "best-practices", "seo"
ALL = (PERFORMANCE, ACCESSIBILITY, PRACTICE, SEO)

_SECONDS = 180


@dataclass(frozen=True, slots=True)
class Verdict:
    """What Lighthouse says of a page. scores: 0 to 100 by category; failed: ids of the audits that cost points, by category."""

    scores: Mapping[str, int]
    failed: Mapping[str, tuple[str, ...]]


def lighthouse(address: str, chromium: Path, folder: Path, categories: tuple[str, ...] = ALL) -> Verdict:
    """Judge a page on a slow phone, in a new browser of this kind; folder: where the full report is left.

    Raises RuntimeError where Lighthouse itself fails or doubts.
    """
    report = folder / "lighthouse.json"
    command = [
        str(ROOT / "node_modules" / ".bin" / "lighthouse"),
        address,
        f"--config-path={Path(__file__).with_suffix('.mjs')}",
        "--form-factor=mobile",
        f"--only-categories={','.join(categories)}",
        f"--chrome-flags={' '.join(map(_quoted, FLAGS))}",
        "--output=json",
        f"--output-path={report}",
        "--quiet",
        "--no-enable-error-reporting",  # it must not even ask
    ]
    around = {**os.environ, "CHROME_PATH": str(chromium)}
    judge = partial(
        subprocess.run, command, env=around, cwd=folder, capture_output=True, text=True, timeout=_SECONDS, check=False
    )
    run = judge()
    if "NO_NAVSTART" in run.stderr:  # now and then a trace lacks its beginning: "Please run Lighthouse again"
        run = judge()
    if run.returncode != 0:
        raise RuntimeError(f"Lighthouse could not judge {address}: {run.stderr}")
    found = json.loads(report.read_text(encoding="utf-8"))
    if found["runWarnings"]:
        raise RuntimeError(f"Lighthouse doubts what it says of {address}: {found['runWarnings']}")
    return Verdict(
        {name: round(category["score"] * 100) for name, category in found["categories"].items()},
        {name: _failed(category, found["audits"]) for name, category in found["categories"].items()},
    )


def _failed(category: dict[str, list[dict[str, object]]], audits: dict[str, dict[str, object]]) -> tuple[str, ...]:
    counted = (str(each["id"]) for each in category["auditRefs"] if each["weight"])
    return tuple(name for name in counted if audits[name]["score"] not in {1, None})


def _quoted(flag: str) -> str:
    name, equals, value = flag.partition("=")
    return f"{name}='{value}'" if equals else name
