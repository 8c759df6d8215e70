"""Brand colours that can be read and seen: what stands on them, and their variants for every surface, by WCAG 2.2's contrast.

Everything derives from one or two colours. Black or white reaches 4.5:1 on any colour (the worst case is 4.58), so text on brand
is always one of the two. A variant is the brand's colour, darkened or lightened until it reaches what it must where it stands.
The one thing that cannot be derived is that the two differ: an accent too near the main colour is a problem (D219).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from site_builder.model.settings import Brand

TEXT_CONTRAST: Final = 4.5
SHAPE_CONTRAST: Final = 3.0
"""What borders, icons and other shapes need that mean something (WCAG 2.2, 1.4.11)."""
LIGHT_PAGE: Final = "#f3f1ec"
"""The darkest page surface of a light theme that brand colours stand on."""
DARK_PAGE: Final = "#262c31"
"""The lightest page surface of a dark theme that brand colours stand on."""
LIGHT_SURFACE: Final = "#ffffff"
DARK_SURFACE: Final = "#1d2327"
"""What the theme mixes a tint of the brand from."""
TINT: Final = 0.07
"""How much of the brand is in its tint."""
DEFAULT_PRIMARY: Final = "#0b5d52"
DEFAULT_ACCENT: Final = "#f0b650"
"""The theme's own colours, where a portal names none."""
_STEPS = 40
_INK = "#000000"
_PAPER = "#ffffff"


def tokens(brand: Brand) -> Mapping[str, str]:
    """Return CSS custom properties for the brand's colours; empty for a brand without any (the theme has its own)."""
    if not brand.primary and not brand.accent:
        return {}
    primary = brand.primary or DEFAULT_PRIMARY
    # Beside a main colour that it was not chosen for, the theme's own accent gives way.
    accent = brand.accent or distinct(DEFAULT_ACCENT, primary)
    return {
        **_variants("brand", primary, primary),
        **_variants("accent", accent, primary),
        "--accent-on-brand": distinct(accent, primary),
    }


def _variants(name: str, colour: str, primary: str) -> Mapping[str, str]:
    """Return a colour with what stands on it, and as text and as a border on every surface, the brand's tint among them."""
    light = (LIGHT_PAGE, mixed(LIGHT_SURFACE, primary, TINT))
    dark = (DARK_PAGE, mixed(DARK_SURFACE, primary, TINT))
    return {
        f"--{name}": colour,
        f"--on-{name}": on(colour),
        f"--{name}-text": f"light-dark({readable(colour, *light)}, {readable(colour, *dark)})",
        f"--{name}-edge": f"light-dark({visible(colour, *light)}, {visible(colour, *dark)})",
    }


def palette(brand: Brand) -> tuple[str, ...]:
    """Return surfaces of the brand that differ from one another: each of its colours, and a darker and a lighter tone of it."""
    colours = (brand.primary or DEFAULT_PRIMARY, *((brand.accent,) if brand.accent else ()))
    return tuple(tone for colour in colours for tone in (colour, mixed(colour, _INK, 0.3), mixed(colour, _PAPER, 0.3)))


def on(colour: str) -> str:
    """Return ink or paper, whichever reads better on a colour."""
    return max((_INK, _PAPER), key=lambda text: contrast(text, colour))


def readable(colour: str, *grounds: str) -> str:
    """Return the colour nearest to this one that reaches 4.5:1 on every ground: darker on light ones, lighter on dark ones."""
    return _towards(on(grounds[0]), colour, grounds, TEXT_CONTRAST)


def visible(colour: str, *grounds: str) -> str:
    """Return the colour nearest to this one that reaches 3:1 on every ground, darker on light ones, lighter on dark ones."""
    return _towards(on(grounds[0]), colour, grounds, SHAPE_CONTRAST)


def distinct(colour: str, ground: str) -> str:
    """Return the colour nearest to this one that can be told from a ground (3:1), whether darker or lighter."""
    shares = [step / _STEPS for step in range(_STEPS + 1)]
    tried = (mixed(colour, end, share) for share in shares for end in (_INK, _PAPER))
    return next(found for found in tried if contrast(found, ground) >= SHAPE_CONTRAST)  # ink or paper does at the latest


def contrast(one: str, other: str) -> float:
    """Return WCAG's contrast ratio of two colours, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mixed(colour: str, other: str, share: float) -> str:
    """Return a colour with a share of another in it, 0 to 1, part by part in sRGB as CSS's color-mix does."""
    parts = (round(a + (b - a) * share) for a, b in zip(_parts(colour), _parts(other), strict=True))
    return "#" + "".join(f"{part:02x}" for part in parts)


def _towards(end: str, colour: str, grounds: tuple[str, ...], ratio: float) -> str:
    """Return the first mixture of a colour with an end that reaches a ratio on every ground; the end itself at the latest."""
    steps = (mixed(colour, end, step / _STEPS) for step in range(_STEPS))
    return next((found for found in steps if all(contrast(found, ground) >= ratio for ground in grounds)), end)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004  # sRGB's own constants


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
