"""How the faces in this folder were made: run by hand when one is to change, never by a test.

    npm pack @fontsource-variable/noto-sans@5.3.0 (and noto-serif, noto-sans-mono, noto-sans-arabic)
    npm pack @fontsource/noto-sans-symbols@5.3.0 @fontsource/noto-sans-symbols-2@5.3.0
    (unpack each into FOLDER/noto-sans and so on)
    pip install fonttools==4.68.0 brotli==1.2.1
    python tests/fonts/make.py FOLDER

They are for the browser that takes the tests' pictures, so that text is drawn from the same outlines on every machine. The theme
asks for Noto Sans and Noto Serif where it finds no face of the visitor's own system; the letters are those of its languages. All
are under the SIL Open Font License 1.1, which lies beside them.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.merge import Merger  # type: ignore[import-not-found]
from fontTools.subset import Options, Subsetter  # type: ignore[import-not-found]
from fontTools.ttLib import TTFont  # type: ignore[import-not-found]

HERE = Path(__file__).resolve().parent
LATIN = {*range(0x20, 0x7F), *range(0xA0, 0x100), *map(ord, "ıŒœ‐‑‒–—‘’‚“”„†•…‰‹›€™−")}  # noqa: RUF001  # what text is set with
ARABIC = {*range(0x600, 0x700), 0x200C, 0x200D, 0x200E, 0x200F}
SIGNS = {*map(ord, "←↑→↓✓✗▲▼○●■□")}
FACES = {
    "noto-sans": ("noto-sans-latin-wght-normal", LATIN),
    "noto-serif": ("noto-serif-latin-wght-normal", LATIN),
    "noto-sans-mono": ("noto-sans-mono-latin-wght-normal", {*range(0x20, 0x7F), *range(0xA0, 0x100)}),
    "noto-sans-arabic": ("noto-sans-arabic-arabic-wght-normal", ARABIC),
}


def subset(path: Path, letters: set[int]) -> TTFont:
    """Read a face and keep some letters, without hints."""
    font = TTFont(path, recalcTimestamp=False)
    options = Options()
    options.hinting = False
    options.notdef_outline = True
    worker = Subsetter(options)
    worker.populate(unicodes=letters)
    worker.subset(font)
    font["head"].modified = font["head"].created
    font.flavor = None
    return font


def main(folder: Path) -> None:
    """Write the faces."""
    for name, (file, letters) in FACES.items():
        subset(folder / name / "files" / f"{file}.woff2", letters).save(HERE / f"{name}.ttf")
    parts = []
    for name in ("noto-sans-symbols", "noto-sans-symbols-2"):
        part = folder / f"{name}.ttf"
        subset(folder / name / "files" / f"{name}-symbols-400-normal.woff2", SIGNS).save(part)
        parts.append(str(part))
    signs = Merger().merge(parts)
    signs.recalcTimestamp = False
    signs["head"].modified = signs["head"].created = 0
    signs.save(HERE / "noto-signs.ttf")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
