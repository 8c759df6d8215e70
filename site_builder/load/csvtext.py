"""CSV as people really save it: any separator, any line end, quoted line breaks, and the physical place of every cell.

A Sheet is read anew on each pass and keeps no rows, so a million of them cost no memory. Cells come without the spaces around
them, blank lines do not come at all, and the empty cells a spreadsheet adds at the end of a row are taken away.
"""

from __future__ import annotations

import csv
import re
from array import array
from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice
from typing import NamedTuple

from site_builder.codes import problem
from site_builder.problem import Problem, Source

MOST_COLUMNS = 200
LONGEST_CELL = 32 * 1024
# What one record may take up before reading stops: a quotation mark that is never closed would swallow the file.
_LONGEST_RECORD = MOST_COLUMNS * LONGEST_CELL
SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}
_SEP_LINE = re.compile(r'"?sep=([,;\t|])"?[,;\t|]* *(?:\r\n|\r|\n|\Z)', re.IGNORECASE)
# Unlike splitlines, this does not split at form feeds and Unicode's own line ends; unlike StringIO, it copies nothing.
_LINE = re.compile(r"[^\r\n]*+(?:\r\n|\r|\n)|[^\r\n]++")
_LINE_END = re.compile(r"\r\n|\r|\n")
_QUOTED = re.compile(r'"[^"]*+(?:""[^"]*+)*+("?)')


class CsvRow(NamedTuple):
    """One record. number: counted from 1 below the header, blank ones left out; line: where it begins.

    spaced: the cells that had spaces around them, by their index; misquoted: the first with a space before its quotation
    mark, which then quotes nothing, -1 for none.
    """

    number: int
    line: int
    cells: list[str]
    spaced: tuple[int, ...]
    misquoted: int = -1


@dataclass(frozen=True)
class Sheet:
    """A CSV text whose separator and header are known. labels: the header's cells without the spaces around them."""

    path: str
    text: str
    separator: str
    skipped: int
    header: CsvRow

    @property
    def labels(self) -> list[str]:
        """The names in the header row."""
        return self.header.cells

    def rows(self) -> Iterator[CsvRow | Problem]:
        """Read the rows below the header; a Problem comes last and means that the rest cannot be read."""
        rows = _rows(self.text, self.path, self.separator, self.skipped)
        next(rows)
        width = len(self.labels)
        for row in rows:
            if isinstance(row, CsvRow):
                while len(row.cells) > width and not row.cells[-1]:
                    row.cells.pop()
            yield row

    def source(self, line: int, index: int) -> Source:
        """Return the place of a cell of the record that begins in line; the record's own place if it has no such cell."""
        start = self._line_starts[line - 1]
        for position, (begin, _, _) in enumerate(_cells(self.text, start, self.separator)):
            if position == index:
                on = bisect_right(self._line_starts, begin)
                return Source(self.path, on, begin - self._line_starts[on - 1] + 1)
        return Source(self.path, line, 1)

    def notes(self) -> tuple[Problem, ...]:
        """Say which separator the file has, if it is not the comma."""
        if self.separator == ",":
            return ()
        message = f"the cells are separated by a {SEPARATORS[self.separator]}"
        return (problem("D101", Source(self.path, 1, 1), message, hint="it is read as it stands; commas are read everywhere"),)

    @cached_property
    def _line_starts(self) -> array[int]:
        """Where each physical line begins."""
        return array("I", chain((0,), (end.end() for end in _LINE_END.finditer(self.text))))


def open_sheet(text: str, path: str, known: Collection[str]) -> Sheet | Problem:
    """Find separator and header row; the separator that yields most of the known column names counts.

    An empty text is D108; a header row that cannot be read D102 or D003.
    """
    said = _SEP_LINE.match(text)
    skipped = int(said is not None)
    faults: list[Problem] = []
    sheets: list[tuple[int, Sheet]] = []
    for separator in (said[1],) if said else SEPARATORS:
        header = next(_rows(text, path, separator, skipped), None)
        if header is None:
            hint = "begin it with a row of column names, or delete the file"
            return problem("D108", Source(path, 1, 1), "this table is empty", hint=hint)
        if isinstance(header, Problem):
            if header.code == "D003":
                return header
            faults.append(header)
        else:
            hits = sum(label.casefold().replace(" ", "_") in known for label in header.cells)
            sheets.append((hits, Sheet(path, text, separator, skipped, header)))
    most = max((hits for hits, _ in sheets), default=0)
    # A header no separator makes sense of is told by its fault: an open quotation mark hides every name behind it.
    if faults and not most:
        return faults[0]
    return next(sheet for hits, sheet in sheets if hits == most)


