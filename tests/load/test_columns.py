from __future__ import annotations

import pytest

from site_builder.load.columns import Columns, judge_header
from site_builder.load.csvtext import Sheet, open_sheet
from site_builder.load.schema import columns
from site_builder.model.tables import Vote
from site_builder.problem import Problem, Source


def _judge(text: str) -> Columns | tuple[Problem, ...]:
    sheet = open_sheet(text, "data/votes.csv", columns(Vote))
    assert isinstance(sheet, Sheet)
    return judge_header(sheet, Vote)


def _problems(text: str) -> list[tuple[str, int, str, str]]:
    found = _judge(text)
    assert not isinstance(found, Columns)
    assert all(each.source.path == "data/votes.csv" for each in found)
    return [(each.code, each.source.column, each.message, each.hint) for each in found]


def test_columns_may_stand_in_any_order() -> None:
    assert _judge("voter,client_id,month\n") == Columns({"voter": 0, "client_id": 1, "month": 2}, 3)


def test_a_missing_required_column_is_named_with_what_belongs_there() -> None:
    assert _problems("month,client_id\n") == [
        ("D104", 1, 'the column "voter" is missing', "add voter: a line of text (who voted)")
    ]


@pytest.mark.parametrize("label", ["Client ID", "CLIENT_ID", "client-id", "clientid", "client_idd"])
def test_a_renamed_required_column_is_one_problem_with_a_did_you_mean(label: str) -> None:
    found = _problems(f"month,voter,{label}\n")
    assert found == [("D105", 13, f'the column "{label}" is not known here', 'did you mean "client_id"?')]


def test_an_unknown_column_far_from_any_is_told_beside_the_missing_one() -> None:
    found = _problems("month,voter,firm\n")
    assert [(code, hint) for code, _, _, hint in found] == [
        ("D105", "not used yet: client_id"),
        ("D104", "add client_id: an id of small letters, digits and hyphens (for whom)"),
    ]


def test_an_unknown_column_beside_all_the_known_ones_is_to_be_taken_out() -> None:
    assert _problems("month,voter,client_id,reason\n") == [("D105", 23, 'the column "reason" is not known here', "take it out")]


def test_a_label_that_looks_like_a_value_is_not_quoted() -> None:
    (found,) = _problems("month,voter,client_id,ann@firm.example\n")
    assert found[2] == "the name of column 4 is not known here"


def test_a_column_that_stands_there_twice_is_told_at_the_second() -> None:
    found = _problems("month,voter,client_id,voter\n")
    assert found == [("D106", 23, 'the column "voter" stands there twice, as column 2 and 4', "keep one of them")]


def test_a_nameless_column_is_fine_if_it_is_wholly_empty() -> None:
    found = _judge("month,voter,,client_id,\n2026-10,ann,,acme,\n2026-10,bob,,acme\n")
    assert found == Columns({"month": 0, "voter": 1, "client_id": 3}, 5)


def test_a_nameless_column_with_values_is_told_with_the_line_of_the_first() -> None:
    found = _problems('month,voter,,client_id\n2026-10,"ann\n",,acme\n2026-10,bob,x,acme\n')
    assert found == [
        (
            "D107",
            13,
            "column 3 has no name and yet holds values, the first of them in line 4",
            "name it in the header row, or clear the column",
        )
    ]


def test_an_unclosed_quotation_mark_below_does_not_make_a_nameless_column_filled() -> None:
    assert isinstance(_judge('month,voter,client_id,\n2026-10,ann,acme,"x\n'), Columns)


def test_a_first_row_without_any_known_name_is_no_header() -> None:
    hint = "begin the table with a row of column names, at least month,voter,client_id"
    assert _problems("2026-10,ann,acme\n") == [("D108", 1, "the first row holds none of this table's column names", hint)]


def test_more_than_200_columns_are_too_many() -> None:
    assert isinstance(_judge("month,voter,client_id" + "," * 197), Columns)
    ((code, column, message, _),) = _problems("month,voter,client_id" + "," * 197 + ",x")
    assert (code, column, message) == ("D003", 220, "this table has more than 200 columns")


def test_all_mistakes_of_a_header_are_told_at_once() -> None:
    found = _judge("sep=;\n\nMonth;month;month;colour\n")
    assert not isinstance(found, Columns)
    assert {(each.code, each.source) for each in found} == {
        ("D106", Source("data/votes.csv", 3, 13)),
        ("D105", Source("data/votes.csv", 3, 1)),
        ("D105", Source("data/votes.csv", 3, 19)),
        ("D104", Source("data/votes.csv", 3, 1)),
    }
    assert len(found) == 5
