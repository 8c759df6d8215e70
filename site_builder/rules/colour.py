"""Brand colours that can be read: what stands on them and what they look like as text, by WCAG 2.2's contrast.

Everything derives from one or two colours. Black or white reaches 4.5:1 on any colour (the worst case is 4.58), so text on brand
is always one of the two; brand as text is darkened or lightened until it reaches 4.5:1 on the page.
"""

from __future__ import annotations

from collections.abc import Mapping

from site_builder.model.settings import Brand

TEXT_CONTRAST = 4.5
LIGHT_PAGE = "#f3f1ec"
"""The darkest page surface of a light theme that brand-coloured text stands on."""
DARK_PAGE = "#262c31"
"""The lightest page surface of a dark theme that brand-coloured text stands on."""
DEFAULT_PRIMARY = "#0b5d52"
"""The theme's own colour, where a portal names none."""
_STEPS = 40
_INK = "#000000"
_PAPER = "#ffffff"


def tokens(brand: Brand) -> Mapping[str, str]:
    """Return CSS custom properties for the brand's colours; empty for colours it does not name (the theme has its own)."""
    found: dict[str, str] = {}
    for name, colour in (("brand", brand.primary), ("accent", brand.accent)):
        if colour:
            found[f"--{name}"] = colour
            found[f"--on-{name}"] = on(colour)
            found[f"--{name}-text"] = f"light-dark({readable(colour, LIGHT_PAGE)}, {readable(colour, DARK_PAGE)})"
    return found


def palette(brand: Brand) -> tuple[str, ...]:
    """Return surfaces of the brand that differ from one another: each of its colours, and a darker and a lighter tone of it."""
    colours = (brand.primary or DEFAULT_PRIMARY, *((brand.accent,) if brand.accent else ()))
    return tuple(tone for colour in colours for tone in (colour, _mix(colour, _INK, 0.3), _mix(colour, _PAPER, 0.3)))


def on(colour: str) -> str:
    """Return ink or paper, whichever reads better on a colour."""
    return max((_INK, _PAPER), key=lambda text: contrast(text, colour))


def readable(colour: str, page: str) -> str:
    """Return the colour nearest to this one that reaches 4.5:1 on a page: darker on a light page, lighter on a dark one."""
    towards = on(page)
    steps = (_mix(colour, towards, step / _STEPS) for step in range(_STEPS + 1))
    return next(mixed for mixed in steps if contrast(mixed, page) >= TEXT_CONTRAST)  # the last is ink or paper, and reaches it


def contrast(one: str, other: str) -> float:
    """Return WCAG's contrast ratio of two colours, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004  # sRGB's own constants


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _mix(colour: str, other: str, share: float) -> str:
    mixed = (round(a + (b - a) * share) for a, b in zip(_parts(colour), _parts(other), strict=True))
    return "#" + "".join(f"{part:02x}" for part in mixed)
