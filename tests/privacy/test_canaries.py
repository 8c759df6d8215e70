"""Canaries: a mark in every private text, looked for in whatever leaves the program, in any disguise (domain §4, Proofs)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from site_builder.cli import main
from site_builder.model.tables import TABLES
from site_builder.pages import KINDS
from site_builder.problem import Problem
from site_builder.report.as_text import Look, as_text
from site_builder.report.excerpt import excerpts
from tests.golden.update import PORTAL
from tests.privacy.another import mark_of, prose_of
from tests.privacy.cells import Cell, rewrite
from tests.privacy.conftest import AS_OF, built, finished, without_refusals
from tests.privacy.disguises import disguised, marks
from tests.privacy.varied import Varied, vary
from tests.test_golden import ELSEWHERE

FORMATS = ("text", "json", "github", "sarif")


@pytest.fixture(scope="module")
def sown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Varied, Path]:
    """The golden portal, which has every kind of page, with a mark in each private text."""
    where = tmp_path_factory.mktemp("sown")
    return vary(PORTAL, where, AS_OF), where


def left(root: Path) -> Iterator[tuple[str, bytes]]:
    """Everything a build left beside the owner's own files: the site and the cache."""
    for path in sorted(root.rglob("*")):
        inside = path.relative_to(root)
        if path.is_file() and inside.parts[0] not in {"data", "content", "themes"}:
            yield inside.as_posix(), path.read_bytes()


# ------------------------------------------------------------------------------------------------ the eye


@pytest.mark.parametrize("disguise", disguised(prose_of(7)))
def test_a_mark_is_found_in_every_disguise(disguise: str) -> None:
    alone = prose_of(7).partition(" ")[0]
    assert marks(disguised(f"{alone} {alone}")[disguise]) == {mark_of(7)}
    assert mark_of(7) in marks(b"some bytes\0before " + disguised(prose_of(7))[disguise] + b" and after")


def test_what_is_no_mark_is_not_found() -> None:
    assert marks(b"Kanarienvogel kanari0001vogel kanari 00001 vogel") == set()


def test_a_mark_stands_in_every_private_text(sown: tuple[Varied, Path]) -> None:
    """Otherwise nothing would be looked for; the tables of the golden portal have a row each, the inbox too."""
    files = b"".join(path.read_bytes() for path in sorted(sown[1].rglob("*")) if path.suffix in {".csv", ".yaml", ".md"})
    assert len(marks(files)) > 60
    changed = {(cell.path, cell.name) for cell, _ in sown[0].changed}
    assert {f"data/{row.TABLE.file}" for row in TABLES} <= {path for path, _ in changed}


# ------------------------------------------------------------------------------------------------ what leaves


def test_every_kind_of_page_is_looked_at(sown: tuple[Varied, Path], cache: Path) -> None:
    kinds = {kind.route.pattern.partition("{")[0].strip("/") for kind in KINDS if kind.name not in ELSEWHERE}
    paths = finished(sown[1], cache)
    assert [start for start in kinds if not any(path.startswith(start) for path in paths)] == []


def test_the_golden_portal_is_the_same_with_marks(sown: tuple[Varied, Path], cache: Path) -> None:
    assert finished(sown[1], cache) == finished(PORTAL, cache)


