from __future__ import annotations

import gc
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.load.judge import VerdictCache
from site_builder.load.rows import Targets
from site_builder.load.schema import columns
from site_builder.load.tables import Tables, load_tables
from site_builder.model.portal import TicketTotal
from site_builder.model.record import Row
from site_builder.model.tables import TABLES
from site_builder.problem import Problem, Severity, Source

CLIENTS = "client_id,name,industry,since\nacme,Acme,dental,2024-01-01\nbeta,Beta,legal,2024-01-01\n"
REVIEWS = "client_id,reviewed_on,outcome\nacme,2026-01-01,asked\n"
TICKETS = "client_id,month,endpoints,tickets\n"
PRACTICES = "client_id,practice_id,met_on\nacme,mfa,2026-01-01\n"


def _portal(root: Path, tables: dict[str, str | bytes]) -> None:
    (root / "data").mkdir(exist_ok=True)
    for name, content in tables.items():
        (root / "data" / f"{name}.csv").write_bytes(content if isinstance(content, bytes) else content.encode())


def _load(root: Path, targets: Targets | None = None, **tables: str | bytes) -> Tables:
    _portal(root, dict(tables))
    return load_tables(root, VerdictCache(None), targets=targets or {})


def _codes(tables: Tables) -> list[tuple[str, str]]:
    return [(found.source.path, found.code) for found in tables.problems]


def test_a_portal_without_tables_is_whole_and_all_are_absent(tmp_path: Path) -> None:
    tables = load_tables(tmp_path, VerdictCache(None), targets={})
    assert tables.problems == ()
    assert tables.absent == {row.TABLE.file for row in TABLES}
    assert tables.clients == ()


def test_each_table_becomes_its_records(tmp_path: Path) -> None:
    tables = _load(tmp_path, {"rewards.practices": frozenset({"mfa"})}, clients=CLIENTS, reviews=REVIEWS, practices=PRACTICES)
    assert tables.problems == ()
    assert [client.client_id for client in tables.clients] == ["acme", "beta"]
    assert [(review.client_id, review.at("outcome")) for review in tables.reviews] == [
        ("acme", Source("data/reviews.csv", 2, 17))
    ]
    assert [practice.practice_id for practice in tables.practices] == ["mfa"]
    assert {"clients.csv", "reviews.csv", "practices.csv"}.isdisjoint(tables.absent)


def test_a_domain_in_capitals_passes_and_is_kept_in_small_letters(tmp_path: Path) -> None:
    text = (
        "referral_id,received_on,prospect,prospect_domain,status,source\nr1,2026-01-01,Acme,WWW.Acme.Example,received,inbound\n"
    )
    tables = _load(tmp_path, referrals=text)
    assert tables.problems == ()
    assert [row.prospect_domain for row in tables.referrals] == ["www.acme.example"]


def test_tickets_are_folded_by_client_in_order_of_month(tmp_path: Path) -> None:
    text = TICKETS + "beta,2026-02,9,1\nacme,2026-03,12,4\nacme,2026-01,10,0\n"
    tables = _load(tmp_path, clients=CLIENTS, tickets=text)
    assert tables.tickets == {
        "beta": (TicketTotal("2026-02", 9, 1),),
        "acme": (TicketTotal("2026-01", 10, 0), TicketTotal("2026-03", 12, 4)),
    }


@pytest.mark.parametrize("enabled", [True, False])
def test_reading_tickets_leaves_the_garbage_collector_as_it_was(tmp_path: Path, *, enabled: bool) -> None:
    before = gc.isenabled()
    try:
        (gc.enable if enabled else gc.disable)()
        _load(tmp_path, clients=CLIENTS, tickets=TICKETS + "beta,2026-02,9,1\n")
        assert gc.isenabled() is enabled
    finally:
        (gc.enable if before else gc.disable)()


def test_a_dangling_reference_is_told_where_it_stands(tmp_path: Path) -> None:
    tables = _load(tmp_path, clients=CLIENTS, reviews=REVIEWS + "acem,2026-01-02,asked\n")
    assert tables.problems == (
        Problem(
            Source("data/reviews.csv", 3, 1),
            "D302",
            Severity.ERROR,
            'client_id names "acem", which clients.csv does not have',
            'did you mean "acme"?',
            "client_id",
        ),
    )


