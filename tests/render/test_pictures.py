"""The pictures that pages show: several sizes, one file each, and nothing of those that no page asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from site_builder.model.portal import Media
from site_builder.problem import Source
from site_builder.render.assets import named
from site_builder.render.pictures import ALBUM, Picture, Pictures
from tests.images import photos
from tests.portals import settings

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
PHOTO = photos.talkative("webp", (1000, 500))
CONTENTS: Mapping[str, bytes] = {"logo.svg": SVG, "ann.webp": PHOTO, "cut.png": photos.talkative("png")[:900], "wide.jpg": b""}
MEDIA = (
    Media("logo.svg", 240, 120, "svg"),
    Media("ann.webp", 1000, 500, "webp"),
    Media("cut.png", 64, 48, "png"),
    Media("wide.jpg", 9000, 9000, "jpeg"),
)
BRAND = settings(brand={"primary": "#0b5d52"}).brand


def pictures(contents: Mapping[str, bytes] = CONTENTS, cache: Path | None = None) -> Pictures:
    return Pictures(MEDIA, contents, BRAND, base="/p/", cache=cache)


def shown(found: Picture | None) -> Picture:
    assert found is not None
    return found


def test_a_drawing_is_one_file_of_its_own_size() -> None:
    all_of_them = pictures()
    path = named("assets/logo.svg", SVG)
    assert all_of_them.picture("logo.svg") == Picture(f"/p/{path}", 240, 120)
    (file,) = all_of_them.artifacts()
    assert (file.path, file.content, file.source) == (path, SVG, Source("content/media/logo.svg"))


def test_a_photograph_names_the_files_of_each_format_and_size() -> None:
    all_of_them = pictures()
    found = shown(all_of_them.picture("ann.webp"))
    assert (found.width, found.height) == (1000, 500)
    assert [source.type for source in found.sources] == ["image/avif", "image/webp"]
    for source in found.sources:
        ending = source.type.removeprefix("image/")
        small, middle, large = (rf"/p/assets/ann-{width}\.[0-9a-f]{{10}}\.{ending} {width}w" for width in (480, 960, 1000))
        assert re.fullmatch(f"{small}, {middle}, {large}", source.srcset)
    named_there = {found.url, *(part.split()[0] for source in found.sources for part in source.srcset.split(", "))}
    files = all_of_them.artifacts()
    assert {f"/p/{file.path}" for file in files} == named_there
    assert len({file.path for file in files}) == len(files)
    assert [file.path for file in files if photos.MARK in file.content] == []
    assert {file.source for file in files} == {Source("content/media/ann.webp")}


def test_a_jpeg_keeps_the_ending_that_people_know() -> None:
    content = photos.talkative("jpeg")
    found = shown(pictures({"wide.jpg": content}).picture("wide.jpg"))
    assert re.fullmatch(r"/p/assets/wide-64\.[0-9a-f]{10}\.jpg", found.url)
    assert (found.width, found.height) == (64, 48)  # as it came out, not as its head said


def test_only_what_was_asked_for_is_made_published_and_remembered(tmp_path: Path) -> None:
    both = pictures(cache=tmp_path)
    both.picture("ann.webp")
    both.picture("logo.svg")
    assert len(both.artifacts()) > 1
    assert len(list((tmp_path / ALBUM).iterdir())) == 1
    neither = pictures(cache=tmp_path)
    assert neither.picture(None) is None
    assert neither.picture("gone.png") is None
    assert neither.artifacts() == ()
    assert list((tmp_path / ALBUM).iterdir()) == []


def test_the_same_files_come_from_memory(tmp_path: Path) -> None:
    first, second = pictures(cache=tmp_path), pictures(cache=tmp_path)
    assert first.picture("ann.webp") == second.picture("ann.webp") == first.picture("ann.webp")
    assert first.artifacts() == second.artifacts()


def test_nothing_is_told_of_a_picture_that_nobody_asked_for() -> None:
    assert pictures().problems == ()


@pytest.mark.parametrize("name", ["cut.png", "wide.jpg"])
def test_a_picture_that_cannot_be_shown_is_told_once(name: str) -> None:
    all_of_them = pictures()
    assert [all_of_them.picture(name), all_of_them.picture(name)] == [None, None]
    (found,) = all_of_them.problems
    assert (found.code, found.source) == ("D005", Source(f"content/media/{name}"))
    assert found.message == "this picture is broken or cut short"
    assert all_of_them.artifacts() == ()


def test_a_picture_past_a_bound_says_which() -> None:
    bomb = pictures({"cut.png": photos.empty_png(8000, 6251)})
    assert bomb.picture("cut.png") is None
    assert [(found.code, found.message) for found in bomb.problems] == [
        ("D003", "this picture has 8,000 × 6,251 pixels, more than 50 million")
    ]


class TestPortraits:
    def test_a_person_with_a_photograph_is_shown_by_it(self) -> None:
        all_of_them = pictures()
        assert all_of_them.portrait("Ann Hale", "logo.svg") == all_of_them.picture("logo.svg")

    @pytest.mark.parametrize("photo", [None, "gone.png", "cut.png"])
    def test_one_without_is_drawn(self, photo: str | None) -> None:
        all_of_them = pictures()
        found = all_of_them.portrait("Ann Hale", photo)
        assert (found.width, found.height, found.sources) == (256, 256, ())
        (file,) = all_of_them.artifacts()
        assert f"/p/{file.path}" == found.url
        assert ">AH</text>" in file.content.decode()
        assert all_of_them.portrait("Ann Hale", None) == found


class TestProse:
    def test_a_drawing_has_words_and_size(self) -> None:
        found = pictures().in_prose({"src": "logo.svg", "alt": 'Our "mark" <b>', "title": "T"})
        url = "/p/" + named("assets/logo.svg", SVG)
        assert found == (
            f'<img src="{url}" alt="Our &#34;mark&#34; &lt;b&gt;" title="T" width="240" height="120" loading="lazy"'
            ' decoding="async">'
        )

    def test_a_photograph_comes_with_its_formats(self) -> None:
        all_of_them = pictures()
        found = all_of_them.in_prose({"src": "ann.webp", "alt": "Ann"}) or ""
        sources = shown(all_of_them.picture("ann.webp")).sources
        assert len(sources) == 2
        assert found.startswith("<picture>")
        assert found.endswith(' alt="Ann" width="1000" height="500" loading="lazy" decoding="async"></picture>')
        for source in sources:
            assert f'<source type="{source.type}" srcset="{source.srcset}" sizes="(width' in found

    @pytest.mark.parametrize(
        ("written", "expected"),
        [
            ({"width": "120"}, 'width="120" height="60"'),
            ({"width": "120", "height": "9"}, 'width="120" height="60"'),
            ({"width": "1"}, 'width="1" height="1"'),
            ({"width": "50%"}, 'width="240" height="120"'),
            ({"width": "²"}, 'width="240" height="120"'),
            ({"height": "9"}, 'width="240" height="120"'),
            ({"width": "0"}, 'width="240" height="120"'),
            ({"width": "9" * 50}, 'width="240" height="120"'),
        ],
    )
    def test_a_width_of_the_owners_stays_and_nothing_is_distorted(self, written: Mapping[str, str], expected: str) -> None:
        assert expected in (pictures().in_prose({"src": "logo.svg", "alt": "", **written}) or "")

    def test_a_smaller_width_asks_for_a_smaller_file(self) -> None:
        assert 'sizes="120px"' in (pictures().in_prose({"src": "ann.webp", "width": "120"}) or "")

    def test_what_is_none_of_ours_is_left_alone(self) -> None:
        assert pictures().in_prose({"src": "/elsewhere.png", "alt": "x"}) is None
        assert pictures().in_prose({"alt": "x"}) is None
