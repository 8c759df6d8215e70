from __future__ import annotations

import pytest

from site_builder.report.shown import shown, width


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("plain ünïcode 漢字", "plain ünïcode 漢字", id="readable text stays as it is"),
        pytest.param("a\tb", "a    b", id="a tab becomes four spaces"),
        pytest.param("\x1b[31mred", "\\x1b[31mred", id="a terminal sequence becomes an escape"),
        pytest.param("a\u202eb", "a\\u202eb", id="a mark that turns the direction of text becomes an escape"),
        pytest.param("1\u00a0000", "1\\xa0000", id="a no-break space becomes visible"),
        pytest.param("a\nb\r", "a\\nb\\r", id="line ends become escapes"),
        pytest.param("\udc80", "\\udc80", id="half a surrogate pair becomes an escape"),
    ],
)
def test_only_what_can_be_seen_is_shown(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("text", "columns"),
    [("abc", 3), ("漢字", 4), ("e\u0301", 1), ("", 0), ("\uff21\uff22", 4)],
)
def test_width_counts_columns_and_not_characters(text: str, columns: int) -> None:
    assert width(text) == columns
