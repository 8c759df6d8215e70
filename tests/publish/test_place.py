"""A published site never stands where something else belongs."""

from pathlib import Path

import pytest

from site_builder.publish import Disk, PublishRefused
from site_builder.publish.place import Place, check_suitable


class Mounted(Disk):
    def is_mount(self, folder: Path) -> bool:
        del folder
        return True


def refusal(output: Path, disk: Disk | None = None) -> str:
    disk = disk or Disk()
    with pytest.raises(PublishRefused) as caught:
        check_suitable(Place.of(output, disk), disk)
    assert caught.value.problem.code == "B103"
    assert caught.value.problem.hint
    return caught.value.problem.message


@pytest.fixture
def portal(tmp_path: Path) -> Path:
    (tmp_path / "portal/data").mkdir(parents=True)
    (tmp_path / "portal/data/portal.yaml").write_text("name: x\n")
    (tmp_path / "portal/content").mkdir()
    return tmp_path / "portal"


def test_a_file_or_a_link_is_no_output(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "link").symlink_to(tmp_path)
    assert refusal(tmp_path / "file").endswith("it is a file, not a folder")
    assert refusal(tmp_path / "link").endswith("it is a symbolic link, not a folder")


def test_the_root_is_no_output() -> None:
    assert refusal(Path("/")).endswith("the root of the file system")


def test_a_mount_point_is_no_output(tmp_path: Path) -> None:
    assert "is a mount point" in refusal(tmp_path, Mounted())


def test_home_and_what_contains_it_are_no_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "users/ann"))
    assert refusal(tmp_path / "users/ann").endswith("is or contains your home folder")
    assert refusal(tmp_path / "users").endswith("is or contains your home folder")


def test_the_folder_one_stands_in_is_no_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert refusal(Path()).endswith("is or contains the folder you are in")
    assert refusal(Path("..")).endswith("is or contains the folder you are in")


def test_a_vanished_current_folder_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    (tmp_path / "here").rmdir()
    check_suitable(Place.of(tmp_path / "output", Disk()), Disk())


def test_the_portal_and_its_sources_are_no_output(portal: Path) -> None:
    assert refusal(portal).endswith("is the portal's own folder")
    for inside in ("data", "data/site", "content", "content/pages/site", "themes/mine"):
        assert "where the portal's own files are" in refusal(portal / inside)
    assert "lies in Data/" in refusal(portal / "Data")


def test_folders_beside_the_sources_or_outside_are_fine(portal: Path) -> None:
    for fine in (portal / "output", portal / "output/data", portal.parent / "data"):
        check_suitable(Place.of(fine, Disk()), Disk())


def test_a_link_above_the_output_is_followed_to_the_real_place(portal: Path) -> None:
    (portal.parent / "alias").symlink_to(portal)
    assert Place.of(portal.parent / "alias/output", Disk()).output == portal / "output"
    assert "where the portal's own files are" in refusal(portal.parent / "alias/data")
