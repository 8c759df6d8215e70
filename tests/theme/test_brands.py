"""Whatever colours a portal names, all that its style sheets set on one another can be read and seen, in light and in dark.

A hundred brands, the same ones every time, and some that are hard: the pairs are those of the theme's style sheets, the colours
that are not the brand's are read from tokens.css, and what CSS mixes is reckoned here once more, by CSS Color 4.
"""

from __future__ import annotations

import math
import random
import re
from collections.abc import Mapping

import pytest

from site_builder.render.theme import default_folder
from site_builder.rules.colour import DARK_PAGE, LIGHT_PAGE, contrast, mixed, tokens
from tests.portals import settings

STYLES = default_folder() / "styles"
CSS = (STYLES / "tokens.css").read_text(encoding="utf-8")
COMPONENTS = "".join((STYLES / name).read_text(encoding="utf-8") for name in ("common.css", "components.css"))
MODES = ("light", "dark")
PAGES = ("page", "surface", "sunken")
_RANDOM = random.Random(7)
RANDOM_BRANDS = tuple((f"#{_RANDOM.randrange(1 << 24):06x}", f"#{_RANDOM.randrange(1 << 24):06x}") for _ in range(100))
HARD_BRANDS = (
    ("#000000", "#000000"),
    ("#ffffff", "#ffffff"),
    ("#777777", "#777777"),
    ("#ffff00", "#ffff66"),
    ("#0000ff", "#ff0000"),
    ("#00ff00", "#ff00ff"),
    ("#0b5d52", "#0b5d53"),
    ("#808080", "#7f7f80"),
)

TEXT = (
    *(
        (text, ground)
        for text in ("ink", "ink-soft", "brand-text", "brand-ink", "accent-text")
        for ground in (*PAGES, "brand-tint")
    ),
    *(("alert", ground) for ground in PAGES),
    ("on-brand", "brand"),
    ("on-accent", "accent"),
    ("page", "ink"),
)
"""Text and what it stands on: words, headings and links on pages and cards; bands and buttons; the skip link."""

SHAPES = (
    *((border, ground) for border in ("line-strong", "brand-edge", "accent-edge", "brand-ink") for ground in PAGES),
    *(("ink", ground) for ground in (*PAGES, "brand-tint")),
    ("brand-ink", "brand-tint"),
    ("accent-edge", "brand-tint"),
    ("on-brand", "brand"),
    ("accent-on-brand", "brand"),
)
"""Shapes that mean something: fields, buttons, where one is in the menu, icons; focus rings on pages and on bands."""


def shades(primary: str, accent: str, mode: str) -> Mapping[str, str]:
    """Return every colour by its token's name, as a browser has it in a mode."""
    declared = dict(re.findall(r"--([a-z-]+): ((?:light-dark\()?#[^;]+);", CSS))
    brand = settings(brand={"primary": primary, "accent": accent}).brand
    declared |= {name.removeprefix("--"): value for name, value in tokens(brand).items()}
    found = {name: shade(value, mode) for name, value in declared.items()}
    found["brand-tint"] = mixed(found["surface"], primary, 0.07)
    found["brand-ink"] = found["brand-text"] if mode == "light" else strengthened(found["brand-text"])
    return found


def shade(value: str, mode: str) -> str:
    """Return a value's colour in a mode, in six digits; one that is the same in both stands alone."""
    both = re.findall(r"#[0-9a-f]{3,6}", value)
    found = str(both[MODES.index(mode) if len(both) > 1 else 0])
    return found if len(found) == 7 else "#" + "".join(digit * 2 for digit in found[1:])


def strengthened(colour: str) -> str:
    """Return what oklch(from colour max(l, 0.8) min(c * 2, 0.11) h) is, cut to sRGB as browsers do."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (red, green, blue))
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    light = max(0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short, 0.8)
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    chroma, hue = min(2 * math.hypot(a, b), 0.11), math.atan2(b, a)
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    cut = (min(max(part, 0.0), 1.0) for part in linear)
    gamma = (part * 12.92 if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055 for part in cut)
    return "#" + "".join(f"{round(part * 255):02x}" for part in gamma)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("primary", "accent"), [*RANDOM_BRANDS, *HARD_BRANDS])
def test_every_text_of_any_brand_can_be_read_and_every_shape_seen(primary: str, accent: str, mode: str) -> None:
    found = shades(primary, accent, mode)
    ratios = {
        pair: (contrast(found[pair[0]], found[pair[1]]), least) for pairs, least in ((TEXT, 4.5), (SHAPES, 3)) for pair in pairs
    }
    assert {pair: ratio for pair, (ratio, least) in ratios.items() if ratio < least} == {}


def test_what_the_tests_mix_is_what_the_style_sheet_mixes() -> None:
    assert "--brand-tint: color-mix(in srgb, var(--brand) 7%, var(--surface));" in CSS
    assert "oklch(from var(--brand-text) max(l, 0.8) min(c * 2, 0.11) h)" in CSS
    # A grey keeps no strength, and at l = 0.8 it is 0.8³ = 0.512 of white: 1.055 · 0.512^(1/2.4) − 0.055 = 0.743, 189.5 of 255
    assert strengthened("#929292") in {"#bdbdbd", "#bebebe"}


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        (r"\.button \{[^}]*border: 2px solid", "brand-edge"),
        (r"\.button-accent \{[^}]*border-color:", "accent-edge"),
        (r"\.band \.button-accent \{ border-color:", "accent-on-brand"),
        (r"\.menu-items \[aria-current\] \{[^}]*text-decoration-color:", "accent-edge"),
    ],
)
def test_what_must_be_seen_wears_the_variant_made_for_it(rule: str, value: str) -> None:
    assert re.search(rf"{rule} var\(--{value}\)", COMPONENTS)


def test_no_words_stand_in_the_brands_bare_colours() -> None:
    turned = "background: var(--on-brand); color: var(--brand)"  # a pair that is reckoned above, the other way round
    sheets = {path.name: path.read_text(encoding="utf-8").replace(turned, "") for path in STYLES.glob("*.css")}
    bare = {name for name, text in sheets.items() if re.search(r"[{;\s]color: var\(--(brand|accent)\)", text)}
    assert bare == set()


def test_the_hundred_brands_are_as_hard_as_brands_are() -> None:
    near = sum(contrast(primary, accent) < 3 for primary, accent in RANDOM_BRANDS)
    light = sum(contrast(primary, LIGHT_PAGE) < 3 for primary, _ in RANDOM_BRANDS)
    dark = sum(contrast(primary, DARK_PAGE) < 3 for primary, _ in RANDOM_BRANDS)
    assert len(set(RANDOM_BRANDS)) == 100
    assert min(near, light, dark) >= 15
