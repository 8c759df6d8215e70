"""What is wrong with YAML that cannot be read, in the words of somebody who does not know YAML.

libyaml and its Python twin name what their parser expected; the tables below say what the owner most likely did.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from yaml.error import Mark, MarkedYAMLError

QUOTES = "put the whole value in quotes"
_KEY_WITHOUT_SPACE = re.compile(r"\s*(?:- )?[\w-]+:[^\s/]")
_CLOSING = {"[": "]", "{": "}"}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, what to do, and where: line and column from 0, as the parser counts."""

    message: str
    hint: str
    line: int
    column: int


def explain(error: MarkedYAMLError, text: str) -> Fault:
    """Say what the owner most likely did; a complaint no table knows is said to be unreadable, at its place."""
    complaint = _Complaint(
        error.problem or "",
        error.context or "",
        error.problem_mark or error.context_mark,
        error.context_mark or error.problem_mark,
        text.replace("\r\n", "\n").replace("\r", "\n").split("\n"),
    )
    if "\t" in complaint.indent:
        line, column = complaint.line, complaint.indent.index("\t")
        return Fault("this line is indented with a tab", "indent with spaces, two for each level", line, column)
    fault = complaint.here("this cannot be understood", "look for a quotation mark, comma or bracket, here or just above")
    reading = next((reading for pattern, reading in _READINGS if pattern.search(complaint.said)), None)
    return _inside(reading(complaint) if reading is not None else fault, complaint.lines)


def _inside(fault: Fault, lines: list[str]) -> Fault:
    """Keep the place inside the text: at its end the parser may name a line behind the last one."""
    if fault.line < len(lines):
        return replace(fault, column=min(fault.column, len(lines[fault.line])))
    return replace(fault, line=len(lines) - 1, column=len(lines[-1]))


class _Complaint:
    """The parser's words, and the lines around the places it names."""

    def __init__(self, problem: str, context: str, mark: Mark | None, opening: Mark | None, lines: list[str]) -> None:
        self.said = f"{context}; {problem}"
        self.line, self.column = (mark.line, mark.column) if mark is not None else (0, 0)
        self.first_line, self.first_column = (opening.line, opening.column) if opening is not None else (0, 0)
        self.lines = lines

    @property
    def text(self) -> str:
        """The line complained about; "" at the end of the file."""
        return self.lines[self.line] if self.line < len(self.lines) else ""

    @property
    def indent(self) -> str:
        """The white space the line begins with."""
        return self.text[: len(self.text) - len(self.text.lstrip())]

    @property
    def before(self) -> str:
        """What stands on the line before the place."""
        return self.text[: self.column]

    @property
    def letter(self) -> str:
        """What stands at the place; "" at the end of a line."""
        return self.text[self.column : self.column + 1]

    def above(self) -> tuple[int, str]:
        """Return the nearest line above with anything on it, and its number; "" where there is none."""
        for number in range(min(self.line, len(self.lines)) - 1, -1, -1):
            if self.lines[number].strip():
                return number, self.lines[number]
        return 0, ""

    def here(self, message: str, hint: str) -> Fault:
        """Build a fault at the place itself."""
        return Fault(message, hint, self.line, self.column)

    def there(self, message: str, hint: str) -> Fault:
        """Build a fault at the place where the construct began."""
        return Fault(message, hint, self.first_line, self.first_column)


def _colon(complaint: _Complaint) -> Fault:
    number, above = complaint.above()
    if re.search(r":\s", complaint.before) or not above:
        return complaint.here("a colon followed by a space stands inside a value", QUOTES)
    if _KEY_WITHOUT_SPACE.match(above):
        column = above.index(":")
        return Fault("a space is missing after the colon", "write key: value, with a space after the colon", number, column)
    hint = "begin it in the same column as the line above, or write the value above on one line in quotes"
    return Fault(
        "this line is indented further than the line above, which has its value already",
        hint,
        complaint.line,
        len(complaint.indent),
    )