def _rows(text: str, path: str, separator: str, skipped: int) -> Iterator[CsvRow | Problem]:
    """Yield header (number 0) and rows, blank ones left out; what stops the reading comes last, as a Problem."""
    # Process-wide, so it is only ever raised; what bounds a cell is the bound on its record, whoever else set it before.
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_RECORD))
    lines = _Lines(text, skipped)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    number = 0
    while True:
        line = reader.line_num + skipped + 1
        lines.taken = 0
        try:
            raw = next(reader)
        except StopIteration:
            return
        except (csv.Error, _TooLongError):
            yield _stopped(text, path, separator, line)
            return
        cells = [cell.strip() for cell in raw]
        if any(cells):
            yield CsvRow(number, line, cells, ()) if cells == raw else _spaced(number, line, cells, raw)
            number += 1


def _spaced(number: int, line: int, cells: list[str], raw: list[str]) -> CsvRow:
    spaced = tuple(index for index, cell in enumerate(raw) if cell != cells[index])
    misquoted = next((index for index in spaced if cells[index].startswith('"') and not raw[index].startswith('"')), -1)
    return CsvRow(number, line, cells, spaced, misquoted)


class _TooLongError(Exception):
    """A record takes up more than any record may."""


class _Lines:
    """The physical lines of a text, CR LF, LF and a lone CR ending them. taken: characters since the record began."""

    def __init__(self, text: str, skipped: int) -> None:
        self._lines = islice(_LINE.finditer(text), skipped, None)
        self.taken = 0

    def __iter__(self) -> Iterator[str]:
        for found in self._lines:
            line = found.group()
            self.taken += len(line)
            if self.taken > _LONGEST_RECORD:
                raise _TooLongError
            yield line


def _stopped(text: str, path: str, separator: str, line: int) -> Problem:
    """Say why the record that begins in line cannot be read: an open quotation mark, or no end in sight."""
    start = next((end.end() for end in islice(_LINE_END.finditer(text), line - 2, None)), 0) if line > 1 else 0
    for begin, _, closed in islice(_cells(text, start, separator), MOST_COLUMNS):
        if not closed:
            before = _LINE_END.split(text[start:begin])
            place = Source(path, line + len(before) - 1, len(before[-1]) + 1)
            hint = 'close it before the next separator; a quotation mark inside a cell is written twice: ""'
            return problem("D102", place, "this quotation mark is never closed, or text follows where it is", hint=hint)
    hint = "shorten its cells, or split the table"
    return problem("D003", Source(path, line, 1), f"this row is longer than {_LONGEST_RECORD:,} characters", hint=hint)


def too_long(place: Source, field: str = "") -> Problem:
    """Say that a cell is over its bound."""
    return problem("D003", place, f"this cell is longer than {LONGEST_CELL:,} characters", hint="shorten it", field=field)


def _cells(text: str, start: int, separator: str) -> Iterator[tuple[int, int, bool]]:
    """Yield begin, end and closed of each cell of the record that begins at start.

    closed: False for a quoted cell without an end, or with text between its end and the next separator; it is the last.
    """
    plain = re.compile(rf"[^{re.escape(separator)}\r\n]*+")
    position = start
    while True:
        quoted = _QUOTED.match(text, position)
        found = quoted or plain.match(text, position)
        end = found.end() if found else position
        after = text[end : end + 1]
        closed = quoted is None or (quoted[1] == '"' and after in {"", "\r", "\n", separator})
        yield position, end, closed
        if not closed or after != separator:
            return
        position = end + 1
