"""What pydantic refused, as problems an owner can act on: what is wrong, where, and what to type instead.

A value is quoted only if everything on the way to it may be published; of a private one the message says its kind alone.
A word that is nearly one of a few known ones is quoted all the same: a misspelt "won" tells nothing about anybody.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from site_builder.codes import problem
from site_builder.load.shape import Shape, fields, shape
from site_builder.model.cells import split_list
from site_builder.model.marks import About, Cell, Public, mark
from site_builder.model.record import Record, Row
from site_builder.problem import Problem, Source
from site_builder.suggest import did_you_mean, near

Loc = tuple[int | str, ...]
Place = Callable[[Loc], Source]
_LONGEST_QUOTE = 60
_OURS = re.compile(r"D[0-9]{3}")
_KEY = re.compile(r"[a-z_]{1,40}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SHAPES = frozenset({"model_type", "model_attributes_type", "tuple_type", "dict_type", "string_type"})


def faults(
    error: ValidationError, model: type[Record], place: Place, *, raw: Mapping[str, object], row_id: str = ""
) -> list[Problem]:
    """Turn everything pydantic refused in one record into problems, in pydantic's order.

    raw: what was validated, keys as the owner types them, None for a key without a value. place: where a key path of raw
    stands; a path that is not there is asked for too (a missing key) and answered with the nearest place around it.
    Rows miss values (D201), documents keys (D405).
    """
    found = []
    for details in error.errors(include_url=False):
        spot = _follow(model, raw, details["loc"])
        told = _tell(details, spot, row=issubclass(model, Row))
        if told is not None:
            code, message, hint = told
            path = (*spot.path, "type") if details["type"].startswith("union_tag") else spot.path
            found.append(problem(code, place(path), message, hint=hint, field=dotted(path), row_id=row_id))
    return found


def quoted(value: str) -> str:
    """Return the value in quotation marks, at most 60 characters of it, its control characters shown as escapes."""
    shortened = value if len(value) <= _LONGEST_QUOTE else value[: _LONGEST_QUOTE - 1] + "…"
    return f'"{"".join(map(_shown, shortened))}"'


def _shown(letter: str) -> str:
    return letter if letter.isprintable() else letter.encode("unicode_escape", "surrogatepass").decode("ascii")


def unknown_key(key: str, known: Sequence[str]) -> tuple[str, str]:
    """Return message and hint for a key no field has; the key is quoted where it is surely a key and not a value."""
    meant = near(key, known)
    hint = f'did you mean "{meant}"?' if meant is not None else f"known here: {', '.join(known)}"
    return f"{named_key(key, known=meant is not None)} is not known here", hint


def dotted(path: Loc) -> str:
    """Return a key path the way its owner would say it: rules[2].amount; what may be a value in a key's place is a "?"."""
    words = (f"[{part}]" if isinstance(part, int) else f".{part if _KEY.fullmatch(part) else '?'}" for part in path)
    return "".join(words).removeprefix(".")


def named_key(key: str, *, known: bool = False) -> str:
    """Return how a message speaks of a key: by name where it surely is a key and not a value in the wrong place."""
    return f"the key {quoted(key)}" if known or _KEY.fullmatch(key) else "this key"


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a complaint points: its path as the owner types it, what stands there, and whether that may be quoted.

    shape: of what belongs there; info: of the nearest field around it; record: the class whose key it is; beside: the keys
    that stand in the same mapping; typed: its own key is one of them; key: the complaint is about the key itself.
    """

    path: Loc
    value: object
    shape: Shape
    info: FieldInfo | None = None
    public: bool = True
    record: type[Record] | None = None
    typed: bool = True
    key: bool = False
    beside: tuple[str, ...] = ()

    @property
    def whole(self) -> str:
        """What stands here as the subject of a sentence."""
        return f"an item of {self.label}" if self.path and isinstance(self.path[-1], int) else self.label

    @property
    def label(self) -> str:
        """The nearest key's name, as it begins a message."""
        return next((part for part in reversed(self.path) if isinstance(part, str)), "the file")


def _follow(model: type[Record], raw: object, loc: Loc) -> _Spot:
    """Walk pydantic's location through the raw data; the union tags it holds and the owner never typed are skipped."""
    spot = _Spot((), raw, Shape(records=(model,)))
    for part in loc:
        spot = _step(spot, part)
    return spot


def _step(spot: _Spot, part: int | str) -> _Spot:
    inside = spot.value
    if isinstance(part, int):
        items = split_list(inside) if isinstance(inside, str) else inside
        item = items[part] if isinstance(items, list | tuple) and part < len(items) else None
        return replace(spot, path=(*spot.path, part), value=item, shape=shape(spot.shape.item), record=None)
    if part == "[key]":
        return replace(spot, value=spot.path[-1], key=True)
    typed = isinstance(inside, Mapping) and part in inside
    value = inside.get(part) if isinstance(inside, Mapping) else None
    if spot.shape.entry is not None:
        return replace(spot, path=(*spot.path, part), value=value, shape=shape(spot.shape.entry), record=None)
    record = spot.shape.record(inside)
    info = fields(record).get(part) if record is not None else None
    if info is None and not typed and (record is None or part in spot.shape.tagged()):
        return spot  # a union's tag
    return _Spot(
        (*spot.path, part),
        value,
        shape(info.annotation) if info is not None else Shape(),
        info,
        spot.public and info is not None and _published(info, inside),
        record,
        typed,
        beside=tuple(inside) if isinstance(inside, Mapping) else (),
    )


def _published(info: FieldInfo, record: object) -> bool:
    """Whether the field may be published in this very record: its condition is met by what is typed there."""
    public = mark(info, Public)
    if public is None or not public.when:
        return public is not None
    condition = record.get(public.when) if isinstance(record, Mapping) else None
    return isinstance(condition, str) and (condition in {"yes", "true"} or _DAY.fullmatch(condition) is not None)


