"""The theme's English catalogue, made from its templates, the form's words and the rewards'. Run it to refresh words/en.po."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir, extract_from_file
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "themes/default/words/en.po"
_TEMPLATES = ROOT / "themes/default/templates"
_WORDED = ("forms/fields.py", "forms/form.py", "reasons.py")
_KEYWORDS = {**DEFAULT_KEYWORDS, "N_": None, "Plural": (1, 2)}


def written() -> bytes:
    """Return the catalogue with the words that are there now; translations of words that stay are kept."""
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file)
    catalogue.update(_found(), no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    content = BytesIO()
    write_po(content, catalogue, width=0, no_location=True, sort_output=True, ignore_obsolete=True)
    return content.getvalue()


def _found() -> Catalog:
    words = Catalog()
    templates = extract_from_dir(_TEMPLATES, [("**.html", "jinja2")], {"**.html": {"silent": "false"}}, keywords=_KEYWORDS)
    for _file, _line, message, _comments, context in templates:
        words.add(message, context=context)
    for name in _WORDED:
        for _line, message, _comments, context in extract_from_file("python", ROOT / "site_builder" / name, keywords=_KEYWORDS):
            words.add(message, context=context)
    return words


if __name__ == "__main__":
    CATALOGUE.write_bytes(written())
