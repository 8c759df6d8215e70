"""The theme's catalogues: words of templates, form, rewards and calendars. Run it to refresh words/*.po.

`python -m tests.docs.words --missing de` prints what a catalogue lacks, as an empty catalogue to fill in; `--add de FILE` takes
over the translations of such a file.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir, extract_from_file
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "themes/default/words/en.po"
_TEMPLATES = ROOT / "themes/default/templates"
_WORDED = ("calendars.py", "forms/fields.py", "forms/form.py", "reasons.py")
_KEYWORDS = {**DEFAULT_KEYWORDS, "N_": None, "Plural": (1, 2)}


def catalogue_of(language: str) -> Path:
    """Return the file of a language's words."""
    return CATALOGUE.with_name(f"{language}.po")


def languages() -> tuple[str, ...]:
    """Return the languages the default theme is translated into."""
    return tuple(sorted(path.stem for path in CATALOGUE.parent.glob("*.po") if path != CATALOGUE))


def written(language: str = "en") -> bytes:
    """Return a catalogue with the words that are there now; translations of words that stay are kept."""
    return _bytes(_updated(language))


def missing(language: str) -> tuple[Message, ...]:
    """Return the words of the theme that a catalogue has no translation of."""
    return tuple(message for message in _updated(language) if message.id and not _is_said(message))


def added(language: str, translations: Path) -> bytes:
    """Return a catalogue with the translations of another file taken over."""
    catalogue = _updated(language)
    for message in _read(translations, language):
        if message.id and message.id in catalogue and _is_said(message):
            catalogue[message.id].string = message.string
    return _bytes(catalogue)


def _updated(language: str) -> Catalog:
    catalogue = _read(catalogue_of(language))
    catalogue.update(_found(), no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    return catalogue


def _is_said(message: Message) -> bool:
    forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    return bool(forms) and all(forms)


def _read(path: Path, language: str | None = None) -> Catalog:
    """language: whose plural forms a file without a header has."""
    with path.open("rb") as file:
        return read_po(file, locale=language)


def _bytes(catalogue: Catalog, *, omit_header: bool = False) -> bytes:
    content = BytesIO()
    write_po(content, catalogue, width=0, no_location=True, sort_output=True, ignore_obsolete=True, omit_header=omit_header)
    return content.getvalue()


def _found() -> Catalog:
    words = Catalog()
    templates = extract_from_dir(_TEMPLATES, [("**", "jinja2")], {"**": {"silent": "false"}}, keywords=_KEYWORDS)
    for _file, _line, message, _comments, context in templates:
        words.add(message, context=context)
    for name in _WORDED:
        for _line, message, _comments, context in extract_from_file("python", ROOT / "site_builder" / name, keywords=_KEYWORDS):
            words.add(message, context=context)
    return words


def _lacking(language: str) -> bytes:
    lacking = Catalog(locale=language)
    for message in missing(language):
        lacking.add(message.id, flags=message.flags)
    return _bytes(lacking)


def _refresh() -> None:
    for language in ("en", *languages()):
        catalogue_of(language).write_bytes(written(language))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--missing", language]:
            sys.stdout.buffer.write(_lacking(language))
        case ["--add", language, path]:
            catalogue_of(language).write_bytes(added(language, Path(path)))
        case _:
            _refresh()
