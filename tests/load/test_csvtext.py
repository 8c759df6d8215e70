from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.load.csvtext import CsvRow, Sheet, open_sheet
from site_builder.problem import Problem, Severity, Source

KNOWN = ("client_id", "name", "since")


def _sheet(text: str) -> Sheet:
    found = open_sheet(text, "t.csv", KNOWN)
    assert isinstance(found, Sheet)
    return found


def _rows(text: str) -> list[CsvRow | Problem]:
    return list(_sheet(text).rows())


def _cells(text: str) -> list[list[str]]:
    return [row.cells for row in _rows(text) if isinstance(row, CsvRow)]


def _fault(text: str) -> Problem:
    last = _rows(text)[-1]
    assert isinstance(last, Problem)
    return last


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_is_read(end: str) -> None:
    rows = _rows(f"client_id,name{end}a,A{end}b,B")
    assert rows == [CsvRow(1, 2, ["a", "A"], ()), CsvRow(2, 3, ["b", "B"], ())]


@pytest.mark.parametrize(("separator", "name"), [(";", "semicolon"), ("\t", "tab"), ("|", "vertical bar")])
def test_another_separator_is_read_and_noted(separator: str, name: str) -> None:
    sheet = _sheet(f'client_id{separator}name\na{separator}"x, y"\n')
    (note,) = sheet.notes()
    assert sheet.labels == ["client_id", "name"]
    assert (note.code, note.severity, note.message) == ("D101", Severity.NOTE, f"the cells are separated by a {name}")
    assert _cells(sheet.text) == [["a", "x, y"]]


@pytest.mark.parametrize("first", ["sep=;", "SEP=;", '"sep=;"', "sep=;;;"])
def test_a_sep_line_decides_and_still_counts_as_a_line(first: str) -> None:
    sheet = _sheet(f"{first}\r\nclient_id;name\r\na;A\r\n")
    assert list(sheet.rows()) == [CsvRow(1, 3, ["a", "A"], ())]
    assert sheet.source(3, 1) == Source("t.csv", 3, 3)
    assert [note.code for note in sheet.notes()] == ["D101"]


def test_the_comma_needs_no_note() -> None:
    assert _sheet("client_id,name\n").notes() == ()
    assert _sheet("sep=,\nclient_id,name\n").notes() == ()


def test_the_separator_that_yields_most_known_names_wins() -> None:
    assert _sheet("client_id;name,and more;since\n").separator == ";"
    assert _sheet('"client_id";"name"\n').separator == ";"
    assert _sheet("Client ID;Name;x,y,z\n").separator == ";"


def test_blank_lines_and_rows_of_empty_cells_are_left_out_and_not_counted() -> None:
    assert _rows('\nclient_id,name\n\n,\n  \n""\na,A\n\n') == [CsvRow(1, 7, ["a", "A"], ())]


def test_empty_cells_beyond_the_header_are_left_out_and_filled_ones_stay() -> None:
    assert _cells("client_id,name\na,A,,,\nb,B,,x,\nc\n") == [["a", "A"], ["b", "B", "", "x"], ["c"]]


def test_spaces_around_cells_are_left_out_and_remembered() -> None:
    assert _rows("client_id,name\n a,A\nb,\tB\u00a0\n") == [CsvRow(1, 2, ["a", "A"], (0,)), CsvRow(2, 3, ["b", "B"], (1,))]


def test_a_space_before_a_quotation_mark_is_noticed() -> None:
    (row,) = _rows('client_id,name\na, "A, B"\n')
    assert isinstance(row, CsvRow)
    assert row.misquoted == 1


def test_a_quoted_cell_may_hold_separators_line_breaks_and_doubled_quotation_marks() -> None:
    text = 'client_id,name,since\na,"A, ""B""\r\nC",x\nb,B,y\n'
    sheet = _sheet(text)
    assert list(sheet.rows()) == [CsvRow(1, 2, ["a", 'A, "B"\r\nC', "x"], ()), CsvRow(2, 4, ["b", "B", "y"], ())]


def test_places_are_physical_lines_and_columns() -> None:
    sheet = _sheet('client_id,name,since\na,"A\nB",x\n"b",é,y\n')
    assert [sheet.source(2, index) for index in range(3)] == [Source("t.csv", 2, 1), Source("t.csv", 2, 3), Source("t.csv", 3, 4)]
    assert [sheet.source(4, index) for index in range(3)] == [Source("t.csv", 4, 1), Source("t.csv", 4, 5), Source("t.csv", 4, 7)]


