"""Every mistake in a portal's files is told once, at its place, in words its owner can act on, and echoes nothing private."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from site_builder.codes import CODES, PROGRAMME
from site_builder.load.shape import fields
from site_builder.model.marks import Public, mark
from site_builder.model.tables import TABLES
from site_builder.pipeline import Built
from tests.invalid import cases

FINE = tuple(name for name in cases.names() if name.startswith(cases.FINE) and name not in cases.EXAMPLES)
QUIET = tuple(name for name in cases.EXAMPLES if name.startswith(cases.FINE))
CASES = tuple(name for name in cases.names() if not name.startswith(cases.FINE))

PEOPLE: Mapping[str, tuple[str, ...]] = {
    "a byte order mark": ("fine-bom",),
    "CR LF": ("fine-crlf", "fine-cr"),
    "semicolons or tabs, with or without sep=": (
        "D101-semicolon",
        "D101-tab",
        "D101-sep-semicolon",
        "D101-sep-tab",
        "fine-sep",
    ),
    "Windows-1252": ("D002-windows-1252", "D002-windows-1252-yaml"),
    "UTF-16": ("D002-utf-16", "D002-utf-16-without-mark", "D002-utf-32", "D002-nul"),
    "quoted line breaks": ("fine-quoted-newline", "D208"),
    "an unclosed quotation mark": ("D102", "D102-after", "D102-space", "D102-swallows"),
    "ragged rows": ("D103", "D103-short", "fine-empty-rows"),
    "duplicate columns": ("D106",),
    "missing columns": ("D104",),
    "renamed columns": ("D105-renamed", "D105-misspelt"),
    "unknown columns": ("D105", "D107", "fine-empty-columns"),
    "reordered columns": ("fine-reordered",),
    "duplicate ids": ("D301", "D301-pair", "D301-yaml"),
    "dangling references": (
        *("D302", "D302-far", "D302-referrer", "D302-prefers", "D302-practice", "D302-testimonial", "D302-spotlight"),
        *("D302-story", "D303", "D303-clients"),
    ),
    "1,234.50": ("D203-thousands", "D203-decimal-comma"),
    "£1,200": ("D203-currency",),
    "43831": ("D202-day-number",),
    "1.2E+05": ("D203-short-form",),
    "trailing spaces": ("D212", "D212-header"),
    "N/A": ("D211", "D211-reference", "D211-null-yaml"),
    "TRUE/FALSE": ("D205", "D205-false", "D205-guess"),
    "01/02/2026": ("D202-slashes",),
    "impossible dates": ("D202-impossible", "D202-month", "D202-month-yaml", "D202-yaml"),
    "NaN": ("D211-nan", "D203-nan-yaml"),
    "infinities": ("D203-infinity",),
    "full-width digits": ("D203-full-width", "D202-full-width"),
    "a table with only its header": ("D109", "D108-empty", "D108"),
    "duplicate YAML keys": ("D402",),
    "YAML aliases": ("D403-alias", "D403", "D403-tag", "D403-python"),
    "YAML tabs": ("D401-tab",),
    "YAML indentation": ("D401-indentation",),
    "no, on, 012 and 1:30": ("fine-yaml-words", "D205-on", "D203-leading-zero", "D203-clock"),
    "unknown keys": ("D404", "D404-far", "D404-front-matter"),
    "secrets in YAML": ("D407", "D407-passphrase", "D407-comment"),
    "slugs that traverse": ("D207-traversal", "D207-path", "D207-theme"),
    "absolute slugs": ("D207-absolute",),
    "slugs reserved on Windows": ("D207-windows", "D503-windows"),
    "slugs reserved by our routes": (
        "D503-route",
        "D503-language",
        "D504-thanks",
        "D504-static",
        "D504-static-folder",
        "D504-host",
    ),
    "slugs that collide by case": ("D207-case", "D503", "D504-case"),
    "slugs that collide by Unicode form": ("D207-unicode", "D503-accent", "D504-unicode"),
    "symlinks that leave the portal": (
        *("D004", "D004-table", "D004-content", "D004-picture", "D004-static", "D004-to-data", "D004-folder", "D004-theme"),
        *("D005-dangling-link", "D005-pipe"),
    ),
    "dotfiles": ("D007", "D007-data", "fine-gitkeep", "fine-well-known"),
    "raw HTML": ("fine-markup", "D505-style"),
    "scripts": ("D505", "D008", "D008-page", "D508"),
    "javascript: links": ("D505-javascript", "D505-javascript-entity", "D209-script"),
    "pictures that are none, or another kind's": (
        *("D005-picture-kind", "D005-picture-empty", "D005-picture-cut", "D005-picture-static", "D003-pixels"),
        *("fine-photo-nobody-shows", "D509", "D509-static"),
    ),
    "pictures without words": ("D506", "D506-markdown", "D506-html", "fine-decoration"),
    "SVG handlers": ("D508-handler", "D508-foreign", "D508-static", "D505-svg", "D505-handler"),
    "forms": ("D505-form",),
    "<meta refresh>": ("D505-refresh",),
    "<base>": ("D505-base",),
    "template braces in content": ("fine-braces",),
    "CR/LF in values that end in headers": ("D208-header", "D209-header", "D210-header"),
    "CSS in brand values": ("D215", "D215-css", "D215-font"),
    "past a bound": (
        *(
            "D003-table",
            "D003-lines",
            "D003-columns",
            "D003-cell",
            "D003-row",
            "D003-yaml",
            "D003-levels",
            "D003-values",
            "D003-markdown",
        ),
        *("D003-brackets", "D003-quotes", "D003-picture", "D003-folders"),
    ),
    "absent files": ("D601", "D601-share", "D601-empty", "D001"),
}
"""What people really do to files, and the cases that say what comes of it."""

SHOWN: Mapping[str, tuple[str, str]] = {
    "fine-decoration": ("about/index.html", '.svg" alt="" width="'),
    "fine-braces": ("about/index.html", "answers {{ site.name }} {% for %} {# not seen #}."),
    "fine-heading-of-the-theme": ("about/index.html", ">Main</h3>"),
    "fine-leak": ("about/index.html", "Canary Alma opened it."),
    "fine-markup": ("about/index.html", "answers <b>you</b> &amp; <strong>yours</strong>, 3 &lt; 4."),
    "fine-well-known": (".well-known/acme-challenge/token", "token"),
    "fine-yaml-words": ("who-to-refer/index.html", "012"),
}
"""Harmless changes that visitors see, and what they see; all the others leave the public files as they were."""

PRIVATE_NUMBERS = ("3131.51", "717.17", "8606.04", "71.72", "919.19", "37.37", "45.01", "60606")
MAY_BE_QUOTED = frozenset({"D206", "D213", "D301", "D302"})
"""A misspelt word or id is quoted beside the one that was meant; it tells nothing about anybody."""


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("warm")


@pytest.fixture(scope="module")
def clean(warm: Path) -> Built:
    return cases.built(cases.CLEAN, warm)


@pytest.fixture
def cache(tmp_path: Path, warm: Path, clean: Built) -> Path:
    """Verdicts on the clean tables, so that each case has but its own tables judged."""
    assert clean.artifacts
    return shutil.copytree(warm, tmp_path / "cache")


def expected(name: str) -> str:
    return (cases.HERE / name / cases.EXPECTED).read_text(encoding="utf-8")


def test_the_clean_portal_has_every_part_and_no_problem_at_all(clean: Built) -> None:
    assert clean.problems == ()
    assert {"index.html", "trust/index.html", "directory/acme/index.html", "about/index.html"} <= {
        artifact.path for artifact in clean.artifacts
    }


def test_every_code_but_those_of_publishing_has_a_case() -> None:
    assert {cases.code(name) for name in CASES} == {code for code in CODES if code[0] in "DA" or code in PROGRAMME}


def test_every_check_of_the_programme_has_two_examples_to_explain_it() -> None:
    assert {name for name in cases.EXAMPLES if not name.startswith(cases.FINE)} == PROGRAMME.keys()


def test_every_case_says_what_is_expected() -> None:
    assert [name for name in CASES if not (cases.HERE / name / cases.EXPECTED).is_file()] == []
    assert [name for name in FINE if (cases.HERE / name / cases.EXPECTED).exists()] == []


def test_everything_people_do_to_files_has_a_case() -> None:
    named = {name for several in PEOPLE.values() for name in several}
    assert named <= set(cases.names())
    assert all(PEOPLE.values())


@pytest.mark.parametrize("name", CASES)
def test_a_case_yields_its_problem_and_no_other(name: str, tmp_path: Path, cache: Path) -> None:
    found = cases.built(cases.lay_out(name, tmp_path), cache)
    problems = cases.told_problems(name, found)
    assert "\n".join(cases.told(problem) for problem in problems) == expected(name)
    assert {problem.code for problem in problems} == {cases.code(name)}
    # What is only a warning is published all the same, without what was taken out of it.
    assert [artifact.path for artifact in found.artifacts if b"EVIL" in artifact.content] == []


@pytest.mark.parametrize("name", FINE)
def test_a_harmless_change_yields_no_problem(name: str, tmp_path: Path, cache: Path, clean: Built) -> None:
    found = cases.built(cases.lay_out(name, tmp_path), cache)
    assert found.problems == ()
    public = {artifact.path: artifact.content for artifact in found.artifacts}
    if name in SHOWN:
        path, text = SHOWN[name]
        assert text in public[path].decode()
    else:
        assert public == {artifact.path: artifact.content for artifact in clean.artifacts}


@pytest.mark.parametrize("name", QUIET)
def test_a_check_keeps_quiet_on_its_second_example(name: str, tmp_path: Path) -> None:
    found = cases.built(cases.lay_out(name, tmp_path))
    assert cases.told_problems(name, found) == ()
    assert found.artifacts


def test_the_canaries_stand_in_the_clean_portal() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(cases.CLEAN.rglob("*")) if path.is_file())
    assert text.casefold().count("canary") > 40
    assert [number for number in PRIVATE_NUMBERS if number not in text] == []


@pytest.mark.parametrize("name", CASES)
def test_no_message_holds_a_private_value(name: str) -> None:
    text = expected(name).casefold()
    assert [value for value in ("canary", "hunter2", *PRIVATE_NUMBERS) if value in text] == []


def private_cells() -> Iterator[tuple[str, str]]:
    """Yield each case whose problem is about a private cell of a table, with what that cell holds."""
    by_file = {row.TABLE.file: fields(row) for row in TABLES}
    for name in CASES:
        place = re.match(r"data/([a-z]+\.csv):([0-9]+):([0-9]+): ", expected(name))
        column = re.search(r"^field: (\w+)$", expected(name), re.MULTILINE)
        if place is None or column is None or cases.code(name) in MAY_BE_QUOTED:
            continue
        file, line, at = place[1], int(place[2]), int(place[3])
        table = cases.HERE / name / "data" / file
        info = by_file[file].get(column[1])
        if line > 1 and table.is_file() and info is not None and mark(info, Public) is None:
            rest = table.read_text(encoding="utf-8").split("\n")[line - 1][at - 1 :]
            yield name, next(csv.reader([rest]))[0]


@pytest.mark.parametrize(("name", "cell"), tuple(private_cells()))
def test_a_bad_private_cell_is_not_quoted(name: str, cell: str) -> None:
    assert cell not in expected(name)


def test_leaving_the_data_folder_away_is_told_before_anything_else(tmp_path: Path) -> None:
    found = cases.built(tmp_path)
    assert [(problem.code, problem.source.path) for problem in found.problems] == [("D001", "data")]


def test_a_note_about_clients_hides_no_reference_that_leads_nowhere(tmp_path: Path, cache: Path) -> None:
    """Only errors in clients.csv may be why a client is missing; without this a page would look for one there is not."""
    root = cases.lay_out("", tmp_path)
    for path, old, new in (("data/clients.csv", ",", "\t"), ("data/trust.yaml", "client: acme", "client: amce")):
        (root / path).write_text((root / path).read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    found = cases.built(root, cache).problems
    assert [problem.code for problem in found] == ["D101", "D302"]
