"""The templates of an environment as they are read, not rendered: each file once, whatever names lead to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from jinja2 import DictLoader, Environment, TemplateNotFound, TemplateSyntaxError, nodes

from site_builder.render.contract.shapes import ANY, Shape, function

_LEADS = re.compile(r"\{%[-+]?\s*(extends|include|import|from)\b(.*?)%\}", re.DOTALL)
_QUOTED = re.compile(r"[\"']([^\"']+)[\"']")


@dataclass(frozen=True, eq=False)
class Template:
    """A template's file and what it says. ours: it is one of those to check."""

    path: Path
    text: str
    env: Environment
    ours: bool

    @cached_property
    def tree(self) -> nodes.Template:
        """What the template says; nothing when it cannot be read."""
        return self._parsed if isinstance(self._parsed, nodes.Template) else nodes.Template([])

    @property
    def unreadable(self) -> TemplateSyntaxError | None:
        """Why it cannot be read; None when it can."""
        return self._parsed if isinstance(self._parsed, TemplateSyntaxError) else None

    @cached_property
    def _parsed(self) -> nodes.Template | TemplateSyntaxError:
        try:
            return self.env.parse(self.text, filename=str(self.path))
        except TemplateSyntaxError as error:
            return error

    @cached_property
    def extends(self) -> nodes.Extends | None:
        """The tag with which it extends another template."""
        return next(iter(self.tree.find_all(nodes.Extends)), None)

    @cached_property
    def blocks(self) -> tuple[nodes.Block, ...]:
        """Its blocks, those within others too."""
        return tuple(self.tree.find_all(nodes.Block))

    @cached_property
    def definitions(self) -> list[nodes.Node]:
        """Its statements that give names a meaning, outside blocks."""
        kinds = nodes.Assign | nodes.AssignBlock | nodes.Import | nodes.FromImport | nodes.Macro
        return [node for node in self.tree.body if isinstance(node, kinds)]

    @cached_property
    def defines(self) -> frozenset[str]:
        """The names that others can import."""
        given = {name.name for name in self.tree.find_all(nodes.Name) if name.ctx == "store"}
        return frozenset(given | {macro.name for macro in self.tree.find_all(nodes.Macro)})

    def leads_to(self, *, extended: bool = True) -> Iterator[str]:
        """Yield the names of templates it includes, imports or extends, read without parsing; too many do no harm."""
        for tag, said in _LEADS.findall(self.text):
            if extended or tag != "extends":
                yield from _QUOTED.findall(said)


class Sources:
    """Finds templates by name. ours: the folder of those to check. functions: what every template can call."""

    def __init__(self, env: Environment, ours: Path) -> None:
        """Take the environment that will render."""
        self.env = env
        self.functions: Mapping[str, Shape] = {
            name: function(value) if callable(value) else ANY for name, value in env.globals.items()
        }
        self._loader = env.loader or DictLoader({})
        self._ours = ours
        self._by_path: dict[Path, Template] = {}
        self._by_name: dict[str, Template | None] = {}
        self._reaching: dict[tuple[Path, bool], bool] = {}

    def find(self, name: str) -> Template | None:
        """Return a template; None when there is none of that name."""
        if name not in self._by_name:
            self._by_name[name] = self._load(name)
        return self._by_name[name]

    def ours(self) -> Iterator[Template]:
        """Yield every template of the folder to check, read or not."""
        for path in sorted(self._ours.rglob("*")):
            if path.is_file() and not path.name.startswith(".") and (found := self.find(path.relative_to(self._ours).as_posix())):
                yield found

    def reaches_ours(self, template: Template, *, extended: bool = True) -> bool:
        """Say whether a template is to be checked, or leads to one that is. extended: also by what it extends."""
        if (template.path, extended) not in self._reaching:
            others = (found for name in template.leads_to(extended=extended) if (found := self.find(name)))
            self._reaching[template.path, extended] = template.ours or any(
                reached.ours for other in others for reached in self._reached(other)
            )
        return self._reaching[template.path, extended]

    def _reached(self, template: Template) -> Iterator[Template]:
        pending, seen = [template], {template.path}
        while pending:
            here = pending.pop()
            yield here
            others = (found for name in here.leads_to() if (found := self.find(name)) and found.path not in seen)
            for other in others:
                seen.add(other.path)
                pending.append(other)

    def _load(self, name: str) -> Template | None:
        try:
            text, filename, _ = self._loader.get_source(self.env, name)
        except (TemplateNotFound, UnicodeDecodeError):
            return None
        path = Path(filename or name)
        if path not in self._by_path:
            self._by_path[path] = Template(path, text, self.env, path.is_relative_to(self._ours))
        return self._by_path[path]
