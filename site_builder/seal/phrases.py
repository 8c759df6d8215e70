"""Passphrases to draw: six words of the EFF's large list (words/LICENSE says whose it is)."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

WORDS: Final = 6
_LIST: Final = Path(__file__).with_name("words") / "eff-large.txt"


def drawn(draw: Callable[[Sequence[str]], str]) -> tuple[str, float]:
    """Return a new passphrase and how many bits it is worth. draw: picks one of the words, each as likely as the others."""
    words = _LIST.read_text(encoding="utf-8").split()
    return " ".join(draw(words) for _ in range(WORDS)), WORDS * math.log2(len(words))
