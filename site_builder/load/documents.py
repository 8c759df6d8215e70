"""The documents of data/: each file a record or its problems, and the folder as a whole."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from site_builder.codes import problem
from site_builder.load import documentrules as rules
from site_builder.load.folders import Folder, folder, printable
from site_builder.load.text import decode, read_bytes
from site_builder.load.tree import build
from site_builder.load.yamltext import LONGEST_YAML, parse
from site_builder.model.documents import Nurture, Positioning, Rewards, Trust
from site_builder.model.incentives import Incentives
from site_builder.model.record import Record
from site_builder.model.settings import Settings
from site_builder.model.tables import TABLES
from site_builder.problem import Problem, Severity, Source
from site_builder.suggest import near

R = TypeVar("R", bound=Record)

REQUIRED = ("portal.yaml", "positioning.yaml", "incentives.yaml")
OPTIONAL = ("trust.yaml", "rewards.yaml", "nurture.yaml")
DATA = "data"
_WORKBOOKS = (".xlsx", ".xls", ".ods", ".numbers")


@dataclass(frozen=True, slots=True)
class Loaded(Generic[R]):
    """One document. record: None where it is absent, or with problems. absent: not there, or there without a single key."""

    record: R | None
    absent: bool
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Documents:
    """All documents of a portal, each None where it is absent or has problems. absent: the optional files not started."""

    settings: Settings | None
    positioning: Positioning | None
    incentives: Incentives | None
    trust: Trust | None
    rewards: Rewards | None
    nurture: Nurture | None
    absent: frozenset[str]
    problems: tuple[Problem, ...]


def load_documents(root: Path) -> Documents:
    """Read and judge every document of data/, and name what lies there that nobody reads."""
    listed = folder(root, DATA)
    if not listed.there:
        return _nothing(_no_portal(root))
    if not listed.read:
        return _nothing(*listed.problems)
    settings = load_document(root, "data/portal.yaml", Settings)
    positioning = load_document(root, "data/positioning.yaml", Positioning)
    incentives = load_document(root, "data/incentives.yaml", Incentives)
    trust = load_document(root, "data/trust.yaml", Trust)
    rewards = load_document(root, "data/rewards.yaml", Rewards)
    nurture = load_document(root, "data/nurture.yaml", Nurture)
    started: tuple[Loaded[Any], ...] = (trust, rewards, nurture)
    everything: tuple[Loaded[Any], ...] = (settings, positioning, incentives, *started)
    judged = (
        *(rules.settings(settings.record) if settings.record is not None else ()),
        *(rules.positioning(positioning.record) if positioning.record is not None else ()),
        *(rules.incentives(incentives.record) if incentives.record is not None else ()),
        *(rules.trust(trust.record) if trust.record is not None else ()),
        *(rules.rewards(rewards.record) if rewards.record is not None else ()),
    )
    faulty = {found.source.path for found in judged if found.severity is Severity.ERROR}
    return Documents(
        _sound(settings, faulty, "data/portal.yaml"),
        _sound(positioning, faulty, "data/positioning.yaml"),
        _sound(incentives, faulty, "data/incentives.yaml"),
        _sound(trust, faulty, "data/trust.yaml"),
        _sound(rewards, faulty, "data/rewards.yaml"),
        nurture.record,
        frozenset(name for name, loaded in zip(OPTIONAL, started, strict=True) if loaded.absent),
        (*_missing(listed), *_unknown(listed), *(found for loaded in everything for found in loaded.problems), *judged),
    )


def load_document(root: Path, path: str, model: type[R]) -> Loaded[R]:
    """Read one document as the record it is; rules between its values are documentrules' part.

    An absent file is no problem here. A file without a single key counts as absent where the record needs none.
    """
    if not os.path.lexists(root / path):
        return Loaded(None, absent=True)
    content = read_bytes(root, path, LONGEST_YAML)
    text = decode(content, path) if isinstance(content, bytes) else content
    if isinstance(text, Problem):
        return Loaded(None, absent=False, problems=(text,))
    parsed = parse(text, path)
    if parsed.root is None:
        return Loaded(None, absent=False, problems=parsed.problems)
    if not parsed.root.entries and not any(info.is_required() for info in model.model_fields.values()):
        return Loaded(None, absent=True, problems=parsed.problems)
    record, faulty = build(parsed.root, model)
    return Loaded(None if parsed.problems else record, absent=False, problems=(*parsed.problems, *faulty))


def _sound(loaded: Loaded[R], faulty: Iterable[str], path: str) -> R | None:
    return None if path in faulty else loaded.record


def _nothing(*problems: Problem) -> Documents:
    return Documents(None, None, None, None, None, None, frozenset(OPTIONAL), problems)


def _no_portal(root: Path) -> Problem:
    hint = "name the portal's folder with --portal, or start one with: portal new DIR"
    if (root.resolve().parent / DATA / REQUIRED[0]).is_file():
        hint = "the folder above this one is a portal: go there with cd .., or name it with --portal .."
    return problem("D001", Source(DATA), "this folder is no portal: it has no folder data", hint=hint)


def _missing(listed: Folder) -> list[Problem]:
    found = []
    for name in REQUIRED:
        if name not in (*listed.files, *listed.folders):
            alike = next((file for file in listed.files if near(file, REQUIRED) == name and file not in REQUIRED), None)
            hint = f"rename {printable(alike)} to {name}" if alike is not None else "portal new DIR writes one to start from"
            found.append(problem("D001", Source(f"{DATA}/{name}"), f"{name} is missing", hint=hint))
    return found


def _unknown(listed: Folder) -> list[Problem]:
    """Name what nobody reads; a misspelt required file is told as missing, with the way to rename it."""
    known = (*REQUIRED, *OPTIONAL, *(table.TABLE.file for table in TABLES))
    lacking = [name for name in REQUIRED if name not in listed.files]
    found = list(listed.problems)
    for name in (*listed.files, *listed.folders):
        meant = near(name, known)
        if name in known or (meant in lacking and name in listed.files):
            continue
        hint = f'did you mean "{meant}"?' if meant is not None else "move it out of data, or rename it if it was meant"
        if name.lower().endswith(_WORKBOOKS):
            hint = "a workbook is not read: in the spreadsheet choose Save as > CSV UTF-8"
        place = Source(f"{DATA}/{printable(name)}")
        found.append(problem("D006", place, f"nothing reads {printable(name)}", hint=hint))
    return found
