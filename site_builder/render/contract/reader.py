"""Reads a template as one kind of page would render it, but every branch of it, with all it extends, includes and calls."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path

from jinja2 import nodes

from site_builder.render.contract import shapes
from site_builder.render.contract.findings import Findings
from site_builder.render.contract.shapes import ANY, TEXT, Group, Shape, either
from site_builder.render.contract.sources import Sources, Template
from site_builder.render.contract.values import Macro, PageKinds, Scope, Values, names

_LOOP = Group(
    tuple(
        (name, ANY)
        for name in (
            *("index", "index0", "revindex", "revindex0", "first", "last", "length", "depth", "depth0"),
            *("cycle", "changed", "previtem", "nextitem"),
        )
    )
)
_IN_MACROS = dict.fromkeys(("varargs", "kwargs", "caller"), ANY)
_IN_BLOCKS = dict.fromkeys(("self", "super"), ANY)
Blocks = Mapping[str, tuple[tuple[Template, nodes.Block], ...]]
"""By name, the blocks of a template and of those it extends, nearest first."""


def read(sources: Sources, template: Template, scope: Scope, kinds: PageKinds) -> Findings:
    """Return what leads to nothing in a template and in all that it comes through. scope: what it is handed."""
    findings = Findings(template)
    _Reader(sources, findings, kinds).page(template, scope)
    return findings


class _Reader:
    def __init__(self, sources: Sources, findings: Findings, kinds: PageKinds) -> None:
        self._sources = sources
        self._findings = findings
        self._values = Values(sources, findings, kinds, self._macro_called)
        self._blocks: Blocks = {}

    def page(self, template: Template, scope: Scope) -> None:
        """Read a template with those it extends: what stands outside blocks first, for blocks see what it defines."""
        chain = tuple(self._chain(template))
        outer, self._blocks = self._blocks, _blocks(chain)
        context = scope | _IN_BLOCKS
        for each in chain:
            with self._findings.inside(each):
                self._all(each.tree.body if self._counts(each) else each.definitions, context)
        for several in self._blocks.values():
            if not any(block.scoped for _, block in several):
                self._each(several, context)
        for place, (below, above) in enumerate(pairwise(chain), start=1):
            self._never_shown(below, above.path.name, chain[place:])
        self._blocks = outer

    def _counts(self, template: Template) -> bool:
        """Say whether to read what a template shows: it is to be checked, or calls upon one that is."""
        return self._sources.reaches_ours(template, extended=False)

    def _chain(self, template: Template) -> Iterator[Template]:
        """Yield a template and those it extends, nearest first."""
        seen: set[Path] = set()
        here: Template | None = template
        while here and here.path not in seen:
            yield here
            seen.add(here.path)
            with self._findings.inside(here):
                here = self._template(here.extends.template) if here.extends else None

    def _template(self, name: nodes.Expr, *, may_miss: bool = False) -> Template | None:
        """Return the template an expression names; None where it is worked out while rendering, or does not exist."""
        if not isinstance(name, nodes.Const):
            return None
        found = self._sources.find(str(name.value))
        if found is None and not may_miss:
            self._findings.tell(name, f"there is no template {name.value}", str(name.value), self._sources.env.list_templates())
        return found

    def _never_shown(self, below: Template, parent: str, above: tuple[Template, ...]) -> None:
        """A block that nothing above has is never shown."""
        known = {block.name for each in above for block in each.blocks}
        with self._findings.inside(below):
            for block in (each for each in below.tree.body if isinstance(each, nodes.Block) and each.name not in known):
                self._findings.tell(block, f'{parent} has no block "{block.name}": it is never shown', block.name, known)

    def _each(self, several: tuple[tuple[Template, nodes.Block], ...], scope: Scope) -> None:
        for template, block in several:
            if self._counts(template):
                with self._findings.inside(template):
                    self._all(block.body, dict(scope))

    def _all(self, body: list[nodes.Node], scope: Scope) -> None:
        for node in body:
            do: Callable[[nodes.Node, Scope], None] = getattr(self, f"_{type(node).__name__.lower()}", self._other)
            do(node, scope)

    def _other(self, node: nodes.Node, scope: Scope) -> None:
        for child in node.iter_child_nodes():
            if isinstance(child, nodes.Stmt):
                self._all([child], scope)
            else:
                self._values.value(child, scope)

    def _extends(self, node: nodes.Extends, scope: Scope) -> None:
        """Followed from the start, see _chain."""

    def _block(self, node: nodes.Block, scope: Scope) -> None:
        """Only a scoped block sees what stands around it; the others are read by themselves."""
        if node.scoped:
            self._each(self._blocks.get(node.name, ()), scope)

    def _if(self, node: nodes.If, scope: Scope) -> None:
        for branch in (node, *node.elif_):
            self._values.value(branch.test, scope)
            holds = self._values.holds(branch.test, scope)
            if holds is not False:
                self._all(branch.body, scope)
            if holds:
                return
        self._all(node.else_, scope)

    def _for(self, node: nodes.For, scope: Scope) -> None:
        inside = {name: value for name, value in scope.items() if name not in set(names(node.target))}
        self._give(node.target, shapes.item(self._values.value(node.iter, scope)), inside)
        inside["loop"] = (_LOOP,)
        if node.test is not None:
            self._values.value(node.test, inside)
        self._all(node.body, inside)
        self._all(node.else_, dict(scope))

    def _assign(self, node: nodes.Assign, scope: Scope) -> None:
        self._give(node.target, self._values.value(node.node, scope), scope)

    def _assignblock(self, node: nodes.AssignBlock, scope: Scope) -> None:
        self._all(node.body, dict(scope))
        self._give(node.target, TEXT, scope)

    def _give(self, target: nodes.Node, value: Shape, scope: Scope) -> None:
        """Give names their values; a name set twice may be either, whichever branch was taken."""
        if isinstance(target, nodes.Name):
            scope[target.name] = either(scope[target.name], value) if target.name in scope else value
        elif isinstance(target, nodes.Tuple):
            for part, each in zip(target.items, shapes.unpacked(value, len(target.items)), strict=True):
                self._give(part, each, scope)

    def _with(self, node: nodes.With, scope: Scope) -> None:
        inside = dict(scope)
        for target, value in zip(node.targets, node.values, strict=True):
            inside.update(dict.fromkeys(names(target), self._values.value(value, scope)))
        self._all(node.body, inside)

    def _callblock(self, node: nodes.CallBlock, scope: Scope) -> None:
        self._values.value(node.call, scope)
        self._all(node.body, scope | {each.name: ANY for each in node.args})

    def _filterblock(self, node: nodes.FilterBlock, scope: Scope) -> None:
        self._values.value(node.filter, scope)
        self._all(node.body, dict(scope))

    def _macro(self, node: nodes.Macro, scope: Scope) -> None:
        """Known from here on, and read once as if nobody knew its arguments: it may have no call."""
        macro = Macro(node, self._findings.here, scope)
        scope[node.name] = (macro,)
        self._macro_called(macro, {})

    def _macro_called(self, macro: Macro, given: Mapping[str, Shape]) -> None:
        arguments = {each.name: given.get(each.name, ANY) for each in macro.node.args}
        if not self._counts(macro.template):
            return
        # Without a context a macro does not see the site: the same macro can be read both ways.
        if self._findings.once(id(macro.node), tuple(arguments.values()), "site" in macro.scope):
            inside = macro.scope | _IN_MACROS | arguments
            with self._findings.inside(macro.template), self._findings.quiet(so=False):
                for value in macro.node.defaults:
                    self._values.value(value, inside)
                self._all(macro.node.body, inside)

    def _include(self, node: nodes.Include, scope: Scope) -> None:
        template = self._template(node.template, may_miss=node.ignore_missing)
        given = scope if node.with_context else {}
        seen = tuple(sorted(given.items(), key=lambda pair: pair[0]))
        if template and self._sources.reaches_ours(template) and self._findings.once(template.path, seen):
            self.page(template, given)

    def _import(self, node: nodes.Import, scope: Scope) -> None:
        defined = self._defined(node, scope)
        scope[node.target] = ANY if defined is None else (Group(tuple(defined.items())),)

    def _fromimport(self, node: nodes.FromImport, scope: Scope) -> None:
        defined = self._defined(node, scope)
        for each in node.names:
            name, alias = each if isinstance(each, tuple) else (each, each)
            if defined is not None and name not in defined:
                self._not_defined(node, name, defined)
            scope[alias] = (defined or {}).get(name, ANY)

    def _defined(self, node: nodes.Import | nodes.FromImport, scope: Scope) -> Scope | None:
        """Return what an imported template defines; None where nobody knows."""
        template = self._template(node.template)
        if template is None:
            return None
        inside = dict(scope) if node.with_context else {}
        first = self._findings.once(template.path, node.with_context)
        with self._findings.inside(template), self._findings.quiet(so=not first):
            self._all(template.tree.body, inside)
        return {name: inside[name] for name in template.defines if name in inside}

    def _not_defined(self, node: nodes.FromImport, name: str, defined: Scope) -> None:
        """Tell it where it is asked for, or, where that is none of ours, where it should have been defined."""
        template = self._template(node.template)
        if self._findings.here.ours or template is None:
            self._findings.tell(node, f'{_const(node.template)} has no "{name}"', name, defined)
            return
        message = f'{_const(node.template)} has no "{name}", which {self._findings.here.path.name} asks it for'
        with self._findings.inside(template):
            self._findings.tell_at(1, message, name, defined)


def _blocks(chain: tuple[Template, ...]) -> Blocks:
    found: dict[str, tuple[tuple[Template, nodes.Block], ...]] = {}
    for template in chain:
        for block in template.blocks:
            found[block.name] = (*found.get(block.name, ()), (template, block))
    return found


def _const(node: nodes.Expr) -> str:
    return str(node.value) if isinstance(node, nodes.Const) else ""
