"""Every cell of a portal's files, one by one: what it may show to whom, and the whole portal written anew with some replaced.

What is private is asked of the list that the scan for leaks goes by (audit/published), never of the marks: a field that is
marked public by mistake is private here, and so is a new one.
"""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from pydantic.fields import FieldInfo

from site_builder.audit.published import ALWAYS, published
from site_builder.load.shape import Shape, fields, shape
from site_builder.model.content import COLLECTIONS, Document
from site_builder.model.documents import Nurture, Positioning, Rewards, Trust
from site_builder.model.incentives import Incentives
from site_builder.model.record import Record
from site_builder.model.settings import Settings
from site_builder.model.tables import TABLES

DOCUMENTS: Mapping[str, type[Record]] = {
    "data/portal.yaml": Settings,
    "data/positioning.yaml": Positioning,
    "data/incentives.yaml": Incentives,
    "data/trust.yaml": Trust,
    "data/rewards.yaml": Rewards,
    "data/nurture.yaml": Nurture,
}
BODY = "@body"


@dataclass(frozen=True)
class Cell:
    """One value as its owner types it. kind, info: of its field; info is None for the text below a front matter.

    beside: what stands in the same row or group, as it was. value: "" where a table's cell is empty; documents yield only
    what is there. private: whether nobody may see it on the portal's day.
    """

    path: str
    kind: type[Record]
    name: str
    info: FieldInfo | None
    value: str
    private: bool
    beside: Mapping[str, Any] = field(repr=False)


Change = Callable[[Cell], str | None]
"""What a cell holds from now on; None takes it out."""


def rewrite(root: Path, where: Path, as_of: date, change: Change) -> Path:
    """Copy a portal's data, content and themes to where, each cell as change says; returns where."""
    for folder in ("data", "content", "themes"):
        if (root / folder).is_dir() and not (folder == "themes" and (root / "site_builder").is_dir()):
            shutil.copytree(root / folder, where / folder)
    for row in TABLES:
        path = where / "data" / row.TABLE.file
        if path.is_file():
            _table(path, f"data/{row.TABLE.file}", row, as_of, change)
    for name, kind in DOCUMENTS.items():
        if (where / name).is_file():
            walk = _Walk(name, as_of, change)
            raw = yaml.load((where / name).read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506  # it builds plain texts only
            (where / name).write_text(_yaml(walk.mapping(raw, Shape(records=(kind,)), public=True)), encoding="utf-8")
    for collection in COLLECTIONS:
        for path in sorted((where / "content").glob(f"**/{collection.FOLDER}/*.md")):
            _document(path, path.relative_to(where).as_posix(), collection, as_of, change)
    return where


def _table(path: Path, name: str, kind: type[Record], as_of: date, change: Change) -> None:
    known = fields(kind)
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        labels = tuple(reader.fieldnames or ())
        rows = [*reader]
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, labels, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow(
            {
                label: change(Cell(name, kind, label, known[label], value, not _shown(kind, label, row, as_of, public=True), row))
                for label, value in row.items()
            }
        )
    path.write_text(text.getvalue(), encoding="utf-8", newline="")


def _document(path: Path, name: str, kind: type[Document], as_of: date, change: Change) -> None:
    """Rewrite one Markdown file; the name of one that nobody may see is private too, and follows what it now says."""
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    raw = yaml.load(front, yaml.BaseLoader)  # noqa: S506  # it builds plain texts only
    walk = _Walk(name, as_of, change)
    private = not _shown(kind, "body", raw, as_of, public=True)
    text = change(Cell(name, kind, BODY, None, body, private, raw))
    new = walk.mapping(raw, Shape(records=(kind,)), public=True)
    path.write_text(f"---\n{_yaml(new)}---\n{text or ''}", encoding="utf-8")
    if private:
        stem = f"{new['month']}-{new['client']}" if "month" in new else f"kept-quiet-{path.stem[::-1].strip('-')}"
        path.rename(path.with_name(f"{stem}.md"))


def _yaml(raw: object) -> str:
    return str(yaml.safe_dump(raw, allow_unicode=True, sort_keys=False, width=1_000_000))


def _shown(kind: type[Record], label: str, beside: Mapping[str, Any], as_of: date, *, public: bool) -> bool:
    attribute = next((name for name, info in kind.model_fields.items() if (info.alias or name) == label), label)
    allowed_by = published(kind).get(attribute)
    if not public or allowed_by is None:
        return False
    given = str(beside.get(allowed_by) or "no")
    return allowed_by == ALWAYS or given in {"yes", "true"} or (given[:1].isdigit() and date.fromisoformat(given) <= as_of)


@dataclass(frozen=True)
class _Walk:
    """Walks a document's plain data and its record classes together."""

    path: str
    as_of: date
    change: Change

    def mapping(self, raw: Mapping[str, Any], expected: Shape, *, public: bool) -> dict[str, Any]:
        kind = expected.record(raw)
        if kind is None:
            return {key: self._entry(key, value, expected, public=public) for key, value in raw.items()}
        new = {}
        for key, value in raw.items():
            info = fields(kind)[key]
            shown = _shown(kind, key, raw, self.as_of, public=public)
            new[key] = self._value(value, Cell(self.path, kind, key, info, "", not shown, raw), shape(info.annotation))
        return {key: value for key, value in new.items() if value is not None}

    def _entry(self, key: str, value: object, expected: Shape, *, public: bool) -> object:
        """An entry of a dictionary: what it holds is told by the annotation around it, and so is who may see it."""
        inside = shape(expected.entry)
        if isinstance(value, Mapping):
            return self.mapping(value, inside, public=public)
        cell = Cell(self.path, Record, key, FieldInfo(annotation=expected.entry), str(value), not public, {})
        return self.change(cell)

    def _value(self, value: object, cell: Cell, inside: Shape) -> object:
        if isinstance(value, Mapping):
            return self.mapping(value, inside, public=not cell.private)
        if isinstance(value, list):
            return [self._value(item, cell, shape(inside.item) if inside.item is not None else inside) for item in value]
        typed = Cell(cell.path, cell.kind, cell.name, cell.info, str(value), cell.private, cell.beside)
        return self.change(typed) if value != "" else value
