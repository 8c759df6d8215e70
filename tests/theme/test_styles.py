"""What the default theme's style sheets keep to, and that its own colours can be read."""

from __future__ import annotations

import re

import pytest

from site_builder.render.assets import LAYERS
from site_builder.render.theme import STYLES, default_folder
from site_builder.rules.colour import DARK_PAGE, LIGHT_PAGE, contrast

FOLDER = default_folder() / "styles"
TOKENS = (FOLDER / "tokens.css").read_text(encoding="utf-8")
SURFACES = ("page", "surface", "sunken")
MODES = ("light", "dark")


def _colour(token: str, mode: str) -> str:
    """Return a token's colour in a mode, in six digits; one that is the same in both stands alone."""
    value = re.findall(rf"--{token}: ([^;]+);", TOKENS)[0]
    shades = re.findall(r"#[0-9a-f]{3,6}", value)
    shade = str(shades[MODES.index(mode) if len(shades) > 1 else 0])
    return shade if len(shade) == 7 else "#" + "".join(digit * 2 for digit in shade[1:])


@pytest.mark.parametrize("name", STYLES)
def test_each_sheet_is_one_layer_of_its_own_name(name: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    # What private pages need of the components stands in a sheet of its own, before the others.
    layer = "components" if name == "common.css" else name.removesuffix(".css")
    assert re.findall(r"@layer ([a-z]+)", text) == [layer]
    assert text.startswith("@layer")


@pytest.mark.parametrize(
    ("name", "layer"),
    [
        ("paper.css", "paper"),
        ("handout.css", "print"),
        ("directory.css", "directory"),
        *(
            (f"{name}.css", "components")
            for name in ("entry", "events", "form", "news", "rewards", "styleguide", "terms", "trust", "who", "words")
        ),
    ],
)
def test_a_sheet_of_few_pages_keeps_to_a_layer_that_every_page_has_ordered(name: str, layer: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert re.findall(r"@layer ([a-z]+)", text) == [layer]
    assert re.search(rf"\b{layer}\b", LAYERS)
    assert not re.search(r"url\(|@import|@font-face|https?:", text)


@pytest.mark.parametrize("name", STYLES)
def test_no_sheet_asks_for_another_file(name: str) -> None:
    assert not re.search(r"url\(|@import|@font-face|https?:", (FOLDER / name).read_text(encoding="utf-8").replace('"http"', ""))


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("text", ["ink", "ink-soft", "brand-text", "accent-text", "alert"])
def test_text_reads_on_every_surface(text: str, surface: str, mode: str) -> None:
    assert contrast(_colour(text, mode), _colour(surface, mode)) >= 4.5


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("surface", SURFACES)
def test_borders_of_fields_are_seen_on_every_surface(surface: str, mode: str) -> None:
    assert contrast(_colour("line-strong", mode), _colour(surface, mode)) >= 3


@pytest.mark.parametrize("name", ["brand", "accent"])
def test_text_reads_on_bands_and_buttons(name: str) -> None:
    assert contrast(_colour(f"on-{name}", "light"), _colour(name, "light")) >= 4.5


@pytest.mark.parametrize("surface", SURFACES)
def test_surfaces_stay_within_what_brand_colours_are_reckoned_against(surface: str) -> None:
    assert contrast(_colour(surface, "light"), "#000000") >= contrast(LIGHT_PAGE, "#000000")
    assert contrast(_colour(surface, "dark"), "#ffffff") >= contrast(DARK_PAGE, "#ffffff")
