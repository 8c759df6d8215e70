"""Tables for people: aligned whatever the letters, folded where the terminal is narrow, plain where it is a file or a pipe."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import chain, repeat
from typing import Final, TextIO

from site_builder.cli.shell import coloured, terminal_width
from site_builder.report.shown import shown, width

_GAP: Final = "  "
_RESET: Final = "\x1b[0m"
_EIGHTHS: Final = ("", "\u258f", "\u258e", "\u258d", "\u258c", "\u258b", "\u258a", "\u2589")
_FULL: Final = "\u2588"
# Babel puts them between a number and its currency; in a table nothing is broken there anyway.
_NO_BREAK: Final = str.maketrans("\u00a0\u202f", "  ")


class Dye(StrEnum):
    """How words stand out on a terminal."""

    NONE = ""
    BOLD = "\x1b[1m"
    DIM = "\x1b[2m"
    RED = "\x1b[31m"
    GREEN = "\x1b[32m"
    YELLOW = "\x1b[33m"


@dataclass(frozen=True, slots=True)
class Screen:
    """Where a text goes. columns: a terminal's, None for a file or a pipe, which takes any width."""

    columns: int | None = None
    is_coloured: bool = False

    @property
    def is_terminal(self) -> bool:
        """Whether a person looks at it, so that there may be more than letters."""
        return self.columns is not None

    def dyed(self, text: str, dye: Dye) -> str:
        """Return the text in a colour, or as it is."""
        return f"{dye.value}{text}{_RESET}" if self.is_coloured and dye and text else text


PAPER: Final = Screen()
"""A file or a pipe."""


@dataclass(frozen=True, slots=True)
class Column:
    """is_number: aligned at the right. is_ornament: for terminals alone, and only where there is room.

    is_spare: left out where there is no room, the leftmost first, and only as many as need be.
    """

    heading: str
    is_number: bool = False
    is_ornament: bool = False
    is_spare: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """Words that stand out."""

    text: str
    dye: Dye


@dataclass(frozen=True, slots=True)
class Row:
    """Cells, one a column, and words of any length to stand below them."""

    cells: tuple[Cell | str, ...]
    below: str = ""


def screen(stream: TextIO) -> Screen:
    """Return what a stream can show."""
    return Screen(terminal_width(stream) if stream.isatty() else None, coloured(stream))


def table(columns: Sequence[Column], rows: Sequence[Row], on: Screen) -> str:
    """Return the rows under their headings; where they do not fit, each row's cells stand below one another.

    Headings that are all empty have no line. "" without rows.
    """
    if not rows:
        return ""
    grid = _Grid(tuple(columns), tuple(_Line(tuple(map(_shown, row.cells)), row.below) for row in rows))
    if on.columns is None or grid.width > on.columns:
        grid = grid.without(column for column in columns if column.is_ornament)
    for spare in (column for column in columns if column.is_spare):
        if on.columns is not None and grid.width > on.columns:
            grid = grid.without([spare])
    return _flat(grid, on) if on.columns is None or grid.width <= on.columns else _folded(grid, on)


def paragraph(text: str, on: Screen, *, indent: str = "") -> str:
    """Return a text in lines that fit a terminal, each indented; on paper in one line. "" for no text."""
    room = None if on.columns is None else on.columns - len(indent)
    return "".join(f"{indent}{line}\n" for line in _wrapped(_plain(text), room))


