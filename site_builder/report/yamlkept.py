"""What may be read of a document's lines: its keys, and values whose whole way from the root is public.

Comments stay masked: nobody knows what they hold. Where the YAML cannot be parsed, only keys the document knows are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from pydantic.fields import FieldInfo

from site_builder.load.frontmatter import Parts, take_apart
from site_builder.load.shape import Shape, fields, shape
from site_builder.load.yamltext import Entries, Entry, Items, Node, Scalar, parse
from site_builder.model.content import COLLECTIONS
from site_builder.model.documents import Nurture, Positioning, Rewards, Trust
from site_builder.model.incentives import Incentives
from site_builder.model.marks import Public, mark
from site_builder.model.record import Record
from site_builder.model.settings import Settings
from site_builder.problem import Source
from site_builder.report.mask import Span

_DOCUMENTS: Mapping[str, type[Record]] = {
    "data/portal.yaml": Settings,
    "data/positioning.yaml": Positioning,
    "data/incentives.yaml": Incentives,
    "data/trust.yaml": Trust,
    "data/rewards.yaml": Rewards,
    "data/nurture.yaml": Nurture,
}
_KEY = re.compile(r"[a-z_]{1,40}")
_KEY_TYPED = re.compile(r"(?:^|[{,])[ \t]*(?:- +)*([a-z_]{1,40})(?=[ \t]*:(?:[ \t]|$))")
_FENCE = re.compile(r"---[ \t]*")


def kept_of_document(text: str, path: str, lines: Mapping[int, str]) -> dict[int, list[Span]]:
    """Return the readable spans of some physical lines of a YAML document of data/."""
    kind = _DOCUMENTS.get(path)
    return _yaml(text, path, 1, kind, lines) if kind is not None else {}


def kept_of_markdown(text: str, path: str, lines: Mapping[int, str]) -> dict[int, list[Span]]:
    """Return the readable spans of a file of content/: of its front matter, and of its text if that needs no permission."""
    folder = path.split("/")[-2:-1]
    kind = next((each for each in COLLECTIONS if folder == [each.FOLDER]), None)
    parts = take_apart(text, path)
    if kind is None or not isinstance(parts, Parts):
        return {}
    last = parts.body_line - 1
    found = _yaml(parts.front, path, 2, kind, {number: line for number, line in lines.items() if 1 < number < last})
    for number, line in lines.items():
        is_text = number > last and "permission_on" not in fields(kind)
        if is_text or (number in {1, last} and _FENCE.fullmatch(line)):
            found[number] = [(0, len(line))]
    return found


def _yaml(text: str, path: str, first_line: int, kind: type[Record], lines: Mapping[int, str]) -> dict[int, list[Span]]:
    if not lines:
        return {}
    root = parse(text, path, first_line=first_line).root
    if root is None:
        known = _keys(kind)
        return {
            number: [found.span(1) for found in _KEY_TYPED.finditer(line) if found[1] in known] for number, line in lines.items()
        }
    walk = _Walk(lines)
    walk.entries(root, Shape(records=(kind,)), public=True)
    return walk.found


@cache
def _keys(kind: type[Record]) -> frozenset[str]:
    """Return every key that may stand anywhere in a document."""
    pending, seen, known = [kind], {kind}, set[str]()
    while pending:
        for name, info in fields(pending.pop()).items():
            known.add(name)
            below = set(_records(shape(info.annotation))) - seen
            seen |= below
            pending += below
    return frozenset(known)


def _records(expected: Shape) -> Iterator[type[Record]]:
    yield from expected.records
    for inside in (expected.item, expected.entry):
        if inside is not None:
            yield from _records(shape(inside))


@dataclass(frozen=True, slots=True)
class _Walk:
    """Walks tree and record classes together and notes what may be read of the wanted lines."""

    lines: Mapping[int, str]
    found: dict[int, list[Span]] = field(default_factory=dict)

    def entries(self, node: Entries, expected: Shape, *, public: bool) -> None:
        tags = {entry.key: entry.value.text for entry in node.entries if isinstance(entry.value, Scalar)}
        record = expected.record(tags)
        known = fields(record) if record is not None else {}
        for entry in node.entries:
            info = known.get(entry.key)
            if info is not None or (record is not None and _KEY.fullmatch(entry.key)) or (expected.entry is not None and public):
                self._keep(entry.source, entry.key)
            inside = shape(info.annotation if info is not None else expected.entry)
            self.node(entry.value, inside, public=public and _open(entry, info, expected))

    def node(self, node: Node, expected: Shape, *, public: bool) -> None:
        if isinstance(node, Entries):
            self.entries(node, expected, public=public)
        elif isinstance(node, Items):
            for item in node.items:
                self.node(item, shape(expected.item), public=public)
        elif public and node.text is not None:
            self._keep(node.source, node.text)

    def _keep(self, source: Source, text: str) -> None:
        """Keep the very characters of a readable text where it begins; what continues on further lines stays masked."""
        line = self.lines.get(source.line)
        if line is None:
            return
        begin = source.column - 1
        for typed in (text, f'"{text}"', "'" + text.replace("'", "''") + "'"):
            if line.startswith(typed, begin):
                self.found.setdefault(source.line, []).append((begin, begin + len(typed)))
                return
        rest = line[begin:].rstrip()
        if rest and text.startswith(rest):
            self.found.setdefault(source.line, []).append((begin, begin + len(rest)))


def _open(entry: Entry, info: FieldInfo | None, expected: Shape) -> bool:
    """Whether its own field lets a value be read: public on no condition, or the word that tells alternatives apart."""
    if info is None:
        return expected.entry is not None
    if entry.key == "type" and isinstance(entry.value, Scalar):
        return entry.value.text in expected.tagged()
    public = mark(info, Public)
    return public is not None and not public.when
