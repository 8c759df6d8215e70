"""A theme's files: the default one, and what a portal's own themes/NAME/ replaces or adds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from site_builder.codes import problem
from site_builder.problem import Problem, Source

DEFAULT = "default"
STYLES = ("reset.css", "tokens.css", "base.css", "layout.css", "common.css", "components.css", "utilities.css", "print.css")
EXTRA = "extra.css"
FACES = "faces.css"
"""Where the faces that come with the theme are named; pages have it only when they use one."""
WORDS_FACE = "words.ttf"
"""What pictures with words in them are written in."""
_FOLDERS = ("templates", "styles", "scripts", "words")


def default_folder() -> Path:
    """Return the default theme's folder: inside the package in a wheel, beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "themes" / DEFAULT
    return inside if inside.is_dir() else package.parent / "themes" / DEFAULT


@dataclass(frozen=True)
class Theme:
    """Where a theme's files are looked for, the portal's own first. own: the portal's folder, None for the default theme."""

    default: Path
    own: Path | None = None

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders to look in, first come first served."""
        return (self.own, self.default) if self.own else (self.default,)

    def catalogues(self) -> tuple[Path, ...]:
        """The folders with LANG.po files, the later ones win."""
        return tuple(folder / "words" for folder in reversed(self.folders))

    def speaks(self, locale: str) -> bool:
        """Say whether there are words in a locale's language; English stands in the templates themselves."""
        language, _, region = locale.partition("-")
        names = (f"{language}.po", f"{language}_{region}.po")
        return language == "en" or any((folder / name).is_file() for folder in self.catalogues() for name in names)

    def faults(self, portal: Path) -> tuple[Problem, ...]:
        """Return what keeps files of the portal's own theme from being read; portal: the folder all of them must stand in."""
        if self.own is None:
            return ()
        if fault := _fault(self.own, portal):
            return (fault,)
        files = (path for path in sorted(self.own.rglob("*")) if path.relative_to(self.own).parts[0] in _FOLDERS)
        return tuple(fault for path in files if not path.name.startswith(".") and (fault := _fault(path, portal)))

    def style(self, name: str) -> str:
        """Return one style sheet: the portal's own of that name, else the default's, else nothing."""
        return self._text("styles", name) or ""

    def sheet(self, name: str) -> str:
        """Return a style sheet that a template asked for by name. Raises LookupError for one there is not."""
        return self._asked("styles", name, "style sheet")

    def script(self, name: str) -> str:
        """Return one script: the portal's own of that name, else the default's. Raises LookupError for one there is not."""
        return self._asked("scripts", name, "script")

    def _asked(self, kind: str, name: str, what: str) -> str:
        found = self._text(kind, name)
        if found is None:
            raise LookupError(f"there is no {what} {name}")
        return found

    def face(self, name: str) -> bytes | None:
        """Return a face that comes with the default theme, as WOFF2; None for one that does not."""
        path = self.default / "fonts" / f"{name}.woff2"
        return path.read_bytes() if path.is_file() else None

    @property
    def words_face(self) -> Path:
        """The file of the face that pictures with words are written in."""
        return self.default / "fonts" / WORDS_FACE

    def _text(self, kind: str, name: str) -> str | None:
        for folder in self.folders:
            path = folder / kind / name
            if path.is_file():
                return path.read_text(encoding="utf-8")
        return None


def _fault(path: Path, portal: Path) -> Problem | None:
    """Return what keeps a file or folder from being read; None for nothing."""
    source = Source(path.relative_to(portal).as_posix())
    if not path.resolve().is_relative_to(portal.resolve()):
        return problem("D004", source, "this link leads out of the portal", hint="copy here what it points at")
    try:
        if path.is_file():
            path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return problem("D002", source, "this file is not UTF-8", hint="save it again as UTF-8")
    except OSError:
        return problem("D005", source, "this file cannot be read", hint="give yourself the right to read it")
    return None


def find(portal: Path, name: str) -> Theme | None:
    """Return the theme a portal names; None when it has no folder of that name."""
    if name == DEFAULT:
        return Theme(default_folder())
    own = portal / "themes" / name
    return Theme(default_folder(), own) if own.is_dir() else None
