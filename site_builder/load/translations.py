"""content/LANG/words.yaml: what the texts of data/ are in another language, each beside the text as it stands there."""

from __future__ import annotations

from pathlib import Path

from site_builder.codes import problem
from site_builder.load.text import decode, read_bytes
from site_builder.load.yamltext import LONGEST_YAML, Scalar, parse
from site_builder.model.portal import Translations
from site_builder.problem import Problem, Source

WORDS = "words.yaml"


def load_translations(root: Path, path: str, lang: str) -> tuple[Translations | None, tuple[Problem, ...]]:
    """Read one language's texts. path: of the file, relative to root. None where it cannot be read.

    A text without a translation yet is left out: it is said in the portal's own language.
    """
    content = read_bytes(root, path, LONGEST_YAML)
    text = decode(content, path) if isinstance(content, bytes) else content
    if isinstance(text, Problem):
        return None, (text,)
    parsed = parse(text, path)
    if parsed.root is None:
        return None, parsed.problems
    problems = list(parsed.problems)
    words: dict[str, str] = {}
    sources: dict[str, Source] = {}
    for entry in parsed.root.entries:
        if not isinstance(entry.value, Scalar):
            hint = "write the text, a colon, and the same text in the other language"
            problems.append(problem("D206", entry.source, "a translation is a single text", hint=hint))
        elif entry.value.text is not None:
            words[entry.key] = entry.value.text
            sources[entry.key] = entry.source
    return Translations(lang, words, sources), tuple(problems)
