"""Table Schemas (Frictionless Data), derived from the record classes: what frictionless judges by and editors read."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic.fields import FieldInfo

from site_builder.load.shape import fields
from site_builder.model.marks import About, Cell, Ref, mark
from site_builder.model.record import Row
from site_builder.model.tables import TABLES

_TRUE, _FALSE = ["yes"], ["no"]
# The other types of the Table Schema have no patterns; our own cell types judge those cells to the letter.
_WITH_PATTERN = frozenset({"string"})
_BY_STEM: Mapping[str, type[Row]] = {row.TABLE.stem: row for row in TABLES}


@dataclass(frozen=True, slots=True)
class Reference:
    """A column that holds keys of something else. target: a table's stem, or the key of a list: "rewards.practices"."""

    column: str
    target: str

    @property
    def file(self) -> str:
        """The file the target lives in."""
        return f"{self.target}.csv" if self.target in _BY_STEM else f"{self.target.partition('.')[0]}.yaml"

    @property
    def key(self) -> str:
        """The name of the target's key."""
        return _BY_STEM[self.target].TABLE.key[0] if self.target in _BY_STEM else "id"


def columns(row: type[Row]) -> tuple[str, ...]:
    """Return the names of a table's columns, in the order of its record class."""
    return tuple(fields(row))


def required_columns(row: type[Row]) -> tuple[str, ...]:
    """Return the names of the columns without which no row can be understood."""
    return tuple(name for name, info in fields(row).items() if info.is_required())


def references(row: type[Row]) -> tuple[Reference, ...]:
    """Return a table's references, to other tables and to lists in documents."""
    found = ((name, mark(info, Ref)) for name, info in fields(row).items())
    return tuple(Reference(name, ref.table) for name, ref in found if ref is not None)


def table_schema(row: type[Row]) -> dict[str, Any]:
    """Return the Table Schema of a table: fields, constraints, primary key and the foreign keys that lead to other tables."""
    to_tables = [reference for reference in references(row) if reference.target in _BY_STEM]
    return {
        "title": row.TABLE.about,
        "fields": [_field(name, info, unique=row.TABLE.key == (name,)) for name, info in fields(row).items()],
        "missingValues": [""],
        **_keys(row.TABLE.key),
        **_foreign(to_tables),
    }


def judged_schema(row: type[Row], names: Sequence[str], known: Collection[str]) -> dict[str, Any]:
    """Return the Table Schema for one file: the columns it has, in its order, and the references whose targets are known."""
    whole = table_schema(row)
    by_name = {described["name"]: described for described in whole["fields"]}
    to_known = [reference for reference in references(row) if reference.column in names and reference.target in known]
    return {
        "fields": [by_name[name] for name in names],
        "missingValues": whole["missingValues"],
        **_keys(tuple(name for name in row.TABLE.key if name in names)),
        **_foreign(to_known),
    }


def _field(name: str, info: FieldInfo, *, unique: bool) -> dict[str, Any]:
    cell = mark(info, Cell)
    about = mark(info, About)
    if cell is None:
        raise TypeError(f"the column {name} has no Cell mark")
    constraints: dict[str, Any] = {}
    if info.is_required():
        constraints["required"] = True
    if unique:
        constraints["unique"] = True
    if cell.choices:
        constraints["enum"] = list(cell.choices)
    if cell.pattern and cell.type in _WITH_PATTERN and not cell.many:
        constraints["pattern"] = cell.pattern
    described: dict[str, Any] = {"name": name, "type": cell.type, "description": _description(cell, about)}
    if cell.type == "boolean":
        described |= {"trueValues": _TRUE, "falseValues": _FALSE}
    if constraints:
        described["constraints"] = constraints
    return described


def _description(cell: Cell, about: About | None) -> str:
    words = f"{cell.words[0].upper()}{cell.words[1:]}"
    return f"{about.words}: {cell.words}" if about is not None else words


def _keys(key: tuple[str, ...]) -> dict[str, Any]:
    return {"primaryKey": list(key)} if key else {}


def _foreign(found: Sequence[Reference]) -> dict[str, Any]:
    keys = [{"fields": [each.column], "reference": {"resource": each.target, "fields": [each.key]}} for each in found]
    return {"foreignKeys": keys} if keys else {}
