"""YAML as its owner typed it: a small tree of texts, lists and mappings, each knowing its line and column.

Nothing is guessed: `no`, `012` and `1:30` stay texts until a field asks (YAML 1.2 core, less its types), and what a reader
cannot see through at a glance (aliases, anchors, tags, equal keys) is refused. The parser's events are read one by one, so that
size and depth are bounded before anything is built.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from yaml import events
from yaml.error import MarkedYAMLError, YAMLError
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

from site_builder.codes import problem
from site_builder.load.faults import named_key
from site_builder.load.secrets import is_secret_key, places, secret_places
from site_builder.load.yamlfaults import QUOTES, explain
from site_builder.problem import Problem, Source

try:
    from yaml._yaml import CParser
except ImportError:  # PyYAML built without libyaml: slower, the same events
    CParser = None  # type: ignore[assignment,misc]  # the class or nothing, asked in _parser()

LONGEST_YAML = 1024 * 1024
DEEPEST = 64
MOST_NODES = 25_000
_ENOUGH = 100  # problems of one file; whoever made more made them by one slip
_ABSENT = frozenset({"", "~", "null", "Null", "NULL"})
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value as typed; None for nothing at all: an empty value, `null` or `~`."""

    source: Source
    text: str | None


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    source: Source
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A key with its value. source: the key's place."""

    key: str
    source: Source
    value: Node


@dataclass(frozen=True, slots=True)
class Entries:
    """A mapping of keys and values, each key once."""

    source: Source
    entries: tuple[Entry, ...]


Node = Scalar | Items | Entries


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document's tree and everything refused in it. root: None where it would be misleading to read on."""

    root: Entries | None
    problems: tuple[Problem, ...] = ()


def parse(text: str, path: str, *, first_line: int = 1) -> Parsed:
    """Read a document whose root is a mapping; an empty one is a mapping without keys.

    first_line: the physical line the text begins on, for front matter. Repeated keys, anchors and tags are problems and the
    tree goes on; after broken syntax, an alias or a secret inside a value there is no tree.
    """
    where = _Where(path, first_line)
    text = text.removeprefix("\ufeff")
    refused = _too_much(text, where)
    if refused is not None:
        return Parsed(None, (refused,))
    secrets = tuple(
        problem("D407", where.at(line, column), "this looks like a secret", hint=_SECRET_HINT)
        for line, column in secret_places(text)
    )
    builder = _Builder(where)
    builder.problems += [
        problem(
            "D215", where.at(line, column), "this colour is read as a comment", hint='put it in quotes, for example "#0b5d52"'
        )
        for line, column in places(_UNQUOTED_COLOUR, text)
    ]
    try:
        for event in _events(text):
            builder.take(event)
    except YAMLError as error:
        builder.problems.append(_broken(error, text, where))
        return Parsed(None, (*secrets, *builder.problems))
    except _RefusedError as refusal:
        return Parsed(None, (*secrets, *builder.problems, refusal.problem))
    root = None if secrets or builder.has_alias else builder.root
    return Parsed(root, (*secrets, *builder.problems))


_UNQUOTED_COLOUR = re.compile(r"(?<=[:,{] )#[0-9A-Fa-f]{6}(?![0-9A-Za-z])")
_SECRET_HINT = "take it out of the file, keep it in the environment, and have it replaced: it may have been seen"  # noqa: S105  # advice, no secret


@dataclass(frozen=True, slots=True)
class _Where:
    path: str
    first_line: int

    def at(self, line: int, column: int) -> Source:
        """Return the place of a line and column counted from 0."""
        return Source(self.path, line + self.first_line, column + 1)

    def of(self, mark: Any) -> Source:
        """Return the place of a mark; libyaml's and PyYAML's own are two classes of one make."""
        return self.at(mark.line, mark.column)


class _RefusedError(Exception):
    """Reading stops here: going on would be misleading or too much."""

    def __init__(self, refused: Problem) -> None:
        super().__init__(refused.message)
        self.problem = refused


def _too_much(text: str, where: _Where) -> Problem | None:
    if len(text) > LONGEST_YAML:
        return problem("D003", Source(where.path), "the file is larger than 1 MiB", hint="split it, or move lists to a CSV table")
    found = _INVISIBLE.search(text)
    if found is None:
        return None
    before = text[: found.start()].replace("\r\n", "\n").replace("\r", "\n")
    line, column = before.count("\n"), len(before) - before.rfind("\n") - 1
    message = f"an invisible control character (U+{ord(found[0]):04X}) stands here"
    return problem("D401", where.at(line, column), message, hint="delete it and type the place again by hand")


