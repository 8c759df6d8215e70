"""All tables of a portal: opened, judged by frictionless, read into records, their references followed."""

from __future__ import annotations

import gc
import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeVar

from site_builder.codes import problem
from site_builder.load.columns import Columns, judge_header
from site_builder.load.csvtext import CsvRow, Sheet, open_sheet
from site_builder.load.judge import VerdictCache
from site_builder.load.rows import Dangling, RowReader, Targets
from site_builder.load.schema import columns, judged_schema, references
from site_builder.load.text import decode, read_bytes
from site_builder.model.portal import TicketTotal
from site_builder.model.record import Row
from site_builder.model.tables import (
    TABLES,
    Client,
    Gift,
    Introduction,
    Lead,
    Nomination,
    Payout,
    Practice,
    Referral,
    Referrer,
    Review,
    TicketMonth,
    Vote,
)
from site_builder.problem import Problem, Source

R = TypeVar("R", bound=Row)
T = TypeVar("T")
LARGEST_TABLE = 64 * 1024 * 1024
_FOLDER = "data"
_MOST_SHARED = 50_000
_MOST_LINES = 5_000_000
"""A table of a million rows is large; one of nothing but line ends would keep a reader busy for a minute."""


@dataclass(frozen=True)
class Tables:
    """Every table's records, without the rows that have an error. absent: the file names of tables that are not there.

    A table that cannot be read is empty and not absent; its problems say why. A record may name a row that was left out.
    lacked: the names of absent files, tables or not, that rows refer to.
    tickets: by client id, each client's months in order.
    """

    clients: tuple[Client, ...] = ()
    referrers: tuple[Referrer, ...] = ()
    reviews: tuple[Review, ...] = ()
    referrals: tuple[Referral, ...] = ()
    payouts: tuple[Payout, ...] = ()
    tickets: dict[str, tuple[TicketTotal, ...]] = field(default_factory=dict)
    practices: tuple[Practice, ...] = ()
    nominations: tuple[Nomination, ...] = ()
    votes: tuple[Vote, ...] = ()
    introductions: tuple[Introduction, ...] = ()
    gifts: tuple[Gift, ...] = ()
    leads: tuple[Lead, ...] = ()
    absent: frozenset[str] = frozenset()
    lacked: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()


def load_tables(root: Path, cache: VerdictCache, *, targets: Targets) -> Tables:
    """Read every table of a portal.

    targets: the keys of what references may name besides tables, None where its file is absent, left out where it could not
    be read: {"rewards.practices": frozenset({"mfa"})}. Mistakes are problems, never exceptions.
    """
    desk = _Desk(root, cache, targets)
    tables = Tables(
        clients=desk.records(Client),
        referrers=desk.records(Referrer),
        reviews=desk.records(Review),
        referrals=desk.records(Referral),
        payouts=desk.records(Payout),
        tickets=_folded(desk.values(TicketMonth, ("client_id", "month", "endpoints", "tickets"))),
        practices=desk.records(Practice),
        nominations=desk.records(Nomination),
        votes=desk.records(Vote),
        introductions=desk.records(Introduction),
        gifts=desk.records(Gift),
        leads=desk.records(Lead),
        absent=desk.absent,
    )
    cache.save()
    lost = [_absent_target(file, found) for file, found in desk.dangling.items()]
    return replace(tables, lacked=frozenset(desk.dangling), problems=(*desk.problems, *lost))


@dataclass(frozen=True)
class _Opened:
    """A table whose header is understood."""

    sheet: Sheet
    columns: Columns
    sha256: str

    def normalised(self) -> Iterator[Sequence[str]]:
        """Yield header and rows as frictionless sees them: without nameless columns; a ragged row as it is."""
        at = tuple(self.columns.index.values())
        # One copy of each text: frictionless remembers the cells of keys, and in tickets few texts make many rows.
        shared: dict[str, str] = {}
        yield list(self.columns.index)
        for row in self.sheet.rows():
            if isinstance(row, CsvRow):
                cells = row.cells if len(row.cells) != self.columns.width else [row.cells[index] for index in at]
                yield [shared.setdefault(cell, cell) for cell in cells] if len(shared) < _MOST_SHARED else cells


