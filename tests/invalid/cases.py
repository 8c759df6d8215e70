"""The cases of tests/invalid/: a clean portal, the smallest change to it, and what the terminal then says.

A case's folder holds the files that differ from clean/, REMOVED with the files and folders that are left out, and expected.txt;
what no file can hold stands in odd.py. Cases named fine-… are what people do to files without harm: they yield nothing.
The checks of the programme have their cases in site_builder/examples/, changes to the small portal bare/: CODE, and fine-CODE on
which it keeps quiet.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

import yaml

from site_builder.codes import PROGRAMME
from site_builder.pipeline import Built, Request, build
from site_builder.problem import Problem
from site_builder.report.as_text import NOT_STARTED, as_text
from site_builder.report.explanation import example
from tests.invalid.odd import ODD

HERE = Path(__file__).parent
CLEAN = HERE / "clean"
BARE = HERE / "bare"
EXPECTED = "expected.txt"
REMOVED = "REMOVED"
FINE = "fine-"
EXAMPLES: Mapping[str, Mapping[str, str]] = {
    name: files
    for code in PROGRAMME
    if (shown := example(code)) is not None
    for name, files in ((code, shown.fires), (FINE + code, shown.quiet))
}
"""A case's name → what differs from the small portal."""


def names() -> tuple[str, ...]:
    """Return the names of all cases, harmless ones included."""
    folders = {
        path.name for path in HERE.iterdir() if path.is_dir() and path not in {CLEAN, BARE} and not path.name.startswith("_")
    }
    return tuple(sorted(folders | ODD.keys() | EXAMPLES.keys()))


def code(name: str) -> str:
    """Return the code a case yields."""
    return name.partition("-")[0]


def lay_out(name: str, where: Path) -> Path:
    """Write a case's portal into where/portal and return it; "" is the clean one."""
    root = where / "portal"
    if name in EXAMPLES:
        return _example(EXAMPLES[name], root)
    shutil.copytree(CLEAN, root)
    case = HERE / name
    if name and case.is_dir():
        shutil.copytree(case, root, dirs_exist_ok=True, ignore=lambda folder, _: _ours(folder, case))
    if name and (case / REMOVED).is_file():
        for path in (case / REMOVED).read_text(encoding="utf-8").split():
            shutil.rmtree(root / path) if (root / path).is_dir() else (root / path).unlink()
    if name in ODD:
        ODD[name](root)
    return root


def _example(files: Mapping[str, str], root: Path) -> Path:
    shutil.copytree(BARE, root)
    for path, content in files.items():
        written = content
        if (BARE / path).is_file():
            keys = yaml.safe_load(content)
            lines = (BARE / path).read_text(encoding="utf-8").splitlines(keepends=True)
            written = "".join(_without(keys, lines)) + content
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(written, encoding="utf-8")
    return root


def _without(keys: Mapping[str, object], lines: Iterable[str]) -> Iterator[str]:
    """Leave out top-level keys, each with the indented lines below it."""
    left_out = False
    for line in lines:
        if not line.startswith((" ", "\n")):
            left_out = line.partition(":")[0] in keys
        if not left_out:
            yield line


def _ours(folder: str, case: Path) -> tuple[str, ...]:
    return (EXPECTED, REMOVED) if Path(folder) == case else ()


def built(root: Path, cache: Path | None = None) -> Built:
    """Build a portal that pins its day; should it not, it is a day no test expects. Only those with a .env have private pages."""
    public_only = not os.path.lexists(root / ".env")
    return build(Request(root, today=lambda _zone: date(1999, 1, 1), cache=cache, public_only=public_only))


def told_problems(name: str, found: Built) -> tuple[Problem, ...]:
    """Return the problems a case is about: what an example's small portal has not started is no news."""
    return tuple(each for each in found.problems if not (name in EXAMPLES and each.code == NOT_STARTED))


def told(problem: Problem) -> str:
    """Return a problem as the terminal prints it, without the tally, and below it what machines get as well."""
    text = as_text((problem,)).rpartition("\n\n")[0]
    also = [f"{key}: {value}" for key, value in (("field", problem.field), ("row_id", problem.row_id)) if value]
    return "".join(f"{line}\n" for line in (text, *also))
