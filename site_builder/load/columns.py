"""A table's header row: which column stands where, or everything that is wrong with its names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from site_builder.codes import problem
from site_builder.load.csvtext import MOST_COLUMNS, CsvRow, Sheet
from site_builder.load.faults import quoted
from site_builder.load.schema import columns, required_columns
from site_builder.load.shape import fields
from site_builder.model.marks import About, Cell, mark
from site_builder.model.record import Row
from site_builder.problem import Problem, Source
from site_builder.suggest import near

# What looks like a name for a column may be quoted; anything else could be a private value that stands where names belong.
_NAME = re.compile(r"[A-Za-z][A-Za-z _-]{0,39}")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns a file has. index: column name → its place in a row, from 0, in the file's order; width: of the header."""

    index: Mapping[str, int]
    width: int


def judge_header(sheet: Sheet, kind: type[Row]) -> Columns | tuple[Problem, ...]:
    """Match a header row with the columns of its table; with any problem its rows cannot be understood."""
    labels = sheet.labels
    known = columns(kind)
    if len(labels) > MOST_COLUMNS:
        hint = f"these columns are known: {', '.join(known)}"
        return (problem("D003", _at(sheet, MOST_COLUMNS), f"this table has more than {MOST_COLUMNS} columns", hint=hint),)
    if not any(_plain(label) in known for label in labels):
        hint = f"begin the table with a row of column names, at least {','.join(required_columns(kind))}"
        return (problem("D108", _at(sheet, 0), "the first row holds none of this table's column names", hint=hint),)
    found = (*_duplicate(sheet), *_nameless(sheet), *_unknown_and_missing(sheet, kind))
    if found:
        return found
    return Columns(MappingProxyType({label: index for index, label in enumerate(labels) if label}), len(labels))


def _at(sheet: Sheet, index: int) -> Source:
    return sheet.source(sheet.header.line, index)


def _plain(label: str) -> str:
    return re.sub(r"[\s_-]+", "_", label.casefold())


def _duplicate(sheet: Sheet) -> list[Problem]:
    found = []
    first: dict[str, int] = {}
    for index, label in enumerate(sheet.labels):
        before = first.setdefault(label, index)
        if label and before != index:
            named = f"the column {quoted(label)}" if _NAME.fullmatch(label) else "a column"
            message = f"{named} stands there twice, as column {before + 1} and {index + 1}"
            found.append(problem("D106", _at(sheet, index), message, hint="keep one of them", field=label))
    return found


def _nameless(sheet: Sheet) -> list[Problem]:
    """Find nameless columns that hold values; a wholly empty one is what spreadsheets leave behind."""
    nameless = [index for index, label in enumerate(sheet.labels) if not label]
    filled: dict[int, int] = {}
    if nameless:
        for row in sheet.rows():
            if isinstance(row, CsvRow):
                for index in nameless:
                    if index < len(row.cells) and row.cells[index]:
                        filled.setdefault(index, row.line)
    return [
        problem(
            "D107",
            _at(sheet, index),
            f"column {index + 1} has no name and yet holds values, the first of them in line {line}",
            hint="name it in the header row, or clear the column",
        )
        for index, line in sorted(filled.items())
    ]


def _unknown_and_missing(sheet: Sheet, kind: type[Row]) -> list[Problem]:
    """Match names nobody knows with the columns that are not there, so that a renamed column is one problem and not two."""
    known = columns(kind)
    unused = [name for name in known if name not in sheet.labels]
    found = []
    for index, label in enumerate(sheet.labels):
        if not label or label in known:
            continue
        meant = next((name for name in unused if name == _plain(label)), None) or near(label, unused)
        if meant is not None:
            unused.remove(meant)
        named = (
            f"the column {quoted(label)}" if meant is not None or _NAME.fullmatch(label) else f"the name of column {index + 1}"
        )
        hint = (
            f'did you mean "{meant}"?' if meant is not None else f"not used yet: {', '.join(unused)}" if unused else "take it out"
        )
        found.append(
            problem(
                "D105", _at(sheet, index), f"{named} is not known here", hint=hint, field=label if _NAME.fullmatch(label) else ""
            )
        )
    required = required_columns(kind)
    return [*found, *(_missing(sheet, kind, name) for name in unused if name in required)]


def _missing(sheet: Sheet, kind: type[Row], name: str) -> Problem:
    info = fields(kind)[name]
    cell, about = mark(info, Cell), mark(info, About)
    form = cell.words if cell is not None else ""
    meaning = f" ({about.words[0].lower()}{about.words[1:]})" if about is not None else ""
    place = Source(sheet.path, sheet.header.line, 1)
    return problem("D104", place, f'the column "{name}" is missing', hint=f"add {name}: {form}{meaning}", field=name)
