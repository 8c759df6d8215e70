"""The texts that wait for a translation, added to content/LANG/words.yaml: below what stands there, which stays as it is."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from site_builder.cli.shell import WrongUsageError, complain
from site_builder.cli.speaking import counted
from site_builder.edit import ChangedMeanwhileError, create_content, replace_content
from site_builder.load.translations import WORDS
from site_builder.load.yamltext import parse

_LONGEST_KEY: Final = 1000
"""Characters, with quotation marks: YAML wants a key on one line with its colon, up to 1,024; longer ones begin with "?"."""
_TOP: Final = (
    "# Each text as it stands in data/, a colon, and the same in this language. What has none yet is said as it stands.\n"
)


def written(root: Path, lang: str, wanting: Mapping[str, tuple[str, ...]], waiting: frozenset[str], *, dry_run: bool) -> int:
    """Add the wanting texts that are not waiting there already; dry_run: print them instead. 1 where the file is in the way."""
    place = f"content/{lang}/{WORDS}"
    path = root / place
    added = "".join(_lines({file: left for file, texts in wanting.items() if (left := _without(texts, waiting))}))
    if not added:
        sys.stdout.write(f"{place}: every text stands there already; nothing was written.\n")
        return 0
    former = path.read_bytes() if path.is_file() else None
    start = _TOP if not former else "" if former.endswith(b"\n") else "\n"
    content = (former or b"") + (start + added).encode()
    if parse(content.decode("utf-8-sig"), place).problems:
        raise WrongUsageError(f"{place} does not end in lines of its own, a text and a colon each, so nothing can stand below it")
    if dry_run:
        sys.stdout.write(added)
        return 0
    try:
        _put(root, path, former, content)
    except ChangedMeanwhileError:
        complain(f"{place} was changed meanwhile, so nothing was written; try again")
        return 1
    except OSError as error:
        complain(f"{place} cannot be written: {(error.strerror or 'unknown reason').lower()}")
        return 1
    count = sum(len(_without(texts, waiting)) for texts in wanting.values())
    sys.stdout.write(f"{place}: {counted(count, 'text')} to translate {'was' if count == 1 else 'were'} added.\n")
    return 0


def _without(texts: tuple[str, ...], waiting: frozenset[str]) -> tuple[str, ...]:
    return tuple(text for text in texts if text not in waiting)


def _lines(wanting: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    for file, texts in wanting.items():
        yield f"\n# {file}\n"
        for text in texts:
            quoted = json.dumps(text, ensure_ascii=False)  # a JSON string is a YAML one
            yield f"{quoted}:\n" if len(quoted) <= _LONGEST_KEY else f"? {quoted}\n:\n"


def _put(root: Path, path: Path, former: bytes | None, content: bytes) -> None:
    if former is None:
        path.parent.mkdir(parents=True, exist_ok=True)
        create_content(path, content, like=root / "data/portal.yaml")
    else:
        replace_content(path, former, content)
