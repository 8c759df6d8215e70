from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.load.columns import Columns, judge_header
from site_builder.load.csvtext import Sheet, open_sheet
from site_builder.load.judge import Fault, Verdict
from site_builder.load.rows import MOST_BAD_ROWS, RowReader, Targets
from site_builder.load.schema import columns
from site_builder.model.record import Row
from site_builder.model.tables import Client, Lead, Nomination, Payout, Referral, Referrer, Review, TicketMonth, Vote
from site_builder.problem import Problem, Severity, Source

PATH = "data/t.csv"
HEADER = "client_id,name,industry,since,listed,monthly_fee,contact_email,offers\n"
ACME = "acme,Acme,dental,2024-01-01,yes,,,\n"


def _reader(kind: type[Row], text: str, targets: Targets | None = None, verdict: Verdict = ()) -> RowReader[Row]:
    sheet = open_sheet(text, PATH, columns(kind))
    assert isinstance(sheet, Sheet)
    header = judge_header(sheet, kind)
    assert isinstance(header, Columns)
    return RowReader(kind, sheet, header, targets or {}, verdict)


def _read(kind: type[Row], text: str, targets: Targets | None = None, verdict: Verdict = ()) -> tuple[list[Row], list[Problem]]:
    reader = _reader(kind, text, targets, verdict)
    return list(reader.records()), reader.problems


def _one(kind: type[Row], text: str, targets: Targets | None = None) -> Problem:
    _, found = _read(kind, text, targets)
    assert len(found) == 1, found
    return found[0]


def test_an_empty_cell_is_a_field_left_out() -> None:
    (row,), found = _read(Client, HEADER + "acme,Acme,dental,2024-01-01,,,,\n")
    assert isinstance(row, Client)
    assert found == []
    assert (row.listed, row.all_inclusive, row.monthly_fee, row.target_industries) == (False, True, None, ())


def test_a_record_knows_where_it_and_each_of_its_cells_stand() -> None:
    (_, row), _ = _read(Client, HEADER + ACME + '"beta",Beta,"a, b",2024-01-01,,,,"x\ny"\n'.replace('"x\ny"', "x"))
    assert row.origin.source == Source(PATH, 3, 1)
    assert row.at("industry") == Source(PATH, 3, 13)
    assert row.at("since") == Source(PATH, 3, 20)
    assert row.at("seats") == Source(PATH, 3, 1)
    assert list(row.origin.marks) == [
        "client_id",
        "name",
        "industry",
        "since",
        "listed",
        "monthly_fee",
        "contact_email",
        "offers",
    ]
    assert len(row.origin.marks) == 8


@pytest.mark.parametrize(
    ("cells", "code", "column", "message"),
    [
        ("a,A,d,01/02/2026,,,,", "D202", 7, "since is not a date"),
        ("a,A,d,43831,,,,", "D202", 7, "since is not a date"),
        ("a,A,d,2023-02-29,,,,", "D202", 7, "since is a day the calendar does not have"),
        ('a,A,d,2024-01-01,,"1,234.50",,', "D203", 19, "monthly_fee is not a plain number: it holds a thousands separator"),
        (
            'a,A,d,2024-01-01,,"£1,200",,',
            "D203",
            19,
            "monthly_fee is not a plain number: it holds a currency sign and a thousands separator",
        ),
        ("a,A,d,2024-01-01,,1.2E+05,,", "D203", 19, "monthly_fee is in a spreadsheet's short form for large numbers"),
        ("a,A,d,2024-01-01,,NaN,,", "D211", 19, "monthly_fee is a placeholder"),
        ("a,A,d,2024-01-01,,Infinity,,", "D203", 19, "monthly_fee is not a plain number"),
        ("a,A,d,2024-01-01,,1_000,,", "D203", 19, "monthly_fee is not a plain number"),
        (
            "a,A,d,2024-01-01,,\uff11\uff12,,",
            "D203",
            19,
            "monthly_fee is not a plain number: it holds digits that are not 0 to 9",
        ),
        ("a,A,d,2024-01-01,TRUE,,,", "D205", 18, "listed is neither yes nor no"),
        ("a,A,d,2024-01-01,,,N/A,", "D211", 20, "contact_email is a placeholder"),
        ("a,A,d,2024-01-01,,,ann(at)firm,", "D210", 20, "contact_email is not an e-mail address"),
        ("a,,d,2024-01-01,,,,", "D201", 3, "name is empty"),
        ("Acme Ltd,A,d,2024-01-01,,,,", "D207", 1, "client_id is not an id"),
    ],
)
def test_what_a_spreadsheet_makes_of_a_cell_is_told_by_its_shape(cells: str, code: str, column: int, message: str) -> None:
    rows, (found,) = _read(Client, f"{HEADER}{cells}\n{ACME}")
    assert (found.code, found.source, found.message) == (code, Source(PATH, 2, column), message)
    assert found.row_id == ("a" if code != "D207" else "")
    assert len(rows) == 1


