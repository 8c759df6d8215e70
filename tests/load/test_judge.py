from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from site_builder.load import judge as module
from site_builder.load.judge import MOST_FAULTS, Fault, VerdictCache, judge
from site_builder.load.schema import columns, judged_schema
from site_builder.model.record import Row
from site_builder.model.tables import Client, Payout, Practice, Referrer, TicketMonth


def _verdict(row: type[Row], rows: Sequence[Mapping[str, str]], **keys: set[str]) -> list[Fault]:
    """Judge rows given by the columns that are filled."""
    names = columns(row)
    known = {name.replace("__", "."): frozenset(values) for name, values in keys.items()}

    def stream() -> Iterator[Sequence[str]]:
        yield names
        for cells in rows:
            yield [cells.get(name, "") for name in names]

    return list(judge(stream, judged_schema(row, names, known), known))


PAID = {"referral_id": "r1", "rule": "share", "paid_on": "2026-01-02", "amount": "10"}
ACME = {"client_id": "acme", "name": "Acme", "industry": "dental", "since": "2024-01-01"}


def test_good_rows_have_no_faults() -> None:
    assert _verdict(Client, [ACME, {**ACME, "client_id": "beta", "listed": "yes", "monthly_fee": "12.50"}]) == []


def test_required_types_enums_and_patterns_are_judged() -> None:
    bad = {"client_id": "Acme Ltd", "industry": "x", "since": "soon", "listed": "TRUE", "monthly_fee": "£5"}
    assert _verdict(Client, [ACME, bad]) == [
        Fault(2, "client_id", "constraint-error"),
        Fault(2, "listed", "type-error"),
        Fault(2, "monthly_fee", "type-error"),
        Fault(2, "name", "constraint-error"),
        Fault(2, "since", "type-error"),
    ]
    ann = {"referrer_id": "ann", "name": "Ann", "audience": "boss", "kind": "client"}
    assert _verdict(Referrer, [ann]) == [Fault(1, "audience", "constraint-error")]


def test_a_key_that_stands_there_twice_is_a_fault() -> None:
    assert _verdict(Client, [ACME, ACME]) == [Fault(2, "", "primary-key"), Fault(2, "client_id", "unique-error")]


def test_an_empty_part_of_a_key_is_a_value_like_others() -> None:
    monthly = [{**PAID, "instalment": "1"}, {**PAID, "instalment": "2"}]
    assert _verdict(Payout, [PAID, *monthly]) == []
    assert _verdict(Payout, [PAID, *monthly, PAID]) == [Fault(4, "", "primary-key")]
    assert _verdict(Payout, [PAID, *monthly, monthly[0]]) == [Fault(4, "", "primary-key")]


def test_references_are_followed_into_tables_and_documents() -> None:
    met = {"client_id": "acme", "practice_id": "mfa", "met_on": "2026-01-01"}
    rows = [met, {**met, "client_id": "acem"}, {**met, "practice_id": "mfs"}]
    assert _verdict(Practice, rows, clients={"acme"}, rewards__practices={"mfa"}) == [
        Fault(2, "client_id", "foreign-key"),
        Fault(3, "practice_id", "foreign-key"),
    ]
    assert _verdict(Practice, rows) == []
    assert [fault.record for fault in _verdict(Practice, rows, clients=set())] == [1, 2, 3]


def test_ragged_rows_are_faults() -> None:
    def stream() -> Iterator[Sequence[str]]:
        yield from (["client_id", "month", "endpoints", "tickets"], ["acme", "2026-01", "1"], ["acme", "2026-02", "1", "2", "3"])

    found = judge(stream, judged_schema(TicketMonth, ("client_id", "month", "endpoints", "tickets"), ()), {})
    assert {(fault.record, fault.kind) for fault in found} >= {(1, "missing-cell"), (2, "extra-cell")}


def test_the_first_row_is_the_header_even_if_most_rows_are_narrower() -> None:
    names = ("client_id", "month", "endpoints", "tickets")
    found = judge(lambda: iter([names, *[["acme"]] * 9]), judged_schema(TicketMonth, names, ()), {})
    assert {fault.record for fault in found} == set(range(1, 10))


def test_judging_ends_when_there_are_more_faults_than_anyone_reads() -> None:
    found = _verdict(Client, [{**ACME, "client_id": f"c{number}", "since": "x"} for number in range(MOST_FAULTS + 50)])
    assert len(found) == MOST_FAULTS


class _Counted:
    """A table whose readings are counted: a remembered verdict needs none."""

    def __init__(self) -> None:
        self.readings = 0

    def __call__(self) -> Iterator[Sequence[str]]:
        self.readings += 1
        yield ["client_id", "month", "endpoints", "tickets"]
        yield ["acem", "2026-01", "1", "private"]


