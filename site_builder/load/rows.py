"""The rows of one table become records: every cell judged by its type, every key and reference looked up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from site_builder.codes import problem
from site_builder.load.columns import Columns
from site_builder.load.csvtext import LONGEST_CELL, SEPARATORS, CsvRow, Sheet, too_long
from site_builder.load.faults import Loc, faults, quoted
from site_builder.load.judge import Verdict
from site_builder.load.known import KnownCells
from site_builder.load.places import CellPlaces, Spaces
from site_builder.load.schema import Reference, references, required_columns
from site_builder.load.shape import fields
from site_builder.model.marks import Cell, Origin, mark
from site_builder.model.record import Row
from site_builder.problem import Problem, Severity, Source
from site_builder.suggest import near

R = TypeVar("R", bound=Row)
Targets = Mapping[str, frozenset[str] | None]
"""The keys references may name, by target; None: the file is absent. A target that is not there could not be read."""

# Past this a table is of another kind than its name says; the rest of its mistakes are told once these are mended.
MOST_BAD_ROWS = 1_000
# How many keys are compared at most for the did-you-means of one table, and how often at least, however many keys there are.
_MOST_COMPARED = 50_000
_FEWEST_SUGGESTIONS = 5
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_SLUG = 64
# What frictionless's kinds of fault are called here, where no problem of ours already says it better.
_CODE_BY_KIND = {
    "primary-key": "D301",
    "unique-error": "D301",
    "foreign-key": "D302",
    "extra-cell": "D103",
    "missing-cell": "D103",
    "blank-row": "D103",
}
_CODE_BY_TYPE = {"date": "D202", "number": "D203", "integer": "D203", "boolean": "D205"}


@dataclass(frozen=True, slots=True)
class Dangling:
    """References into a file that is absent. first: the first of them; rows: how many there are."""

    first: Source
    field: str
    rows: int


class RowReader(Generic[R]):
    """Reads the rows of one sheet into records of one class.

    problems: filled while records() runs. dangling: references into absent files, by reference. Rows with an error are left
    out of records(); their keys count for others all the same, which is the business of whoever collects the keys.
    """

    def __init__(self, kind: type[R], sheet: Sheet, columns: Columns, targets: Targets, verdict: Verdict) -> None:
        self.problems: list[Problem] = []
        self.dangling: dict[Reference, Dangling] = {}
        self.count = 0
        self.kind = kind
        self._sheet = sheet
        self._columns = columns
        self._targets = targets
        self._references = tuple(each for each in references(kind) if each.column in columns.index and each.target in targets)
        self._key = kind.TABLE.key
        self._required_key = frozenset(self._key) & frozenset(required_columns(kind))
        self._key_columns = tuple(name for name in self._key if name in columns.index)
        self._key_at = tuple(columns.index[name] for name in self._key_columns)
        self._open = {
            name: cell.known for name, info in fields(kind).items() if (cell := mark(info, Cell)) is not None and cell.known
        }
        self._seen: dict[tuple[str, ...], dict[str, int]] = {}
        self._faults: dict[int, list[tuple[str, str]]] = {}
        for record, field, fault in verdict:
            self._faults.setdefault(record, []).append((field, fault))
        self._spaces = Spaces(sheet)
        self._compared = 0
        self._bad = 0
        self._near = lru_cache(maxsize=1_000)(self._nearest)

    def records(self) -> Iterator[R]:
        """Yield the record of each row without an error; afterwards problems is complete."""
        for row in self._rows():
            record = self._read(row)
            if record is not None:
                yield record

    def values(self, names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """Yield the values of each row without an error; afterwards problems is complete.

        names: every column of the file. It is for tables of a million rows: no record is made of a row whose cells all stood
        in good rows before.
        """
        known = KnownCells(self._columns, names)
        for row in self._rows():
            cells = row.cells
            values = None if row.spaced or row.number in self._faults else known.recall(cells)
            if values is not None and self._first_line([cells[at] for at in self._key_at], row.line) == row.line:
                yield values
                continue
            told = len(self.problems)
            record = self._read(row)
            if record is not None:
                if len(self.problems) == told:
                    known.learn(cells, record)
                yield tuple(getattr(record, name) for name in names)

    def _rows(self) -> Iterator[CsvRow]:
        """Yield the rows until they end, cannot be read any further, or too many of them are bad."""
        self._spaces.note(self._sheet.header)
        for row in self._sheet.rows():
            if isinstance(row, Problem):
                self.problems.append(row)
                break
            self.count += 1
            if row.spaced and row.misquoted < 0 and len(row.cells) == self._columns.width:
                self._spaces.note(row)
            yield row
            if self._bad == MOST_BAD_ROWS:
                self._stop()
                break
        self._finish()

    def _read(self, row: CsvRow) -> R | None:
        """Return the record of a row, None with any error, and keep what is wrong with it."""
        cells = row.cells
        values = {name: cell for name, at in self._columns.index.items() if at < len(cells) and (cell := cells[at])}
        record, found = self._judge(row, values)
        if found:
            self.problems += found
            self._bad += record is None
        return record

    def _judge(self, row: CsvRow, values: dict[str, str]) -> tuple[R | None, list[Problem]]:
        """Return the record, None with any error, and everything that is wrong with the row."""
        places = CellPlaces(self._sheet, self._columns, row.line)
        record: R | None = None
        found = self._malformed(row, values)
        whole = not found
        if whole:
            try:
                record = self.kind.model_validate({**values, "@origin": Origin(Source(self._sheet.path, row.line, 1), places)})
            except ValidationError as error:
                found = faults(error, self.kind, partial(_place, places), raw=values, row_id=self._row_id(values))
        # A ragged row's key counts as well, and is not told of: one problem is enough for a row nobody can understand yet.
        repeated = self._repeated(row, values)
        lost = False
        if whole:
            found += repeated
            for reference in self._references:
                lost |= self._look_up(reference, places, values, found)
            for name, known in self._open.items():
                found += self._unusual(name, known, places, values)
        for field, kind in self._faults.get(row.number, ()):
            if not _explained(field, kind, found, self._key, whole=whole):
                found.append(self._refused(field, kind, places, values))
        if lost or any(each.severity is Severity.ERROR for each in found):
            record = None
        return record, found

    def _malformed(self, row: CsvRow, values: Mapping[str, str]) -> list[Problem]:
        """Find what keeps a row from being understood at all: too many or too few cells, a cell without end."""
        if row.misquoted >= 0:
            hint = "take the space out: a quoted cell begins with its quotation mark"
            place = self._sheet.source(row.line, row.misquoted)
            message = "a space stands before this quotation mark, so it does not quote"
            return [problem("D102", place, message, hint=hint, row_id=self._row_id(values))]
        if len(row.cells) != self._columns.width:
            return [self._ragged(row, values)]
        if sum(map(len, row.cells)) <= LONGEST_CELL:
            return []
        return [
            replace(too_long(self._sheet.source(row.line, index), self._sheet.labels[index]), row_id=self._row_id(values))
            for index, cell in enumerate(row.cells)
            if len(cell) > LONGEST_CELL
        ]

    def _ragged(self, row: CsvRow, values: Mapping[str, str]) -> Problem:
        width, count = self._columns.width, len(row.cells)
        place = self._sheet.source(row.line, 0 if count < width else width)
        named = SEPARATORS[self._sheet.separator]
        hint = f"put a {named} for every empty cell" if count < width else f"put a cell that holds a {named} in quotation marks"
        message = f"this row has {count} {'cell' if count == 1 else 'cells'}, the header {width}"
        return problem("D103", place, message, hint=hint, row_id=self._row_id(values))

    def _repeated(self, row: CsvRow, values: Mapping[str, str]) -> list[Problem]:
        """Find a key that stood there before; an empty part of a key counts as a value where it may be empty."""
        if not self._key or not all(name in values for name in self._required_key):
            return []
        before = self._first_line([values.get(name, "") for name in self._key_columns], row.line)
        if before == row.line:
            return []
        row_id = self._row_id(values)
        single = len(self._key) == 1
        named = f"{self._key[0]} {quoted(row_id)}" if row_id else f"the same {_listed(self._key)}"
        message = f"{named} {'stands' if single else 'stand'} in line {before} and again in line {row.line}"
        hint = "give one of them another id, or delete one" if single else "delete one of the two rows"
        place = self._sheet.source(row.line, self._columns.index[self._key[0]])
        return [problem("D301", place, message, hint=hint, field=self._key[0], row_id=row_id)]

    def _first_line(self, key: list[str], line: int) -> int:
        """Return the line in which a key stood first; line itself for a key that is new, or where there is none."""
        if not key:
            return line
        last = key.pop()
        return self._seen.setdefault(tuple(key), {}).setdefault(last, line)

    def _look_up(self, reference: Reference, places: CellPlaces, values: Mapping[str, str], found: list[Problem]) -> bool:
        """Look one reference up; True if it leads into an absent file, which is told once for the file."""
        column, keys = reference.column, self._targets[reference.target]
        value = values.get(column)
        if value is None or (keys is not None and value in keys):
            return False
        if keys is None:
            known = self.dangling.get(reference)
            self.dangling[reference] = (
                Dangling(places[column], column, 1) if known is None else replace(known, rows=known.rows + 1)
            )
            return True
        meant = self._near(reference.target, value)
        mine = [at for at, each in enumerate(found) if each.field == column]
        if mine and meant is None:
            return False
        message, hint = (
            f"{column} names a row that {reference.file} does not have",
            f"correct the id, or add it to {reference.file}",
        )
        if meant is not None:
            message, hint = f"{column} names {quoted(value)}, which {reference.file} does not have", f'did you mean "{meant}"?'
        if mine:
            # Not of an id's form, and yet nearly a known one: the known one is the better advice.
            found[mine[0]] = replace(found[mine[0]], message=f"{column} {quoted(value)} is not an id", hint=hint)
            return False
        found.append(problem("D302", places[column], message, hint=hint, field=column, row_id=self._row_id(values)))
        return False

    def _nearest(self, target: str, value: str) -> str | None:
        """Return the key that was probably meant; each search walks all keys, so there is a bound to them."""
        keys = self._targets[target]
        if not keys or (self._compared >= _MOST_COMPARED and self._compared >= _FEWEST_SUGGESTIONS * len(keys)):
            return None
        self._compared += len(keys)
        return near(value, keys)

    def _unusual(self, name: str, known: tuple[str, ...], places: CellPlaces, values: Mapping[str, str]) -> list[Problem]:
        """Warn of a word in an open list that is nearly a usual one."""
        value = values.get(name)
        meant = None if value is None or value in known else _usual(value, known)
        if value is None or meant is None:
            return []
        message = f"{name} {quoted(value)} is unusual"
        return [problem("D213", places[name], message, hint=f'did you mean "{meant}"?', field=name, row_id=self._row_id(values))]

    def _refused(self, field: str, kind: str, places: CellPlaces, values: Mapping[str, str]) -> Problem:
        """Say what only frictionless found; our own cell types should have, so this is rare."""
        cell = mark(fields(self.kind)[field], Cell) if field in self._columns.index else None
        code = _CODE_BY_KIND.get(kind)
        if code is None:
            code = (
                "D201" if field and field not in values else _CODE_BY_TYPE.get(cell.type, "D207") if cell is not None else "D103"
            )
        place = places[field] if cell is not None else places.sheet.source(places.line, 0)
        message = f"{field or 'this row'} does not fit the table's schema ({kind.replace('-', ' ')})"
        return problem(
            code, place, message, hint=f"write {cell.words}" if cell is not None else "", field=field, row_id=self._row_id(values)
        )

    def _row_id(self, values: Mapping[str, str]) -> str:
        """Return the row's id where it has a single one of the right form; anything else may be a private text."""
        value = values.get(self._key[0], "") if len(self._key) == 1 else ""
        return value if len(value) <= _LONGEST_SLUG and _SLUG.fullmatch(value) else ""

    def _stop(self) -> None:
        more = f"{MOST_BAD_ROWS:,} rows have mistakes; the rows below are looked at once these are mended"
        self.problems[-1] = replace(self.problems[-1], hint=f"{self.problems[-1].hint} ({more})")

    def _finish(self) -> None:
        self.problems += self._spaces.problems()
        if not self.count and not self.problems:
            message = "this table has a header and no rows"
            self.problems.append(problem("D109", Source(self._sheet.path, 1, 1), message, hint="add rows, or delete the file"))


@lru_cache(maxsize=1_000)
def _usual(value: str, known: tuple[str, ...]) -> str | None:
    return near(value, known)


def _place(places: CellPlaces, loc: Loc) -> Source:
    return places.get(str(loc[0]) if loc else "", Source(places.sheet.path, places.line, 1))


def _explained(field: str, kind: str, found: list[Problem], key: tuple[str, ...], *, whole: bool) -> bool:
    """Whether a problem of ours already says what frictionless found."""
    if not whole:
        return True
    if kind in {"primary-key", "unique-error"}:
        return any(each.code == "D301" or each.field in key for each in found)
    return any(each.field.partition("[")[0] == field and each.severity is Severity.ERROR for each in found)


def _listed(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