def test_every_bad_cell_of_a_row_is_told() -> None:
    rows, found = _read(Client, HEADER + "Acme,N/A,d,soon,maybe,£5,x,\n")
    assert rows == []
    assert sorted(each.field for each in found) == ["client_id", "contact_email", "listed", "monthly_fee", "name", "since"]


def test_a_public_cell_is_quoted_and_a_private_one_never() -> None:
    assert 'offers "#REF!"' in _one(Client, HEADER + "a,A,d,2024-01-01,yes,,,#REF!\n").message
    for listed in ("no", ""):
        assert "REF" not in _one(Client, HEADER + f"a,A,d,2024-01-01,{listed},,,#REF!\n").message
    found = _one(Client, HEADER + "a,A,d,2024-01-01,yes,secret,,\n")
    assert "secret" not in found.message + found.hint


def test_a_misspelt_word_of_a_closed_list_gets_a_did_you_mean() -> None:
    found = _one(Review, "client_id,reviewed_on,outcome\nacme,2026-01-01,retension\n")
    assert (found.code, found.hint) == ("D206", 'did you mean "retention"?')
    other = _one(Review, "client_id,reviewed_on,outcome\nacme,2026-01-01,zzz\n")
    assert "zzz" not in other.message + other.hint


def test_a_row_with_too_few_cells_is_told_where_it_begins() -> None:
    found = _one(Client, HEADER + "beta,Beta\n")
    assert (found.code, found.source, found.row_id) == ("D103", Source(PATH, 2, 1), "beta")
    assert found.message == "this row has 2 cells, the header 8"
    assert found.hint == "put a comma for every empty cell"


def test_a_row_with_too_many_cells_is_told_at_the_first_of_them() -> None:
    found = _one(Client, HEADER.replace(",", ";") + "beta;Beta;d;2024-01-01;;;;;;x;\n")
    assert (found.code, found.source) == ("D103", Source(PATH, 2, 28))
    assert found.hint == "put a cell that holds a semicolon in quotation marks"


def test_empty_cells_beyond_the_header_do_no_harm() -> None:
    rows, found = _read(Client, HEADER + ACME.replace("\n", ",,,\n"))
    assert (len(rows), found) == (1, [])


def test_a_space_before_a_quotation_mark_is_one_problem() -> None:
    found = _one(Client, HEADER + 'acme, "Acme, Ltd",dental,2024-01-01,yes,,,\n')
    assert (found.code, found.source) == ("D102", Source(PATH, 2, 6))


def test_an_unclosed_quotation_mark_ends_the_table_and_the_rows_before_it_count() -> None:
    rows, (found,) = _read(Client, HEADER + ACME + 'beta,"Beta,d,2024-01-01,,,,\n')
    assert (len(rows), found.code, found.source) == (1, "D102", Source(PATH, 3, 6))


def test_a_cell_over_32_kib_is_told_alone() -> None:
    rows, (found,) = _read(Client, f"{HEADER}a,{'x' * 32_769},,soon,,,,\n{ACME}")
    assert (found.code, found.source, found.field, found.row_id) == ("D003", Source(PATH, 2, 3), "name", "a")
    assert len(rows) == 1