SCHEMA = judged_schema(TicketMonth, ("client_id", "month", "endpoints", "tickets"), {"clients"})
KEYS = {"clients": frozenset({"acme"})}
FOUND = (Fault(1, "client_id", "foreign-key"), Fault(1, "tickets", "type-error"))


def test_a_verdict_is_remembered_until_bytes_schema_targets_or_version_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = _Counted()

    def ask(content: str = "aa", keys: Mapping[str, frozenset[str]] = KEYS, described: str = "") -> int:
        cache = VerdictCache(tmp_path)
        before = table.readings
        cache.verdict("tickets.csv", content, table, {**SCHEMA, "description": described}, keys)
        cache.save()
        return table.readings - before

    assert ask() == 1
    assert ask() == 0
    assert ask(content="bb") == 1
    assert ask(content="bb", keys={"clients": frozenset({"acme", "acem"})}) == 1
    assert ask(content="bb", described="new") == 1
    monkeypatch.setattr("site_builder.__version__", "99")
    assert ask(content="bb", described="new") == 1
    assert ask(content="bb", described="new") == 0


def test_the_memory_holds_the_verdict_and_never_a_value(tmp_path: Path) -> None:
    cache = VerdictCache(tmp_path / "new" / "folder")
    assert cache.verdict("tickets.csv", "aa", _Counted(), SCHEMA, KEYS) == FOUND
    cache.save()
    (file,) = (tmp_path / "new" / "folder").iterdir()
    content = file.read_text(encoding="utf-8")
    assert "private" not in content
    assert "acem" not in content
    assert json.loads(content)["tickets.csv"][1] == [[1, "client_id", "foreign-key"], [1, "tickets", "type-error"]]
    table = _Counted()
    assert VerdictCache(tmp_path / "new" / "folder").verdict("tickets.csv", "aa", table, SCHEMA, KEYS) == FOUND
    assert table.readings == 0


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{", '{"tickets.csv": 1}', '{"tickets.csv": ["x", [1]]}', '{"t": ["x", [["a", 1, 2]]]}', "\ud800", "[" * 9_999],
)
def test_a_memory_that_cannot_be_read_is_as_good_as_none(tmp_path: Path, content: str) -> None:
    (tmp_path / "verdicts.json").write_bytes(content.encode("utf-8", "surrogatepass"))
    assert VerdictCache(tmp_path).verdict("tickets.csv", "aa", _Counted(), SCHEMA, KEYS) == FOUND


def test_without_a_folder_or_with_one_that_cannot_be_written_nothing_is_remembered(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for folder in (None, tmp_path / "file"):
        cache = VerdictCache(folder)
        assert cache.verdict("tickets.csv", "aa", _Counted(), SCHEMA, KEYS) == FOUND
        cache.save()
    assert list(tmp_path.iterdir()) == [tmp_path / "file"]


def test_a_verdict_without_end_is_not_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_FAULTS", 2)
    cache = VerdictCache(tmp_path)
    cache.verdict("tickets.csv", "aa", _Counted(), SCHEMA, KEYS)
    cache.save()
    assert list(tmp_path.iterdir()) == []


def test_a_header_that_does_not_fit_the_schema_is_our_mistake() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        judge(lambda: iter([["client_id"], ["acme"]]), SCHEMA, KEYS)


SCRIPT = """
import sys
from pathlib import Path
from site_builder.load.judge import VerdictCache
from site_builder.load.tables import load_tables
tables = load_tables(Path(sys.argv[1]), VerdictCache(Path(sys.argv[2])), targets={})
print(len(tables.clients), len(tables.problems), "frictionless" in sys.modules)
"""


def test_an_unchanged_table_never_imports_frictionless(tmp_path: Path) -> None:
    def run() -> str:
        command = [sys.executable, "-c", SCRIPT, str(tmp_path), str(tmp_path / "cache")]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    (tmp_path / "data").mkdir()
    table = tmp_path / "data" / "clients.csv"
    table.write_text("client_id,name,industry,since\nacme,Acme,dental,2024-01-01\n", encoding="utf-8")
    assert run() == "1 0 True"
    assert run() == "1 0 False"
    table.write_text("client_id,name,industry,since\nacme,Acme,dental,2024-01-02\n", encoding="utf-8")
    assert run() == "1 0 True"
    table.write_text("client_id,name,industry,since\nacme,Acme,dental,soon\n", encoding="utf-8")
    assert [run(), run()] == ["0 1 True", "0 1 False"]
