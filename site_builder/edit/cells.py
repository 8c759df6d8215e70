"""Cells of a CSV table changed where they stand; every other byte stays: separator, quotation marks, line ends, blank lines.

Bytes are read, not text, so that a byte order mark and whatever else the file holds come out as they went in. What a cell is
follows load/csvtext.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_BOM = b"\xef\xbb\xbf"
_SEPARATORS = (b",", b";", b"\t", b"|")
_SEP_LINE = re.compile(rb'"?sep=([,;\t|])"?[,;\t|]* *(?:\r\n|\r|\n|\Z)', re.IGNORECASE)
_QUOTED = re.compile(rb'"[^"]*+(?:""[^"]*+)*+"')
_LINE_END = re.compile(rb"\r\n|\r|\n|\Z")
_NAME = re.compile(r"[a-z_]+")

_Record = tuple[tuple[int, int], ...]
"""Where each cell of a record begins and ends, in bytes, quotation marks included."""
_Splice = tuple[int, int, bytes]
"""Where to put which bytes in place of the ones that stand there."""


def change_cells(content: bytes, changes: Mapping[str, Mapping[str, str]], *, key: str) -> bytes:
    """Return a table with some of its cells changed.

    changes: a row's key → a column's name → the new text. key: the column that holds the keys. A column that is not there yet
    is added at the end. A cell keeps its quotation marks, and gets some where its new text needs them.
    Raises ValueError where no table with this column can be read or two rows have the key, KeyError for a key there is not:
    whoever asks has had the table judged before.
    """
    table = _table(content, key)
    added = tuple(dict.fromkeys(name for cells in changes.values() for name in cells if name not in table.columns))
    splices = [*_added_names(table, added)]
    missing = set(changes)
    for record in table.rows():
        row = _cell(content, record[table.columns[key]]) if len(record) > table.columns[key] else ""
        if row in changes and row not in missing:
            raise ValueError("two rows have the same key")
        missing.discard(row)
        splices += _row_splices(table, record, added, changes.get(row, {}))
    if missing:
        raise KeyError(f"{len(missing)} keys stand in no row")
    return _spliced(content, splices)


@dataclass(frozen=True, slots=True)
class _Table:
    """A table whose header is found. columns: name → place in a row; width: cells of the header; quoted: whether all names are.

    end: where the header's last cell ends; start: where the record below it begins.
    """

    content: bytes
    separator: bytes
    columns: Mapping[str, int]
    width: int
    quoted: bool
    end: int
    start: int

    def rows(self) -> Iterator[_Record]:
        """Yield the records below the header that hold anything."""
        for record in _records(self.content, self.start, self.separator):
            if any(_cell(self.content, place) for place in record):
                yield record

    def written(self, text: str, *, quoted: bool) -> bytes:
        """Return a cell's bytes; quoted: even where the text does not need quotation marks."""
        raw = text.encode()
        if quoted or text != text.strip() or any(mark in raw for mark in (self.separator, b'"', b"\r", b"\n")):
            return b'"' + raw.replace(b'"', b'""') + b'"'
        return raw


def _table(content: bytes, key: str) -> _Table:
    """Find separator and header: the separator that makes most names of the first row counts, if one of them is the key."""
    start = 0
    while content.startswith(_BOM, start):
        start += len(_BOM)
    said = _SEP_LINE.match(content, start)
    start = said.end() if said else start
    found = [_headed(content, start, separator) for separator in ((said[1],) if said else _SEPARATORS)]
    tables = [table for table in found if table is not None and key in table.columns]
    if not tables:
        raise ValueError(f'there is no header row with the column "{key}"')
    return max(tables, key=lambda table: sum(_NAME.fullmatch(name) is not None for name in table.columns))


def _headed(content: bytes, start: int, separator: bytes) -> _Table | None:
    """Return the table that begins with the first record that is not blank; None where this separator makes no sense of it."""
    try:
        for record in _records(content, start, separator):
            names = [_cell(content, place) for place in record]
            if any(names):
                columns = {name: index for index, name in reversed([*enumerate(names)])}
                quoted = all(content[begin : begin + 1] == b'"' for begin, _ in record)
                end = record[-1][1]
                return _Table(content, separator, columns, len(names), quoted, end, _next_line(content, end))
    except ValueError:
        pass
    return None


def _records(content: bytes, start: int, separator: bytes) -> Iterator[_Record]:
    plain = re.compile(rb"[^\r\n" + re.escape(separator) + rb"]*+")
    while start < len(content):
        cells = []
        while True:
            end = _end(content, start, separator, plain)
            cells.append((start, end))
            if content[end : end + 1] != separator:
                break
            start = end + 1
        yield tuple(cells)
        start = _next_line(content, end)


def _end(content: bytes, start: int, separator: bytes, plain: re.Pattern[bytes]) -> int:
    """Return where the cell that begins at start ends."""
    if content[start : start + 1] != b'"':
        bare = plain.match(content, start)
        return bare.end() if bare else start
    quoted = _QUOTED.match(content, start)
    if quoted is None or content[quoted.end() : quoted.end() + 1] not in {b"", b"\r", b"\n", separator}:
        raise ValueError("a quotation mark is never closed, or text follows where it is")
    return quoted.end()


def _next_line(content: bytes, end: int) -> int:
    found = _LINE_END.match(content, end)
    return found.end() if found else end


def _cell(content: bytes, place: tuple[int, int]) -> str:
    """Return a cell's text as the reader of tables has it: without quotation marks and the spaces around it."""
    raw = content[place[0] : place[1]]
    return (raw[1:-1].replace(b'""', b'"') if raw.startswith(b'"') else raw).decode(errors="surrogateescape").strip()


def _added_names(table: _Table, added: tuple[str, ...]) -> Iterator[_Splice]:
    names = b"".join(table.separator + table.written(name, quoted=table.quoted) for name in added)
    yield table.end, table.end, names


def _row_splices(table: _Table, record: _Record, added: tuple[str, ...], new: Mapping[str, str]) -> Iterator[_Splice]:
    """Yield what changes in one row: the cells named in new, and empty ones below the added names."""
    texts = {table.columns[name] if name in table.columns else table.width + added.index(name): new[name] for name in new}
    for index, text in texts.items():
        if index < len(record) and text != _cell(table.content, record[index]):
            begin, end = record[index]
            yield begin, end, table.written(text, quoted=table.content[begin : begin + 1] == b'"')
    if len(record) < table.width and not texts:
        return  # a short row is its owner's to mend
    beyond = range(len(record), table.width + len(added))
    cells = (table.written(texts.get(index, ""), quoted=table.quoted) for index in beyond)
    end = record[-1][1]
    yield end, end, b"".join(table.separator + cell for cell in cells)


def _spliced(content: bytes, splices: list[_Splice]) -> bytes:
    parts = []
    done = 0
    for begin, end, replacement in sorted(splices, key=lambda splice: splice[:2]):  # stable: a cell, then what follows it
        parts += [content[done:begin], replacement]
        done = end
    return b"".join((*parts, content[done:]))
