"""Cells of a CSV table changed where they stand; every other byte stays: separator, quotation marks, line ends, blank lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from site_builder.edit.table import Record, Splice, Table, added_names, open_table, spliced


def change_cells(content: bytes, changes: Mapping[str, Mapping[str, str]], *, key: str) -> bytes:
    """Return a table with some of its cells changed.

    changes: a row's key → a column's name → the new text. key: the column that holds the keys. A column that is not there yet
    is added at the end. A cell keeps its quotation marks, and gets some where its new text needs them.
    Raises ValueError where no table with this column can be read or two rows have the key, KeyError for a key there is not:
    whoever asks has had the table judged before.
    """
    table = open_table(content, key)
    added = tuple(dict.fromkeys(name for cells in changes.values() for name in cells if name not in table.columns))
    splices = [added_names(table, added)]
    missing = set(changes)
    for record in table.rows():
        row = table.text(record[table.columns[key]]) if len(record) > table.columns[key] else ""
        if row in changes and row not in missing:
            raise ValueError("two rows have the same key")
        missing.discard(row)
        splices += row_splices(table, record, added, changes.get(row, {}))
    if missing:
        raise KeyError(f"{len(missing)} keys stand in no row")
    return spliced(content, splices)


def row_splices(table: Table, record: Record, added: tuple[str, ...], new: Mapping[str, str]) -> Iterator[Splice]:
    """Yield what changes in one row: the cells named in new, and empty ones below the added names."""
    texts = {table.columns[name] if name in table.columns else table.width + added.index(name): new[name] for name in new}
    for index, text in texts.items():
        if index < len(record) and text != table.text(record[index]):
            begin, end = record[index]
            yield begin, end, table.written(text, quoted=table.has_marks(record[index]))
    if len(record) < table.width and not texts:
        return  # a short row is its owner's to mend
    beyond = range(len(record), table.width + len(added))
    cells = (table.written(texts.get(index, ""), quoted=table.is_quoted) for index in beyond)
    end = record[-1][1]
    yield end, end, b"".join(table.separator + cell for cell in cells)
