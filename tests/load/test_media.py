"""Pictures and files that are published as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.load.media import MediaFiles, load_media
from site_builder.problem import Problem, Severity, Source
from tests.images import photos

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 12"/>'
MIB = 1024 * 1024


def put(root: Path, path: str, content: bytes = b"x") -> None:
    file = root / "content" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def only(media: MediaFiles) -> Problem:
    (found,) = media.problems
    return found


def test_nothing_there_is_no_problem(tmp_path: Path) -> None:
    assert load_media(tmp_path) == MediaFiles()


class TestPictures:
    def test_a_picture_is_read_with_its_size_and_place(self, tmp_path: Path) -> None:
        put(tmp_path, "media/logo.svg", SVG)
        (picture,) = load_media(tmp_path).pictures
        assert (picture.name, picture.content, picture.kind) == ("logo.svg", SVG, "svg")
        assert (picture.width, picture.height) == (24, 12)
        assert picture.source == Source("content/media/logo.svg")

    def test_a_drawing_that_does_not_say_its_size_has_that_of_browsers(self, tmp_path: Path) -> None:
        put(tmp_path, "media/odd.svg", b"<svg/>")
        (picture,) = load_media(tmp_path).pictures
        assert (picture.width, picture.height) == (300, 150)

    def test_pictures_stand_in_the_order_of_their_names(self, tmp_path: Path) -> None:
        for name, kind in (("c.gif", "gif"), ("a.webp", "webp"), ("b.JPG", "jpeg")):
            put(tmp_path, f"media/{name}", photos.talkative(kind))
        pictures = load_media(tmp_path).pictures
        assert [(picture.name, picture.kind, picture.width) for picture in pictures] == [
            ("a.webp", "webp", 64),
            ("b.JPG", "jpeg", 64),
            ("c.gif", "gif", 64),
        ]

    @pytest.mark.parametrize("home", ["media", "static"])
    @pytest.mark.parametrize(
        ("name", "content", "message", "hint"),
        [
            ("a.png", b"", "a.png is not a PNG inside", "open it"),
            ("a.jpg", b"<html>", "a.jpg is not a JPEG inside", "open it"),
            ("a.png", photos.talkative("jpeg"), "a.png says PNG and is a JPEG inside", "rename it to a.jpg"),
            ("a.b.jpeg", photos.talkative("webp"), "a.b.jpeg says JPEG and is a WEBP inside", "rename it to a.b.webp"),
            ("a.png", photos.talkative("png")[:20], "this picture is broken or cut short", "open it"),
        ],
        ids=["empty", "a page", "a JPEG", "a WebP", "cut short"],
    )
    def test_what_is_not_what_its_name_says(
        self, tmp_path: Path, home: str, name: str, content: bytes, message: str, hint: str
    ) -> None:
        put(tmp_path, f"{home}/{name}", content)
        media = load_media(tmp_path)
        found = only(media)
        assert (found.code, found.severity, found.message) == ("D005", Severity.ERROR, message)
        assert found.hint.startswith(hint)
        assert (media.pictures, media.static) == ((), ())

    @pytest.mark.parametrize("home", ["media", "static"])
    def test_a_bomb_is_refused_by_what_its_head_says(self, tmp_path: Path, home: str) -> None:
        head = photos.empty_png(8, 8).replace(b"\0\0\0\x08\0\0\0\x08", b"\0\0\xea\x60\0\0\xea\x60")
        put(tmp_path, f"{home}/bomb.png", head)
        found = only(load_media(tmp_path))
        assert (found.code, found.message) == ("D003", "this picture has 60,000 × 60,000 pixels, more than 50 million")

    @pytest.mark.parametrize("home", ["media", "static"])
    @pytest.mark.parametrize(
        ("content", "message"),
        [
            (photos.empty_png(4001, 2), "this picture has 4,001 × 2 pixels and 1 KiB"),
            (photos.empty_png(2, 2) + bytes(2 * MIB), "this picture has 2 × 2 pixels and 2,049 KiB"),
        ],
        ids=["wide", "heavy"],
    )
    def test_a_picture_larger_than_it_need_be_is_noted(self, tmp_path: Path, home: str, content: bytes, message: str) -> None:
        put(tmp_path, f"{home}/large.png", content)
        media = load_media(tmp_path)
        found = only(media)
        assert (found.code, found.severity, found.message) == ("D509", Severity.NOTE, message)
        assert len(media.pictures) + len(media.static) == 1

    def test_a_picture_of_four_thousand_pixels_is_fine(self, tmp_path: Path) -> None:
        put(tmp_path, "media/wide.png", photos.empty_png(4000, 4000))
        assert load_media(tmp_path).problems == ()

    @pytest.mark.parametrize("name", ["script.js", "page.html", "notes.txt", "photo", "photo.heic"])
    def test_anything_else_is_no_picture(self, tmp_path: Path, name: str) -> None:
        put(tmp_path, f"media/{name}")
        media = load_media(tmp_path)
        assert (only(media).code, only(media).severity, media.pictures) == ("D008", Severity.ERROR, ())

    @pytest.mark.parametrize("name", ["my photo.jpg", "con.png", "café.png", "x" * 97 + ".png", "-a.png"])
    def test_a_name_that_not_every_system_takes(self, tmp_path: Path, name: str) -> None:
        put(tmp_path, f"media/{name}")
        assert only(load_media(tmp_path)).code == "D503"

    def test_two_names_that_differ_in_case_are_one(self, tmp_path: Path) -> None:
        put(tmp_path, "media/Logo.svg", SVG)
        put(tmp_path, "media/logo.svg", SVG)
        found = only(load_media(tmp_path))
        assert (found.code, found.message) == ("D504", "logo.svg and Logo.svg are one name on many systems")

    def test_a_picture_over_ten_mebibytes_is_refused(self, tmp_path: Path) -> None:
        put(tmp_path, "media/large.png", b"")
        with (tmp_path / "content/media/large.png").open("wb") as file:
            file.truncate(10 * MIB + 1)
        assert only(load_media(tmp_path)).code == "D003"

    def test_a_folder_among_pictures_is_read_by_nobody(self, tmp_path: Path) -> None:
        put(tmp_path, "media/team/ann.png")
        assert (only(load_media(tmp_path)).code, only(load_media(tmp_path)).source.path) == ("D006", "content/media/team")

    def test_hidden_files_are_noted(self, tmp_path: Path) -> None:
        put(tmp_path, "media/.DS_Store")
        put(tmp_path, "media/.gitkeep")
        assert only(load_media(tmp_path)).code == "D007"


class TestStatic:
    @pytest.mark.parametrize(
        "path",
        [
            "ads.txt",
            "terms.pdf",
            "CNAME",
            "a/b/c.json",
            ".well-known/security.txt",
            ".well-known/acme-challenge",
            ".well-known/x/y",
            "a.WOFF2",
        ],
    )
    def test_a_file_is_copied_to_its_path(self, tmp_path: Path, path: str) -> None:
        put(tmp_path, f"static/{path}", b"as it is")
        media = load_media(tmp_path)
        assert media.problems == ()
        assert [(file.path, file.content, file.source.path) for file in media.static] == [
            (path, b"as it is", f"content/static/{path}")
        ]

    @pytest.mark.parametrize(
        "path", ["a.html", "a.js", "a.HTM", "a.svgz", "a.css", "LICENSE", "a/CNAME", "a.php", ".well-known/a.html"]
    )
    def test_a_file_of_another_kind_is_not(self, tmp_path: Path, path: str) -> None:
        put(tmp_path, f"static/{path}")
        media = load_media(tmp_path)
        assert (only(media).code, media.static) == ("D008", ())

    @pytest.mark.parametrize("path", [".env", ".git/config", "a/.well-known/x.txt", ".well-known/.hidden"])
    def test_hidden_files_are_noted_and_never_published(self, tmp_path: Path, path: str) -> None:
        put(tmp_path, f"static/{path}")
        media = load_media(tmp_path)
        assert ([found.code for found in media.problems], media.static) == (["D007"], ())

    @pytest.mark.parametrize("path", ["con/a.txt", "a b/c.txt", "nul.txt", "a/b c.txt"])
    def test_every_part_of_a_path_works_on_every_system(self, tmp_path: Path, path: str) -> None:
        put(tmp_path, f"static/{path}")
        assert only(load_media(tmp_path)).code == "D503"

    def test_two_folders_that_differ_in_case_are_one(self, tmp_path: Path) -> None:
        put(tmp_path, "static/Docs/a.txt")
        put(tmp_path, "static/docs/b.txt")
        assert only(load_media(tmp_path)).code == "D504"

    def test_folders_inside_folders_have_an_end(self, tmp_path: Path) -> None:
        put(tmp_path, "static/" + "a/" * 9 + "x.txt")
        assert load_media(tmp_path).problems == ()
        put(tmp_path, "static/" + "a/" * 10 + "x.txt")
        assert only(load_media(tmp_path)).code == "D003"


class TestLinks:
    def test_a_link_out_of_the_portal_is_refused(self, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
        outside = tmp_path_factory.mktemp("outside") / "a.png"
        outside.write_bytes(b"x")
        put(tmp_path, "media/.gitkeep")
        put(tmp_path, "static/.gitkeep")
        (tmp_path / "content/media/a.png").symlink_to(outside)
        (tmp_path / "content/static/a.png").symlink_to(outside)
        media = load_media(tmp_path)
        assert [(found.code, found.source.path) for found in media.problems] == [
            ("D004", "content/media/a.png"),
            ("D004", "content/static/a.png"),
        ]

    def test_a_link_to_the_tables_publishes_nothing(self, tmp_path: Path) -> None:
        (tmp_path / "data").mkdir()
        (tmp_path / "data/clients.csv").write_bytes(b"client_id\n")
        put(tmp_path, "static/.gitkeep")
        (tmp_path / "content/static/clients.csv").symlink_to("../../data/clients.csv")
        (tmp_path / "content/static/data").symlink_to("../../data")
        media = load_media(tmp_path)
        assert ([found.code for found in media.problems], media.static) == (["D004", "D004"], ())

    def test_a_link_that_goes_round_is_refused(self, tmp_path: Path) -> None:
        put(tmp_path, "static/a.txt")
        (tmp_path / "content/static/round").symlink_to(".")
        (tmp_path / "content/static/self").symlink_to("self")
        codes = [found.code for found in load_media(tmp_path).problems]
        assert codes[0] == "D004"
        assert len(codes) == 2

    def test_a_link_to_a_neighbour_is_followed(self, tmp_path: Path) -> None:
        put(tmp_path, "media/a.svg", SVG)
        (tmp_path / "content/media/b.svg").symlink_to("a.svg")
        assert [picture.content for picture in load_media(tmp_path).pictures] == [SVG, SVG]
