"""What was found while reading templates, and where the reading stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import nodes

from site_builder.render.contract.sources import Template


@dataclass(frozen=True, slots=True)
class Finding:
    """A name that leads to nothing. known: what there is instead, for a hint."""

    path: Path
    line: int
    message: str
    name: str = ""
    known: tuple[str, ...] = field(default=(), compare=False)


class Findings:
    """The findings of one reading, each once, in templates that are to be checked; read: the files it came through."""

    def __init__(self, template: Template) -> None:
        """Begin in a template."""
        self.found: dict[Finding, None] = {}
        self.read: set[Path] = set()
        self.here = template
        self._quiet = False
        self._done: set[tuple[object, ...]] = set()

    def tell(self, node: nodes.Node, message: str, name: str = "", known: Iterable[str] = ()) -> None:
        """Note a name that leads to nothing, at its line of the present template."""
        self.tell_at(node.lineno, message, name, known)

    def tell_at(self, line: int, message: str, name: str, known: Iterable[str]) -> None:
        """Note a name that leads to nothing."""
        if self.here.ours and not self._quiet:
            self.found[Finding(self.here.path, line, message, name, tuple(sorted(known)))] = None

    @contextmanager
    def inside(self, template: Template) -> Iterator[None]:
        """Read in another template for a while."""
        outer, self.here = self.here, template
        self.read.add(template.path)
        yield
        self.here = outer

    @contextmanager
    def quiet(self, *, so: bool = True) -> Iterator[None]:
        """Note nothing for a while: of what was read before, or is asked whether it is there. so: False ends a silence."""
        outer, self._quiet = self._quiet, so
        yield
        self._quiet = outer

    def once(self, *what: object) -> bool:
        """Say whether something is read for the first time in this way."""
        new = what not in self._done
        self._done.add(what)
        return new
