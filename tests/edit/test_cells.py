"""A changed cell changes nothing but itself: not a separator, a quotation mark, a line end or a byte order mark elsewhere."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.edit import change_cells
from site_builder.load.csvtext import CsvRow, Sheet, open_sheet

PLAIN = b"id,name,code\r\nann,Ann Hale,\r\nbob,Bob Reed,7QK3M9TX\r\n"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"id,name,code\nann,Ann Hale,\n", b"id,name,code\nann,Ann Hale,NEW\n"),
        (PLAIN, b"id,name,code\r\nann,Ann Hale,NEW\r\nbob,Bob Reed,7QK3M9TX\r\n"),
        (b"\xef\xbb\xbfid;code\nann;OLD", b"\xef\xbb\xbfid;code\nann;NEW"),
        (b"sep=;\r\nid;code\r\nann;\r\n", b"sep=;\r\nid;code\r\nann;NEW\r\n"),
        (b"id\tcode\r\rann\tOLD\r", b"id\tcode\r\rann\tNEW\r"),
        (b'"id","code"\n"ann","OLD"\n', b'"id","code"\n"ann","NEW"\n'),
        (b'id,note,code\nann,"two\r\nlines, ""so""",\n', b'id,note,code\nann,"two\r\nlines, ""so""",NEW\n'),
        (b"code,id\n OLD , ann \n", b"code,id\nNEW, ann \n"),
        (b"id,code\nann,OLD,,\n,,\n\n", b"id,code\nann,NEW,,\n,,\n\n"),
        (b"id,code\nann\n", b"id,code\nann,NEW\n"),
        (b"id,name,code\nbob,caf\xe9,\nann,,\n", b"id,name,code\nbob,caf\xe9,\nann,,NEW\n"),
    ],
    ids=[
        *("LF", "CR LF", "a mark, semicolons, no last line end", "a sep= line", "tabs and lone CRs", "all quoted"),
        *("a quoted line break before it", "spaces around cells", "empty cells and blank rows", "a row that ends early"),
        "bytes of another encoding",
    ],
)
def test_one_cell_changes_and_the_form_stays(content: bytes, expected: bytes) -> None:
    assert change_cells(content, {"ann": {"code": "NEW"}}, key="id") == expected


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("A;B", b"A;B"),
        ("A,B", b'"A,B"'),
        ('a "b"', b'"a ""b"""'),
        ("a\nb", b'"a\nb"'),
        (" a", b'" a"'),
        ("", b""),
        ("é", b"\xc3\xa9"),
    ],
)
def test_a_text_gets_quotation_marks_where_it_needs_them(text: str, written: bytes) -> None:
    assert change_cells(b"id,code\nann,OLD\n", {"ann": {"code": text}}, key="id") == b"id,code\nann," + written + b"\n"


def test_a_list_in_a_table_of_semicolons_is_quoted() -> None:
    assert change_cells(b"id;code\nann;A\n", {"ann": {"code": "A;B"}}, key="id") == b'id;code\nann;"A;B"\n'


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"id,name\nann,Ann\nbob,Bob", b"id,name,code\nann,Ann,NEW\nbob,Bob,"),
        (b'"id";"name"\r\n"ann";"Ann"\r\n"bob";"Bob"\r\n', b'"id";"name";"code"\r\n"ann";"Ann";"NEW"\r\n"bob";"Bob";""\r\n'),
        (b"id,name\nann,\nbob,\n\n,\n", b"id,name,code\nann,,NEW\nbob,,\n\n,\n"),
        (b"id,name\nann,Ann,\nbob,Bob,,\nshort\n", b"id,name,code\nann,Ann,NEW\nbob,Bob,,\nshort\n"),
        (b"id\nann\nbob\n", b"id,code\nann,NEW\nbob,\n"),
    ],
    ids=["at the end of every row", "quoted as its neighbours", "blank rows stay blank", "cells beyond the header", "the second"],
)
def test_a_column_that_is_not_there_is_added_at_the_end(content: bytes, expected: bytes) -> None:
    assert change_cells(content, {"ann": {"code": "NEW"}}, key="id") == expected


def test_several_cells_rows_and_columns_change_at_once() -> None:
    changes = {"bob": {"old": "7QK3M9TX", "code": "B2"}, "ann": {"code": "A1"}}
    assert change_cells(PLAIN, changes, key="id") == b"id,name,code,old\r\nann,Ann Hale,A1,\r\nbob,Bob Reed,B2,7QK3M9TX\r\n"


def test_the_last_cell_of_a_row_changes_beside_an_added_one_even_where_it_was_empty() -> None:
    changes = {"ann": {"code": "Z", "old": "A"}}
    assert change_cells(b"id,code\nann,\n", changes, key="id") == b"id,code,old\nann,Z,A\n"


