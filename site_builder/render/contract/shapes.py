"""What a value in a template can be, and what it has: read from the annotations of views and records.

A value is told by the types it may have; none of them means that nobody knows, and then nothing is claimed about it.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Annotated, ClassVar, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

Shape = tuple[object, ...]
"""The types a value may have; ANY when nobody knows. None is left out: templates ask before they go on."""

ANY: Shape = ()
TEXT: Shape = (str,)
TRUTH: Shape = (bool,)
_WHOLE = (str, int, float, bool, date, Decimal)
"""Types that have what their classes have and nothing else."""
_LISTS = (tuple, list, set, frozenset, Iterable)


@dataclass(frozen=True, slots=True)
class Function:
    """Something to call. returns: the annotation of what comes back; object when nobody says."""

    returns: object


@dataclass(frozen=True, slots=True)
class Several:
    """A list a template wrote itself."""

    items: Shape


@dataclass(frozen=True, slots=True)
class Group:
    """Values known by name: an imported template, or a loop."""

    members: tuple[tuple[str, Shape], ...]


def shape(hint: object) -> Shape:
    """Return what an annotation says: the alternatives of a union one by one, without None."""
    origin = get_origin(hint)
    if origin in {Union, types.UnionType}:
        return either(*(shape(part) for part in get_args(hint) if part is not type(None)))
    if origin in {Annotated, ClassVar}:
        return shape(get_args(hint)[0])
    if origin is Literal:
        return tuple(dict.fromkeys(type(value) for value in get_args(hint)))
    known = origin in {*_LISTS, dict} or isinstance(hint, type | Function)
    return (hint,) if known and hint not in {object, type(None)} else ANY


def either(*shapes: Shape) -> Shape:
    """Return what a value is that has one of these shapes; nobody knows as soon as one of them is unknown."""
    return tuple(dict.fromkeys(part for each in shapes for part in each)) if all(shapes) else ANY


def member(value: Shape, name: str) -> Shape | None:
    """Return the shape of value.name; None when none of its types has it."""
    found = [has for part in value if (has := _member(part, name)) is not None]
    if value and not found:
        return None
    return either(*found)


def members(value: Shape) -> tuple[str, ...]:
    """Return what a value has, by name, for a hint."""
    return tuple(sorted({name for part in value for name in (_members(part) or ())}))


def item(value: Shape) -> Shape:
    """Return the shape of what a loop over the value yields."""
    return either(*(_item(part) for part in value))


def unpacked(value: Shape, count: int) -> tuple[Shape, ...]:
    """Return the shapes of a value's parts when it is taken apart into count names."""
    if len(value) == 1 and get_origin(value[0]) is tuple:
        parts = get_args(value[0])
        if len(parts) == count and Ellipsis not in parts:
            return tuple(shape(part) for part in parts)
    return (item(value),) * count


def returned(value: Shape) -> Shape:
    """Return the shape of what a call of the value gives."""
    return either(*(shape(part.returns) if isinstance(part, Function) else ANY for part in value))


def function(called: Callable[..., object]) -> Shape:
    """Return the shape of a function by its annotations."""
    return (Function(_returns(called)),)


def _item(part: object) -> Shape:
    if part is str:
        return TEXT
    if isinstance(part, Several):
        return part.items
    inner = get_args(part)
    if get_origin(part) is tuple:
        return either(*(shape(each) for each in inner if each is not Ellipsis))
    return shape(inner[0]) if get_origin(part) in {*_LISTS, dict} else ANY


def _member(part: object, name: str) -> Shape | None:
    has = _members(part)
    if has is None:
        return ANY
    if get_origin(part) is dict and name not in has:
        return shape(get_args(part)[1])
    return has.get(name)


def _members(part: object) -> Mapping[str, Shape] | None:
    """Return what one type has; None when nobody knows."""
    if isinstance(part, Group):
        return dict(part.members)
    kind = get_origin(part) or part
    return _of_class(kind) if isinstance(kind, type) else None


@cache
def _of_class(kind: type) -> Mapping[str, Shape] | None:
    if not (is_dataclass(kind) or issubclass(kind, BaseModel | Enum) or kind in {*_WHOLE, *_LISTS, dict}):
        return None
    above = [base for base in reversed(kind.__mro__) if base is not BaseModel]
    found = {name: _attribute(value) for base in above for name, value in vars(base).items() if not name.startswith("_")}
    if is_dataclass(kind) or issubclass(kind, BaseModel):
        found |= {name: shape(hint) for name, hint in get_type_hints(kind).items()}
    return {name: value for name, value in found.items() if not name.startswith("_")}


def _attribute(value: object) -> Shape:
    if isinstance(value, property) and value.fget:
        return shape(_returns(value.fget))
    return function(value) if isinstance(value, types.FunctionType) else ANY


def _returns(called: Callable[..., object]) -> object:
    """Return the annotation of what a function gives; object where it has none, or one that only type checkers can read."""
    try:
        return get_type_hints(called).get("return", object)
    except (NameError, TypeError):
        return object
