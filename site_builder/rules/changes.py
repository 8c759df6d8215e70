"""What changed between two texts, paragraph by paragraph: for versions of terms that people signed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum


class ChangeKind(StrEnum):
    """Whether a paragraph came or went."""

    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Change:
    """A paragraph that came or went, as its owner wrote it."""

    kind: ChangeKind
    text: str


def changes(before: str, after: str) -> tuple[Change, ...]:
    """Return the paragraphs that went and came, in reading order; none when the texts say the same.

    Lines and spaces do not count: a paragraph that is only wrapped otherwise has not changed.
    """
    old, new = _paragraphs(before), _paragraphs(after)
    matcher = SequenceMatcher(None, [_plain(text) for text in old], [_plain(text) for text in new], autojunk=False)
    found: list[Change] = []
    for _kind, old_from, old_to, new_from, new_to in (step for step in matcher.get_opcodes() if step[0] != "equal"):
        found.extend(Change(ChangeKind.REMOVED, text) for text in old[old_from:old_to])
        found.extend(Change(ChangeKind.ADDED, text) for text in new[new_from:new_to])
    return tuple(found)


def _paragraphs(text: str) -> list[str]:
    return [part for part in re.split(r"\n\s*\n", text.strip()) if part]


def _plain(text: str) -> str:
    return " ".join(text.split())