def bar(share: Decimal | None, *, columns: int = 10) -> str:
    """Return a bar of block characters; share: 0..1 of its columns, what is beyond is full; "" for None."""
    if share is None:
        return ""
    eighths = int(min(max(share, Decimal(0)), Decimal(1)) * columns * len(_EIGHTHS))
    return _FULL * (eighths // len(_EIGHTHS)) + _EIGHTHS[eighths % len(_EIGHTHS)]


@dataclass(frozen=True, slots=True)
class _Line:
    """A row whose words are safe to show."""

    cells: tuple[Cell, ...]
    below: str


@dataclass(frozen=True, slots=True)
class _Grid:
    """A table with at least one line."""

    columns: tuple[Column, ...]
    lines: tuple[_Line, ...]

    @property
    def widths(self) -> list[int]:
        """How wide each column is."""
        return [
            max(width(column.heading), *(width(line.cells[place].text) for line in self.lines))
            for place, column in enumerate(self.columns)
        ]

    @property
    def width(self) -> int:
        """How wide the table is, the words below its rows aside."""
        return sum(self.widths) + len(_GAP) * (len(self.columns) - 1)

    def without(self, columns: Iterable[Column]) -> _Grid:
        """Return the table without some of its columns."""
        out = tuple(columns)
        kept = [place for place, column in enumerate(self.columns) if column not in out]
        lines = tuple(_Line(tuple(line.cells[place] for place in kept), line.below) for line in self.lines)
        return _Grid(tuple(self.columns[place] for place in kept), lines)


def _flat(grid: _Grid, on: Screen) -> str:
    """Return a line a row."""
    widths = grid.widths
    headings = tuple(Cell(column.heading, Dye.DIM) for column in grid.columns)
    written = [_row(headings, grid, widths, on)] if any(column.heading for column in grid.columns) else []
    for line in grid.lines:
        written += [_row(line.cells, grid, widths, on), paragraph(line.below, on, indent=_GAP * 2)]
    return "".join(written)


def _row(cells: Sequence[Cell], grid: _Grid, widths: Sequence[int], on: Screen) -> str:
    shapes = zip(cells, grid.columns, widths, strict=True)
    placed = [(cell, " " * (room - width(cell.text)), column.is_number) for cell, column, room in shapes]
    texts = (
        f"{pad}{on.dyed(cell.text, cell.dye)}" if ahead else f"{on.dyed(cell.text, cell.dye)}{pad}" for cell, pad, ahead in placed
    )
    return f"{_GAP.join(texts).rstrip(' ')}\n"


def _folded(grid: _Grid, on: Screen) -> str:
    """Return a block a row: its first cell, the others indented under it with their headings, without the empty ones."""
    headings = [column.heading for column in grid.columns[1:]]
    room = max(map(width, headings), default=0)
    texts = []
    for line in grid.lines:
        first, *others = line.cells
        texts.append(f"{on.dyed(first.text, Dye.BOLD)}\n")
        texts += [_named(heading, room, cell, on) for heading, cell in zip(headings, others, strict=True) if cell.text]
        texts.append(paragraph(line.below, on, indent=_GAP * 2))
    return "".join(texts)


def _named(heading: str, room: int, cell: Cell, on: Screen) -> str:
    """Return a cell beside its heading, in as many lines as it needs; room: the widest heading's, 0 where there are none."""
    indent = f"{_GAP}{' ' * room}{_GAP}" if room else _GAP
    ahead = f"{_GAP}{on.dyed(heading, Dye.DIM)}{' ' * (room - width(heading))}{_GAP}" if room else _GAP
    lines = paragraph(cell.text, on, indent=indent).splitlines()
    texts = (on.dyed(line.removeprefix(indent), cell.dye) for line in lines)
    return "".join(f"{start}{text}\n" for start, text in zip(chain([ahead], repeat(indent)), texts, strict=False))


def _shown(cell: Cell | str) -> Cell:
    return Cell(_plain(cell), Dye.NONE) if isinstance(cell, str) else Cell(_plain(cell.text), cell.dye)


def _plain(text: str) -> str:
    return shown(text.translate(_NO_BREAK))


def _wrapped(text: str, room: int | None) -> Iterator[str]:
    """Yield a text's lines; a word wider than the room has a line of its own, which the terminal breaks."""
    if room is None:
        yield from [text] if text else []
        return
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if line and width(longer) > room:
            yield line
            longer = word
        line = longer
    if line:
        yield line
