"""Pictures of pixels are made anew: upright, in sRGB, in several sizes, with nothing of the file but its pixels."""

from __future__ import annotations

import struct
from collections.abc import Callable
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms, PngImagePlugin

from site_builder.images.raster import made
from site_builder.images.rendition import Recipe, Rendition, UnreadablePictureError
from tests.images import photos

SHOWN, COPIED = Recipe.SHOWN, Recipe.COPIED
CLEAN_PARTS = {
    "png": {b"IHDR", b"IDAT", b"IEND", b"acTL", b"fcTL", b"fdAT"},
    "webp": {b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF"},
    # JFIF's head, tables, the frame (plain or progressive); no APP1, no APP2, no APP13, no comment
    "jpeg": {b"\xff\xe0", b"\xff\xdb", b"\xff\xc4", b"\xff\xc0", b"\xff\xc2"},
    "gif": set[bytes](),
    "avif": set[bytes](),
    "ico": set[bytes](),
}


def copy(content: bytes, kind: str) -> Image.Image:
    return photos.opened(made(content, kind, COPIED)[-1].content)


def sizes(renditions: tuple[Rendition, ...]) -> list[tuple[str, int, int]]:
    return [(item.kind, item.width, item.height) for item in renditions]


class TestNothingButPixels:
    @pytest.mark.parametrize("kind", photos.FORMATS)
    @pytest.mark.parametrize("recipe", Recipe)
    def test_no_note_is_left_in_any_file(self, kind: str, recipe: Recipe) -> None:
        content = photos.talkative(kind)
        assert content.count(photos.MARK) >= 2
        for item in made(content, kind, recipe):
            assert photos.MARK not in item.content
            assert photos.parts(item.content) <= CLEAN_PARTS[item.kind]
            again = photos.opened(item.content)
            assert dict(again.getexif()) == {}
            assert again.info.keys() & {"exif", "icc_profile", "xmp", "comment", "photoshop", "dpi", "XML:com.adobe.xmp"} == set()

    def test_the_parts_of_a_talkative_file_are_told_apart(self) -> None:
        """The test above would see each of them."""
        assert {b"eXIf", b"iTXt", b"zTXt", b"tEXt", b"iCCP", b"prVt", b"pHYs"} <= photos.parts(photos.talkative("png"))
        assert {b"\xff\xe1", b"\xff\xe2", b"\xff\xed", b"\xff\xfe"} <= photos.parts(photos.talkative("jpeg"))
        assert {b"EXIF", b"XMP ", b"ICCP"} <= photos.parts(photos.talkative("webp"))
        assert photos.parts(photos.talkative("gif")) == {b"!\xfe"}
        assert {b"Exif", b"mime", b"prof"} <= photos.parts(photos.talkative("avif"))

    @pytest.mark.parametrize("kind", ["gif", "png", "webp", "avif"])
    def test_an_animations_notes_go_too(self, kind: str) -> None:
        notes: dict[str, object] = {"exif": photos.exif(), "xmp": photos.XMP}
        if kind == "png":
            info = PngImagePlugin.PngInfo()
            info.add_text("a", photos.TEXT)
            notes = {"pnginfo": info}
        content = photos.animation(kind, **({"comment": photos.MARK} if kind == "gif" else notes))
        assert photos.MARK in content
        for recipe in Recipe:
            assert [item for item in made(content, kind, recipe) if photos.MARK in item.content] == []

    def test_an_icons_pictures_lose_theirs(self) -> None:
        """Pillow writes no notes into icons, so one is built by hand: its head, a place, and a PNG with notes."""
        inside = photos.talkative("png", (32, 32))
        content = struct.pack("<HHH", 0, 1, 1) + struct.pack("<BBBBHHII", 32, 32, 0, 0, 1, 32, len(inside), 22) + inside
        (icon,) = made(content, "ico", SHOWN)
        assert (icon.kind, icon.width, icon.height) == ("ico", 32, 32)
        assert photos.MARK not in icon.content

    def test_the_frames_behind_a_photograph_are_left_out(self) -> None:
        """Telephones put a preview or a film behind a photograph, each with notes of its own."""
        first, second = photos.gradient(64, 48), photos.gradient(32, 24)
        content = photos.saved(first, "mpo", save_all=True, append_images=[second], exif=photos.exif())
        (found,) = made(content, "jpeg", COPIED)
        assert (found.width, found.height) == (64, 48)
        assert found.content.count(b"\xff\xd8\xff") == 1


class TestSizes:
    def test_a_photograph_comes_in_three_widths_and_newer_formats(self) -> None:
        found = made(photos.saved(photos.gradient(2000, 1000), "jpeg", quality=100, subsampling=0), "jpeg", SHOWN)
        assert sizes(found) == [
            *(("avif", 480, 240), ("avif", 960, 480), ("avif", 1600, 800)),
            *(("webp", 480, 240), ("webp", 960, 480), ("webp", 1600, 800)),
            ("jpeg", 1600, 800),
        ]

    @pytest.mark.parametrize(
        ("width", "expected"),
        [(100, [100]), (480, [480]), (481, [480, 481]), (960, [480, 960]), (1500, [480, 960, 1500]), (1601, [480, 960, 1600])],
    )
    def test_nothing_is_enlarged(self, width: int, expected: list[int]) -> None:
        *offered, last = made(photos.saved(photos.gradient(width, 40), "webp"), "webp", SHOWN)
        assert [item.width for item in offered if item.kind == "webp"] == expected
        assert (last.kind, last.width) == ("webp", expected[-1])

    def test_a_format_that_saves_nothing_is_not_offered(self) -> None:
        """In 2 × 2 pixels there is nothing to save but the newer formats' longer heads."""
        found = made(photos.saved(photos.gradient(2, 2), "gif"), "gif", SHOWN)
        assert {item.kind for item in found} <= {"gif", "webp"}
        assert all(len(item.content) <= len(found[-1].content) for item in found)

    def test_a_drawing_of_few_colours_keeps_them(self) -> None:
        found = made(photos.saved(photos.halves(400, 300), "png"), "png", SHOWN)
        assert sizes(found) == [("webp", 400, 300), ("png", 400, 300)]
        colours = photos.opened(found[0].content).convert("RGB").getcolors() or []
        assert sorted(colours) == [(60_000, (0, 0, 0)), (60_000, (255, 255, 255))]

    @pytest.mark.parametrize("size", [(1, 1), (1600, 1), (1, 3000), (3000, 1)])
    @pytest.mark.parametrize("kind", photos.FORMATS)
    def test_the_narrowest_pictures_are_made(self, kind: str, size: tuple[int, int]) -> None:
        found = made(photos.saved(photos.gradient(*size), kind), kind, SHOWN)
        assert found[-1].kind == kind
        assert min(found[-1].width, found[-1].height) == 1

    def test_a_copy_has_its_own_kind_and_size(self) -> None:
        for kind in photos.FORMATS:
            content = photos.saved(photos.gradient(2000, 30), kind)
            assert sizes(made(content, kind, COPIED)) == [(kind, 2000, 30)]

    def test_the_same_picture_gives_the_same_bytes(self) -> None:
        for kind in photos.FORMATS:
            content = photos.talkative(kind, (600, 400))
            assert made(content, kind, SHOWN) == made(content, kind, SHOWN)


class TestPixels:
    @pytest.mark.parametrize("orientation", range(1, 9))
    @pytest.mark.parametrize("recipe", Recipe)
    def test_a_photograph_is_shown_as_the_camera_was_held(self, orientation: int, recipe: Recipe) -> None:
        """Black lies left in the file. EXIF: 2 mirrors, 3 turns by half, 5 to 8 by a quarter, 5 and 7 with a mirror."""
        content = photos.saved(photos.halves(64, 32), "jpeg", exif=photos.exif(orientation), quality=95)
        found = photos.opened(made(content, "jpeg", recipe)[-1].content).convert("L")
        assert found.size == ((64, 32) if orientation < 5 else (32, 64))
        places = {"left": (3, 16), "right": (60, 16)} if orientation < 5 else {"top": (16, 3), "bottom": (16, 60)}
        (dark,) = [place for place, at in places.items() if int(str(found.getpixel(at))) < 60]
        expected = {1: "left", 2: "right", 3: "right", 4: "left", 5: "top", 6: "top", 7: "bottom", 8: "bottom"}
        assert dark == expected[orientation]

    def test_cmyk_becomes_what_a_screen_shows(self) -> None:
        content = photos.saved(Image.new("CMYK", (16, 16), (0, 255, 255, 0)), "jpeg", quality=95)
        red, green, blue = copy(content, "jpeg").getpixel((8, 8))  # type: ignore[misc]  # RGB has three
        assert (red > 240, green < 15, blue < 15) == (True, True, True)

    def test_sixteen_bits_become_eight(self) -> None:
        grey = Image.new("I;16", (4, 4), 0x8000)
        assert copy(photos.saved(grey, "png"), "png").getpixel((0, 0)) == (128, 128, 128)

    def test_transparency_of_a_palette_stays(self) -> None:
        image = Image.new("P", (4, 4), 0)
        image.putpalette([255, 0, 0, 0, 255, 0])
        image.putpixel((1, 1), 1)
        found = copy(photos.saved(image, "png", transparency=1), "png")
        assert found.getpixel((0, 0)) == (255, 0, 0, 255)
        assert found.getpixel((1, 1))[3] == 0  # type: ignore[index]  # RGBA

    @pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
    def test_a_copied_png_keeps_every_pixel(self, mode: str) -> None:
        image = photos.gradient(40, 30, "RGBA").convert(mode)
        if mode in {"LA", "RGBA"}:
            image.putalpha(Image.linear_gradient("L").resize((40, 30)))
        content = photos.saved(image, "png")
        assert copy(content, "png").convert("RGBA").tobytes() == photos.opened(content).convert("RGBA").tobytes()

    def test_a_copied_drawing_in_webp_keeps_every_pixel(self) -> None:
        content = photos.saved(photos.gradient(40, 30), "webp", lossless=True)
        assert copy(content, "webp").convert("RGB").tobytes() == photos.opened(content).convert("RGB").tobytes()

    def test_an_opacity_that_is_full_everywhere_is_left_out(self) -> None:
        assert copy(photos.saved(photos.gradient(8, 8, "RGBA"), "png"), "png").mode == "RGB"

    @pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
    @pytest.mark.parametrize("profile", ["of screens", "cut short", "empty", "no profile", "of another kind"])
    def test_a_profile_of_another_kind_or_a_broken_one_counts_for_nothing(self, mode: str, profile: str) -> None:
        lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
        profiles = {"of screens": photos.SRGB, "cut short": photos.SRGB[:200], "empty": b"", "of another kind": lab}
        content = photos.saved(Image.new(mode, (16, 16), 0), "jpeg", icc_profile=profiles.get(profile, b"no profile"))
        found = copy(content, "jpeg").getpixel((8, 8))
        assert isinstance(found, tuple)
        # Nothing of any ink is white; nothing of any light is black.
        assert min(found) > 250 if mode == "CMYK" else max(found) < 5

    def test_a_grey_profile_is_applied_to_grey_with_transparency(self) -> None:
        image = Image.new("LA", (8, 8), (100, 50))
        assert copy(photos.saved(image, "png", icc_profile=photos.SRGB), "png").getpixel((1, 1)) == (100, 100, 100, 50)


class TestAnimations:
    @pytest.mark.parametrize("kind", ["gif", "png", "webp", "avif"])
    @pytest.mark.parametrize("recipe", Recipe)
    def test_what_moves_still_moves(self, kind: str, recipe: Recipe) -> None:
        for item in made(photos.animation(kind), kind, recipe):
            found = Image.open(BytesIO(item.content))
            assert getattr(found, "n_frames", 1) == 3
            found.seek(1)
            found.load()
            assert found.info["duration"] == 120

    def test_a_wide_one_is_made_smaller(self) -> None:
        found = made(photos.animation("gif", size=(1200, 60)), "gif", SHOWN)
        assert sizes(found)[-1] == ("gif", 960, 48)
        assert sizes(made(photos.animation("gif", size=(1200, 60)), "gif", COPIED)) == [("gif", 1200, 60)]

    @pytest.mark.parametrize(("loop", "expected"), [(0, 0), (3, 3), (None, None)])
    def test_it_moves_as_often_as_before(self, loop: int | None, expected: int | None) -> None:
        (found,) = made(photos.animation("gif", loop=loop), "gif", COPIED)
        assert photos.opened(found.content).info.get("loop") == expected

    def test_transparent_frames_stay_so(self) -> None:
        frames = [Image.new("RGBA", (8, 8), (number * 80, 0, 0, 0 if number else 255)) for number in range(3)]
        content = photos.saved(frames[0], "webp", save_all=True, append_images=frames[1:], lossless=True)
        (found,) = made(content, "webp", COPIED)
        image = Image.open(BytesIO(found.content))
        image.seek(1)
        assert image.convert("RGBA").getpixel((1, 1))[3] == 0  # type: ignore[index]  # RGBA

    def test_an_icon_keeps_its_sizes(self) -> None:
        content = photos.saved(photos.gradient(64, 64, "RGBA"), "ico", sizes=[(16, 16), (32, 32), (64, 64)])
        (found,) = made(content, "ico", COPIED)
        assert photos.opened(found.content).info["sizes"] == {(16, 16), (32, 32), (64, 64)}
        assert (found.width, found.height) == (64, 64)


class TestRefused:
    @pytest.mark.parametrize("kind", [*photos.FORMATS, "ico"])
    @pytest.mark.parametrize("spoil", [lambda _: b"", lambda whole: whole[:30], lambda whole: whole[: len(whole) // 2]])
    def test_what_is_cut_short_is_refused(self, kind: str, spoil: Callable[[bytes], bytes]) -> None:
        whole = photos.saved(photos.gradient(200, 100), kind)
        with pytest.raises(UnreadablePictureError, match="broken or cut short") as raised:
            made(spoil(whole), kind, SHOWN)
        assert not raised.value.large

    @pytest.mark.parametrize("kind", [*photos.FORMATS, "ico"])
    def test_a_picture_of_another_kind_is_not_read(self, kind: str) -> None:
        other = photos.saved(photos.gradient(8, 8), "bmp")
        with pytest.raises(UnreadablePictureError, match="broken"):
            made(other, kind, SHOWN)

    @pytest.mark.parametrize(
        ("size", "reason"),
        [
            ((8000, 6251), "has 8,000 × 6,251 pixels, more than 50 million"),
            ((16_001, 1), "has a side of more than 16,000 pixels"),
            ((12_000, 9_000), "far more than 50 million pixels"),  # where Pillow itself warns
            ((15_000, 14_000), "far more than 50 million pixels"),  # where Pillow itself refuses
        ],
    )
    def test_a_bomb_is_refused_before_it_goes_off(self, size: tuple[int, int], reason: str) -> None:
        with pytest.raises(UnreadablePictureError, match=reason) as raised:
            made(photos.empty_png(*size), "png", SHOWN)
        assert raised.value.large

    def test_an_animation_without_end_is_refused(self) -> None:
        with pytest.raises(UnreadablePictureError, match="moves for more than 1,000 frames") as raised:
            made(photos.animation("gif", frames=1_001, size=(1, 1), loop=0), "gif", SHOWN)
        assert raised.value.large

    def test_an_animation_of_too_many_pixels_is_refused(self) -> None:
        frames = [Image.new("L", (4000, 4000), number) for number in (0, 90, 180, 250)]
        content = photos.saved(frames[0], "gif", save_all=True, append_images=frames[1:])
        with pytest.raises(UnreadablePictureError, match="50 million pixels in all"):
            made(content, "gif", SHOWN)

    def test_a_machine_without_the_memory_says_so(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(*_: object, **__: object) -> None:
            raise MemoryError

        monkeypatch.setattr(Image, "open", full)
        with pytest.raises(UnreadablePictureError, match="too large for this machine"):
            made(photos.saved(photos.gradient(8, 8), "png"), "png", SHOWN)


WHOLE = {kind: photos.talkative(kind) for kind in photos.FORMATS} | {
    "ico": photos.saved(photos.gradient(16, 16), "ico"),
    "moving gif": photos.animation("gif"),
    "moving webp": photos.animation("webp"),
    "moving png": photos.animation("png"),
}


@given(st.sampled_from(sorted(WHOLE)), st.sampled_from(Recipe), st.data())
def test_any_bytes_are_a_picture_or_refused(name: str, recipe: Recipe, data: st.DataObject) -> None:
    """Good files with some bytes replaced, cut out or put in, so that the spoiling gets past their heads."""
    content = bytearray(WHOLE[name])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content)))
        content[at : at + data.draw(st.integers(0, 8))] = data.draw(st.binary(max_size=8))
    kind = name.rpartition(" ")[2]
    try:
        found = made(bytes(content), kind, recipe)
    except UnreadablePictureError:
        return
    assert found[-1].kind == kind
    assert [item for item in found if photos.MARK in item.content] == []
