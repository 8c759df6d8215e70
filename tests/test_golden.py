"""A small portal with every part switched on gives, byte by byte, the files that are committed in tests/golden/output/."""

from __future__ import annotations

import difflib
import re
from itertools import islice

import pytest

from site_builder.pages import KINDS
from site_builder.pipeline import failed
from site_builder.problem import Severity
from tests.golden.update import PORTAL, THREE_FILES, built, committed, finished

ADVICE = "if that is what you want: python -m tests.golden.update, and read the diff before you commit it"
LONGEST_DIFF = 60
ELSEWHERE = frozenset({"directory_page", "directory_group", "directory_group_page", "styleguide"})
"""Kinds of nine and of 51 clients, which tests/pages/test_directory.py plans, and the one that the preview alone shows."""
_HASH = re.compile(r"\.[0-9a-f]{10}\.")


@pytest.fixture(scope="module")
def now() -> dict[str, bytes]:
    return finished()


def test_the_golden_portal_has_no_problem_at_all() -> None:
    assert built(PORTAL).problems == ()


def test_the_golden_portal_shows_every_kind_of_page() -> None:
    small = [kind for kind in KINDS if kind.name not in ELSEWHERE]
    patterns = [re.sub(r"\\{[a-z_]+\\}", "[^/]+", re.escape(kind.route.pattern)) for kind in small]
    urls = ["/" + path.removesuffix("index.html") for path in committed()]
    assert [pattern for pattern in patterns if not any(re.fullmatch(pattern, url) for url in urls)] == []


def test_the_files_are_the_committed_ones(now: dict[str, bytes]) -> None:
    assert sorted(now) == sorted(committed()), ADVICE


def test_the_bytes_are_the_committed_ones(now: dict[str, bytes]) -> None:
    """The style sheet's name holds its hash and stands on every page, so the first difference is shown without hashes."""
    before = committed()
    other = [path for path in sorted(now.keys() & before.keys()) if now[path] != before[path]]
    assert not other, f"{len(other)} files differ\n{_difference(other, before, now)}\n{ADVICE}"


def _difference(paths: list[str], before: dict[str, bytes], now: dict[str, bytes]) -> str:
    lines = [line for path in paths for line in _lines(path, _plain(before[path]), _plain(now[path]))]
    return "\n".join(islice(lines, LONGEST_DIFF)) or f"only in the hashes of assets: {', '.join(paths)}"


def _plain(content: bytes) -> list[str]:
    return _HASH.sub(".*.", content.decode("utf-8", "backslashreplace")).splitlines()


def _lines(path: str, before: list[str], now: list[str]) -> list[str]:
    return list(difflib.unified_diff(before, now, f"tests/golden/output/{path}", f"built now: {path}", n=1, lineterm=""))


def test_three_files_make_a_whole_small_site() -> None:
    """Absent is not wrong: the pages that are always there, and not a single warning (domain, "Absent is not wrong")."""
    small = built(THREE_FILES)
    assert {problem.severity for problem in small.problems} == {Severity.NOTE}
    assert not failed(small.problems, strict=True)
    assert {_HASH.sub(".*.", artifact.path) for artifact in small.artifacts} == {
        "index.html",
        "who-to-refer/index.html",
        "rewards/index.html",
        "refer/index.html",
        "refer/thanks/index.html",
        "introduce/index.html",
        "privacy/index.html",
        "404.html",
        "sitemap.xml",
        "robots.txt",
        "icon.svg",
        "site.webmanifest",
        ".well-known/security.txt",
        "assets/icon-192.*.png",
        "assets/icon-512.*.png",
        "assets/portal.*.css",
        "assets/form.*.css",
        "assets/handout.*.css",
        "assets/rewards.*.css",
        "assets/who.*.css",
        "assets/words.*.css",
        "assets/social.*.png",
        "assets/mail.*.js",
        "assets/share.*.js",
        "_headers",
        "staticwebapp.config.json",
    }


def test_a_note_says_of_each_part_what_it_would_add() -> None:
    notes = [problem for problem in built(THREE_FILES).problems if problem.code == "D601"]
    assert len(notes) == 21
    assert all(problem.hint.startswith("it would add: ") for problem in notes)
