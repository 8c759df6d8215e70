from __future__ import annotations

import stat
from pathlib import Path

import pytest

from site_builder.scaffold import writing
from site_builder.scaffold.writing import FolderRefusedError, write

FILES = {"data/a.yaml": "a: 1\n", "data/b.yaml": "b: 2\n", ".gitignore": "/output/\n"}


def everything(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


def test_a_new_folder_is_made_with_its_parents(tmp_path: Path) -> None:
    write(FILES, tmp_path / "clients" / "harbour")
    assert everything(tmp_path / "clients" / "harbour") == FILES
    assert [path.name for path in (tmp_path / "clients").iterdir()] == ["harbour"]


def test_others_may_enter_the_new_folder_as_far_as_the_shell_lets_them(tmp_path: Path) -> None:
    (tmp_path / "usual").mkdir()
    write(FILES, tmp_path / "new")
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == stat.S_IMODE((tmp_path / "usual").stat().st_mode)


def test_an_empty_folder_stays_the_same_folder(tmp_path: Path) -> None:
    before = tmp_path.stat().st_ino
    write(FILES, tmp_path)
    assert tmp_path.stat().st_ino == before
    assert everything(tmp_path) == FILES


def test_a_fresh_repository_counts_as_empty(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "HEAD").write_text("ref")
    write(FILES, tmp_path)
    assert everything(tmp_path) == {**FILES, ".git/HEAD": "ref"}


@pytest.mark.parametrize("name", ["notes.txt", ".hidden"])
def test_a_folder_that_holds_anything_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine")
    with pytest.raises(FolderRefusedError, match="is not empty"):
        write(FILES, tmp_path)
    assert everything(tmp_path) == {name: "mine"}


def test_a_file_and_a_link_to_nothing_are_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for name in ("file", "link"):
        with pytest.raises(FolderRefusedError, match="is a file"):
            write(FILES, tmp_path / name)


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(FolderRefusedError, match="cannot write into"):
        write(FILES, tmp_path / "file" / "portal")


@pytest.mark.parametrize("target", ["portal", "."])
def test_a_disk_that_fills_up_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str) -> None:
    whole = Path.write_text

    def full(self: Path, data: str, encoding: str | None = None, newline: str | None = None) -> int:
        if self.name == "b.yaml":
            raise OSError(28, "No space left on device")
        return whole(self, data, encoding=encoding, newline=newline)

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(FolderRefusedError, match="no space left on device"):
        write(FILES, tmp_path / target)
    assert list(tmp_path.iterdir()) == []


def test_what_appears_meanwhile_is_not_overwritten_and_what_was_moved_is_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # .gitignore is moved first; then somebody else makes data/.
    def appears(target: Path) -> None:
        if target.name == "data":
            raise FolderRefusedError("appeared")

    monkeypatch.setattr(writing, "_check_free", appears)
    with pytest.raises(FolderRefusedError, match="appeared"):
        write(FILES, tmp_path)
    assert list(tmp_path.iterdir()) == []
