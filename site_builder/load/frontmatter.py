"""A Markdown file taken apart: the YAML between its --- lines, and the text below, bounded before anything renders it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from site_builder.codes import problem
from site_builder.problem import Problem, Source

_FENCE = re.compile(r"---[ \t]*")
MOST_NESTED = 50
MOST_UNCLOSED = 200  # "<" without ">" in the whole text
MOST_LINES, MOST_SIGNS = 2_000, 2_000  # in one paragraph
MOST_DEFINITIONS = 200  # lines that begin with a colon, in one paragraph
MOST_PARAGRAPHS, MOST_LINES_IN_ALL, MOST_SIGNS_IN_ALL, MOST_CELLS_IN_ALL = 5_000, 20_000, 20_000, 20_000
_MARKS = re.compile(r"[ \t]*(?:(?:>|[-+*](?=[ \t])|[0-9]{1,9}\.(?=[ \t]))[ \t]*)+")
_MARK = re.compile(r"[->+*.]")
_EMPHASIS = re.compile(r"[*_]+")
_SIGNS = re.compile(r"[\[<`*_\\&]")


@dataclass(frozen=True, slots=True)
class Parts:
    """front: the YAML, beginning on line 2. body: the Markdown, beginning on line body_line."""

    front: str
    body: str
    body_line: int


def take_apart(text: str, path: str) -> Parts | Problem:
    """Split a file at its two --- lines; line ends become plain newlines."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not _FENCE.fullmatch(lines[0]):
        hint = "begin the file with a line ---, then keys with values such as title: About us, then another line ---"
        return problem("D501", Source(path, 1, 1), "the file does not begin with front matter", hint=hint)
    for number, line in enumerate(lines[1:], start=1):
        if _FENCE.fullmatch(line):
            return Parts("\n".join(lines[1:number]), "\n".join(lines[number + 1 :]), number + 2)
    hint = "write a line --- between the keys and the text"
    return problem("D501", Source(path, 1, 1), "the front matter is not closed", hint=hint)


def too_nested(parts: Parts, path: str) -> Problem | None:
    """Find what would keep a Markdown renderer busy for minutes; the text is read once, line by line.

    Renderers try every opening bracket and sign against the rest of its paragraph, and so grow with the square of their
    number. With these bounds Python-Markdown took under a second for the worst text of 256 KiB we could think of.
    """
    lines = signs = brackets = definitions = paragraphs = all_lines = all_signs = cells = unclosed = 0
    for number, line in enumerate(parts.body.split("\n"), start=parts.body_line):
        if not line.strip():
            lines = signs = brackets = definitions = 0
            continue
        marks = _marks(line)
        here = len(_SIGNS.findall(line)) + marks
        paragraphs, lines, all_lines = paragraphs + (lines == 0), lines + 1, all_lines + 1
        signs, all_signs = signs + here, all_signs + here
        brackets, deepest = _depth(line, brackets)
        definitions, cells = definitions + line.lstrip().startswith(":"), cells + line.count("|")
        unclosed = max(0, unclosed + line.count("<") - line.count(">"))
        fault = ""
        if max(deepest, marks, _emphasised(line)) > MOST_NESTED:
            fault = f"more than {MOST_NESTED} brackets, lists, quotes or emphases stand inside each other"
        elif unclosed > MOST_UNCLOSED:
            fault = f"more than {MOST_UNCLOSED} signs < stand here without their >"
        elif len(line) - len(line.lstrip()) > MOST_NESTED * 4:
            fault = "this line is indented by hundreds of spaces"
        elif lines > MOST_LINES or signs > MOST_SIGNS or definitions > MOST_DEFINITIONS:
            fault = "this paragraph holds too many lines or signs"
        elif cells > MOST_CELLS_IN_ALL:
            fault = "the text holds too many cells of tables"
        elif paragraphs > MOST_PARAGRAPHS or all_lines > MOST_LINES_IN_ALL or all_signs > MOST_SIGNS_IN_ALL:
            fault = "the text holds too many lines, paragraphs or signs"
        if fault:
            hint = "put empty lines between paragraphs, or make two pages of it"
            return problem("D003", Source(path, number, 1), fault, hint=hint)
    return None


def _depth(line: str, already: int) -> tuple[int, int]:
    """Return how many brackets are open after a line, and the most that were on the way."""
    depth = deepest = already
    for sign in re.findall(r"[\[\]()]", line):
        depth = depth + 1 if sign in "[(" else max(0, depth - 1)
        deepest = max(deepest, depth)
    return depth, deepest


def _marks(line: str) -> int:
    """Count the signs of quotes and lists that a line begins with: each stands inside the one before."""
    found = _MARKS.match(line)
    return len(_MARK.findall(found[0])) if found is not None else 0


def _emphasised(line: str) -> int:
    """Return how many emphases stand inside each other: signs that lean on what follows open one, on what is before close."""
    depth = deepest = 0
    for signs in _EMPHASIS.finditer(line):
        before, after = line[max(0, signs.start() - 1) : signs.start()], line[signs.end() : signs.end() + 1]
        if after.strip() and not before.strip("([ \t"):
            depth += 1
            deepest = max(deepest, depth)
        elif before.strip() and not after.isalnum():
            depth = max(0, depth - 1)
    return deepest