def test_a_repeated_id_names_both_lines_and_the_first_row_stays() -> None:
    rows, (found,) = _read(Client, HEADER + ACME + "beta,Beta,d,2024-01-01,,,,\n" + ACME)
    assert (found.code, found.source, found.field, found.row_id) == ("D301", Source(PATH, 4, 1), "client_id", "acme")
    assert found.message == 'client_id "acme" stands in line 2 and again in line 4'
    assert len(rows) == 2


def test_a_repeated_longer_key_is_told_without_its_values() -> None:
    found = _one(Vote, "month,voter,client_id\n2026-10,Ann Hale,acme\n2026-10,Ann Hale,beta\n")
    assert (found.code, found.row_id) == ("D301", "")
    assert found.message == "the same month and voter stand in line 2 and again in line 3"


def test_a_repeated_key_that_is_no_id_is_not_quoted() -> None:
    found = _one(Lead, "lead_key\nAnn Hale\nAnn Hale\n")
    assert found.message == "the same lead_key stands in line 2 and again in line 3"


def test_an_empty_part_of_a_key_is_a_value_like_others() -> None:
    header = "referral_id,rule,instalment,paid_on\n"
    fine = header + "r1,share,,2026-01-01\nr1,share,1,2026-01-01\nr1,share,2,2026-01-01\n"
    assert _read(Payout, fine)[1] == []
    assert [each.code for each in _read(Payout, fine + "r1,share,,2026-02-01\n")[1]] == ["D301"]
    assert [each.code for each in _read(Payout, "referral_id,rule,paid_on\nr,s,2026-01-01\nr,s,2026-01-02\n")[1]] == ["D301"]


REVIEWS = "client_id,reviewed_on,outcome\n"


def test_a_dangling_reference_near_a_known_id_is_quoted_with_a_did_you_mean() -> None:
    rows, (found,) = _read(Review, REVIEWS + "acem,2026-01-01,asked\n", {"clients": frozenset({"acme", "zeta"})})
    assert (found.code, found.source, found.field) == ("D302", Source(PATH, 2, 1), "client_id")
    assert found.message == 'client_id names "acem", which clients.csv does not have'
    assert found.hint == 'did you mean "acme"?'
    assert rows == []


def test_a_dangling_reference_far_from_any_id_is_not_quoted() -> None:
    found = _one(Review, REVIEWS + "annhale,2026-01-01,asked\n", {"clients": frozenset({"acme"})})
    assert (found.code, found.message) == ("D302", "client_id names a row that clients.csv does not have")


def test_a_reference_not_of_an_ids_form_and_near_one_is_one_problem() -> None:
    found = _one(Review, REVIEWS + "ACME,2026-01-01,asked\n", {"clients": frozenset({"acme"})})
    assert (found.code, found.message, found.hint) == ("D207", 'client_id "ACME" is not an id', 'did you mean "acme"?')
    far = _one(Review, REVIEWS + "Somebody Else,2026-01-01,asked\n", {"clients": frozenset({"acme"})})
    assert far.code == "D207"
    assert "Somebody" not in far.message


def test_did_you_means_are_sought_in_many_keys_only_a_few_times() -> None:
    keys = frozenset(f"client-{number}" for number in range(20_000))
    text = REVIEWS + "".join(f"clyent-{number},2026-01-01,asked\n" for number in range(1_000, 1_010))
    _, found = _read(Review, text, {"clients": keys})
    assert [each.code for each in found] == ["D302"] * 10
    assert sum("did you mean" in each.hint for each in found) == 5


def test_references_into_an_absent_file_are_counted_and_the_rows_left_out() -> None:
    reader = _reader(Review, REVIEWS + "acme,2026-01-01,asked\nbeta,2026-01-01,asked\n", {"clients": None})
    assert (list(reader.records()), reader.problems) == ([], [])
    ((reference, dangling),) = reader.dangling.items()
    assert (reference.file, dangling.first, dangling.rows) == ("clients.csv", Source(PATH, 2, 1), 2)


def test_references_into_what_could_not_be_read_are_not_judged() -> None:
    rows, found = _read(Review, REVIEWS + "acme,2026-01-01,asked\n", {})
    assert (len(rows), found) == (1, [])