def test_what_is_there_already_is_not_written_again() -> None:
    content = b'id,code\nann, "NEW" \nbob,"NEW"\n'
    assert change_cells(content, {"bob": {"code": "NEW"}}, key="id") == content
    assert change_cells(PLAIN, {}, key="id") == PLAIN


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", ValueError),
        (b"name,code\nann,\n", ValueError),
        (b'id,code\nann,"open\n', ValueError),
        (b'id,code\nann,"a"b\n', ValueError),
        (b"id,code\nann,\nann,\n", ValueError),
        (b"id,code\nbob,\n", KeyError),
    ],
    ids=["nothing", "no key column", "an open quotation mark", "text behind one", "a key twice", "no such row"],
)
def test_a_table_nobody_judged_is_refused(content: bytes, error: type[Exception]) -> None:
    with pytest.raises(error) as caught:
        change_cells(content, {"ann": {"code": "NEW"}}, key="id")
    assert "ann" not in str(caught.value)


# Any table

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00\ufeff"), max_size=6)
LINE_END = st.sampled_from(("\n", "\r\n", "\r"))


@dataclass(frozen=True)
class Written:
    """A table as the pieces it is written of; cells: (row, column) → its piece. separator: between cells."""

    pieces: tuple[str, ...]
    cells: dict[tuple[int, int], int]
    separator: str
    width: int
    height: int


@st.composite
def tables(draw: st.DrawFn) -> Written:
    separator = draw(st.sampled_from(",;\t|"))
    width, height = draw(st.integers(2, 4)), draw(st.integers(1, 4))
    bare = TEXT.map(lambda text: "".join(" " if letter in f'{separator}"\r\n' else letter for letter in text))
    quoted = TEXT.map(lambda text: '"' + text.replace('"', '""') + '"')
    pieces = [draw(st.sampled_from(("", "\ufeff"))) + draw(st.sampled_from(("", f"sep={separator}\r\n")))]
    cells = {}
    for row in range(-1, height):
        pieces.append(draw(st.sampled_from(("", "\n", "\r\n", separator + "\n"))))
        for column in range(width):
            name = ("id" if column == 0 else f"column_{'abc'[column - 1]}") if row < 0 else f"r{row}" if column == 0 else None
            marks = draw(st.sampled_from(("", '"')))
            cells[row, column] = len(pieces)
            pieces += [draw(bare | quoted) if name is None else f"{marks}{name}{marks}", separator]
        pieces[-1] = draw(LINE_END) if row < height - 1 else draw(LINE_END | st.just(""))
    return Written(tuple(pieces), cells, separator, width, height)


def sheet(content: bytes) -> Sheet:
    found = open_sheet(content.decode().lstrip("\ufeff"), "data/t.csv", ("id", "column_a", "column_b", "column_c", "added"))
    assert isinstance(found, Sheet)
    return found


def read(content: bytes) -> dict[str, list[str]]:
    rows = [row for row in sheet(content).rows() if isinstance(row, CsvRow)]
    return {row.cells[0]: row.cells[1:] for row in rows}


@given(tables(), st.data(), TEXT)
def test_in_any_table_the_bytes_around_a_changed_cell_stay(table: Written, data: st.DataObject, text: str) -> None:
    row, column = data.draw(st.integers(0, table.height - 1)), data.draw(st.integers(1, table.width - 1))
    content = "".join(table.pieces).encode()
    changed = change_cells(content, {f"r{row}": {f"column_{'abc'[column - 1]}": text}}, key="id")
    place = table.cells[row, column]
    before, after = ("".join(pieces).encode() for pieces in (table.pieces[:place], table.pieces[place + 1 :]))
    assert changed.startswith(before)
    assert changed.endswith(after)
    middle = changed[len(before) : len(changed) - len(after)].decode()
    if middle != table.pieces[place]:
        assert next(csv.reader(StringIO(middle, newline=""), delimiter=table.separator, strict=True), [""]) == [text]
    expected = read(content)
    expected[f"r{row}"][column - 1] = text.strip()
    assert read(changed) == expected


@given(tables(), st.data())
def test_changes_made_together_are_those_made_one_after_another(table: Written, data: st.DataObject) -> None:
    names = ("column_a", "added")
    rows = data.draw(st.lists(st.integers(0, table.height - 1), unique=True, max_size=3))
    changes = {f"r{row}": {name: data.draw(TEXT) for name in names} for row in rows}
    content = together = "".join(table.pieces).encode()
    together = change_cells(content, changes, key="id")
    for row, cells in changes.items():
        for name, text in cells.items():
            content = change_cells(content, {row: {name: text}}, key="id")
    assert content == together


@given(tables(), st.data(), TEXT)
def test_an_added_column_leaves_every_cell_what_it_was(table: Written, data: st.DataObject, text: str) -> None:
    row = f"r{data.draw(st.integers(0, table.height - 1))}"
    content = "".join(table.pieces).encode()
    changed = change_cells(content, {row: {"added": text}}, key="id")
    assert sheet(changed).labels == [*sheet(content).labels, "added"]
    assert read(changed) == {name: [*cells, text.strip() if name == row else ""] for name, cells in read(content).items()}
