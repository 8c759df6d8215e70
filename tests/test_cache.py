"""A cache makes each thing once, and whatever becomes of its folder it returns what would be made."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.cache import Cache, write


class Maker:
    """Makes bytes from a word and counts how often."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, word: str) -> Callable[[], bytes]:
        def make() -> bytes:
            self.asked.append(word)
            return b"made from " + word.encode()

        return make


@pytest.fixture
def maker() -> Maker:
    return Maker()


def test_a_thing_is_made_once(tmp_path: Path, maker: Maker) -> None:
    folder = tmp_path / "deep" / "kind"
    for _ in range(2):
        assert Cache(folder, 1).remembered(("a",), maker("a")) == b"made from a"
    assert maker.asked == ["a"]


def test_without_a_folder_it_is_made_once_in_a_run(maker: Maker) -> None:
    cache = Cache(None)
    assert cache.remembered(("a",), maker("a")) == cache.remembered(("a",), maker("a")) == b"made from a"
    cache.forget_others()
    assert Cache(None).remembered(("a",), maker("a")) == b"made from a"
    assert maker.asked == ["a", "a"]


@pytest.mark.parametrize(
    ("made_with", "made_from"),
    [
        pytest.param((2, "1.0"), ("a", "b"), id="another edition"),
        pytest.param((1, "1.1"), ("a", "b"), id="another library"),
        pytest.param((1, "1.0"), ("a", "c"), id="something else"),
        pytest.param((1, "1.0"), ("ab",), id="the same letters, parted otherwise"),
        pytest.param((1, "1.0", "a"), ("b",), id="the same words, on the other side"),
    ],
)
def test_whatever_decides_about_a_thing_makes_another(
    tmp_path: Path, maker: Maker, made_with: tuple[str | int, ...], made_from: tuple[str, ...]
) -> None:
    Cache(tmp_path, 1, "1.0").remembered(("a", "b"), maker("first"))
    assert Cache(tmp_path, *made_with).remembered(made_from, maker("second")) == b"made from second"


def test_what_was_not_asked_for_is_forgotten(tmp_path: Path, maker: Maker) -> None:
    before = Cache(tmp_path)
    before.remembered(("gone",), maker("gone"))
    before.remembered(("stays",), maker("stays"))
    now = Cache(tmp_path)
    now.remembered(("stays",), maker("stays"))
    now.forget_others()
    (left,) = tmp_path.iterdir()
    assert left.read_bytes().endswith(b"made from stays")
    assert maker.asked == ["gone", "stays"]


def test_a_file_is_named_by_a_hash_that_says_nothing(tmp_path: Path, maker: Maker) -> None:
    Cache(tmp_path, "segno").remembered(("7QK3M9TX",), maker("x"))
    (file,) = tmp_path.iterdir()
    assert len(file.name) == 64
    assert set(file.name) <= set("0123456789abcdef")
    assert b"7QK3M9TX" not in file.read_bytes()


def test_what_cannot_be_made_is_told_and_not_remembered(tmp_path: Path) -> None:
    def broken() -> bytes:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        Cache(tmp_path).remembered(("a",), broken)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_or_read_changes_nothing(tmp_path: Path, maker: Maker) -> None:
    (tmp_path / "a-file").write_bytes(b"")
    cache = Cache(tmp_path / "a-file")
    assert cache.remembered(("a",), maker("a")) == b"made from a"
    cache.forget_others()
    assert maker.asked == ["a"]


def test_a_folder_where_a_file_belongs_is_as_good_as_nothing(tmp_path: Path, maker: Maker) -> None:
    Cache(tmp_path).remembered(("a",), maker("a"))
    (file,) = tmp_path.iterdir()
    file.unlink()
    file.mkdir()
    assert Cache(tmp_path).remembered(("a",), maker("a")) == b"made from a"
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_under_anothers_name_is_not_taken_for_it(tmp_path: Path, maker: Maker) -> None:
    Cache(tmp_path).remembered(("a",), maker("a"))
    (first,) = tmp_path.iterdir()
    Cache(tmp_path).remembered(("b",), maker("b"))
    (second,) = set(tmp_path.iterdir()) - {first}
    first.replace(second)
    assert Cache(tmp_path).remembered(("b",), maker("b")) == b"made from b"


@given(st.data())
def test_a_spoiled_memory_is_as_good_as_none(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    folder = tmp_path_factory.mktemp("cache")
    Cache(folder).remembered(("a",), lambda: b"whole")
    (file,) = folder.iterdir()
    spoiled = bytearray(file.read_bytes())
    at = data.draw(st.integers(0, len(spoiled)))
    spoiled[at : at + data.draw(st.integers(0, 99))] = data.draw(st.binary(max_size=9))
    file.write_bytes(spoiled)
    assert Cache(folder).remembered(("a",), lambda: b"whole") == b"whole"


def test_a_file_is_written_whole_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    write(tmp_path / "new" / "file", b"first")
    write(tmp_path / "new" / "file", b"second")
    assert [(file.name, file.read_bytes()) for file in (tmp_path / "new").iterdir()] == [("file", b"second")]
