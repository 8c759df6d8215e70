"""Another valid value of the same type: texts and addresses carry a mark that is found again in any disguise."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import get_args

from site_builder.model import cells as types
from site_builder.model.marks import Cell as Form
from site_builder.model.marks import Ref, mark
from tests.privacy.cells import Cell

DAYS_BACK = timedelta(days=17)
_MONTHS = 12


def mark_of(number: int) -> str:
    """A word that stands nowhere else, in letters and digits that every address may hold."""
    return f"kanari{number:05d}vogel"


def prose_of(number: int) -> str:
    """The same in a text with everything that is ever escaped; it is long, and it is a name of several words."""
    return f"""Kanarí{number:05d}vögel & "Söhne" <b>'{mark_of(number)}'</b> 100% {{{{ zirpt }}}} \\ straße @ Zürich"""


def form_of(kind: object) -> Form:
    """How the cells of a type look."""
    return next(each for each in get_args(kind) if isinstance(each, Form))


def _letters(number: int, alphabet: str, size: int) -> str:
    return "".join(alphabet[number // len(alphabet) ** place % len(alphabet)] for place in range(size))


_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MAKERS: Mapping[Form, Callable[[int], str]] = {
    form_of(types.Email): lambda number: f"{mark_of(number)}@{mark_of(number)}.example",
    form_of(types.Host): lambda number: f"{mark_of(number)}.example",
    form_of(types.Url): lambda number: f"https://{mark_of(number)}.example/{mark_of(number)}",
    form_of(types.Phone): lambda number: f"+44 113 497 {number:04d}",
    form_of(types.Slug): mark_of,
    form_of(types.Slugs): lambda number: f"{mark_of(number)}-a;{mark_of(number)}-b",
    form_of(types.Text): prose_of,
    form_of(types.Prose): prose_of,
    form_of(types.Texts): lambda number: f"{prose_of(number)};{mark_of(number)}",
    form_of(types.LinkCode): lambda number: "Z" + _letters(number, _CROCKFORD, 7),
    form_of(types.LinkCodes): lambda number: "Y" + _letters(number, _CROCKFORD, 7),
    form_of(types.Score): lambda number: str(number % 11),
    form_of(types.Percent): lambda number: str(1 + number % 99),
    form_of(types.Colour): lambda number: f"#{number:06x}",
}


@dataclass(frozen=True)
class World:
    """What values may refer to. keys: by the table or list a reference names; pictures: in content/media/; incentives: ids."""

    keys: Mapping[str, tuple[str, ...]]
    pictures: tuple[str, ...]
    incentives: tuple[str, ...]

    def next_of(self, table: str, key: str) -> str:
        """Another key of the same table: each becomes the next, so that no two become one."""
        return _next(self.keys[table], key)


def _next(known: Iterable[str], value: str) -> str:
    words = [*known]
    return words[(words.index(value) + 1) % len(words)] if value in words else words[0]


def another(cell: Cell, number: int, world: World) -> str:
    """Return a valid value of the cell's type that it does not have now. number: of this cell, for its mark."""
    if cell.info is None:
        return f"{prose_of(number)}\n"
    ref, form = mark(cell.info, Ref), mark(cell.info, Form)
    if ref is not None:
        return world.next_of(ref.table, cell.value)
    if cell.name == "prefers":
        return _next(world.incentives, cell.value)
    if form is None:
        raise AssertionError(f"{cell.path}: nothing says what {cell.name} looks like")
    if form == form_of(types.FileName):
        return _next(world.pictures, cell.value)
    if form in _MAKERS:
        made = _MAKERS[form](number)
        return _MAKERS[form](number + 1) if made == cell.value else made
    return _by_type(cell, form, number)


def _by_type(cell: Cell, form: Form, number: int) -> str:
    if form.choices or form.known:
        return str(_next(form.choices or form.known, cell.value))  # a word of a closed list is more than a text
    if form.type == "boolean":
        empty = "yes" if cell.info is not None and cell.info.default is True else "no"
        return "no" if (cell.value or empty) in {"yes", "true"} else "yes"
    if form.type == "date":
        return str(date.fromisoformat(cell.value or "2025-06-17") - DAYS_BACK)
    if re.fullmatch(form.pattern, "2026-01"):
        year, month = map(int, (cell.value or "2026-01").split("-"))
        return f"{year - (month == 1):04d}-{(month - 2) % _MONTHS + 1:02d}"
    if form.type in {"number", "integer"}:
        return str(1 + number % 97 + (cell.value == str(1 + number % 97)))
    raise AssertionError(f"{cell.path}: no other value of {cell.name} is known, {form.words}")
