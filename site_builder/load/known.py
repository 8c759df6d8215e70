"""What cells mean, remembered by their text: a long table says few things often, and each need be judged only once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from site_builder.load.columns import Columns
from site_builder.model.record import Row

# Of one column; what comes after them is judged each time, so that a table of a million texts takes no more memory.
_MOST_KNOWN = 50_000


class KnownCells:
    """The texts that stood in rows without a mistake, each with what its column's type made of it.

    What a cell means depends on its column and its text alone, references included, for their targets do not change while a
    table is read. Whether a row's key stood there before is another question, and the caller's.
    """

    def __init__(self, columns: Columns, names: Sequence[str]) -> None:
        """Take every column that the file has, in the order their values are wanted in."""
        self._width = columns.width
        self._names = tuple(names)
        self._memories: tuple[tuple[int, dict[str, Any]], ...] = tuple((columns.index[name], {}) for name in names)

    def recall(self, cells: Sequence[str]) -> tuple[Any, ...] | None:
        """Return the values of a row's cells; None where one of them is not known, or there are too many or too few."""
        if len(cells) != self._width:
            return None
        try:
            return tuple([memory[cells[at]] for at, memory in self._memories])
        except KeyError:
            return None

    def learn(self, cells: Sequence[str], record: Row) -> None:
        """Remember the cells of a row without a mistake, which became the record."""
        for name, (at, memory) in zip(self._names, self._memories, strict=True):
            if len(memory) < _MOST_KNOWN:
                memory[cells[at]] = getattr(record, name)
