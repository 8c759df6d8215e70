"""A CSV table as bytes: where its cells begin and end, and what stands in them.

Bytes are read, not text, so that a byte order mark and whatever else the file holds come out as they went in. What a cell is
follows load/csvtext.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

_BOM = b"\xef\xbb\xbf"
_SEPARATORS = (b",", b";", b"\t", b"|")
_SEP_LINE = re.compile(rb'"?sep=([,;\t|])"?[,;\t|]* *(?:\r\n|\r|\n|\Z)', re.IGNORECASE)
_QUOTED = re.compile(rb'"[^"]*+(?:""[^"]*+)*+"')
_LINE_END = re.compile(rb"\r\n|\r|\n|\Z")
_NAME = re.compile(r"[a-z_]+")

Record = tuple[tuple[int, int], ...]
"""Where each cell of a record begins and ends, in bytes, quotation marks included."""
Splice = tuple[int, int, bytes]
"""Where to put which bytes in place of the ones that stand there."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose header is found. columns: name → place in a row; separator: between cells.

    header: where its cells stand; start: where the record below it begins.
    """

    content: bytes
    separator: bytes
    columns: Mapping[str, int]
    header: Record
    start: int

    @property
    def width(self) -> int:
        """How many cells the header has."""
        return len(self.header)

    @property
    def is_quoted(self) -> bool:
        """Whether all names stand in quotation marks."""
        return all(self.has_marks(place) for place in self.header)

    def rows(self) -> Iterator[Record]:
        """Yield the records below the header that hold anything."""
        for record in _records(self.content, self.start, self.separator):
            if any(self.text(place) for place in record):
                yield record

    def text(self, place: tuple[int, int]) -> str:
        """Return a cell's text as the reader of tables has it: without quotation marks and the spaces around it."""
        return _text(self.content, place)

    def has_marks(self, place: tuple[int, int]) -> bool:
        """Whether a cell stands in quotation marks."""
        return self.content[place[0] : place[0] + 1] == b'"'

    def needs_marks(self, text: str) -> bool:
        """Whether a text can stand in a cell of this table in quotation marks alone."""
        raw = text.encode(errors="surrogateescape")
        return text != text.strip() or any(mark in raw for mark in (self.separator, b'"', b"\r", b"\n"))

    def written(self, text: str, *, quoted: bool) -> bytes:
        """Return a cell's bytes; quoted: even where the text does not need quotation marks."""
        raw = text.encode()
        return b'"' + raw.replace(b'"', b'""') + b'"' if quoted or self.needs_marks(text) else raw

    def line_end(self, record: Record) -> bytes:
        """Return the bytes that end a record's line, none at the end of the content."""
        found = _LINE_END.match(self.content, record[-1][1])
        return found[0] if found else b""


def open_table(content: bytes, key: str) -> Table:
    """Find separator and header: the separator that makes most names of the first row counts, if one of them is the key.

    Raises ValueError where no table with this column can be read.
    """
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


def added_names(table: Table, names: Iterable[str]) -> Splice:
    """Return what puts further names behind the header's."""
    end = table.header[-1][1]
    return end, end, b"".join(table.separator + table.written(name, quoted=table.is_quoted) for name in names)


def spliced(content: bytes, splices: Iterable[Splice]) -> bytes:
    """Return the content with each splice made; of several at one place the first comes first."""
    parts = []
    done = 0
    for begin, end, replacement in sorted(splices, key=lambda splice: splice[:2]):  # stable: a cell, then what follows it
        parts += [content[done:begin], replacement]
        done = end
    return b"".join((*parts, content[done:]))


def _headed(content: bytes, start: int, separator: bytes) -> Table | None:
    """Return the table that begins with the first record that is not blank; None where this separator makes no sense of it."""
    try:
        for record in _records(content, start, separator):
            names = [_text(content, place) for place in record]
            if any(names):
                columns = {name: index for index, name in reversed([*enumerate(names)])}
                return Table(content, separator, columns, record, _next_line(content, record[-1][1]))
    except ValueError:
        pass
    return None


def _records(content: bytes, start: int, separator: bytes) -> Iterator[Record]:
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


def _text(content: bytes, place: tuple[int, int]) -> str:
    raw = content[place[0] : place[1]]
    return (raw[1:-1].replace(b'""', b'"') if raw.startswith(b'"') else raw).decode(errors="surrogateescape").strip()
