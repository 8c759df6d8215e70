"""Cells of the row that begins on a line, and the rest to the byte as it was."""

from __future__ import annotations

import pytest

from site_builder.edit import change_line

KEPT = {"kept": "2026-10-30"}


@pytest.mark.parametrize(
    ("content", "line", "expected"),
    [
        (b"id,kept\na,\na,\n", 3, b"id,kept\na,\na,2026-10-30\n"),
        (b"\xef\xbb\xbfid;kept\r\n\r\na;\r\na;", 4, b"\xef\xbb\xbfid;kept\r\n\r\na;\r\na;2026-10-30"),
        (b'id,note,kept\na,"two\nlines",\nb,,\n', 4, b'id,note,kept\na,"two\nlines",\nb,,2026-10-30\n'),
        (b'id,note,kept\na,"two\nlines",\nb,,\n', 2, b'id,note,kept\na,"two\nlines",2026-10-30\nb,,\n'),
        (b"id\na\na\n", 2, b"id,kept\na,2026-10-30\na,\n"),
        (b"sep=;\nid;kept\na;\n", 3, b"sep=;\nid;kept\na;2026-10-30\n"),
    ],
    ids=["rows without a key", "a blank line", "below a cell of two lines", "a row of two lines", "a new column", "sep="],
)
def test_the_row_that_begins_on_the_line_changes_and_no_other(content: bytes, line: int, expected: bytes) -> None:
    assert change_line(content, line, KEPT, key="id") == expected


@pytest.mark.parametrize("line", [1, 3, 4, 6])
def test_a_line_on_which_no_row_begins_is_refused(line: int) -> None:
    with pytest.raises(KeyError, match=f"no row begins on line {line}"):
        change_line(b'id,kept\n"a\na",\n\nb,\n', line, KEPT, key="id")


def test_a_table_without_the_key_is_refused() -> None:
    with pytest.raises(ValueError, match="no header row"):
        change_line(b"colour\nred\n", 2, KEPT, key="id")
