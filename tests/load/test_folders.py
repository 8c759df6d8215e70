"""Folders are listed in order, without what is hidden and without leaving the portal."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.load.folders import folder, printable


def test_files_and_folders_are_listed_in_order(tmp_path: Path) -> None:
    for name in ("b.md", "a.md", "B.md"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    (tmp_path / "inner").mkdir()
    listed = folder(tmp_path, ".")
    assert (listed.files, listed.folders, listed.problems) == (("B.md", "a.md", "b.md"), ("inner",), ())


def test_an_absent_folder_is_no_problem(tmp_path: Path) -> None:
    listed = folder(tmp_path, "content")
    assert (listed.there, listed.read, listed.files, listed.problems) == (False, True, (), ())


def test_hidden_files_are_noted_unless_they_are_shown(tmp_path: Path) -> None:
    for name in (".env", ".gitkeep", ".well-known"):
        (tmp_path / "c" / name).mkdir(parents=True)
    listed = folder(tmp_path, "c", shown=frozenset({".well-known"}))
    assert [(each.code, each.source.path) for each in listed.problems] == [("D007", "c/.env")]
    assert listed.folders == (".well-known",)


def test_a_link_inside_the_portal_is_followed_and_one_out_of_it_is_not(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "inside").symlink_to("real")
    (tmp_path / "outside").symlink_to(tmp_path_factory.mktemp("elsewhere"))
    assert folder(tmp_path, "inside").read
    refused = folder(tmp_path, "outside")
    assert ([each.code for each in refused.problems], refused.read) == (["D004"], False)


def test_a_file_where_a_folder_belongs_cannot_be_listed(tmp_path: Path) -> None:
    (tmp_path / "content").write_text("x", encoding="utf-8")
    listed = folder(tmp_path, "content")
    assert ([each.code for each in listed.problems], listed.read) == (["D005"], False)


def test_names_of_any_bytes_can_be_printed() -> None:
    assert printable("a\x1b[31m\udcff") == "a\\x1b[31m\\udcff"
    assert printable("Ünï") == "Ünï"
