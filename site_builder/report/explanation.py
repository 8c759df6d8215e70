"""What a code means, at length: why, how grave, whose rule it is, and for the programme's checks two examples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from textwrap import fill, indent

import yaml

from site_builder.checks.thresholds import THRESHOLDS
from site_builder.codes import CODES
from site_builder.problem import Severity

_EXAMPLES = Path(__file__).parents[1] / "examples"
EXAMPLE_DAY = "2026-10-31"
"""The day on which examples fire and keep quiet."""
_WIDEST = 100
_EFFECTS: Mapping[Severity, str] = {
    Severity.ERROR: "nothing is published while it stands",
    Severity.WARNING: "it fails a build under --strict",
    Severity.ADVICE: "it never fails a build",
    Severity.NOTE: "it never fails a build",
}

Files = Mapping[str, str]
"""A file's path in the portal → what stands in it."""


@dataclass(frozen=True, slots=True)
class Example:
    """Files on which a check fires, and the like on which it keeps quiet."""

    fires: Files
    quiet: Files


def example(code: str) -> Example | None:
    """Return a code's examples; None where it has none, which is so for what is no check of the programme."""
    return _examples(code[0]).get(code)


def explanation(code: str) -> str:
    """Return all that is known of a code; KeyError for one there is not."""
    known = CODES[code]
    lines = [f"{code}: {known.title}", "", fill(known.why, _WIDEST), ""]
    lines += [f"severity: {known.severity} ({_EFFECTS[known.severity]})", f"source:   {known.source}"]
    lines += _thresholds(code)
    shown = example(code)
    if shown is not None:
        lines += ["", f"Two examples, on {EXAMPLE_DAY} where they say no other as_of. It fires on this:", *_files(shown.fires)]
        lines += ["", "and not on this:", *_files(shown.quiet)]
    return "\n".join(lines) + "\n"


def _thresholds(code: str) -> Iterator[str]:
    own = {name: each for name, each in THRESHOLDS.items() if each.code == code}
    if own:
        yield "tuned by: data/portal.yaml, checks: thresholds:"
        yield from (f"  {name}: {each.usual}   # usual: {each.about}" for name, each in own.items())


def _files(files: Files) -> Iterable[str]:
    for path, content in files.items():
        yield ""
        yield f"  {path}"
        yield indent(content.rstrip("\n"), "    ")


@cache
def _examples(letter: str) -> Mapping[str, Example]:
    path = _EXAMPLES / f"{letter}.yaml"
    if not path.is_file():
        return {}
    entries = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return {code: Example(**entry) for code, entry in entries.items()}
