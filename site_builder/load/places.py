"""Where the cells of a table stand: those of a record, and those that have spaces around them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from site_builder.codes import problem
from site_builder.load.columns import Columns
from site_builder.load.csvtext import CsvRow, Sheet
from site_builder.problem import Problem, Source


@dataclass(frozen=True, slots=True)
class CellPlaces(Mapping[str, Source]):
    """Where the cells of one record stand, by column; worked out only when somebody asks."""

    sheet: Sheet
    columns: Columns
    line: int

    def __getitem__(self, name: str) -> Source:
        return self.sheet.source(self.line, self.columns.index[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns.index)

    def __len__(self) -> int:
        return len(self.columns.index)


class Spaces:
    """Counts the cells of one table that have spaces around them; they are read without."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._first: tuple[Source, str] | None = None
        self._count = 0

    def note(self, row: CsvRow) -> None:
        """Count the cells of one row, or of the header."""
        for index in row.spaced:
            self._count += 1
            if self._first is None:
                labels = self._sheet.labels
                self._first = (self._sheet.source(row.line, index), labels[index] if index < len(labels) else "")

    def problems(self) -> tuple[Problem, ...]:
        """Return one warning for the whole table, at the first such cell; none where there is none."""
        if self._first is None:
            return ()
        place, field = self._first
        others = self._count - 1
        also = f" and around {others:,} more in this table" if others else ""
        return (problem("D212", place, f"there are spaces around this value{also}", hint="take them out", field=field),)