def _tell(details: ErrorDetails, spot: _Spot, *, row: bool) -> tuple[str, str, str] | None:
    """Return code, message and hint of one complaint; None for an echo of another one."""
    kind = details["type"]
    context: Mapping[str, Any] = details.get("ctx", {})
    if kind in {"too_short", "too_long"}:
        return _length(kind, context, spot)
    told: tuple[str, str, str] | None
    if kind.startswith("union_tag"):
        told = _tag(spot)
    elif kind == "missing" or spot.value is None:
        told = None if _renamed(spot) else _missing(spot, row=row)
    elif _OURS.fullmatch(kind):
        told = _cell(kind, str(context["what"]), str(context["hint"]), spot)
    elif kind == "extra_forbidden":
        told = ("D404", *unknown_key(spot.label, tuple(fields(spot.record)) if spot.record is not None else ()))
    elif kind in _SHAPES:
        told = ("D406", f"{spot.whole} is {_noun(spot.value)} where {spot.shape.noun} belongs", _shape_hint(spot))
    else:
        told = ("D406", f"{spot.whole} cannot be read", _described(spot))
    return told


def _renamed(spot: _Spot) -> bool:
    """Whether a missing key stands there after all, misspelt: that is one mistake and is told as an unknown key."""
    known = fields(spot.record) if spot.record is not None else {}
    return not spot.typed and any(near(key, known) == spot.label for key in spot.beside if key not in known)


def _missing(spot: _Spot, *, row: bool) -> tuple[str, str, str]:
    if spot.path and isinstance(spot.path[-1], int):
        return "D201", f"an item of {spot.label} is empty", "write something there, or take it out"
    described = _described(spot)
    if row or spot.typed:
        return "D201", f"{spot.label} is empty", f"write {described}" if described else "fill it in"
    above = next((part for part in reversed(spot.path[:-1]) if isinstance(part, str)), "")
    where = f" in {above}" if above else ""
    hint = f"add {spot.label}: {described}" if described else f"add {spot.label}"
    return "D405", f'the key "{spot.label}" is missing{where}', hint


def _described(spot: _Spot) -> str:
    """Return what belongs there in the field's own words: a date like 2026-10-31 (when they agreed)."""
    if spot.info is None:
        return ""
    cell, about = mark(spot.info, Cell), mark(spot.info, About)
    form = cell.words if cell is not None and not spot.shape.records else spot.shape.noun
    return f"{form} ({about.words[0].lower()}{about.words[1:]})" if about is not None else form


def _cell(code: str, what: str, hint: str, spot: _Spot) -> tuple[str, str, str]:
    """A cell of the wrong form. what: "is not a date"; quoted if it may be published or nearly is a known word."""
    typed = spot.value if isinstance(spot.value, str) else None
    if typed is None:
        return "D406", f"{spot.whole} is {_noun(spot.value)} where {_single(spot)} belongs", hint
    if spot.key:
        return code, f"{named_key(typed)} {what}", hint
    cell = mark(spot.info, Cell) if spot.info is not None else None
    meant = near(typed, cell.choices) if cell is not None and code == "D206" else None
    if meant is not None:
        return code, f"{spot.label} {quoted(typed)} {what}", f'did you mean "{meant}"?'
    if code == "D211" and spot.info is not None and spot.info.is_required():
        hint = "write the real one: this cannot be left out"
    return code, f"{spot.label} {quoted(typed)} {what}" if spot.public else f"{spot.label} {what}", hint


def _tag(spot: _Spot) -> tuple[str, str, str]:
    known = tuple(spot.shape.tagged())
    typed = spot.value.get("type") if isinstance(spot.value, Mapping) else None
    if typed is None:
        return "D405", f'the key "type" is missing in {spot.label}', f"add type: one of {', '.join(known)}"
    if not isinstance(typed, str):
        return "D406", f"type is {_noun(typed)} where one word belongs", f"write one of {', '.join(known)}"
    hint = did_you_mean(typed, known) or f"write one of {', '.join(known)}"
    return "D206", f"type {quoted(typed)} is not one of the words this field knows", hint


def _length(kind: str, context: Mapping[str, Any], spot: _Spot) -> tuple[str, str, str] | None:
    count = len(spot.value) if isinstance(spot.value, list | tuple | Mapping) else 0
    if kind == "too_long":
        return "D204", f"{spot.label} holds {count} entries", f"at most {context['max_length']} are allowed"
    if count >= context["min_length"]:
        return None  # pydantic counts only the items it accepted; the others have complaints of their own
    return (
        "D405",
        f"{spot.label} is empty",
        f"add at least {'one' if context['min_length'] == 1 else context['min_length']}: {_described(spot)}",
    )


def _noun(value: object) -> str:
    if isinstance(value, Mapping):
        return "a group of keys and values"
    return "a list" if isinstance(value, list | tuple) else "a text"


def _single(spot: _Spot) -> str:
    cell = mark(spot.info, Cell) if spot.info is not None else None
    return "one word" if cell is not None and cell.choices else "a single value"


def _shape_hint(spot: _Spot) -> str:
    if spot.shape.item is not None:
        records = shape(spot.shape.item).records
        if records:
            keys = ", ".join(fields(records[0])) if len(records) == 1 else "type and the rest"
            return f"begin each with a dash, and write its keys and values behind it: {keys}"
        return f"write {spot.label}: [first, second], or one line for each that begins with a dash"
    known = fields(spot.shape.records[0]) if len(spot.shape.records) == 1 else ()
    return f"write keys and values below it: {', '.join(known)}" if known else "write keys and values below it"