def test_an_empty_reference_names_nothing() -> None:
    rows, found = _read(
        Referral,
        "referral_id,received_on,referrer_id,prospect,status,source\nr1,2026-01-01,,X,won,referral\n",
        {"referrers": None},
    )
    assert (len(rows), found) == (1, [])


def test_a_word_near_a_usual_one_of_an_open_list_is_a_warning() -> None:
    header = "referrer_id,name,audience,kind,sector\n"
    rows, (found,) = _read(Referrer, header + "ann,Ann,owner,client,helthcare\nbob,Bob,owner,client,beekeeping\n")
    assert (found.code, found.severity, found.source.column) == ("D213", Severity.WARNING, 22)
    assert (found.message, found.hint) == ('sector "helthcare" is unusual', 'did you mean "healthcare"?')
    assert len(rows) == 2


def test_spaces_around_cells_are_one_warning_that_names_the_first_and_counts_the_rest() -> None:
    rows, (found,) = _read(Client, HEADER + ACME + " beta,Beta ,d,2024-01-01,,,,\ngamma,G,d,2024-01-01, ,,,\n")
    assert (found.code, found.severity, found.source, found.field) == ("D212", Severity.WARNING, Source(PATH, 3, 1), "client_id")
    assert found.message == "there are spaces around this value and around 2 more in this table"
    assert [row.client_id for row in rows if isinstance(row, Client)] == ["acme", "beta", "gamma"]


def test_spaces_around_a_column_name_count_as_well() -> None:
    rows, (found,) = _read(Vote, "month, voter,client_id\n2026-10,ann,acme\n")
    assert (found.source, found.message, len(rows)) == (Source(PATH, 1, 7), "there are spaces around this value", 1)


def test_a_header_without_rows_is_a_note() -> None:
    found = _one(Client, HEADER + ",,,,,,,\n")
    assert (found.code, found.severity) == ("D109", Severity.NOTE)


def test_a_table_full_of_mistakes_is_read_up_to_a_bound() -> None:
    rows, found = _read(TicketMonth, "client_id,month,endpoints,tickets\n" + "a,x,1,1\n" * (MOST_BAD_ROWS + 9))
    assert rows == []
    assert {each.source.line for each in found} == set(range(2, MOST_BAD_ROWS + 2))
    assert "1,000 rows have mistakes" in found[-1].hint
    assert "have mistakes" not in found[-2].hint


VERDICTS: Mapping[str, tuple[Fault, str, Source, str]] = {
    "a key": (Fault(1, "", "primary-key"), "D301", Source(PATH, 2, 1), "this row does not fit the table's schema (primary key)"),
    "a reference": (Fault(1, "client_id", "foreign-key"), "D302", Source(PATH, 2, 1), "client_id does not fit"),
    "a date": (Fault(1, "since", "type-error"), "D202", Source(PATH, 2, 18), "since does not fit"),
    "a number": (Fault(1, "monthly_fee", "type-error"), "D201", Source(PATH, 2, 33), "monthly_fee does not fit"),
    "yes or no": (Fault(1, "listed", "type-error"), "D205", Source(PATH, 2, 29), "listed does not fit"),
    "a pattern": (Fault(1, "name", "constraint-error"), "D207", Source(PATH, 2, 6), "name does not fit"),
    "a column nobody knows": (Fault(1, "ghost", "blank-row"), "D103", Source(PATH, 2, 1), "ghost does not fit"),
    "a kind nobody knows": (Fault(1, "", "new-kind"), "D103", Source(PATH, 2, 1), "this row does not fit"),
}


@pytest.mark.parametrize("case", VERDICTS)
def test_what_only_frictionless_refuses_is_a_problem_all_the_same(case: str) -> None:
    fault, code, source, message = VERDICTS[case]
    rows, (found,) = _read(Client, HEADER + ACME, verdict=(fault,))
    assert rows == []
    assert (found.code, found.source) == (code, source)
    assert found.message.startswith(message)


def test_what_both_refuse_is_told_once() -> None:
    text = HEADER + ACME + ACME + "beta,,d,soon,,,,\nc,C\n"
    verdict = (
        Fault(2, "", "primary-key"),
        Fault(2, "client_id", "unique-error"),
        Fault(3, "name", "constraint-error"),
        Fault(3, "since", "type-error"),
        Fault(4, "industry", "missing-cell"),
    )
    assert [each.code for each in _read(Client, text, verdict=verdict)[1]] == ["D301", "D201", "D202", "D103"]


