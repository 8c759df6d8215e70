"""Files past each bound, and files below it that are made to keep a reader busy: each by its name, with the portal it spoils.

    python -m tests.properties.bombs FOLDER [NAME …]

builds each of them in its own folder below FOLDER, in a process that may take one gigabyte of memory, and prints one line for
each: its name, the codes it yields, seconds of the processor and the process's peak in MiB so far.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from tests.invalid import cases
from tests.invalid.odd import ODD

KIB = 1024
MIB = 1024 * KIB
MEMORY = 1024 * MIB
_ROOM = 250 * KIB

_UNITS = (
    *("[", "]", "(", ")", "[a](", "[a][", "[a]: ", "[a]: b\n", "[a] ", "[](", "![", "![a](", "[![", "[[a]", "[a](b) "),
    *("> ", ">", "* ", "- ", "+ ", "1. ", "- > ", "> - ", "- a\n", "- a\n\n", "1. a\n\n", ": ", "a\n: b\n", "a\n: b\n\n"),
    *("*", "_", "***", "*a ", "_a ", "**a ", "*a_ ", "**_", "a*b", "`", "``a ", "`a ", "~~~\n", "```\n", "\\", "\\*"),
    *("<", "<a ", "<a", "<!--", "<!-", "<?", "<![CDATA[", "</", "<div>", "<div>\n\n", "<b>", "<p>a</p>\n", "<a@b", "<a href='"),
    *(
        "&",
        "&#",
        "&amp;",
        "# ",
        "# a\n\n",
        "a\n=\n\n",
        "a\n-\n",
        "|",
        "|a|b\n",
        "a|b\n-|-\nc|d\n\n",
        "---\n",
        "    a\n",
        "\n",
        " ",
    ),
    *(
        "a",
        "a\n",
        "a\n\n",
        "a  \n",
        '"',
        "{",
        "{{",
        "\u00a0",
        "😀",
        "\x02wzxhzdk:0\x03",
        "\x02klzzwxh:0\x03",
        "http://a ",
        "x<y ",
    ),
)
_SHAPED = {
    "lists inside each other": "\n".join("    " * depth + "- a" for depth in range(60)),
    "lists that come and go": "\n".join("    " * (line % 45) + "1. a" for line in range(1_950)),
    "link definitions": "\n".join(f"[a{at}]: b" for at in range(1_900)) + "\n\n" + " ".join(f"[a{at}]" for at in range(900)),
    "a wide table": "\n".join(("|".join("a" * 2_000), "|".join("-" * 2_000), *("|".join("b" * 2_000) for _ in range(50)))),
    "quoted lists": "\n".join("> - " * 24 + "a" for _ in range(1_900)),
}


def _markdown(root: Path, *, text: str) -> None:
    page = root / "content/pages/about.md"
    page.write_text(f"---\ntitle: About us\n---\n{text}\n", encoding="utf-8")


def _other(root: Path, *, path: str, content: bytes) -> None:
    (root / path).write_bytes(content)


def _filled(unit: str) -> str:
    return unit * (_ROOM // len(unit.encode()))


_SVG = b'<svg xmlns="http://www.w3.org/2000/svg">'
_FIRST = b"client_id,given_on,occasion,what,cost\n"
BOMBS: Mapping[str, Callable[[Path], None]] = {
    **{name: spoil for name, spoil in ODD.items() if cases.code(name) == "D003"},
    **{f"{unit!r} without end": partial(_markdown, text=_filled(unit)) for unit in _UNITS},
    **{f"{unit!r} in paragraphs": partial(_markdown, text="\n\n".join([unit * (480 // len(unit))] * 400)) for unit in _UNITS},
    **{name: partial(_markdown, text=text) for name, text in _SHAPED.items()},
    "a table of quotation marks": partial(_other, path="data/gifts.csv", content=_FIRST + b'"' * 4 * MIB),
    "a table of separators": partial(_other, path="data/gifts.csv", content=_FIRST + b"," * 4 * MIB),
    "a table of line ends": partial(_other, path="data/gifts.csv", content=_FIRST + b"\r\n" * MIB),
    "a table of bad rows": partial(_other, path="data/gifts.csv", content=_FIRST + b"a,b\n" * MIB),
    "a table of one column": partial(_other, path="data/gifts.csv", content=b"a\n" * MIB),
    "YAML of brackets": partial(_other, path="data/nurture.yaml", content=b"[" * 900 * KIB),
    "YAML of braces": partial(_other, path="data/nurture.yaml", content=b"{a: " * 200 * KIB),
    "YAML of dashes": partial(_other, path="data/nurture.yaml", content=b"- " * 400 * KIB),
    "YAML of anchors": partial(_other, path="data/nurture.yaml", content=b"a: &a [" * 100 * KIB),
    "YAML of keys": partial(_other, path="data/nurture.yaml", content=b"".join(b"k%d: v\n" % at for at in range(90_000))),
    "YAML of quotation marks": partial(_other, path="data/nurture.yaml", content=b'"' * 900 * KIB),
    "YAML of question marks": partial(_other, path="data/nurture.yaml", content=b"? " * 400 * KIB),
    "SVG inside each other": partial(_other, path="content/media/ben.svg", content=_SVG + b"<g>" * 100_000 + b"</g>" * 100_000),
    "SVG of attributes": partial(
        _other, path="content/media/ben.svg", content=b"<svg " + b"".join(b'a%d="" ' % at for at in range(90_000)) + b"/>"
    ),
}


def measure(folder: Path, name: str) -> str:
    """Build one bomb and return its line."""
    where = folder / str(list(BOMBS).index(name))
    where.mkdir()
    root = cases.lay_out("", where)
    BOMBS[name](root)
    start = time.process_time()
    found = cases.built(root, folder / "cache")
    seconds = time.process_time() - start
    codes = sorted({problem.code for problem in found.problems})
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // KIB
    return f"{name}\t{','.join(codes)}\t{seconds:.2f}\t{peak}\n"


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for chosen in sys.argv[2:] or BOMBS:
        sys.stdout.write(measure(Path(sys.argv[1]), chosen))
        sys.stdout.flush()
