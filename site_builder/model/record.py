"""The base of every record: frozen, no unknown keys, and it knows where it was written."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from site_builder.model.marks import Origin, Public, Table, mark
from site_builder.problem import Source


class Record(BaseModel):
    """One validated row, document or part of a document. origin: its place and its fields' places, set by the reader."""

    # Deferred: a command builds the validators it needs, not all sixty.
    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True, defer_build=True)

    origin: Annotated[Origin, Field(alias="@origin", exclude=True, repr=False)] = Origin()

    def at(self, name: str) -> Source:
        """Return where one field stands, by the key or column its owner types."""
        return self.origin.at(name)

    @classmethod
    def public_fields(cls) -> frozenset[str]:
        """Return the names of the fields that may be published, unconditionally or on a condition."""
        return frozenset(name for name, info in cls.model_fields.items() if mark(info, Public) is not None)


class Row(Record):
    """A record that is one row of a CSV table."""

    TABLE: ClassVar[Table]