def test_no_public_file_cache_or_output_of_a_build_holds_a_mark(
    sown: tuple[Varied, Path], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    without_refusals(monkeypatch)
    for _ in ("cold", "warm"):
        assert main(["build", "--portal", str(sown[1])]) == 0
    printed = capsys.readouterr()
    files = dict(left(sown[1]))
    assert any(path.startswith(".portal-cache/") for path in files)
    assert "output/index.html" in files
    assert {path: found for path, content in files.items() if (found := marks(content) | marks(path.encode()))} == {}
    assert marks((printed.out + printed.err).encode()) == set()


@pytest.mark.parametrize("how", FORMATS)
def test_check_prints_no_mark_where_others_read(
    how: str, sown: tuple[Varied, Path], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    main(["check", "--portal", str(sown[1]), "--format", how])
    printed = capsys.readouterr()
    assert "data/referrers.csv" in printed.out
    assert marks((printed.out + printed.err).encode()) == set()


@pytest.mark.parametrize("how", FORMATS)
def test_check_names_rows_by_their_ids_to_their_owner_and_nothing_else(
    how: str, sown: tuple[Varied, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    main(["check", "--portal", str(sown[1]), "--format", how])
    printed = capsys.readouterr()
    ids = {mark_of(90_000 + number) for number in range(100)}
    found = marks((printed.out + printed.err).encode())
    assert found
    assert found - ids == set()


# ------------------------------------------------------------------------------------------------ when a cell is wrong


def spoiled(cell: Cell, number: int) -> str:
    """A value that no type takes, with a mark: a bell rings in it."""
    return f"{mark_of(number)}\a {prose_of(number)}" if cell.info is not None else cell.value


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, set[tuple[str, str]]]:
    """The golden portal with every private cell invalid, and which cells these are."""
    where = tmp_path_factory.mktemp("wrong")
    told: list[tuple[str, str]] = []

    def spoil(cell: Cell) -> str:
        if not cell.private:
            return cell.value
        told.append((cell.path, cell.name))
        return spoiled(cell, len(told))

    rewrite(PORTAL, where, AS_OF, spoil)
    return where, set(told)


def test_a_bad_private_cell_is_told_without_what_it_holds(wrong: tuple[Path, set[tuple[str, str]]], cache: Path) -> None:
    problems = built(wrong[0], cache).problems
    named = {(found.source.path, found.field) for found in problems}
    tables = {(path, name) for path, name in wrong[1] if path.endswith(".csv")}
    assert tables - named == set()
    assert len(problems) > 150
    assert marks(repr(problems).encode()) == set()


def test_the_lines_shown_below_a_problem_are_masked(wrong: tuple[Path, set[tuple[str, str]]], cache: Path) -> None:
    problems = built(wrong[0], cache).problems
    shown = "".join(_with_lines(wrong[0], problems))
    assert shown.count(" | ") > 100
    assert marks(shown.encode()) == set()


def _with_lines(root: Path, problems: tuple[Problem, ...]) -> Iterator[str]:
    """The problems as a terminal shows them, each with its line: at most a hundred at a time have one."""
    for at in range(0, len(problems), 100):
        some = problems[at : at + 100]
        yield as_text(some, Look(excerpts=excerpts(root, some, columns=4000)))


@pytest.mark.parametrize("how", FORMATS)
@pytest.mark.parametrize("command", ["build", "check"])
def test_no_format_prints_a_bad_private_cell(
    command: str, how: str, wrong: tuple[Path, set[tuple[str, str]]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, "--portal", str(wrong[0]), "--format", how]) == 1
    printed = capsys.readouterr()
    assert "error" in printed.out + printed.err
    assert marks((printed.out + printed.err).encode()) == set()
    assert {path: found for path, content in left(wrong[0]) if (found := marks(content))} == {}


def test_a_reference_to_nobody_is_told_without_the_name(tmp_path: Path, cache: Path) -> None:
    """An id of the right form that leads nowhere: quoted only beside the one that was meant."""
    references = {"client_id", "won_client_id", "referrer_id", "referral_id", "practice_id", "prefers"}

    def mislead(cell: Cell) -> str:
        own = {"data/clients.csv": "client_id", "data/referrers.csv": "referrer_id", "data/referrals.csv": "referral_id"}
        away = cell.private and cell.name in references and own.get(cell.path) != cell.name
        return mark_of(len(cell.beside)) if away else cell.value

    problems = built(rewrite(PORTAL, tmp_path, AS_OF, mislead), cache).problems
    assert {"D302"} <= {found.code for found in problems}
    assert marks(repr([(found.message, found.hint) for found in problems]).encode()) == set()
