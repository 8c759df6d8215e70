"""Texts as people and accidents make them: valid files with pieces lost, doubled, swapped or replaced, and mere noise."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import strategies as st

from site_builder.problem import Problem

PIECES = (
    *(
        ",",
        ";",
        "\t",
        '"',
        '""',
        "'",
        "\n",
        "\r",
        "\r\n",
        "\n\n",
        " ",
        "  ",
        "\u00a0",
        "\ufeff",
        "\u2028",
        "\x0c",
        "\x00",
        "\x1b[31m",
    ),
    *(
        ":",
        ": ",
        "- ",
        "---\n",
        "...\n",
        "#",
        "&a ",
        "*a",
        "!!x ",
        "|\n",
        ">\n",
        "? ",
        "% ",
        "@",
        "`",
        "{",
        "}",
        "[",
        "]",
        "~",
        "null",
    ),
    *(
        "no",
        "on",
        "yes",
        "TRUE",
        "012",
        "1:30",
        "0",
        "-1",
        "1e999",
        "NaN",
        ".inf",
        "٣",
        "½",
        "999999999999",
        "0.0000001",
        "100000",
    ),
    *("9999-12-31", "0001-01-01", "2026-02-30", "2026-13", "1000-01", "9999-12", "43831", "01/02/2026", "£1,200", "N/A", "#REF!"),
    *("../", "/etc/passwd", "con", "thanks", "İ", "ß", "\u017f", "\u0301", "\u202e", "😀", "\U000e0001", "a" * 70, "a" * 2100),
    *(
        "<script>",
        "</b>",
        "<!--",
        "-->",
        "<![CDATA[",
        "<a href='",
        "<?",
        "&#0;",
        "&amp",
        "](",
        "![](",
        "[x]: ",
        "***",
        "> ",
        "    ",
        "```",
    ),
    *(
        "{{",
        "}}",
        "{%",
        "%}",
        "{#",
        "{{ 7/0 }}",
        "{% if %}",
        "{{ site.nothing }}",
        "{% include 'base.html' %}",
        "\\",
        "\\u",
        "url(",
    ),
    *(
        "https://",
        "http://[",
        "mailto:",
        "javascript:x",
        "https://a.example:99999/",
        "//x",
        "?",
        "#top",
        "%zz",
        "en-US",
        "JPY",
        "x" * 9,
    ),
)
_TOKEN = re.compile(r"[^\s,:;{}\[\]\"'<>=#]+")
_LINES = re.compile(r"\r\n|\r|\n")


@st.composite
def mutated(draw: st.DrawFn, text: str) -> str:
    """Change a text one to five times."""
    for _ in range(draw(st.integers(1, 5))):
        text = draw(st.sampled_from(_CHANGES))(draw, text)
    return text


def spoiled(content: bytes) -> st.SearchStrategy[bytes]:
    """Return what may have become of a file: mostly changed here and there, sometimes noise altogether."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return st.binary(max_size=200)
    changed = mutated(text).map(lambda changed: changed.encode("utf-8", "surrogatepass"))
    broken = st.builds(lambda at, noise: content[:at] + noise + content[at:], st.integers(0, len(content)), st.binary(max_size=6))
    return st.one_of(changed, changed, changed, broken, st.text(max_size=80).map(str.encode), st.binary(max_size=80))


@contextmanager
def replaced(path: Path, content: bytes) -> Iterator[None]:
    """Give a file another content for a while."""
    before = path.read_bytes()
    path.write_bytes(content)
    try:
        yield
    finally:
        path.write_bytes(before)


def misplaced(root: Path, problems: tuple[Problem, ...]) -> list[Problem]:
    """Return the problems that point at a line or column that their file does not have."""
    return [problem for problem in problems if problem.source.line and not _inside(root, problem)]


def _inside(root: Path, problem: Problem) -> bool:
    text = (root / problem.source.path).read_bytes().decode("utf-8", "replace").lstrip("\ufeff")
    lines = _LINES.split(text)
    return problem.source.line <= len(lines) and problem.source.column <= len(lines[problem.source.line - 1]) + 1


def _span(draw: st.DrawFn, text: str) -> tuple[int, int]:
    start = draw(st.integers(0, len(text)))
    return start, min(len(text), start + draw(st.sampled_from((0, 1, 1, 2, 5, 40))))


def _drop(draw: st.DrawFn, text: str) -> str:
    start, end = _span(draw, text)
    return text[:start] + text[end:]


def _double(draw: st.DrawFn, text: str) -> str:
    start, end = _span(draw, text)
    return text[:end] + text[start:]


def _insert(draw: st.DrawFn, text: str) -> str:
    start, _ = _span(draw, text)
    return text[:start] + draw(st.one_of(st.sampled_from(PIECES), st.text(max_size=8))) + text[start:]


def _token(draw: st.DrawFn, text: str) -> str:
    """Replace a word, a number or a cell by another of the file's, or by what it never expected."""
    found = list(_TOKEN.finditer(text))
    if not found:
        return text
    old = draw(st.sampled_from(found))
    new = draw(st.one_of(st.sampled_from(PIECES), st.sampled_from(found).map(lambda token: token[0])))
    return text[: old.start()] + new + text[old.end() :]


def _lines(draw: st.DrawFn, text: str) -> str:
    """Drop, double or move a line."""
    lines = text.split("\n")
    taken = lines.pop(draw(st.integers(0, len(lines) - 1)))
    for _ in range(draw(st.integers(0, 2))):
        lines.insert(draw(st.integers(0, len(lines))), taken)
    return "\n".join(lines)


_CHANGES: tuple[Callable[[st.DrawFn, str], str], ...] = (_drop, _double, _insert, _token, _token, _lines)