TICKETS = "client_id,month,endpoints,tickets\n"
ALL = ("client_id", "month", "endpoints", "tickets")
CELLS = (
    st.sampled_from(("acme", "beta", "acem", "", " acme", '"beta"', ' "acme"', "Acme")),
    st.sampled_from(("2026-01", "2026-02", "2026-13", '"2026-01"')),
    st.sampled_from(("1", "2", " 2", "02", "")),
    st.sampled_from(("0", "1", "x", '"1\n"')),
)


@given(
    st.lists(st.one_of(st.tuples(*CELLS), st.tuples(*CELLS[:3]), st.tuples(*CELLS, CELLS[3])), max_size=30),
    st.sampled_from(({}, {"clients": None}, {"clients": frozenset({"acme", "beta"})})),
    st.sets(st.integers(1, 30), max_size=3),
)
def test_values_are_what_the_records_hold_and_tell_the_same_problems(
    rows: list[tuple[str, ...]], targets: Targets, refused: set[int]
) -> None:
    text = TICKETS + "".join(",".join(row) + "\n" for row in rows)
    verdict = tuple(Fault(record, "tickets", "type-error") for record in sorted(refused))
    slow, fast = (_reader(TicketMonth, text, targets, verdict) for _ in range(2))
    records = [record for record in slow.records() if isinstance(record, TicketMonth)]
    assert list(fast.values(ALL)) == [(each.client_id, each.month, each.endpoints, each.tickets) for each in records]
    assert (fast.problems, fast.dangling) == (slow.problems, slow.dangling)


def test_a_row_of_cells_that_were_all_read_before_becomes_no_record(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = _reader(TicketMonth, TICKETS + "acme,2026-01,1,0\nbeta,2026-02,1,0\nacme,2026-02,1,0\n", {})
    made: list[object] = []
    validate = TicketMonth.model_validate

    def counted(cells: object) -> TicketMonth:
        made.append(cells)
        return validate(cells)

    monkeypatch.setattr(TicketMonth, "model_validate", counted)
    assert list(reader.values(ALL)) == [("acme", "2026-01", 1, 0), ("beta", "2026-02", 1, 0), ("acme", "2026-02", 1, 0)]
    assert len(made) == 2


def test_a_repeated_key_is_told_though_all_its_cells_were_read_before() -> None:
    reader = _reader(TicketMonth, TICKETS + "acme,2026-01,1,0\nbeta,2026-02,1,0\nacme,2026-02,1,0\nacme,2026-02,1,0\n", {})
    assert len(list(reader.values(ALL))) == 3
    (found,) = reader.problems
    assert (found.code, found.source) == ("D301", Source(PATH, 5, 1))
    assert found.message == "the same client_id and month stand in line 4 and again in line 5"


def test_a_row_that_frictionless_refused_is_no_good_though_all_its_cells_were_read_before() -> None:
    text = TICKETS + "acme,2026-01,1,0\nbeta,2026-02,1,0\nacme,2026-02,1,0\n"
    reader = _reader(TicketMonth, text, {}, (Fault(3, "tickets", "type-error"),))
    assert list(reader.values(ALL)) == [("acme", "2026-01", 1, 0), ("beta", "2026-02", 1, 0)]
    assert [(found.code, found.source) for found in reader.problems] == [("D203", Source(PATH, 4, 16))]


def test_a_space_before_a_quotation_mark_is_a_problem_though_the_text_was_read_before() -> None:
    header = "month,client_id,nominated_by,reason\n"
    reader = _reader(Nomination, header + '2026-01,acme,"""Sam""",Why\n2026-01,acme, "Sam",Why\n', {})
    names = ("month", "client_id", "nominated_by", "reason")
    assert list(reader.values(names)) == [("2026-01", "acme", '"Sam"', "Why")]
    assert [(found.code, found.source) for found in reader.problems] == [("D102", Source(PATH, 3, 14))]
