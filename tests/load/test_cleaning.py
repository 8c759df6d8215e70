"""What is published as it is was cleaned: drawings of what can act, photographs of what the camera noted."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.load.cleaning import ALBUM, cleaned
from site_builder.load.media import load_media
from site_builder.problem import Severity, Source
from tests.images import photos
from tests.load.test_media import put

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 12"><script>CANARY</script><g /></svg>'
CLEAN = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 12"><g /></svg>'


@pytest.mark.parametrize("home", ["media", "static"])
def test_a_drawing_loses_what_can_act_wherever_it_lies(tmp_path: Path, home: str) -> None:
    put(tmp_path, f"{home}/a.svg", SVG)
    found = cleaned(load_media(tmp_path), None)
    (told,) = found.problems
    assert (told.code, told.message) == ("D508", "taken out of this picture: <script>")
    assert (told.severity, told.source) == (Severity.WARNING, Source(f"content/{home}/a.svg"))
    assert [*found.pictures.values(), *(file.content for file in found.static)] == [CLEAN]


@pytest.mark.parametrize("home", ["media", "static"])
def test_a_drawing_that_cannot_be_read_is_told(tmp_path: Path, home: str) -> None:
    put(tmp_path, f"{home}/a.svg", b"<svg")
    (told,) = cleaned(load_media(tmp_path), None).problems
    assert (told.code, told.message) == ("D005", "this picture cannot be read: it is not well-formed XML")


@pytest.mark.parametrize("kind", photos.FORMATS)
def test_a_copied_photograph_loses_its_notes_and_keeps_its_path(tmp_path: Path, kind: str) -> None:
    put(tmp_path, f"static/a/photo.{kind}", photos.talkative(kind))
    found = cleaned(load_media(tmp_path), tmp_path / "cache")
    assert found.problems == ()
    (file,) = found.static
    assert (file.path, file.source.path) == (f"a/photo.{kind}", f"content/static/a/photo.{kind}")
    assert photos.MARK not in file.content
    assert photos.opened(file.content).size == (64, 48)
    assert len(list((tmp_path / "cache" / ALBUM).iterdir())) == 1
    assert cleaned(load_media(tmp_path), tmp_path / "cache") == found


def test_a_copied_photograph_that_is_cut_short_is_told(tmp_path: Path) -> None:
    put(tmp_path, "static/photo.png", photos.talkative("png")[:900])
    found = cleaned(load_media(tmp_path), None)
    (told,) = found.problems
    assert (told.code, told.severity, told.message) == ("D005", Severity.ERROR, "this picture is broken or cut short")


def test_what_is_no_picture_is_copied_as_it_is(tmp_path: Path) -> None:
    put(tmp_path, "static/CNAME", b"refer.harbour.example")
    put(tmp_path, "static/.well-known/png", b"token")
    found = cleaned(load_media(tmp_path), None)
    assert [(file.path, file.content) for file in found.static] == [
        (".well-known/png", b"token"),
        ("CNAME", b"refer.harbour.example"),
    ]


def test_a_photograph_in_media_is_left_for_the_page_that_asks_for_it(tmp_path: Path) -> None:
    put(tmp_path, "media/photo.png", photos.talkative("png"))
    found = cleaned(load_media(tmp_path), tmp_path / "cache")
    assert found.pictures == {"photo.png": photos.talkative("png")}
    assert not (tmp_path / "cache").exists()
