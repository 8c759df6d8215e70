"""What expressions in a template come to; names that lead to nothing are noted on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from jinja2 import nodes

from site_builder.render.contract import shapes
from site_builder.render.contract.filters import filtered, named_parts
from site_builder.render.contract.findings import Findings
from site_builder.render.contract.shapes import ANY, TEXT, TRUTH, Several, Shape, either
from site_builder.render.contract.sources import Sources, Template

Scope = dict[str, Shape]
"""The names that are known at a place."""


@dataclass(frozen=True, slots=True)
class Macro:
    """A macro and where it is defined: it is read with the arguments of each call."""

    node: nodes.Macro
    template: Template = field(compare=False)
    scope: Scope = field(compare=False)


@dataclass(frozen=True, slots=True)
class PageKinds:
    """The kinds of page there are with the parameters of their routes, and the one that is read for; "" for none known."""

    params: Mapping[str, tuple[str, ...]]
    here: str


class Values:
    """Works out shapes. call: reads a macro with arguments."""

    def __init__(
        self, sources: Sources, findings: Findings, kinds: PageKinds, call: Callable[[Macro, Mapping[str, Shape]], None]
    ) -> None:
        """Take what is known, and where to note what leads to nothing."""
        self._sources = sources
        self._findings = findings
        self._kinds = kinds
        self._call_macro = call

    def value(self, node: nodes.Node, scope: Scope) -> Shape:
        """Return the shape of an expression."""
        read: Callable[[nodes.Node, Scope], Shape] = getattr(self, f"_{type(node).__name__.lower()}", self._unknown)
        return read(node, scope)

    def holds(self, node: nodes.Node, scope: Scope) -> bool | None:
        """Say whether a condition holds on this kind of page; None when that shows only while rendering."""
        match node:
            case nodes.Not():
                inner = self.holds(node.node, scope)
                return None if inner is None else not inner
            case nodes.And() | nodes.Or():
                settles = isinstance(node, nodes.Or)
                sides = [self.holds(node.left, scope), self.holds(node.right, scope)]
                return settles if settles in sides else None if None in sides else not settles
            case nodes.Test(name="defined" | "undefined"):
                return None if self._exists(node.node, scope) else node.name == "undefined"
            case nodes.Compare(ops=[nodes.Operand()]) if self._kinds.here and "page" in scope and said(node.expr) == "page.kind":
                return _compared(self._kinds.here, node.ops[0])
        return None

    def _unknown(self, node: nodes.Node, scope: Scope) -> Shape:
        """Read what an expression is made of."""
        for child in node.iter_child_nodes():
            self.value(child, scope)
        return ANY

    def _const(self, node: nodes.Const, _scope: Scope) -> Shape:
        return ANY if node.value is None else (type(node.value),)

    def _templatedata(self, _node: nodes.TemplateData, _scope: Scope) -> Shape:
        return TEXT

    def _concat(self, node: nodes.Concat, scope: Scope) -> Shape:
        self._unknown(node, scope)
        return TEXT

    def _compare(self, node: nodes.Compare, scope: Scope) -> Shape:
        self._unknown(node, scope)
        return TRUTH

    _not = _compare

    def _tuple(self, node: nodes.Tuple | nodes.List, scope: Scope) -> Shape:
        return (Several(either(*(self.value(each, scope) for each in node.items))),)

    _list = _tuple

    def _and(self, node: nodes.And | nodes.Or, scope: Scope) -> Shape:
        left = self.value(node.left, scope)
        if self.holds(node.left, scope) is isinstance(node, nodes.Or):
            return left
        return either(left, self.value(node.right, scope))

    _or = _and

    def _condexpr(self, node: nodes.CondExpr, scope: Scope) -> Shape:
        self.value(node.test, scope)
        holds = self.holds(node.test, scope)
        ways = [node.expr1] if holds is not False else []
        ways += [node.expr2] if node.expr2 is not None and holds is not True else []
        return either(*(self.value(way, scope) for way in ways))

    def _name(self, node: nodes.Name, scope: Scope) -> Shape:
        if node.name in scope:
            return scope[node.name]
        # A template that no page is known to use may be included by a name that is worked out, and be handed anything.
        if node.name not in self._sources.functions and self._kinds.here:
            self._findings.tell(node, f'there is no "{node.name}"', node.name, (*scope, *self._sources.functions))
        return self._sources.functions.get(node.name, ANY)

    def _getattr(self, node: nodes.Getattr, scope: Scope) -> Shape:
        return self._member(node, node.attr, self.value(node.node, scope))

    def _getitem(self, node: nodes.Getitem, scope: Scope) -> Shape:
        value = self.value(node.node, scope)
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            return self._member(node, node.arg.value, value)
        self.value(node.arg, scope)
        return value if isinstance(node.arg, nodes.Slice) else shapes.item(value)

    def _member(self, node: nodes.Getattr | nodes.Getitem | nodes.Filter, name: str, value: Shape) -> Shape:
        found = shapes.member(value, name)
        if found is None:
            of = said(node.node) if node.node is not None else "this"
            self._findings.tell(node, f'{of} has no "{name}"', name, shapes.members(value))
        return found or ANY

    def _filter(self, node: nodes.Filter, scope: Scope) -> Shape:
        if node.name not in self._sources.env.filters:
            self._findings.tell(node, f'there is no filter "{node.name}"', node.name, self._sources.env.filters)
        with self._findings.quiet() if node.name in {"default", "d"} else self._findings.inside(self._findings.here):
            value = TEXT if node.node is None else self.value(node.node, scope)
        given = [self.value(each, scope) for each in (*node.args, *(named.value for named in node.kwargs))]
        part, of = ANY, shapes.item(value)
        for name in named_parts(node):
            part = of = self._member(node, name, of)
        return filtered(node.name, value, part, given)

    def _test(self, node: nodes.Test, scope: Scope) -> Shape:
        if node.name not in self._sources.env.tests:
            self._findings.tell(node, f'there is no test "{node.name}"', node.name, self._sources.env.tests)
        if node.name not in {"defined", "undefined"}:
            self._unknown(node, scope)
        return TRUTH

    def _exists(self, node: nodes.Node, scope: Scope) -> bool:
        if isinstance(node, nodes.Name):
            return node.name in scope or node.name in self._sources.functions
        if not isinstance(node, nodes.Getattr):
            return True
        with self._findings.quiet():
            value = self.value(node.node, scope)
        return self._exists(node.node, scope) and shapes.member(value, node.attr) is not None

    def _call(self, node: nodes.Call, scope: Scope) -> Shape:
        called = self.value(node.node, scope)
        given = [self.value(each, scope) for each in node.args]
        named = {each.key: self.value(each.value, scope) for each in node.kwargs}
        more = [each for each in (node.dyn_args, node.dyn_kwargs) if each is not None]
        for each in more:
            self.value(each, scope)
        macros = [part for part in called if isinstance(part, Macro)]
        for macro in macros:
            self._arguments(node, macro, given, named)
        if isinstance(node.node, nodes.Name) and node.node.name not in scope and not more:
            self._address(node, node.node.name, named)
        return TEXT if macros else shapes.returned(called)

    def _arguments(self, node: nodes.Call, macro: Macro, given: list[Shape], named: Mapping[str, Shape]) -> None:
        wanted = [each.name for each in macro.node.args]
        for name in named:
            if name not in (*wanted, "caller") and "kwargs" not in {each.name for each in macro.node.find_all(nodes.Name)}:
                self._findings.tell(node, f'{macro.node.name} takes no "{name}"', name, wanted)
        if node.dyn_args is None and node.dyn_kwargs is None:
            self._call_macro(macro, {**dict(zip(wanted, given, strict=False)), **named})

    def _address(self, node: nodes.Call, name: str, named: Mapping[str, Shape]) -> None:
        """Judge url_for("kind", param=…) and has("kind")."""
        kind = node.args[0] if node.args else None
        if name not in {"url_for", "has"} or not isinstance(kind, nodes.Const):
            return
        params = self._kinds.params.get(kind.value)
        if params is None:
            self._findings.tell(node, f'there is no kind of page "{kind.value}"', str(kind.value), self._kinds.params)
        elif name == "url_for" and set(params) != set(named):
            takes = f"takes {', '.join(params)}" if params else "takes nothing else"
            self._findings.tell(node, f'url_for("{kind.value}") {takes}')


def names(target: nodes.Node) -> Iterator[str]:
    """Return the names a loop or a set gives values to."""
    return (each.name for each in (target, *target.find_all(nodes.Name)) if isinstance(each, nodes.Name))


def said(node: nodes.Node) -> str:
    """Return an expression as its author would say it: view.positioning."""
    match node:
        case nodes.Name():
            return str(node.name)
        case nodes.Getattr():
            return f"{said(node.node)}.{node.attr}"
        case nodes.Call():
            return f"{said(node.node)}()"
        case nodes.Filter() if node.node is not None:
            return f"{said(node.node)}|{node.name}"
        case nodes.Getitem():
            return f"{said(node.node)}[…]"
    return "this"


def _compared(kind: str, operand: nodes.Operand) -> bool | None:
    try:
        value = operand.expr.as_const()
    except nodes.Impossible:
        return None
    known = value if isinstance(value, tuple | list) else (value,)
    there = {"eq": True, "in": True, "ne": False, "notin": False}.get(operand.op)
    return None if there is None else (kind in known) is there
