"""Each picture is made once, whatever becomes of the folder that remembers it; what nobody asks for any more is forgotten."""

from __future__ import annotations

import importlib.metadata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.images import raster
from site_builder.images.album import Album
from site_builder.images.rendition import Recipe, Rendition, UnreadablePictureError
from tests.images import photos

PHOTO = photos.saved(photos.gradient(500, 40), "jpeg")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Recipe]:
    """What was really made, in order; the making itself is test_raster's."""
    found: list[Recipe] = []

    def made(content: bytes, kind: str, recipe: Recipe) -> tuple[Rendition, ...]:
        found.append(recipe)
        if content == b"broken":
            raise UnreadablePictureError("is broken")
        return (Rendition("webp", 4, 3, content + b"\n" + recipe.encode()), Rendition(kind, 4, 3, content))

    monkeypatch.setattr(raster, "made", made)
    return found


def files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def test_a_picture_is_made_once(tmp_path: Path, asked: list[Recipe]) -> None:
    folder = tmp_path / "deep" / "album"
    first = Album(folder, Recipe.SHOWN).renditions(PHOTO, "jpeg")
    assert Album(folder, Recipe.SHOWN).renditions(PHOTO, "jpeg") == first
    assert asked == [Recipe.SHOWN]
    assert len(files(folder)) == 1


def test_what_is_remembered_is_what_was_made(tmp_path: Path) -> None:
    made = Album(None, Recipe.SHOWN).renditions(PHOTO, "jpeg")
    assert Album(tmp_path, Recipe.SHOWN).renditions(PHOTO, "jpeg") == made
    assert Album(tmp_path, Recipe.SHOWN).renditions(PHOTO, "jpeg") == made
    assert [item.kind for item in made][-1] == "jpeg"


def test_without_a_folder_it_is_made_once_in_a_run(asked: list[Recipe]) -> None:
    album = Album(None, Recipe.COPIED)
    assert album.renditions(PHOTO, "jpeg") == album.renditions(PHOTO, "jpeg")
    album.forget_others()
    assert asked == [Recipe.COPIED]


def test_other_pixels_another_kind_another_use_and_another_pillow_are_made_anew(
    tmp_path: Path, asked: list[Recipe], monkeypatch: pytest.MonkeyPatch
) -> None:
    Album(tmp_path, Recipe.SHOWN).renditions(b"a", "png")
    Album(tmp_path, Recipe.SHOWN).renditions(b"b", "png")
    Album(tmp_path, Recipe.SHOWN).renditions(b"a", "gif")
    Album(tmp_path, Recipe.COPIED).renditions(b"a", "png")
    monkeypatch.setattr(importlib.metadata, "version", lambda _name: "99.0")
    Album(tmp_path, Recipe.SHOWN).renditions(b"a", "png")
    assert len(asked) == len(files(tmp_path)) == 5


def test_what_nobody_asked_for_is_forgotten(tmp_path: Path, asked: list[Recipe]) -> None:
    before = Album(tmp_path, Recipe.SHOWN)
    before.renditions(b"gone", "png")
    before.renditions(b"stays", "png")
    now = Album(tmp_path, Recipe.SHOWN)
    now.renditions(b"stays", "png")
    now.forget_others()
    (left,) = files(tmp_path)
    assert b"stays" in left.read_bytes()
    assert len(asked) == 2


def test_a_picture_that_cannot_be_read_is_not_remembered(tmp_path: Path, asked: list[Recipe]) -> None:
    for _ in range(2):
        with pytest.raises(UnreadablePictureError):
            Album(tmp_path, Recipe.SHOWN).renditions(b"broken", "png")
    assert (len(asked), files(tmp_path)) == (2, [])


def test_a_folder_that_cannot_be_written_changes_nothing(tmp_path: Path, asked: list[Recipe]) -> None:
    (tmp_path / "a-file").write_bytes(b"")
    album = Album(tmp_path / "a-file", Recipe.SHOWN)
    assert album.renditions(PHOTO, "jpeg")[-1].content == PHOTO
    album.forget_others()
    assert len(asked) == 1


@given(st.data())
def test_a_spoiled_memory_is_as_good_as_none(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    folder = tmp_path_factory.mktemp("album")
    content = photos.saved(photos.gradient(3, 2), "png")
    made = Album(folder, Recipe.COPIED).renditions(content, "png")
    (file,) = files(folder)
    spoiled = bytearray(file.read_bytes())
    at = data.draw(st.integers(0, len(spoiled)))
    spoiled[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
    file.write_bytes(data.draw(st.sampled_from((bytes(spoiled), b"", b"null\n", b"[1]\n", b"[" * 9_999))))
    assert Album(folder, Recipe.COPIED).renditions(content, "png") == made
