"""Phrases to draw: from the whole of a list that everybody can check."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from itertools import product
from pathlib import Path

from site_builder.seal import phrases


def test_six_words_are_drawn_from_all_of_the_list() -> None:
    seen: list[Sequence[str]] = []

    def last(words: Sequence[str]) -> str:
        seen.append(words)
        return words[-len(seen)]

    phrase, bits = phrases.drawn(last)
    assert phrase == "zoom zoology zoologist zookeeper zoning zone"  # the list's last six, backwards
    assert {len(words) for words in seen} == {7776}
    assert int(bits) == 77  # 6 × 12.92


def test_the_list_is_the_effs_own() -> None:
    """Its sum is that of eff_large_wordlist.txt as published: each word behind its five throws of a die and a tab."""
    folder = Path(phrases.__file__).with_name("words")
    throws = ("".join(faces) for faces in product("123456", repeat=5))
    words = (folder / "eff-large.txt").read_text(encoding="utf-8").split("\n")[:-1]
    listed = "".join(f"{throw}\t{word}\n" for throw, word in zip(throws, words, strict=True))
    assert sha256(listed.encode()).hexdigest() == "addd35536511597a02fa0a9ff1e5284677b8883b83e986e43f15a3db996b903e"
    assert "Creative Commons Attribution" in (folder / "LICENSE").read_text(encoding="utf-8")
