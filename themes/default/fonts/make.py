# ruff: noqa: INP001  # a script beside what it makes, no package
"""How the faces in this folder were made: run by hand when one is to change, never by a build.

    npm pack @fontsource-variable/fraunces@5.3.0 @fontsource/noto-sans@5.3.0 @fontsource/noto-sans-arabic@5.3.0
    (unpack each into FOLDER/fraunces, FOLDER/noto-sans, FOLDER/noto-sans-arabic)
    pip install fonttools==4.68.0 brotli==1.2.1
    python themes/default/fonts/make.py FOLDER

fraunces.woff2: headlines on pages. Fraunces at a size for headings, one weight; Latin with the letters of German, French, Spanish
and their neighbours. words.ttf: what social images are written in. Noto Sans with Latin and Arabic in one file, so that a line
may hold both. All are under the SIL Open Font License 1.1, which lies beside them and goes wherever they go.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.merge import Merger  # type: ignore[import-not-found]
from fontTools.subset import Options, Subsetter  # type: ignore[import-not-found]
from fontTools.ttLib import TTFont  # type: ignore[import-not-found]
from fontTools.varLib.instancer import instantiateVariableFont  # type: ignore[import-not-found]

HERE = Path(__file__).resolve().parent
OPTICAL_SIZE, WEIGHT = 40, 600
SIGNS = "‐‑‒–—‘’‚“”„†•…‰‹›€™−"  # noqa: RUF001  # what proofs and quotations are set with
LATIN = {*range(0x20, 0x7F), *range(0xA0, 0x100), *map(ord, "ıŒœ"), *map(ord, SIGNS)}
LATIN_OF_NAMES = {*LATIN, *range(0x100, 0x180), *map(ord, "ȘșȚț")}
ARABIC = {*range(0x600, 0x700), 0x200C, 0x200D, 0x200E, 0x200F}


def subset(font: TTFont, letters: set[int], features: list[str]) -> TTFont:
    """Keep some letters and what sets them."""
    options = Options()
    options.layout_features = features
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.hinting = False
    options.notdef_outline = True
    worker = Subsetter(options)
    worker.populate(unicodes=letters)
    worker.subset(font)
    font["head"].modified = font["head"].created
    return font


def main(folder: Path) -> None:
    """Write the two faces."""
    display = TTFont(folder / "fraunces/files/fraunces-latin-opsz-normal.woff2", recalcTimestamp=False)
    display = instantiateVariableFont(display, {"opsz": OPTICAL_SIZE, "wght": WEIGHT}, inplace=False)
    display = subset(display, LATIN, ["kern", "liga", "mark", "ccmp", "locl"])
    display.flavor = "woff2"
    display.save(HERE / "fraunces.woff2")

    parts = []
    for name, letters, features in (
        ("noto-sans/files/noto-sans-latin-600-normal", LATIN, ["kern"]),
        ("noto-sans/files/noto-sans-latin-ext-600-normal", LATIN_OF_NAMES - LATIN, []),
        ("noto-sans-arabic/files/noto-sans-arabic-arabic-600-normal", ARABIC, ["*"]),
    ):
        font = subset(TTFont(folder / f"{name}.woff2", recalcTimestamp=False), letters, features)
        font.flavor = None
        part = folder / f"{Path(name).name}.ttf"
        font.save(part)
        parts.append(str(part))
    words = Merger().merge(parts)
    words.recalcTimestamp = False
    words["head"].created = words["head"].modified = display["head"].created  # whenever it is made, the same bytes
    words.save(HERE / "words.ttf")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