class _PlainParser(Reader, Scanner, Parser):
    """PyYAML's own parser, for machines without libyaml."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)


def _parser(text: str) -> Any:
    return CParser(text) if CParser is not None else _PlainParser(text)


def _events(text: str) -> Iterator[events.Event]:
    parser = _parser(text)
    while parser.check_event():
        yield parser.get_event()


def _broken(error: YAMLError, text: str, where: _Where) -> Problem:
    if not isinstance(error, MarkedYAMLError):
        return problem("D401", where.at(0, 0), "this cannot be read as text", hint="save the file as plain UTF-8 text")
    fault = explain(error, text)
    source = where.at(fault.line, fault.column)
    if "tag" in (error.problem or ""):
        return problem("D403", source, "a value cannot begin with !", hint=QUOTES)
    return problem("D401", source, fault.message, hint=fault.hint)


@dataclass(slots=True)
class _Open:
    """A list or mapping that is still being read. key: of the entry whose value comes next, None where a key does."""

    source: Source
    mapping: bool
    items: list[Node] = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)
    key: tuple[str, Source] | None = None

    def closed(self) -> Items | Entries:
        return Entries(self.source, tuple(self.entries.values())) if self.mapping else Items(self.source, tuple(self.items))


class _Builder:
    """Builds the tree from events on a stack of its own: no depth of the input deepens Python's."""

    def __init__(self, where: _Where) -> None:
        self.root: Entries | None = Entries(where.at(0, 0), ())
        self.problems: list[Problem] = []
        self.has_alias = False
        self._where = where
        self._open: list[_Open] = []
        self._nodes = 0
        self._documents = 0

    def take(self, event: events.Event) -> None:
        """Take the parser's next event; raises _RefusedError where reading must stop."""
        if isinstance(event, events.DocumentStartEvent):
            self._begin(event)
        elif isinstance(event, events.NodeEvent):
            self._bound(event)
            self._visible(event)
            self._node(event)
        elif isinstance(event, events.CollectionEndEvent):
            self._add(self._open.pop().closed())
        if len(self.problems) >= _ENOUGH:
            raise _RefusedError(self.problems.pop())

    def _begin(self, event: events.DocumentStartEvent) -> None:
        self._documents += 1
        source = self._where.of(event.start_mark)
        if self._documents > 1:
            hint = 'take out the line "---" and what follows it'
            raise _RefusedError(problem("D401", source, "a second document begins here", hint=hint))
        if event.tags:
            raise _RefusedError(problem("D403", source, "tags are not read here", hint="take out the lines that begin with %"))

    def _bound(self, event: events.NodeEvent) -> None:
        self._nodes += 1
        source = self._where.of(event.start_mark)
        if len(self._open) >= DEEPEST and isinstance(event, events.CollectionStartEvent):
            hint = "a portal's documents are a few levels deep: look for brackets too many"
            raise _RefusedError(problem("D003", source, f"more than {DEEPEST} levels stand inside each other", hint=hint))
        if self._nodes > MOST_NODES:
            hint = "shorten the file, or move lists to a CSV table"
            raise _RefusedError(problem("D003", source, f"the file holds more than {MOST_NODES:,} values", hint=hint))

    def _visible(self, event: events.NodeEvent) -> None:
        """Refuse what stands for something else; of an alias nothing is left to read."""
        source = self._where.of(event.start_mark)
        if isinstance(event, events.AliasEvent):
            self.has_alias = True
            hint = f"write out what it stands for, or {QUOTES} if the * belongs to it"
            self.problems.append(problem("D403", source, "an alias stands here", hint=hint))
            return
        if event.anchor is not None:
            hint = f"take the word with & out, or {QUOTES} if it belongs to it"
            self.problems.append(problem("D403", source, "an anchor stands here", hint=hint))
        if getattr(event, "tag", None) is not None:
            hint = f"take the word with ! out, or {QUOTES} if it belongs to it"
            self.problems.append(problem("D403", source, "a tag stands here", hint=hint))

    def _node(self, event: events.NodeEvent) -> None:
        source = self._where.of(event.start_mark)
        holder = self._open[-1] if self._open else None
        if isinstance(event, events.CollectionStartEvent):
            if holder is not None and holder.mapping and holder.key is None:
                raise _RefusedError(problem("D401", source, "a list or a group of keys stands where a key belongs", hint=QUOTES))
            self._open.append(_Open(source, isinstance(event, events.MappingStartEvent)))
            return
        text = event.value if isinstance(event, events.ScalarEvent) else ""
        if holder is not None and holder.mapping and holder.key is None:
            if not text.strip():
                raise _RefusedError(problem("D401", source, "there is no key before this colon", hint="write key: value"))
            holder.key = (text, source)
            return
        plain = isinstance(event, events.ScalarEvent) and not event.style
        self._add(Scalar(source, None if (plain and text in _ABSENT) or not text.strip() else text))

    def _add(self, node: Node) -> None:
        if not self._open:
            self._close(node)
            return
        holder = self._open[-1]
        if not holder.mapping:
            holder.items.append(node)
            return
        if holder.key is None:
            raise AssertionError("a value without a key: the parser's events are out of order")
        key, source = holder.key
        holder.key = None
        self._enter(holder, Entry(key, source, node))

    def _enter(self, holder: _Open, entry: Entry) -> None:
        former = holder.entries.get(entry.key)
        if is_secret_key(entry.key) and not (isinstance(entry.value, Scalar) and entry.value.text is None):
            self.problems.append(problem("D407", entry.source, "this key is for a secret", hint=_SECRET_HINT))
        elif former is not None:
            message = f"{named_key(entry.key)} stands already on line {former.source.line}"
            self.problems.append(problem("D402", entry.source, message, hint="keep one of the two"))
        else:
            holder.entries[entry.key] = entry

    def _close(self, node: Node) -> None:
        if isinstance(node, Entries):
            self.root = node
        elif isinstance(node, Items) or node.text is not None:
            if isinstance(node, Scalar) and re.match(r"[\w-]+:\S", node.text or ""):
                hint = "write key: value, with a space after the colon"
                raise _RefusedError(problem("D401", node.source, "a space is missing after the colon", hint=hint))
            what = "a list" if isinstance(node, Items) else "a text"
            hint = "begin with a key and a colon, for example name: Harbour IT"
            message = f"the file is {what} where keys with values belong"
            raise _RefusedError(problem("D406", node.source, message, hint=hint))
