"""The theme contract: a template names only what it is handed, also in branches that no page takes today.

A template sees `page`, `site` and `view`; what these have is read from their types, kind of page by kind of page,
through what a template extends, includes, imports and calls. Where a type cannot be told, nothing is claimed.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Any

from jinja2 import Environment

from site_builder.codes import problem
from site_builder.page import Page, PageKind
from site_builder.problem import Problem, Source
from site_builder.render.contract.findings import Finding
from site_builder.render.contract.memory import fingerprint, kept, remember
from site_builder.render.contract.reader import read
from site_builder.render.contract.shapes import ANY, Shape, shape
from site_builder.render.contract.sources import Sources
from site_builder.render.contract.values import PageKinds
from site_builder.render.site import Site
from site_builder.render.templates import unreadable
from site_builder.render.theme import Theme

_MOST = 12
"""Names listed in a hint; of more, nobody reads the list."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A template that is filled by name. sees: what it is handed beside `site`, and of which type; kind: of page, or its like."""

    kind: str
    template: str
    sees: Mapping[str, type]
    params: tuple[str, ...] | None = None


def public_page(kind: PageKind[Any]) -> Filled:
    """Return how a kind of page is filled."""
    return Filled(kind.name, kind.template, {"page": Page, "view": kind.view}, _params(kind))


def unkept(
    env: Environment, filled: Iterable[Filled], theme: Theme, *, portal: Path, cache: Path | None = None
) -> tuple[Problem, ...]:
    """Return a problem for each name in the portal's own templates that leads to nothing; none for the default theme.

    env: the one that will render, with its functions and filters. portal: the folder that problems' paths are relative to.
    cache: where a theme that keeps the contract is remembered; None for no memory.
    """
    if theme.own is None:
        return ()
    ours = theme.own / "templates"
    mark = fingerprint(folder / "templates" for folder in theme.folders) if cache else ""
    if kept(cache, mark):
        return ()
    found = broken(env, filled, ours=ours, portal=portal)
    if not found:
        remember(cache, mark)
    return found


def broken(env: Environment, filled: Iterable[Filled], *, ours: Path, portal: Path) -> tuple[Problem, ...]:
    """Return a problem for each name in the templates of a folder that leads to nothing."""
    sources = Sources(env, ours)
    known = {each.kind: each for each in filled}
    params = {name: each.params for name, each in known.items() if each.params is not None}
    found: dict[Finding, list[str]] = {}
    through: dict[Path, list[str]] = {}
    for name, each in known.items():
        template = sources.find(each.template)
        if template is None or not sources.reaches_ours(template):
            continue
        here = read(sources, template, _handed(each.sees), PageKinds(params, name))
        for finding in here.found:
            found.setdefault(finding, []).append(name)
        for path in here.read:
            through.setdefault(path, []).append(name)
    for template in sources.ours():
        if template.path not in through:
            for finding in read(sources, template, {**_handed({"page": Page}), "view": ANY}, PageKinds(params, "")).found:
                found.setdefault(finding, [])
    told = {_problem(finding, on, through.get(finding.path, []), portal) for finding, on in found.items()}
    for template in sources.ours():
        if template.unreadable is not None:
            source = Source(template.path.relative_to(portal).as_posix(), template.unreadable.lineno)
            told.add(unreadable(source, template.unreadable))
    return tuple(sorted(told, key=lambda each: (each.source.path, each.source.line, each.message)))


def _handed(sees: Mapping[str, type]) -> dict[str, Shape]:
    return {"site": (Site,), **{name: shape(kind) for name, kind in sees.items()}}


def _params(kind: PageKind[Any]) -> tuple[str, ...]:
    return tuple(name for _, name, _, _ in Formatter().parse(kind.route.pattern) if name)


def _problem(finding: Finding, on: list[str], read_on: list[str], portal: Path) -> Problem:
    """on: the kinds of page it leads to nothing on; they are named where it leads somewhere on others."""
    where = f" on {', '.join(on)}" if len(on) < len(read_on) else ""
    source = Source(finding.path.relative_to(portal).as_posix(), finding.line)
    return problem("A203", source, finding.message + where, hint=_hint(finding))


def _hint(finding: Finding) -> str:
    near = difflib.get_close_matches(finding.name, finding.known, n=1)
    if near:
        return f'did you mean "{near[0]}"?'
    if 0 < len(finding.known) <= _MOST:
        return f"it has {', '.join(finding.known)}"
    return "the theme guide lists what a template sees"
