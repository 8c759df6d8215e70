from __future__ import annotations

import os
import tracemalloc
from pathlib import Path

import pytest

from site_builder.load.text import decode, read_bytes
from site_builder.problem import Problem, Source


def _problem(found: object) -> Problem:
    assert isinstance(found, Problem)
    return found


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"a,b\n")
    assert read_bytes(tmp_path, "a.csv", 4) == b"a,b\n"


def test_a_file_over_its_bound_is_refused_without_being_read(tmp_path: Path) -> None:
    with (tmp_path / "a.csv").open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    tracemalloc.start()
    found = _problem(read_bytes(tmp_path, "a.csv", 64 * 1024 * 1024))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (found.code, found.source, found.message) == ("D003", Source("a.csv"), "this file is larger than 64 MiB")
    assert peak < 1024 * 1024


def test_a_link_inside_the_portal_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_bytes(b"x")
    (tmp_path / "a.csv").symlink_to("real.csv")
    assert read_bytes(tmp_path, "a.csv", 10) == b"x"


def test_a_link_that_leaves_the_portal_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"x")
    root = tmp_path / "portal"
    root.mkdir()
    (root / "a.csv").symlink_to("../secret")
    (root / "data").symlink_to(tmp_path)
    assert _problem(read_bytes(root, "a.csv", 10)).code == "D004"
    assert _problem(read_bytes(root, "data/secret", 10)).code == "D004"


def test_what_is_no_plain_readable_file_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "nowhere").symlink_to("gone")
    (tmp_path / "loop").symlink_to("loop")
    for name in ("folder", "pipe", "nowhere", "loop"):
        assert _problem(read_bytes(tmp_path, name, 10)).code == "D005", name


def test_utf8_is_decoded_with_and_without_a_byte_order_mark() -> None:
    assert decode("é\n".encode(), "a.csv") == "é\n"
    assert decode(b"\xef\xbb\xbf\xc3\xa9\n", "a.csv") == "é\n"
    assert decode(b"", "a.csv") == ""


@pytest.mark.parametrize(
    ("content", "place", "words"),
    [
        pytest.param("name\nCafé “x”\n".encode("cp1252"), (2, 4), "looks like Windows-1252", id="curly quotes: Windows-1252"),
        pytest.param("name\r\nCafé\n".encode("latin-1"), (2, 4), "Windows-1252 or Latin-1", id="an accent alone: either"),
        pytest.param("a\rb\r\n\xe9".encode("latin-1"), (3, 1), "Latin-1", id="a lone CR ends a line as well"),
        pytest.param("id,name\n".encode("utf-16"), (1, 1), "is UTF-16", id="UTF-16 with its mark"),
        pytest.param("id,name\n".encode("utf-32"), (1, 1), "is UTF-32", id="UTF-32 with its mark"),
        pytest.param("id,name\n".encode("utf-16-le"), (1, 2), "looks like UTF-16", id="UTF-16 without a mark"),
        pytest.param("id,Käse\n".encode("utf-16-be"), (1, 1), "looks like UTF-16", id="big-endian, and no UTF-8 either"),
        pytest.param("id,name\n".encode("utf-32-be"), (1, 1), "looks like UTF-32", id="UTF-32 without a mark"),
        pytest.param(b"id,name\nacme,Ac\0me\n" * 9, (2, 8), "holds NUL bytes", id="a NUL byte in a text"),
    ],
)
def test_another_encoding_is_named_at_its_first_bad_byte(content: bytes, place: tuple[int, int], words: str) -> None:
    found = _problem(decode(content, "data/a.csv"))
    assert (found.code, found.source) == ("D002", Source("data/a.csv", *place))
    assert words in found.message
    assert "In Excel choose Save as > CSV UTF-8" in found.hint


def test_only_tables_are_sent_to_excel() -> None:
    assert "Excel" not in _problem(decode(b"\xe9", "data/portal.yaml")).hint
