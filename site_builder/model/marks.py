"""What a field says about itself: what it is for, whether it may be published, what it points at.

Marks stand in a field's Annotated metadata, so that the record class is the one source of truth for schemas,
documentation, privacy and reading. A field without a Public mark is private, new ones too (domain, "Private unless listed").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from site_builder.problem import NOWHERE, Source

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

M = TypeVar("M")


@dataclass(frozen=True, slots=True)
class About:
    """What the owner reads of a field in the reference and in an editor's hover text: one sentence without a full stop."""

    words: str


@dataclass(frozen=True, slots=True)
class Public:
    """The field may be published; when names the yes/no or date field of the same record that allows it, "" always."""

    when: str = ""


@dataclass(frozen=True, slots=True)
class Ref:
    """The cell holds the key of a row in another table, given by its stem: "clients"."""

    table: str


@dataclass(frozen=True, slots=True)
class Cell:
    """How a cell looks in a file, for the schemas and for messages.

    type, format: of the frictionless Table Schema. pattern: an anchored regular expression a valid cell matches.
    words: "a date like 2026-10-31". many: a list, in CSV with ";" between its items. known: the usual values of an open enum.
    """

    type: str
    words: str
    pattern: str = ""
    many: bool = False
    known: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Where a record class's rows live. key: its unique fields, () for a table without one. about: one sentence."""

    file: str
    about: str
    adds: str
    key: tuple[str, ...] = ()

    @property
    def stem(self) -> str:
        """The name references use: "clients"."""
        return self.file.removesuffix(".csv")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record was written, and each of its fields; fields the owner left out fall back to the record's place."""

    source: Source = NOWHERE
    marks: Mapping[str, Source] = field(default_factory=dict)

    def at(self, name: str) -> Source:
        """Return the place of one field, by the key or column name its owner types."""
        return self.marks.get(name, self.source)


def mark(info: FieldInfo, kind: type[M]) -> M | None:
    """Return the field's mark of one kind; None where it has none."""
    return next((found for found in _metadata(info) if isinstance(found, kind)), None)


def _metadata(info: FieldInfo) -> Iterator[object]:
    """Walk a field's metadata, also that of Annotated types inside a union such as `Date | None`."""
    yield from info.metadata
    pending: list[object] = [info.annotation]
    while pending:
        seen = pending.pop()
        yield from getattr(seen, "__metadata__", ())
        pending.extend(getattr(seen, "__args__", ()))
