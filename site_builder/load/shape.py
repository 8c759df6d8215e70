"""What may stand where, read from the record classes: which mapping is a record, which keys it knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType, NoneType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from site_builder.model.record import Record


@dataclass(frozen=True, slots=True)
class Shape:
    """The shape behind an annotation.

    records: the record class a mapping becomes, or the alternatives its "type" chooses from. item: the annotation of a
    list's items. entry: the annotation of a dictionary's values. All empty: a single value.
    """

    records: tuple[type[Record], ...] = ()
    item: Any = None
    entry: Any = None

    def record(self, raw: object) -> type[Record] | None:
        """Return the record class a mapping stands for; None where it is none, or its "type" names none."""
        if len(self.records) == 1:
            return self.records[0]
        tag = raw.get("type") if isinstance(raw, Mapping) else None
        return self.tagged().get(tag) if isinstance(tag, str) else None

    def tagged(self) -> dict[str, type[Record]]:
        """Return the alternatives by the word that chooses them."""
        return {
            tag: record
            for record in self.records
            if "type" in fields(record)
            for tag in get_args(fields(record)["type"].annotation)
        }

    @property
    def noun(self) -> str:
        """What to call it in a message."""
        if self.item is not None:
            return "a list"
        return "a group of keys and values" if self.records or self.entry is not None else "a single value"


def shape(annotation: Any) -> Shape:
    """Return the shape behind a field's annotation; Annotated and "or None" are looked through."""
    options = tuple(_options(annotation))
    records = tuple(option for option in options if isinstance(option, type) and issubclass(option, Record))
    for option in options:
        arguments = get_args(option)
        if get_origin(option) is tuple:
            return Shape(item=arguments[0])
        if get_origin(option) is dict:
            return Shape(entry=arguments[1])
    return Shape(records=records)


def _options(annotation: Any) -> Iterator[Any]:
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _options(get_args(annotation)[0])
    elif origin is Union or type(annotation).__name__ == "UnionType":
        for option in get_args(annotation):
            yield from _options(option)
    elif annotation is not NoneType:
        yield annotation


@cache
def fields(record: type[Record]) -> Mapping[str, FieldInfo]:
    """Return a record's fields by the key or column its owner types; what the reader adds ("@origin") is left out."""
    named = ((info.alias or name, info) for name, info in record.model_fields.items())
    return MappingProxyType({key: info for key, info in named if not key.startswith("@")})