def test_a_row_with_a_mistake_is_left_out_and_still_a_target(tmp_path: Path) -> None:
    tables = _load(tmp_path, clients=CLIENTS.replace("2024-01-01\nbeta", "soon\nbeta"), reviews=REVIEWS)
    assert [client.client_id for client in tables.clients] == ["beta"]
    assert _codes(tables) == [("data/clients.csv", "D202")]
    assert len(tables.reviews) == 1


def test_references_into_an_absent_file_are_one_error_for_the_file(tmp_path: Path) -> None:
    text = TICKETS + "acme,2026-03,12,4\nbeta,2026-03,12,4\n"
    tables = _load(tmp_path, reviews=REVIEWS, tickets=text)
    (found,) = tables.problems
    assert tables.lacked == {"clients.csv"}
    assert (found.code, found.source) == ("D303", Source("data/reviews.csv", 2, 1))
    assert found.message == "data/clients.csv does not exist, and these refer to it: reviews.csv in 1 row, tickets.csv in 2 rows"


def test_references_into_an_absent_document_are_one_error_for_it(tmp_path: Path) -> None:
    (found,) = _load(tmp_path, {"rewards.practices": None}, clients=CLIENTS, practices=PRACTICES).problems
    assert (found.code, found.source.column) == ("D303", 6)
    assert found.message.startswith("data/rewards.yaml does not exist")


def test_a_header_only_is_an_empty_table_and_not_an_absent_one(tmp_path: Path) -> None:
    tables = _load(tmp_path, clients="client_id,name,industry,since\n", reviews=REVIEWS)
    assert _codes(tables) == [("data/clients.csv", "D109"), ("data/reviews.csv", "D302")]
    assert "clients.csv" not in tables.absent


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b"", "D108", id="an empty file"),
        pytest.param(b"acme,Acme,dental,2024-01-01\n", "D108", id="no header"),
        pytest.param(CLIENTS.encode("utf-16"), "D002", id="UTF-16"),
        pytest.param(CLIENTS.replace("Acme", "Café").encode("cp1252"), "D002", id="Windows-1252"),
        pytest.param(CLIENTS.replace("since", "begun"), "D105", id="a column nobody knows"),
        pytest.param(CLIENTS.replace("industry", "Industry"), "D105", id="a renamed column"),
        pytest.param(CLIENTS.replace("industry", "name"), "D106", id="a doubled column"),
        pytest.param(CLIENTS + 'gamma,"Gamma', "D102", id="an unclosed quotation mark"),
    ],
)
def test_a_table_that_cannot_be_read_causes_no_errors_elsewhere(tmp_path: Path, content: str | bytes, code: str) -> None:
    tables = _load(tmp_path, clients=content, reviews=REVIEWS + "gamma,2026-01-01,asked\n")
    assert tables.problems[0].code == code
    assert {found.source.path for found in tables.problems} == {"data/clients.csv"}
    assert len(tables.reviews) == 2
    assert "clients.csv" not in tables.absent


def test_a_bad_header_is_told_without_any_problem_of_rows(tmp_path: Path) -> None:
    tables = _load(tmp_path, clients=CLIENTS.replace("industry", "Industry").replace("2024", "never"))
    assert _codes(tables) == [("data/clients.csv", "D105")]


@pytest.mark.parametrize("encode", ["\ufeff{}", "sep=,\n{}"])
def test_what_spreadsheets_put_in_front_changes_nothing(tmp_path: Path, encode: str) -> None:
    tables = _load(tmp_path, clients=encode.format(CLIENTS).replace("\n", "\r\n"))
    assert (tables.problems, len(tables.clients)) == ((), 2)


def test_semicolons_are_a_note(tmp_path: Path) -> None:
    tables = _load(tmp_path, clients=CLIENTS.replace(",", ";"))
    assert (_codes(tables), len(tables.clients)) == ([("data/clients.csv", "D101")], 2)


