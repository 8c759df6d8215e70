"""A change of one table of the owner's: shown as a difference, or written and told."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from site_builder.cli.linkstext import difference
from site_builder.cli.shell import WrongUsageError, complain
from site_builder.edit import ChangedMeanwhileError, append_rows, create_content, replace_content
from site_builder.edit.table import open_table
from site_builder.model.record import Row
from site_builder.record import RefusedError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of a table. content: new bytes from the former, None for no file; said: what happened, in a sentence.

    key: a column the table has; next_is: what is to be done now, "" for nothing.
    """

    key: str
    content: Callable[[bytes | None], bytes]
    said: str
    next_is: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of one table. former: its bytes, None where it is not started; like: a file whose mode a new one gets."""

    root: Path
    table: str
    like: str
    former: bytes | None
    change: Change

    def shown(self) -> int:
        """Print what would change."""
        sys.stdout.write(difference(self.former or b"", self.change.content(self.former), self.table))
        complain("nothing was written")
        return 0

    def made(self) -> int:
        """Write the table, say so, and what is next; 1 where it cannot be written."""
        path = self.root / self.table
        content = self.change.content(self.former)
        try:
            if self.former is None:
                create_content(path, content, like=self.root / self.like)
            else:
                replace_content(path, self.former, content)
        except ChangedMeanwhileError:
            complain(f"{self.table} was saved by somebody else just now, so nothing was written; run this again")
            return 1
        except OSError as error:
            complain(f"{self.table} cannot be written: {(error.strerror or 'unknown reason').lower()}")
            return 1
        sys.stdout.write(" ".join(self._told(content)) + "\n")
        return 0

    def _told(self, content: bytes) -> Iterable[str]:
        yield self.change.said
        if self.former is None:
            yield f"{self.table} was started for it."
        elif added := [name for name in self._columns(content) if name not in self._columns(self.former)]:
            yield f"{self.table} has a new {'column' if len(added) == 1 else 'columns'} for it: {joined(added)}."
        if self.change.next_is:
            yield f"Next: {self.change.next_is}."

    def _columns(self, content: bytes) -> Iterable[str]:
        return open_table(content, self.change.key).columns


def with_row(former: bytes | None, kind: type[Row], cells: Mapping[str, str], key: str) -> bytes:
    """Return a table with one row more; a table that is not started gets its whole header first."""
    return with_rows(former, kind, (cells,), key)


def with_rows(former: bytes | None, kind: type[Row], new: Sequence[Mapping[str, str]], key: str) -> bytes:
    """Return a table with further rows, in their order; a table that is not started gets its whole header first."""
    header = ",".join(name for name in kind.model_fields if name != "origin").encode() + b"\n"
    return append_rows(header if former is None else former, new, key=key)


def allowed(work: Callable[[], T]) -> T:
    """Return what work returns; what is refused ends the command."""
    try:
        return work()
    except RefusedError as refused:
        raise WrongUsageError(f"{refused}. Nothing was written.") from None


def joined(names: Sequence[str]) -> str:
    """Return "a", "a and b", "a, b and c"."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