def _key(complaint: _Complaint) -> Fault:
    if complaint.letter in {"]", "}"}:
        return complaint.here("a closing bracket stands here that was never opened", "take it out, or open it")
    if complaint.before.strip():
        return complaint.here(
            "something follows the closing quotation mark",
            "put the whole value in one pair of quotes; inside single quotes write an apostrophe twice",
        )
    if complaint.letter == ":":
        return complaint.here("there is no key before this colon", "write key: value")
    return complaint.here(
        "this line is not indented like the lines it belongs to",
        "begin it in the same column as the other lines of its group, with spaces",
    )


def _item(complaint: _Complaint) -> Fault:
    return complaint.here(
        "this line stands where the next item of a list is expected",
        "begin it with a dash, or indent it under the item it belongs to",
    )


def _no_colon(complaint: _Complaint) -> Fault:
    hint = "write key: value with a space after the colon; if the line continues the one above, indent it further"
    return complaint.there("this line has no colon after its key", hint)


def _quote(complaint: _Complaint) -> Fault:
    return complaint.there("a quotation mark is opened here and never closed", "close it at the end of the value")


def _bracket(complaint: _Complaint) -> Fault:
    opening = complaint.lines[complaint.first_line][complaint.first_column : complaint.first_column + 1]
    if complaint.line > complaint.first_line or not complaint.letter:
        closing = _CLOSING.get(opening, "its partner")
        return complaint.there(f"the bracket {opening} is opened here and not closed", f"close it with {closing}")
    return complaint.here(
        "a comma is missing here, or quotes around a value",
        "write a comma between entries; put a value that holds a colon, a comma or a bracket in quotes",
    )


def _nothing(complaint: _Complaint) -> Fault:
    return complaint.here("a value is missing here", "write one, or take out the comma or bracket that is too many")


def _first_letter(complaint: _Complaint) -> Fault:
    return complaint.here(f"a value cannot begin with {complaint.letter}", QUOTES)


def _star(complaint: _Complaint) -> Fault:
    letter = complaint.lines[complaint.first_line][complaint.first_column : complaint.first_column + 1]
    return complaint.there(f"a value cannot begin with {letter}", QUOTES)


def _backslash(complaint: _Complaint) -> Fault:
    hint = "use single quotes instead, or write the backslash twice"
    return complaint.here("a backslash inside double quotes means something else here", hint)


def _dash(complaint: _Complaint) -> Fault:
    return complaint.here(
        "a list cannot begin on the line of its key",
        "put each item on a line of its own below the key, or put the value in quotes if the dash belongs to it",
    )


def _question_mark(complaint: _Complaint) -> Fault:
    return complaint.here("a value cannot begin with a question mark and a space", QUOTES)


def _block_text(complaint: _Complaint) -> Fault:
    return complaint.here(
        "after | or > the text must begin on the next line",
        "begin the text on the next line, indented; if the sign belongs to the value, put the value in quotes",
    )


def _directive(complaint: _Complaint) -> Fault:
    return complaint.there("a line cannot begin with %", "take it out, or put the value in quotes")


def _document(complaint: _Complaint) -> Fault:
    return complaint.here("this does not belong to what stands above", "write keys with values only: key: value")


_READINGS: tuple[tuple[re.Pattern[str], Callable[[_Complaint], Fault]], ...] = tuple(
    (re.compile(pattern), reading)
    for pattern, reading in (
        ("mapping values are not allowed", _colon),
        ("mapping keys are not allowed", _question_mark),
        ("sequence entries are not allowed", _dash),
        ("could not find expected ':'", _no_colon),
        ("quoted.*(end of stream|document indicator)", _quote),
        ("quoted|escape|hexa?decimal|Unicode", _backslash),
        ("flow (sequence|mapping);.*expected ','", _bracket),
        ("node content", _nothing),
        ("cannot start any token", _first_letter),
        ("scanning an (alias|anchor)", _star),
        ("block (collection|sequence);", _item),
        ("parsing a block mapping", _key),
        ("block scalar", _block_text),
        ("directive|incompatible YAML", _directive),
        ("<document start>", _document),
    )
)