class _Desk:
    """Where the tables are opened; those that others refer to first, since their keys decide about the others."""

    def __init__(self, root: Path, cache: VerdictCache, targets: Targets) -> None:
        self.problems: list[Problem] = []
        self.dangling: dict[str, list[tuple[str, Dangling]]] = {}
        self._root = root
        self._cache = cache
        self.absent = frozenset(row.TABLE.file for row in TABLES if not os.path.lexists(root / _FOLDER / row.TABLE.file))
        self._opened: dict[type[Row], _Opened | None] = {}
        self._targets = dict(targets)
        wanted = {reference.target for row in TABLES for reference in references(row)}
        for row in TABLES:
            if row.TABLE.stem in wanted:
                self._collect_keys(row)

    def records(self, kind: type[R]) -> tuple[R, ...]:
        """Read one table whole."""
        reader = self._reader(kind)
        return () if reader is None else tuple(self._read(reader, reader.records()))

    def values(self, kind: type[Row], names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """Read a large table row by row, without its records. names: all of its columns, in the order they are wanted in."""
        reader = self._reader(kind)
        return iter(()) if reader is None else self._read(reader, reader.values(names))

    def _reader(self, kind: type[R]) -> RowReader[R] | None:
        """Open a table and have it judged; None where it is absent or unreadable."""
        opened = self._open(kind)
        if opened is None:
            return None
        keys = {target: keys for target, keys in self._targets.items() if keys is not None}
        schema = judged_schema(kind, tuple(opened.columns.index), keys)
        verdict = self._cache.verdict(kind.TABLE.file, opened.sha256, opened.normalised, schema, keys)
        return RowReader(kind, opened.sheet, opened.columns, self._targets, verdict)

    def _read(self, reader: RowReader[R], rows: Iterator[T]) -> Iterator[T]:
        """Yield what a reader makes of its rows, then keep what it found."""
        yield from rows
        self.problems += reader.problems
        for reference, dangling in reader.dangling.items():
            self.dangling.setdefault(reference.file, []).append((reader.kind.TABLE.file, dangling))

    def _collect_keys(self, kind: type[Row]) -> None:
        """Make a table's keys known, those of bad rows as well; the keys of a table that cannot be read stay unknown."""
        if kind.TABLE.file in self.absent:
            self._targets[kind.TABLE.stem] = None
            return
        opened = self._opened[kind] = self._open(kind)
        if opened is None:
            return
        index = opened.columns.index[kind.TABLE.key[0]]
        keys = set()
        for row in opened.sheet.rows():
            if isinstance(row, Problem):
                return
            if index < len(row.cells) and row.cells[index]:
                keys.add(row.cells[index])
        self._targets[kind.TABLE.stem] = frozenset(keys)

    def _open(self, kind: type[Row]) -> _Opened | None:
        """Read a table's text and header; None where it is absent or unreadable, which is then among the problems."""
        if kind in self._opened:
            return self._opened.pop(kind)
        if kind.TABLE.file in self.absent:
            return None
        opened = _open(self._root, f"{_FOLDER}/{kind.TABLE.file}", kind)
        if isinstance(opened, _Opened):
            self.problems += opened.sheet.notes()
            return opened
        self.problems += opened
        return None


def _open(root: Path, path: str, kind: type[Row]) -> _Opened | tuple[Problem, ...]:
    content = read_bytes(root, path, LARGEST_TABLE)
    if isinstance(content, Problem):
        return (content,)
    text = decode(content, path)
    if isinstance(text, Problem):
        return (text,)
    if text.count("\n") > _MOST_LINES:
        return (
            problem(
                "D003", Source(path), f"this table has more than {_MOST_LINES:,} lines", hint="take out lines that are empty"
            ),
        )
    sheet = open_sheet(text, path, columns(kind))
    if isinstance(sheet, Problem):
        return (sheet,)
    header = judge_header(sheet, kind)
    if not isinstance(header, Columns):
        return (*sheet.notes(), *header)
    return _Opened(sheet, header, hashlib.sha256(content).hexdigest())


def _folded(months: Iterator[tuple[str, str, int, int]]) -> dict[str, tuple[TicketTotal, ...]]:
    """Fold client, month, endpoints and tickets by client as they are read, so that there are never a million records."""
    by_client: dict[str, list[TicketTotal]] = {}
    with _uncollected():
        for client, month, endpoints, tickets in months:
            by_client.setdefault(client, []).append(TicketTotal(month, endpoints, tickets))
        return {client: tuple(sorted(totals, key=attrgetter("month"))) for client, totals in by_client.items()}


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the garbage collector away: of a million objects made to last it would look at each again and again, in vain."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _absent_target(file: str, tables: Sequence[tuple[str, Dangling]]) -> Problem:
    """Tell of an absent file once, at the first reference into it, naming every table that refers to it."""
    _, first = tables[0]
    counted = [f"{table} in {each.rows:,} {'row' if each.rows == 1 else 'rows'}" for table, each in tables]
    message = f"{_FOLDER}/{file} does not exist, and these refer to it: {', '.join(counted)}"
    return problem("D303", first.first, message, hint=f"add {file}, or take the references out", field=first.field)
