"""Noninterference: the public portal is the same, byte by byte, whatever the private cells hold (domain §4, Proofs)."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from site_builder.model.tables import TABLES, Lead
from tests.privacy.conftest import AS_OF, ROOT, finished
from tests.privacy.varied import KEPT, Varied, vary

Row = dict[str, str]


@pytest.fixture(scope="module")
def varied(tmp_path_factory: pytest.TempPathFactory) -> tuple[Varied, Path]:
    where = tmp_path_factory.mktemp("varied")
    return vary(ROOT, where, AS_OF), where


def differing(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


def test_the_demo_is_the_same_with_another_value_in_every_private_cell(
    demo: Mapping[str, bytes], varied: tuple[Varied, Path], cache: Path
) -> None:
    assert differing(demo, finished(varied[1], cache)) == []


def test_every_private_field_of_every_table_was_varied(varied: tuple[Varied, Path]) -> None:
    """A field that is private and was neither replaced nor kept would prove nothing."""
    done = {(cell.path, cell.name) for cell, _ in varied[0].changed} | varied[0].kept
    every = {
        (f"data/{row.TABLE.file}", info.alias or name)
        for row in TABLES
        if row is not Lead  # the demo has no inbox; the golden portal's stands in test_canaries
        for name, info in row.model_fields.items()
        if name != "origin"
    }
    public = {("data/referrers.csv", "link_code"), ("data/referrers.csv", "old_codes")}
    assert every - done - public == set()


def test_documents_were_varied_too(varied: tuple[Varied, Path]) -> None:
    done = {(cell.kind.__name__, cell.name) for cell, _ in varied[0].changed}
    assert {
        ("Benchmark", "ours"),
        ("Segment", "offer"),
        ("Differentiator", "next_improvement"),
        ("ThirdParty", "result"),
        ("TeamMember", "contact"),
        ("Testimonial", "words"),
        ("GiftRule", "cost"),
        ("PolicyEntry", "why"),
        ("AnniversaryReward", "reward"),
        ("Nurture", "worksheet"),
        ("Spotlight", "permission_on"),
        ("Settings", "review_cycle_months"),
    } <= done
    assert len(varied[0].changed) > 8_000


def test_every_exception_is_needed_by_the_demo(varied: tuple[Varied, Path]) -> None:
    assert {(each.path, each.name) for each in KEPT} - varied[0].kept == set()
    assert all(each.why for each in KEPT)


def test_a_value_is_replaced_by_another_one(varied: tuple[Varied, Path]) -> None:
    """The cells as they stand in the new files, beside those they had."""
    before, after = rows(ROOT, "clients"), rows(varied[1], "clients")
    assert len(before) == len(after)
    for old, new in zip(before, after, strict=True):
        assert all(old[name] != new[name] for name in ("since", "monthly_fee", "contact_email", "last_paid_on"))
        assert (old["name"] == new["name"]) == (old["listed"] == "yes" or old["client_id"] == new["client_id"])


# ------------------------------------------------------------------------------------------------- rows come and go


def rows(root: Path, table: str) -> list[Row]:
    with (root / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return [*csv.DictReader(file)]


def copied(where: Path) -> Path:
    for folder in ("data", "content"):
        shutil.copytree(ROOT / folder, where / folder)
    return where


def put(root: Path, table: str, change: Callable[[list[Row]], list[Row]]) -> None:
    before = rows(root, table)
    with (root / "data" / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, before[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(change(before))


SILENT = ("reviews", "payouts", "tickets", "practices", "introductions", "gifts", "nominations")


def test_rows_of_tables_that_publish_nothing_may_come_and_go(tmp_path: Path, demo: Mapping[str, bytes], cache: Path) -> None:
    root = copied(tmp_path)
    for table in SILENT:
        put(root, table, lambda before: before[1::2])
    assert differing(demo, finished(root, cache)) == []


def test_whole_tables_may_be_absent(tmp_path: Path, demo: Mapping[str, bytes], cache: Path) -> None:
    root = copied(tmp_path)
    for table in SILENT:
        (root / "data" / f"{table}.csv").unlink()
    assert differing(demo, finished(root, cache)) == []


def test_referrals_of_people_who_are_not_named_may_come_and_go(tmp_path: Path, demo: Mapping[str, bytes], cache: Path) -> None:
    root = copied(tmp_path)
    named = {row["referrer_id"] for row in rows(root, "referrers") if row["named"] == "yes" and row["active"] != "no"}
    (root / "data/payouts.csv").unlink()
    put(root, "referrals", lambda before: [row for row in before if row["referrer_id"] in named])
    assert differing(demo, finished(root, cache)) == []


def test_clients_and_referrers_nobody_may_see_may_come(tmp_path: Path, demo: Mapping[str, bytes], cache: Path) -> None:
    root = copied(tmp_path)
    client, person = rows(root, "clients")[0], rows(root, "referrers")[0]
    put(root, "clients", lambda before: [*before, {**client, "client_id": "kept-quiet", "name": "Kept Quiet", "listed": "no"}])
    quiet = {**person, "referrer_id": "quiet", "active": "no", "link_code": "", "old_codes": ""}
    put(root, "referrers", lambda before: [quiet, *before])
    assert differing(demo, finished(root, cache)) == []


def test_votes_below_the_fewest_that_are_told_change_nothing(tmp_path: Path, demo: Mapping[str, bytes], cache: Path) -> None:
    """Four people vote for a month that has a spotlight and had no vote: their number would tell who they are."""
    root = copied(tmp_path)
    spotlight = root / "content/spotlights/2026-09-kirkgate-packaging.md"
    put(root, "votes", lambda before: [row for row in before if row["month"] != "2026-09"])
    without = finished(root, cache)
    four = [{"month": "2026-09", "voter": f"voter {number}", "client_id": "kirkgate-packaging"} for number in range(4)]
    put(root, "votes", lambda before: [*before, *four])
    assert spotlight.is_file()
    assert differing(without, finished(root, cache)) == []
    assert differing(demo, without) == ["spotlights/2026-09-kirkgate-packaging/index.html"]


def test_a_win_of_a_named_referrer_is_told_on_wins_alone(tmp_path: Path, demo: Mapping[str, bytes], cache: Path) -> None:
    root = copied(tmp_path)
    (root / "data/payouts.csv").unlink()
    person = next(row for row in rows(root, "referrers") if row["named"] == "yes" and row["active"] != "no")
    last = rows(root, "referrals")[-1]
    won = {**dict.fromkeys(last, ""), "referral_id": "won-now", "referrer_id": person["referrer_id"], "prospect": "Kept Quiet"}
    won |= {"received_on": "2026-06-01", "status": "won", "won_on": "2026-08-30", "source": "referral"}
    put(root, "referrals", lambda before: [*before, won])
    assert differing(demo, finished(root, cache)) == ["wins/index.html"]


def test_a_public_cell_does_matter(tmp_path: Path, demo: Mapping[str, bytes], cache: Path) -> None:
    """Otherwise two equal portals would prove nothing."""
    root = copied(tmp_path)
    put(root, "clients", lambda before: [{**before[0], "offers": "something else"}, *before[1:]])
    assert f"directory/{rows(ROOT, 'clients')[0]['client_id']}/index.html" in differing(demo, finished(root, cache))
