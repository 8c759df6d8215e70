"""What may be read of a line of a table: the names of its columns, and cells of columns that are public in every row."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Mapping
from functools import cache

from site_builder.load.csvtext import CsvRow, Sheet, open_sheet
from site_builder.load.schema import columns
from site_builder.load.shape import fields
from site_builder.model.marks import Public, mark
from site_builder.model.record import Row
from site_builder.model.tables import TABLES
from site_builder.problem import Problem
from site_builder.report.mask import Span

_NAME = re.compile(r"[A-Za-z][A-Za-z _-]{0,39}")
_QUOTED = re.compile(r'"(?:[^"]|"")*"')


def kept_of_table(text: str, path: str, lines: Mapping[int, str]) -> dict[int, list[Span]]:
    """Return the readable spans of some physical lines; a line that is in any way doubtful has none.

    Doubtful: of an unknown table, part of a record of several lines, with another number of cells than the header, or behind
    an open quotation mark.
    """
    kind = _KINDS.get(path)
    sheet = open_sheet(text, path, columns(kind)) if kind is not None else None
    if kind is None or not isinstance(sheet, Sheet):
        return {}
    found = {sheet.header.line: _header(lines[sheet.header.line], sheet, kind)} if sheet.header.line in lines else {}
    public = _always_public(kind)
    last = max(lines)
    for row in sheet.rows():
        if isinstance(row, Problem) or row.line > last:
            break
        if row.line in lines:
            found[row.line] = _row(lines[row.line], row, sheet, public)
    return found


_KINDS: Mapping[str, type[Row]] = {f"data/{kind.TABLE.file}": kind for kind in TABLES}


@cache
def _always_public(kind: type[Row]) -> frozenset[str]:
    marks = {name: mark(info, Public) for name, info in fields(kind).items()}
    return frozenset(name for name, public in marks.items() if public is not None and not public.when)


def _header(line: str, sheet: Sheet, kind: type[Row]) -> list[Span]:
    """Keep what is surely a name: known columns and, where there are some, their neighbours that look like names."""
    spans = _spans(line, sheet.header, sheet.separator)
    known = set(columns(kind))
    is_header = not known.isdisjoint(sheet.labels)
    return [
        span for span, label in zip(spans, sheet.labels, strict=False) if label in known or (is_header and _NAME.fullmatch(label))
    ]


def _row(line: str, row: CsvRow, sheet: Sheet, public: Collection[str]) -> list[Span]:
    if len(row.cells) != len(sheet.labels):
        return []
    spans = _spans(line, row, sheet.separator)
    return [span for span, label in zip(spans, sheet.labels, strict=False) if label in public]


def _spans(line: str, row: CsvRow, separator: str) -> list[Span]:
    """Return where each cell of a record stands in its physical line; none unless the line alone yields the very same cells."""
    try:
        (raw,) = csv.reader([line], delimiter=separator, strict=True)
    except (csv.Error, ValueError):
        return []
    spans: list[Span] = []
    position = 0
    for _ in raw:
        quoted = _QUOTED.match(line, position)
        after = line.find(separator, position)
        end = quoted.end() if quoted is not None else len(line) if after < 0 else after
        spans.append((position, end))
        position = end + 1
    cells = [cell.strip() for cell in raw]
    same = cells[: len(row.cells)] == row.cells and not any(cells[len(row.cells) :])
    return spans if same else []
