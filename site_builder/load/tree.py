"""From a YAML tree to a record: plain data for pydantic, and the place of everything in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from site_builder.codes import problem
from site_builder.load.faults import Loc, dotted, faults, unknown_key
from site_builder.load.shape import Shape, fields, shape
from site_builder.load.yamltext import Entries, Entry, Items, Node, Scalar
from site_builder.model.marks import Origin
from site_builder.model.record import Record
from site_builder.problem import Problem, Source

R = TypeVar("R", bound=Record)


def build(
    root: Entries,
    model: type[R],
    *,
    added: Mapping[str, object] | None = None,
    marks: Mapping[str, Source] | None = None,
) -> tuple[R | None, list[Problem]]:
    """Build the record a document's tree stands for; None where there are problems.

    added: what the reader itself knows, by alias: {"@slug": "about"}; marks: where that stands, for Record.at().
    """
    walk = _Walk({(): root.source})
    data, raw = walk.mapping(root, Shape(records=(model,)), ())
    places = {name: walk.places[(name,)] for name in data if (name,) in walk.places}
    data |= {"@origin": Origin(root.source, {**places, **(marks or {})}), **(added or {})}
    try:
        record = model.model_validate(data, context="yaml", by_alias=True, by_name=False)
    except ValidationError as error:
        return None, walk.problems + faults(error, model, walk.place, raw=raw)
    return (None if walk.problems else record), walk.problems


@dataclass(slots=True)
class _Walk:
    """Walks tree and record classes together. Each step returns the data for pydantic and what was typed, for messages.

    Every mapping that becomes a record is given its Origin; dictionaries (owners, thresholds) are not. A key without a value is
    absent in the data, so that the default holds, and None in what was typed.
    """

    places: dict[Loc, Source]
    problems: list[Problem] = field(default_factory=list)

    def place(self, path: Loc) -> Source:
        """Return where a key path stands, or the nearest thing around it that is there."""
        while path not in self.places:
            path = path[:-1]
        return self.places[path]

    def node(self, node: Node, expected: Shape, path: Loc) -> tuple[object, object]:
        if isinstance(node, Scalar):
            return node.text, node.text
        if isinstance(node, Entries):
            return self.mapping(node, expected, path)
        return self._list(node, expected, path)

    def mapping(self, node: Entries, expected: Shape, path: Loc) -> tuple[dict[str, object], dict[str, object]]:
        tags = {entry.key: entry.value.text for entry in node.entries if isinstance(entry.value, Scalar)}
        record = expected.record(tags)
        known = fields(record) if record is not None else {}
        data: dict[str, object] = {}
        raw: dict[str, object] = {}
        marks: dict[str, Source] = {}
        for entry in node.entries:
            if entry.key.startswith("@"):
                self._strange(entry, known, path)
                continue
            place = (*path, entry.key)
            info = known.get(entry.key)
            self.places[place] = marks[entry.key] = _place(entry, known=info is not None or expected.entry is not None)
            inside = shape(info.annotation if info is not None else expected.entry)
            value, raw[entry.key] = self.node(entry.value, inside, place)
            if value is None and info is not None:
                if info.is_required() and inside.item is not None:
                    data[entry.key] = ()  # "rules:" with nothing below it is an empty list
                continue
            data[entry.key] = value
        if record is not None:
            data["@origin"] = Origin(self.place(path) if path else node.source, marks)
        return data, raw

    def _list(self, node: Items, expected: Shape, path: Loc) -> tuple[list[object], list[object]]:
        data: list[object] = []
        raw: list[object] = []
        for index, item in enumerate(node.items):
            place = (*path, index)
            self.places[place] = item.source
            value, typed = self.node(item, shape(expected.item), place)
            data.append(value)
            raw.append(typed)
        return data, raw

    def _strange(self, entry: Entry, known: Mapping[str, FieldInfo], path: Loc) -> None:
        """Keys that begin with @ are the reader's own; from an owner they are unknown."""
        message, hint = unknown_key(entry.key, tuple(known))
        place = (*path, entry.key)
        self.problems.append(problem("D404", entry.source, message, hint=hint, field=dotted(place)))


def _place(entry: Entry, *, known: bool) -> Source:
    """Point at a value beside its key, at the key where the value is empty, unfolds below it or belongs to no field."""
    value = entry.value
    beside = isinstance(value, Scalar) and value.text is not None and value.source.line == entry.source.line
    return value.source if known and beside else entry.source
