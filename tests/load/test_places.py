from __future__ import annotations

from site_builder.load.columns import Columns
from site_builder.load.csvtext import Sheet, open_sheet
from site_builder.load.places import CellPlaces, Spaces
from site_builder.problem import Problem, Source


def _sheet(text: str) -> Sheet:
    sheet = open_sheet(text, "t.csv", ("a", "b"))
    assert isinstance(sheet, Sheet)
    return sheet


def _spaced(text: str) -> tuple[Problem, ...]:
    sheet = _sheet(text)
    spaces = Spaces(sheet)
    for row in (sheet.header, *sheet.rows()):
        assert not isinstance(row, Problem)
        spaces.note(row)
    return spaces.problems()


def test_cells_are_found_by_their_column_and_those_of_no_column_are_not() -> None:
    places = CellPlaces(_sheet('a,b\n"x\ny",2\n'), Columns({"a": 0, "b": 1}, 2), 2)
    assert dict(places) == {"a": Source("t.csv", 2, 1), "b": Source("t.csv", 3, 4)}
    assert (len(places), places.get("c")) == (2, None)


def test_a_table_without_spaces_around_its_cells_is_told_nothing() -> None:
    assert _spaced("a,b\n1,2 3\n") == ()


def test_the_first_cell_with_spaces_is_named_by_its_column_and_the_others_are_counted() -> None:
    (found,) = _spaced("a,b\n1, 2\n 3 ,4 \n")
    assert (found.code, found.source, found.field) == ("D212", Source("t.csv", 2, 3), "b")
    assert found.message == "there are spaces around this value and around 2 more in this table"


def test_a_single_cell_is_told_without_a_count() -> None:
    (found,) = _spaced("a ,b\n1,2\n")
    assert (found.source, found.message) == (Source("t.csv", 1, 1), "there are spaces around this value")
