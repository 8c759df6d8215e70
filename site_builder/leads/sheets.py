"""The rows of an exported file, CSV or JSON, bounded; what cannot be read is a problem with its line and without its words."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import zip_longest

from site_builder.codes import problem
from site_builder.leads.providers import LISTS
from site_builder.problem import Problem, Source

LARGEST_EXPORT = 32 * 1024 * 1024
MOST_ROWS = 100_000
_MOST_COLUMNS = 500
_SEPARATORS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class Row:
    """One submission. values: what stands under each name, names in small letters with _ for blanks and hyphens.

    line: where it begins, 0 in JSON; place: what a message calls it.
    """

    values: Mapping[str, Sequence[object]]
    line: int
    place: str
    is_csv: bool


def rows_of(content: bytes, path: str) -> Iterator[Row | Problem] | Problem:
    """Return a file's rows; a Problem among them means that one row is left out, or at their end that no more can be read."""
    if len(content) > LARGEST_EXPORT:
        message = f"this file is larger than {LARGEST_EXPORT // 1024 // 1024} MiB"
        return problem("D003", Source(path), message, hint="export a shorter time")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        return problem(
            "D002", Source(path, line), "this file is not UTF-8", hint="export it again, and do not save it from elsewhere"
        )
    if text.lstrip()[:1] in {"[", "{"}:
        return _json(text, path)
    return _csv(text, path)


def _json(text: str, path: str) -> Iterator[Row | Problem] | Problem:
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        hint = "export it again: it may be cut off"
        return problem("D005", Source(path, error.lineno, error.colno), "this JSON cannot be read from here on", hint=hint)
    except (ValueError, RecursionError):
        return problem("D003", Source(path), "this JSON is nested too deeply, or holds a number that is too long")
    return _submissions(value, path)


def _submissions(value: object, path: str) -> Iterator[Row | Problem]:
    if isinstance(value, dict):
        held = next((value[name] for name in LISTS if isinstance(value.get(name), list)), None)
        value = [value] if held is None else held
    for number, each in enumerate(value if isinstance(value, list) else (), start=1):
        place = f"submission {number}"
        if number > MOST_ROWS:
            yield _too_many(path, 0)
            return
        if isinstance(each, dict):
            yield Row({_name(str(name)): (held,) for name, held in each.items()}, 0, place, is_csv=False)
        else:
            yield problem("D005", Source(path), f"{place} is no object with fields")


def _csv(text: str, path: str) -> Iterator[Row | Problem] | Problem:
    first = next((line for line in text.splitlines() if line.strip()), "")
    if not first:
        return problem("D108", Source(path, 1), "this file is empty", hint="export the submissions again")
    separator = max(_SEPARATORS, key=first.count)
    return _records(text, path, separator)


def _records(text: str, path: str, separator: str) -> Iterator[Row | Problem]:
    # CR LF, LF and a lone CR end a line; a line break within quotation marks is kept as it is.
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    names: list[str] = []
    count = 0
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            hint = "export it again: it may be cut off"
            yield problem("D102", Source(path, line), "this row never ends: a quotation mark or a cell goes on and on", hint=hint)
            return
        if not any(cell.strip() for cell in cells):
            continue
        if not names:
            names = [_name(cell) for cell in cells][:_MOST_COLUMNS]
            continue
        count += 1
        if count > MOST_ROWS:
            yield _too_many(path, line)
            return
        yield _record(names, cells, path, line)


def _record(names: Sequence[str], cells: Sequence[str], path: str, line: int) -> Row | Problem:
    if any(cell.strip() for cell in cells[len(names) :]):
        message = f"this row has {len(cells)} cells and the header {len(names)}"
        return problem("D103", Source(path, line), message, hint="export it again; the row is left out until then")
    values: dict[str, list[object]] = {}
    for name, cell in zip_longest(names, cells[: len(names)], fillvalue=""):
        if name:
            values.setdefault(name, []).append(cell)
    return Row(values, line, f"line {line}", is_csv=True)


def _name(label: str) -> str:
    return label.strip().casefold().replace(" ", "_").replace("-", "_")


def _too_many(path: str, line: int) -> Problem:
    return problem("D003", Source(path, line), f"this file has more than {MOST_ROWS:,} rows", hint="export a shorter time")