def test_a_cell_that_is_not_there_stands_where_its_row_begins() -> None:
    assert _sheet("client_id,name\na\n").source(2, 1) == Source("t.csv", 2, 1)


@pytest.mark.parametrize(
    ("rest", "place"),
    [
        pytest.param('a,A\nb,"B\nc,C\n', (3, 3), id="to the end of the file"),
        pytest.param('a,"A\nb,B"x,\n', (2, 3), id="until a later quotation mark with text behind it"),
        pytest.param('a,"A" x\n', (2, 3), id="text behind the closing mark"),
        pytest.param('"a\nb","\n', (3, 4), id="in a row of several lines"),
    ],
)
def test_an_unclosed_quotation_mark_is_told_where_it_opens(rest: str, place: tuple[int, int]) -> None:
    found = _fault(f"client_id,name\n{rest}")
    assert (found.code, found.source) == ("D102", Source("t.csv", *place))


def test_rows_before_an_unclosed_quotation_mark_are_read() -> None:
    assert _cells('client_id,name\na,A\nb,"B\n') == [["a", "A"]]


def test_an_unclosed_quotation_mark_in_a_large_file_is_told_where_it_opens() -> None:
    found = _fault('client_id,name\na,"A\n' + "b,B\n" * 2_000_000)
    assert (found.code, found.source) == ("D102", Source("t.csv", 2, 3))


def test_a_row_without_end_is_too_long() -> None:
    found = _fault("client_id,name\na," + "A" * 7_000_000)
    assert (found.code, found.source) == ("D003", Source("t.csv", 2, 1))


@pytest.mark.parametrize("cell", [",", '"\n",', "x"])
def test_a_row_without_end_is_told_at_once_however_it_is_made(cell: str) -> None:
    found = _fault("client_id,name\na,A\n" + cell * (20_000_000 // len(cell)))
    assert (found.code, found.source) == ("D003", Source("t.csv", 3, 1))


def test_a_header_without_end_is_too_long() -> None:
    found = open_sheet("client_id," + "x" * 7_000_000, "t.csv", KNOWN)
    assert isinstance(found, Problem)
    assert (found.code, found.source) == ("D003", Source("t.csv", 1, 1))


def test_a_smaller_field_limit_set_elsewhere_does_not_matter() -> None:
    before = csv.field_size_limit(10)
    try:
        assert _cells("client_id,name\na," + "A" * 100_000) == [["a", "A" * 100_000]]
    finally:
        csv.field_size_limit(before)


@pytest.mark.parametrize("text", ["", "\n\n", "  \n", ",,\n", "sep=;\n"])
def test_a_text_without_any_cell_is_an_empty_table(text: str) -> None:
    found = open_sheet(text, "t.csv", KNOWN)
    assert isinstance(found, Problem)
    assert (found.code, found.source) == ("D108", Source("t.csv", 1, 1))


def test_a_header_with_an_open_quotation_mark_is_told() -> None:
    found = open_sheet('client_id,"name\n', "t.csv", KNOWN)
    assert isinstance(found, Problem)
    assert (found.code, found.source) == ("D102", Source("t.csv", 1, 11))


@given(st.lists(st.lists(st.text(alphabet='ab ,;"\n\r\té'), min_size=2, max_size=2), max_size=5), st.sampled_from(",;\t"))
def test_what_is_written_with_quotation_marks_is_read_back_at_its_place(rows: list[list[str]], separator: str) -> None:
    def quoted(cells: list[str]) -> str:
        return separator.join('"' + cell.replace('"', '""') + '"' for cell in cells)

    sheet = _sheet("\n".join(map(quoted, [["client_id", "name"], *rows])))
    read = [row for row in sheet.rows() if isinstance(row, CsvRow)]
    assert [row.cells for row in read] == [[cell.strip() for cell in row] for row in rows if any(cell.strip() for cell in row)]
    # Line ends as the csv module and every editor count them.
    lines = sheet.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for row in read:
        for index in range(2):
            place = sheet.source(row.line, index)
            assert lines[place.line - 1][place.column - 1] == '"'


@given(st.text(alphabet='client_id,name;"\n\r\t \ufeff|='))
def test_any_text_is_a_sheet_or_a_problem(text: str) -> None:
    found = open_sheet(text, "t.csv", KNOWN)
    rows = list(found.rows()) if isinstance(found, Sheet) else []
    assert all(isinstance(row, CsvRow) for row in rows[:-1])