def test_a_table_over_64_mib_and_one_that_is_a_link_out_are_refused(tmp_path: Path) -> None:
    root = tmp_path / "portal"
    (root / "data").mkdir(parents=True)
    with (root / "data" / "clients.csv").open("wb") as file:
        file.truncate(64 * 1024 * 1024 + 1)
    (tmp_path / "outside.csv").write_text(REVIEWS, encoding="utf-8")
    (root / "data" / "reviews.csv").symlink_to(tmp_path / "outside.csv")
    (root / "data" / "gifts.csv").symlink_to("nowhere")
    (root / "data" / "votes.csv").mkdir()
    tables = load_tables(root, VerdictCache(None), targets={})
    assert sorted(_codes(tables)) == [
        ("data/clients.csv", "D003"),
        ("data/gifts.csv", "D005"),
        ("data/reviews.csv", "D004"),
        ("data/votes.csv", "D005"),
    ]


def test_a_remembered_verdict_gives_the_same_tables_and_problems(tmp_path: Path) -> None:
    _portal(tmp_path, {"clients": CLIENTS + "acme,Again,d,2024-01-01\nx\n", "reviews": REVIEWS + "acem,soon,asked\n"})
    first = load_tables(tmp_path, VerdictCache(tmp_path / "cache"), targets={})
    again = load_tables(tmp_path, VerdictCache(tmp_path / "cache"), targets={})
    assert first == again
    assert len(again.problems) == 4


def test_the_order_of_rows_changes_neither_tables_nor_kinds_of_problems(tmp_path: Path) -> None:
    rows = [f"client-{number},Firm,dental,{'soon' if number % 7 == 0 else '2024-01-01'}\n" for number in range(30)]
    kept, codes = set(), set()
    for seed in range(3):
        random.Random(seed).shuffle(rows)
        tables = _load(tmp_path, clients="client_id,name,industry,since\n" + "".join(rows))
        kept.add(frozenset(client.client_id for client in tables.clients))
        codes.add(tuple(found.code for found in tables.problems))
    assert len(kept) == len(codes) == 1
    assert codes == {("D202",) * 5}


CELLS = st.one_of(
    st.sampled_from(
        ["", "", "acme", "beta", "Acme", "acem", "yes", "no", "TRUE", "2024-01-01", "2024-1-1", "0000-01-01", "2026-10"]
    ),
    st.sampled_from(
        ["2023-02-29", "1", "01", "12.5", "-1", "1_0", "NaN", "sNaN", "inf", "1e5", "\uff11\uff12", "é", "N/A", "asked"]
    ),
    st.sampled_from(
        ["owner", "client", "won", "referral", "referal", "a@b.example", "https://x.example/", ";", "a; b", "ABCDEFGH"]
    ),
    st.sampled_from(["\n", "a\nb", "\u2028", " x ", "=1+1", "9" * 5000]),
)


@given(st.data(), st.sampled_from(TABLES))
def test_whatever_frictionless_refuses_our_own_cells_explain(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, row: type[Row]
) -> None:
    names = columns(row)
    width = st.integers(len(names) - 1, len(names) + 1) if data.draw(st.booleans()) else st.just(len(names))
    cells = data.draw(st.lists(width.flatmap(lambda count: st.lists(CELLS, min_size=count, max_size=count)), max_size=4))
    quoted = [",".join('"' + cell.replace('"', '""') + '"' for cell in each) for each in cells]
    root = tmp_path_factory.mktemp("portal")
    tables: dict[str, str | bytes] = {"clients": CLIENTS, row.TABLE.stem: "\n".join([",".join(names), *quoted])}
    _portal(root, tables)
    found = load_tables(root, VerdictCache(None), targets={"rewards.practices": frozenset({"mfa"})}).problems
    assert not [each for each in found if "does not fit the table's schema" in each.message]


@given(
    st.one_of(
        st.binary(max_size=400),
        st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
        st.text(alphabet='acme,;"\n\r\t 0é=sp-', max_size=300).map(str.encode),
    ),
    st.sampled_from(TABLES),
    st.sampled_from([0, 1]),
)
def test_any_bytes_yield_problems_or_rows_and_never_a_traceback(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, row: type[Row], headers: int
) -> None:
    root = tmp_path_factory.mktemp("portal")
    header = f"{','.join(columns(row))}\n".encode()
    _portal(root, {row.TABLE.stem: header * headers + content})
    tables = load_tables(root, VerdictCache(None), targets={})
    assert tables.problems or getattr(tables, row.TABLE.stem)
