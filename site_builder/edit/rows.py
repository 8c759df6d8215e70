"""Rows put below a table's last one, written the way the table is; every other byte stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from site_builder.edit.cells import row_splices
from site_builder.edit.table import Record, Splice, Table, added_names, open_table, spliced

_USUAL_LINE_END = b"\n"


def append_row(content: bytes, cells: Mapping[str, str], *, key: str) -> bytes:
    """Return a table with one more row, below the last that holds anything.

    cells: a column's name → its text; columns not named stay empty. key: a column there is. A column that has a text and is
    not there yet is added at the end. A cell stands in quotation marks where its text needs them or its whole column does so
    without need; the line ends as its neighbours do, and where the last one has no line end it has none either.
    Raises ValueError where no table with this column can be read: whoever asks has had the table judged before.
    """
    return append_rows(content, (cells,), key=key)


def append_rows(content: bytes, new: Sequence[Mapping[str, str]], *, key: str) -> bytes:
    """Return a table with further rows, in their order, each as append_row puts one; none change nothing."""
    if not new:
        return content
    table = open_table(content, key)
    rows = tuple(table.rows())
    filled = (name for cells in new for name, text in cells.items() if text)
    added = tuple(dict.fromkeys(name for name in filled if name not in table.columns))
    splices: list[Splice] = [added_names(table, added)]
    if added:
        for record in rows:
            splices += row_splices(table, record, added, {})
    return spliced(content, [*splices, _rows(table, rows, new, added)])


def _rows(table: Table, rows: Sequence[Record], new: Iterable[Mapping[str, str]], added: Sequence[str]) -> Splice:
    """Return the new rows as what follows the last one, behind the line end that is put there or stays there."""
    quoted = [_is_quoted(table, rows, index) for index in range(table.width)]
    lines = [_line(table, cells, quoted, added) for cells in new]
    last = rows[-1] if rows else table.header
    end = last[-1][1]
    if ending := table.line_end(last):
        end += len(ending)
        return end, end, b"".join(line + ending for line in lines)
    return end, end, b"".join(_ending(table, rows) + line for line in lines)


def _line(table: Table, cells: Mapping[str, str], quoted: Sequence[bool], added: Iterable[str]) -> bytes:
    """Return a row without its line end. quoted: of each column of the table, whether it is by habit."""
    names = {index: name for name, index in table.columns.items()}
    texts = [cells.get(names.get(index, ""), "") for index in range(table.width)]
    written = [table.written(text, quoted=habit) for text, habit in zip(texts, quoted, strict=True)]
    written += [table.written(cells.get(name, ""), quoted=table.is_quoted) for name in added]
    return table.separator.join(written)


def _is_quoted(table: Table, rows: Sequence[Record], index: int) -> bool:
    """Whether a column stands in quotation marks as a habit: in every row, and not only where the text needs them."""
    places = [record[index] for record in rows if index < len(record)] or [table.header[index]]
    return all(map(table.has_marks, places)) and not all(table.needs_marks(table.text(place)) for place in places)


def _ending(table: Table, rows: Sequence[Record]) -> bytes:
    """Return how lines end in a table whose last line does not end."""
    return next((ending for record in (table.header, *rows) if (ending := table.line_end(record))), _USUAL_LINE_END)
