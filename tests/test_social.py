"""Social images: the size networks ask for, the portal's colours, every word whole or left out, the same bytes every time."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageFont

from site_builder import social
from site_builder.render.theme import Theme, default_folder
from site_builder.social import HEIGHT, WIDTH, Announcement, social_png, turns

FACE = Theme(default_folder()).words_face
GROUND, INK, ACCENT = "#134e5e", "#ffffff", "#e0924f"
SAID = Announcement("October 2026", "They closed the books a day early", "Harrow & Lisle", "Harbour IT", GROUND, INK, ACCENT)
NOTHING = replace(SAID, above="", headline="", below="", name="")
COMPOUND = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
COLUMN = (84, 0, 84 + 900, HEIGHT)
"""Where words stand when they are read from the left."""
Box = tuple[int, int, int, int]


def drawn(said: Announcement) -> Image.Image:
    image = Image.open(BytesIO(social_png(said, FACE)))
    assert image.format == "PNG"
    return image.convert("RGB")


def written(said: Announcement) -> Box | None:
    """The box around all that is written, beside the ornament that every picture has."""
    return ImageChops.difference(drawn(said), drawn(NOTHING)).point(lambda part: 255 if part > 60 else 0).getbbox()


def test_a_picture_has_the_size_that_networks_ask_for_and_the_brands_colours() -> None:
    image = drawn(SAID)
    assert image.size == (WIDTH, HEIGHT) == (1200, 630)
    assert image.getpixel((0, 0)) == (0x13, 0x4E, 0x5E)
    colours = {colour for _, colour in image.getcolors(1 << 16) or ()}
    assert {(255, 255, 255), (0xE0, 0x92, 0x4F)} <= colours


def test_the_same_words_give_the_same_bytes_and_others_do_not() -> None:
    assert social_png(SAID, FACE) == social_png(SAID, FACE)
    for other in ({"above": "May 2026"}, {"headline": "Other"}, {"below": "Other"}, {"name": "Other"}, {"ground": "#440000"}):
        assert social_png(replace(SAID, **other), FACE) != social_png(SAID, FACE)


@pytest.mark.parametrize(
    "headline",
    [
        "Short",
        f"{COMPOUND} zieht um",
        COMPOUND * 3,
        "word " * 200,
        "https://" + "x" * 300,
        "A b c d e f g h i j k l m n o p q r s t",
    ],
)
def test_no_word_leaves_the_column_whatever_its_length(headline: str) -> None:
    box = written(replace(SAID, headline=headline, below=f"{COMPOUND} GmbH & Co. KG", name=f"{COMPOUND} {COMPOUND}"))
    assert box is not None
    left, top, right, bottom = box
    assert left >= COLUMN[0] - 4
    assert right <= COLUMN[2] + 4
    assert top >= 84
    assert bottom <= HEIGHT - 60


def test_a_picture_weighs_no_more_than_sixty_kilobytes() -> None:
    assert len(social_png(replace(SAID, headline=f"{COMPOUND} " * 4), FACE)) <= 60_000


def test_the_headline_stands_in_the_largest_size_that_fits() -> None:
    """A line of 88 pixels is as high as its letters, one of 44 half as high; both begin at the same height."""
    short = written(replace(NOTHING, headline="Hx"))
    long = written(replace(NOTHING, headline="Hx " * 120))
    assert short is not None
    assert long is not None
    capital = ImageFont.truetype(str(FACE), 88).getbbox("H")
    assert abs((short[3] - short[1]) - (capital[3] - capital[1])) <= 2
    assert long[3] <= HEIGHT - 84


def test_the_name_stands_alone_where_there_is_nothing_to_say() -> None:
    assert written(replace(NOTHING, name="Harbour IT")) == written(replace(NOTHING, name="Harbour IT", headline="Harbour IT"))


@pytest.mark.parametrize("text", ["東京の会社", "Acme 東京", "Фирма"])
def test_a_text_in_letters_the_face_lacks_is_left_out_whole(text: str) -> None:
    assert social_png(replace(SAID, below=text), FACE) == social_png(replace(SAID, below=""), FACE)


def test_signs_that_the_face_lacks_are_left_out_alone() -> None:
    assert social_png(replace(SAID, below="Harrow \U0001f389 & Lisle"), FACE) == social_png(SAID, FACE)


@pytest.mark.parametrize("text", ["Łódź, Škofja Loka, Győr", "“Straße” – Ærø, coração, ¿qué?", "Iași, Niğde"])
def test_latin_with_every_mark_is_written(text: str) -> None:
    assert social_png(replace(SAID, below=text), FACE) != social_png(replace(SAID, below=""), FACE)


@pytest.mark.skipif(not turns(), reason="this machine has no FriBiDi")
def test_arabic_is_joined_and_stands_at_the_right() -> None:
    said = replace(NOTHING, headline="أغلقوا حساباتهم قبل الموعد مع Harbour IT")
    box = ImageChops.difference(drawn(said), Image.new("RGB", (WIDTH, HEIGHT), GROUND)).crop((250, 0, WIDTH, 240)).getbbox()
    assert box is not None
    assert abs(250 + box[2] - (WIDTH - 84)) <= 12
    # Joined letters are narrower than the same letters one by one.
    joined = social._font(str(FACE), 88, turned=True).getlength("حساباتهم", direction="rtl")  # noqa: SLF001
    apart = sum(social._font(str(FACE), 88, turned=True).getlength(letter, direction="rtl") for letter in "حساباتهم")  # noqa: SLF001
    assert joined < 0.9 * apart


def test_arabic_is_left_out_where_the_machine_cannot_join_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(social, "turns", lambda: False)
    assert social_png(replace(SAID, headline="مكتب النور"), FACE) == social_png(replace(SAID, headline=SAID.name), FACE)


def test_the_faces_that_come_with_the_theme_are_small_and_bring_their_licence() -> None:
    folder = FACE.parent
    assert sum(path.stat().st_size for path in folder.iterdir() if path.is_file()) <= 250_000
    assert (folder / "fraunces.woff2").stat().st_size <= 30 * 1024
    assert "SIL OPEN FONT LICENSE Version 1.1" in (folder / "OFL.txt").read_text(encoding="utf-8")
