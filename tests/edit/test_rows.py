"""A row put below the last one changes nothing but that: it is written as its table is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.edit import append_row, append_rows
from site_builder.load.csvtext import CsvRow, Sheet, open_sheet

NEW = {"id": "cid", "code": "NEW"}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"id,name,code\nann,Ann,\n", b"id,name,code\nann,Ann,\ncid,,NEW\n"),
        (b"id,code\r\nann,OLD\r\n", b"id,code\r\nann,OLD\r\ncid,NEW\r\n"),
        (b"\xef\xbb\xbfid;code\nann;OLD", b"\xef\xbb\xbfid;code\nann;OLD\ncid;NEW"),
        (b"sep=;\r\nid;code\r\nann;", b"sep=;\r\nid;code\r\nann;\r\ncid;NEW"),
        (b"code\tid\rOLD\tann\r", b"code\tid\rOLD\tann\rNEW\tcid\r"),
        (b"id,code\nann,OLD\r\n", b"id,code\nann,OLD\r\ncid,NEW\r\n"),
        (b"id,code\nann,OLD\n\n,,\n", b"id,code\nann,OLD\ncid,NEW\n\n,,\n"),
        (b"id,code,,\nann,OLD,,\n", b"id,code,,\nann,OLD,,\ncid,NEW,,\n"),
        (b"id,code\n", b"id,code\ncid,NEW\n"),
        (b"id,code", b"id,code\ncid,NEW"),
        (b"id,name,code\nbob,caf\xe9,\n", b"id,name,code\nbob,caf\xe9,\ncid,,NEW\n"),
    ],
    ids=[
        *(
            "LF",
            "CR LF",
            "a mark, semicolons, no last line end",
            "a sep= line",
            "tabs, lone CRs, another order",
            "mixed line ends",
        ),
        *("blank rows stay below", "columns without a name", "a header alone", "a header without a line end"),
        "bytes of another encoding",
    ],
)
def test_the_row_is_written_as_its_table_is(content: bytes, expected: bytes) -> None:
    assert append_row(content, NEW, key="id") == expected


@pytest.mark.parametrize(
    ("content", "row"),
    [
        (b'"id","name","code"\n"ann","","OLD"\n', b'"cid","","NEW"\n'),
        (b'"id","name","code"\n', b'"cid","","NEW"\n'),
        (b'"id","name","code"\n"ann","Ann",1\n', b'"cid","",NEW\n'),
        (b'id,name,code\nann,"Ann, or so",OLD\n', b"cid,,NEW\n"),
        (b'id,name,code\nann,"Ann",OLD\nbob,Bob,OLD\n', b"cid,,NEW\n"),
    ],
    ids=["all", "all names", "texts and no numbers", "where it must be", "one by hand"],
)
def test_a_column_that_is_quoted_out_of_habit_is_quoted(content: bytes, row: bytes) -> None:
    assert append_row(content, NEW, key="id") == content + row


def test_a_text_gets_the_quotation_marks_it_needs() -> None:
    assert append_row(b"id;code\n", {"id": "cid", "code": 'a;"b"'}, key="id") == b'id;code\ncid;"a;""b"""\n'


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"id,name\nann,Ann\nbob,Bob", b"id,name,code\nann,Ann,\nbob,Bob,\ncid,,NEW"),
        (b'"id"\r\n"ann"\r\n', b'"id","code"\r\n"ann",""\r\n"cid","NEW"\r\n'),
        (b"id", b"id,code\ncid,NEW"),
    ],
    ids=["no last line end", "quoted", "a header alone"],
)
def test_a_column_that_is_not_there_is_added_at_the_end(content: bytes, expected: bytes) -> None:
    assert append_row(content, NEW, key="id") == expected


def test_no_column_is_added_for_a_cell_that_is_empty() -> None:
    assert append_row(b"id\nann\n", {"id": "cid", "code": ""}, key="id") == b"id\nann\ncid\n"


def test_a_table_without_the_key_is_refused() -> None:
    with pytest.raises(ValueError, match='no header row with the column "id"'):
        append_row(b"name,code\n", NEW, key="id")


# Any table

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00\ufeff"), max_size=6)


@st.composite
def tables(draw: st.DrawFn) -> str:
    """A table of two columns with any separator, marks, line ends and blank rows."""
    separator = draw(st.sampled_from(",;\t|"))
    ends = draw(st.sampled_from(("\n", "\r\n", "\r")))
    marks = draw(st.sampled_from(("", '"')))

    def cell(text: str) -> str:
        needed = any(mark in text for mark in (*'"\r\n', separator)) or text != text.strip()
        return '"' + text.replace('"', '""') + '"' if needed or marks else text

    lines = [separator.join(map(cell, ("id", "column_a")))]
    for number in range(draw(st.integers(0, 3))):
        lines += draw(st.sampled_from(([], [""], [separator])))
        lines.append(separator.join((cell(f"r{number}"), cell(draw(TEXT)))))
    lines += draw(st.sampled_from(([], [""], ["", separator])))
    return draw(st.sampled_from(("", "\ufeff"))) + ends.join(lines) + draw(st.sampled_from(("", ends)))


def read(content: bytes) -> list[list[str]]:
    found = open_sheet(content.decode().lstrip("\ufeff"), "data/t.csv", ("id", "column_a", "added"))
    assert isinstance(found, Sheet)
    return [found.labels, *(row.cells for row in found.rows() if isinstance(row, CsvRow))]


@given(tables(), TEXT)
def test_in_any_table_every_other_byte_stays_and_the_row_is_read_last(table: str, text: str) -> None:
    content = table.encode()
    longer = append_row(content, {"id": "new", "column_a": text}, key="id")
    at = next(place for place in range(len(longer)) if longer[place : place + 1] != content[place : place + 1])
    # What was put in begins at the first difference at the latest: it may begin as what follows it does.
    inserted = len(longer) - len(content)
    assert any(longer[:start] + longer[start + inserted :] == content for start in range(at + 1))
    assert read(longer) == [*read(content), ["new", text.strip()]]


@given(tables(), TEXT.filter(str.strip))
def test_in_any_table_an_added_column_leaves_every_cell_what_it_was(table: str, text: str) -> None:
    content = table.encode()
    longer = append_row(content, {"id": "new", "added": text}, key="id")
    header, *rows = read(content)
    assert read(longer) == [[*header, "added"], *([*row, ""] for row in rows), ["new", "", text.strip()]]


# Several rows


def test_several_rows_are_put_there_in_their_order_as_one_after_the_other_would() -> None:
    content = b'\xef\xbb\xbfid;name\r\nann;"Ann"\r\n'
    rows = [{"id": "cid", "name": "C;d"}, {"id": "dee", "name": "Dee", "code": "D"}]
    one_by_one = append_row(append_row(content, rows[0], key="id"), rows[1], key="id")
    expected = b'\xef\xbb\xbfid;name;code\r\nann;"Ann";\r\ncid;"C;d";\r\ndee;"Dee";D\r\n'
    assert append_rows(content, rows, key="id") == one_by_one == expected


def test_several_rows_below_a_line_without_an_end_leave_the_last_one_without() -> None:
    assert append_rows(b"id\nann", [{"id": "bob"}, {"id": "cid"}], key="id") == b"id\nann\nbob\ncid"


def test_no_rows_change_nothing() -> None:
    assert append_rows(b"no table", [], key="id") == b"no table"
