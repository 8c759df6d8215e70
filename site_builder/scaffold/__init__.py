"""portal new: three files to start from, named after what their owner told, written whole or not at all.

What is written is judged by the very reader of portals, so that no name, however odd, makes a file that cannot be read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from string import Template
from typing import Final

from site_builder.load import documentrules
from site_builder.load.tree import build
from site_builder.load.yamltext import parse
from site_builder.model.settings import Settings
from site_builder.problem import Problem

_STARTER: Final = Path(__file__).with_name("starter")
_FILES: Final[Mapping[str, str]] = {
    "data/portal.yaml": "data/portal.yaml",
    "data/positioning.yaml": "data/positioning.yaml",
    "data/incentives.yaml": "data/incentives.yaml",
    "README.md": "README.md",
    ".gitignore": "gitignore",
}
"""Each file of a new portal and the starter it is made from, whose name must not hide it from version control."""
_FIELDS: Final[Mapping[str, str]] = {"base_url": "url", "contact.email": "email"}
_HALF_A_YEAR: Final = timedelta(days=182)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a new portal is told: texts as typed."""

    name: str
    url: str
    email: str
    locale: str
    currency: str
    timezone: str


def faults(wishes: Wishes) -> dict[str, Problem]:
    """Return what cannot be used, by the wish's name; "" for what spoils the file as a whole."""
    found: dict[str, Problem] = {}
    for problem in _judged(_portal_yaml(wishes)):
        found.setdefault(_FIELDS.get(problem.field, problem.field), problem)
    return found


def starter(wishes: Wishes, today: date) -> dict[str, str]:
    """Return the files of a new portal by path. today: when its example was last looked after."""
    values = {
        **_quoted(wishes),
        "plain_name": wishes.name,
        "today": today.isoformat(),
        "later": (today + _HALF_A_YEAR).isoformat(),
    }
    return {path: _template(name).substitute(values) for path, name in _FILES.items()}


def _judged(text: str) -> Iterator[Problem]:
    parsed = parse(text, "data/portal.yaml")
    yield from parsed.problems
    if parsed.root is not None:
        record, problems = build(parsed.root, Settings)
        yield from problems
        if record is not None:
            yield from documentrules.settings(record)


def _portal_yaml(wishes: Wishes) -> str:
    return _template("data/portal.yaml").substitute(_quoted(wishes))


def _quoted(wishes: Wishes) -> dict[str, str]:
    """Put every wish in double quotes, where JSON and YAML agree on every escape."""
    return {key: json.dumps(value, ensure_ascii=False) for key, value in asdict(wishes).items()}


def _template(name: str) -> Template:
    return Template((_STARTER / name).read_text(encoding="utf-8"))
