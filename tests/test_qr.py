"""QR codes: drawn so that another library reads them, whatever the page around them does."""

from __future__ import annotations

import re

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from site_builder.qr import qr_svg

ADDRESS = "https://refer.harbour.example/meet/7QK3M9TX/"


def drawn(svg: str, module: int = 4) -> Image.Image:
    """Draw the rectangles of a code's path, module pixels each."""
    (side,) = re.findall(r'viewBox="0 0 (\d+) \1"', svg)
    image = Image.new("L", (int(side) * module, int(side) * module), 255)
    draw = ImageDraw.Draw(image)
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", svg):
        left, top = int(x) * module, int(y) * module
        draw.rectangle((left, top, left + int(length) * module - 1, top + module - 1), fill=0)
    return image


@pytest.mark.parametrize("text", [ADDRESS, "x", "https://x.example/" + "a" * 400, "Grüße, 東京"])
def test_a_reader_finds_in_it_what_was_put_in(text: str) -> None:
    (found,) = zxingcpp.read_barcodes(drawn(qr_svg(text, "A code")))
    assert found.text == text


def test_four_modules_of_white_lie_around_it() -> None:
    image = drawn(qr_svg(ADDRESS, "A code"), module=1)
    assert Image.eval(image, lambda shade: 255 - shade).getbbox() == (4, 4, image.width - 4, image.height - 4)


def test_it_is_one_path_that_dresses_itself_in_nothing() -> None:
    svg = qr_svg(ADDRESS, "A code")
    assert svg.count("<path") == 1
    assert "style" not in svg
    assert "transform" not in svg


def test_those_who_cannot_see_it_are_told_what_it_is_and_its_title_cannot_end_it() -> None:
    svg = qr_svg(ADDRESS, "</title><script>")
    assert 'role="img"' in svg
    assert "<title>&lt;/title&gt;&lt;script&gt;</title>" in svg


def test_the_same_text_gives_the_same_code() -> None:
    assert qr_svg(ADDRESS, "A") == qr_svg(ADDRESS, "A")


def test_it_has_an_id_only_where_it_is_shown_again() -> None:
    assert '<svg class="qr" id="code" xmlns' in qr_svg(ADDRESS, "A", "code")
    assert " id=" not in qr_svg(ADDRESS, "A")
