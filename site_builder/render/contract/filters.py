"""What filters make of a value, as far as it can be told without rendering."""

from __future__ import annotations

from jinja2 import nodes

from site_builder.render.contract import shapes
from site_builder.render.contract.shapes import ANY, TEXT, Several, Shape, either

_SAME = frozenset({"list", "sort", "reverse", "select", "reject", "selectattr", "rejectattr", "unique"})
_ONE = frozenset({"first", "last", "min", "max", "random"})
_TEXTS = frozenset(
    {
        *("capitalize", "e", "escape", "forceescape", "format", "indent", "join", "lower", "replace", "string", "striptags"),
        *("title", "trim", "truncate", "upper", "urlencode", "wordwrap"),
        *("date", "date_short", "month", "month_short", "money", "number", "percent", "markdown"),
    }
)
_BY_FIRST = frozenset({"selectattr", "rejectattr", "groupby"})
_BY_NAME = frozenset({"map", "sort", "unique", "min", "max", "sum", "join"})


def named_parts(node: nodes.Filter) -> tuple[str, ...]:
    """Return the names a filter looks up on each item, outermost first: ("client", "name") for map(attribute="client.name")."""
    given: nodes.Node | None = None
    if node.name in _BY_FIRST and node.args:
        given = node.args[0]
    elif node.name in _BY_NAME:
        given = next((each.value for each in node.kwargs if each.key == "attribute"), None)
    if not isinstance(given, nodes.Const) or not isinstance(given.value, str):
        return ()
    parts = given.value.split(",")[0].split(".")
    return () if any(part.isdigit() for part in parts) else tuple(parts)


def filtered(name: str, value: Shape, part: Shape, given: list[Shape]) -> Shape:
    """Return what comes out of a filter. part: what it looked up on each item; given: its arguments."""
    if name == "map":
        return (Several(part),) if part else ANY
    if name in _SAME:
        items = shapes.item(value)
        return (Several(items),) if items else ANY
    if name in _ONE:
        return shapes.item(value)
    if name in {"default", "d"}:
        return either(value, *given)
    return TEXT if name in _TEXTS else ANY
