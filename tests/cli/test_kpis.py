"""portal kpis: the domain's worked example, outcomes worked by hand, and what people read."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from site_builder.cli.kpistext import as_text
from site_builder.cli.table import PAPER, Screen
from site_builder.rules.programme import Programme
from tests.portals import AS_OF, FILES, PORTAL, referral, write
from tests.rules.making import client, portal, review

Run = Callable[..., tuple[int, str, str]]

# The worked example of the domain, "KPIs".
CLIENTS = """\
client_id,name,industry,since,last_paid_on
a,A,dental,2020-01-01,2026-10-01
b,B,dental,2020-01-01,2026-06-30
c,C,dental,2020-01-01,2025-11-01
d,D,dental,2020-01-01,2025-10-31
e,E,dental,2020-01-01,2026-10-15
f,F,dental,2020-01-01,2026-10-15
"""
REVIEWS = """\
client_id,reviewed_on,outcome
a,2026-09-10,asked
b,2026-02-01,asked
b,2026-08-01,retention
d,2026-10-01,asked
e,2025-10-31,asked
f,2026-10-31,roadblock
"""
# Two won after 21 and 30 days: a median of 25.5. The first paid 6 x 500, the second 12 x 1000 in the first year.
REFERRALS = """\
referral_id,received_on,referrer_id,prospect,status,won_on,monthly_fee,contract_months,source
r0,2025-02-08,rita,Nought Ltd,won,2025-03-01,500,6,referral
r1,2026-01-10,rita,First Ltd,won,2026-02-09,1000,24,referral
r2,2026-03-01,rita,Second Ltd,lost,,,,referral
r3,2026-05-01,,Third Ltd,received,,,,inbound
"""
REFERRERS = "referrer_id,name,audience,kind,kickback_clause\nrita,Rita,owner,friend,none\n"
RULES = (
    "rules:\n  - {id: thanks100, title: One hundred, plain: You get a hundred., type: fixed, amount: '100', earned_when: won}\n"
)


@pytest.fixture(autouse=True)
def not_on_a_build_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(
        tmp_path,
        {
            "data/clients.csv": CLIENTS,
            "data/reviews.csv": REVIEWS,
            "data/referrals.csv": REFERRALS,
            "data/referrers.csv": REFERRERS,
            "data/incentives.yaml": RULES,
        },
    )


def answer(run: Run, root: Path, *options: str) -> dict[str, object]:
    code, out, err = run("kpis", "--format", "json", "--portal", root, *options)
    assert (code, err) == (0, "")
    found: dict[str, object] = json.loads(out)
    return found


def test_the_worked_example_comes_out_as_the_domain_has_it(run: Run, root: Path) -> None:
    found = answer(run, root)
    months = found.pop("months")
    del found["trend"], found["outcomes"]
    assert found == {
        "as_of": "2026-10-31",
        "active": 5,
        "reviewed": {"count": 3, "percent": "60.0"},
        "health": {"count": 1, "percent": "20.0"},
        "risk": {"count": 1, "percent": "20.0"},
        "blocked": {"count": 1, "percent": "20.0"},
        "unknown": {"count": 2, "percent": "40.0"},
        "standing": {"a": "healthy", "b": "at_risk", "c": "unknown", "e": "unknown", "f": "blocked"},
        "backlog": 2,
    }
    # d was reviewed in October, but had not paid for a year by its end.
    names = [f"2025-{month}" for month in (11, 12)] + [f"2026-{month:02}" for month in range(1, 11)]
    reviewed = {"2026-02": 1, "2026-08": 1, "2026-09": 1, "2026-10": 1}
    assert months == [{"month": name, "target": 1, "reviewed": reviewed.get(name, 0)} for name in names]


def test_the_trend_has_the_shapes_of_the_present_and_ends_with_it(run: Run, root: Path) -> None:
    found = answer(run, root)
    trend = found["trend"]
    assert isinstance(trend, list)
    assert [trend[0]["on"], trend[11]["on"], trend[-1]["on"], len(trend)] == ["2024-11-30", "2025-10-31", "2026-10-31", 24]
    names = ("active", "reviewed", "health", "risk", "blocked", "unknown")
    assert trend[-1] == {"on": "2026-10-31", **{name: found[name] for name in names}}
    # A year ago all six were active, and e alone had been reviewed: 16.67 and 83.33 of a hundred.
    assert trend[11] == {
        "on": "2025-10-31",
        "active": 6,
        "reviewed": {"count": 1, "percent": "16.7"},
        "health": {"count": 1, "percent": "16.7"},
        "risk": {"count": 0, "percent": "0.0"},
        "blocked": {"count": 0, "percent": "0.0"},
        "unknown": {"count": 5, "percent": "83.3"},
    }


def test_outcomes_stand_by_source_with_exact_money(run: Run, root: Path) -> None:
    assert answer(run, root)["outcomes"] == [
        {
            "source": "inbound",
            "received": 1,
            "won": 0,
            "conversion_percent": "0.0",
            "revenue": "0.00",
            "median_days_to_close": None,
            "kept_12_months_percent": None,
            "cost_per_won": None,
        },
        {
            "source": "referral",
            "received": 3,
            "won": 2,
            "conversion_percent": "66.7",
            "revenue": "15000.00",
            "median_days_to_close": 25.5,
            "kept_12_months_percent": "100.0",
            "cost_per_won": "100.00",
        },
    ]


def test_a_median_of_whole_days_is_a_whole_number(run: Run, root: Path) -> None:
    outcomes = answer(run, root, "--as-of", "2026-01-31")["outcomes"]
    assert isinstance(outcomes, list)
    assert json.dumps(outcomes[0]["median_days_to_close"]) == "21"


def test_as_of_is_the_day_it_speaks_for(run: Run, root: Path) -> None:
    # On 15 September e is still reviewed less than a year ago, and f is not reviewed yet.
    found = answer(run, root, "--as-of", "2026-09-15")
    assert found["as_of"] == "2026-09-15"
    assert found["standing"] == {"a": "healthy", "b": "at_risk", "c": "unknown", "d": "unknown", "e": "healthy", "f": "unknown"}


def test_nobody_active_is_null_and_never_nought_percent(run: Run, tmp_path: Path) -> None:
    found = answer(run, write(tmp_path))
    assert found["active"] == 0
    assert found["health"] == {"count": 0, "percent": None}
    assert found["standing"] == {}
    assert found["outcomes"] == []


# As people read it


def blocks(programme: Programme, on: Screen = PAPER) -> list[str]:
    return as_text(programme, on).split("\n\n")


SMALL = replace(
    portal(
        clients=[client("acme"), client("brill"), client("cosy", last_paid_on="2026-01-02")],
        reviews=[review("acme", "2026-09-03"), review("brill", "2026-10-05", "retention")],
        cycle_months=3,
    ),
    absent=frozenset({"data/referrals.csv"}),
)


def test_the_five_numbers_come_first_with_the_clients_to_look_after() -> None:
    head, numbers, reviews, *_ = blocks(Programme(SMALL))
    assert head == "Harbour IT on 2026-10-31: 3 active clients"
    # 1 of 3 is 33.3, and the first of equal remainders gets the tenth that is left.
    assert numbers == (
        "Clients reviewed     2 of 3  66.7%  in the last 3 months\n"
        "Reviewed in 2026-10  1 of 1         target: all active clients in 3 months\n"
        "Client health        1 of 3  33.4%  the last review led to the ask\n"
        "Client risk          1 of 3  33.3%  it led to retention work\n"
        "Unknown              1 of 3  33.3%  no review, so nobody may assume\n"
        "Blocked              0 of 3   0.0%  something stands in the way\n"
        "Backlog                   1         reviews behind target in full months\n"
        "Small numbers: with so few active clients, one of them moves every percentage."
    )
    assert reviews == (
        "To review next\n"
        "brill  at risk  since 2026-10-05\n"
        "cosy   unknown  never reviewed, a client since 2020-01-01"
    )  # fmt: skip


def test_the_running_month_is_marked() -> None:
    by_heading = {block.partition("\n")[0]: block for block in blocks(Programme(replace(SMALL, as_of=AS_OF.replace(day=20))))}
    assert by_heading["Reviewed each month"].splitlines()[1:] == [
        "month    target  reviewed",
        "2026-08       1         0",
        "2026-09       1         1",
        "2026-10       1         1  still running",
    ]


def test_a_month_without_a_target_has_no_bar_and_one_that_met_it_a_full_one() -> None:
    founded = replace(SMALL, clients=(client("acme", since="2026-09-01"),))
    by_heading = {block.partition("\n")[0]: block for block in blocks(Programme(founded), Screen(80))}
    assert by_heading["Reviewed each month"].splitlines()[2:] == [
        "2026-08       0         0",
        "2026-09       1         1  " + "\u2588" * 10,
        "2026-10       1         0",
    ]


def test_the_trend_has_a_bar_on_a_terminal_alone() -> None:
    def last(on: Screen) -> tuple[str, str]:
        trend = next(block for block in blocks(Programme(SMALL), on) if block.startswith("Trend\n"))
        return trend.splitlines()[1], next(line for line in trend.splitlines() if line.startswith("2026-10-31"))

    heading, row = (
        "on          active  reviewed  health   risk  blocked  unknown",
        "2026-10-31       3     66.7%   33.4%  33.3%     0.0%    33.3%",
    )
    assert last(PAPER) == (heading, row)
    # A third of ten blocks is three and three eighths.
    assert last(Screen(80)) == (f"{heading}  health", f"{row}  \u2588\u2588\u2588\u258e")


def test_outcomes_stand_under_their_own_heading_with_the_reason(run: Run, root: Path) -> None:
    code, out, err = run("kpis", "--portal", root)
    assert (code, err) == (0, "")
    _, _, outcomes = out.partition("\nNot a KPI: what came of it\n")
    assert outcomes == (
        "The process can be run perfectly and bring nothing; run so, it has the best chance. So these are not in your hands.\n"
        "\n"
        "by source  received  won  of all  days    kept     revenue  cost of each\n"
        "inbound           1    0    0.0%     -       -       \u00a30.00             -\n"
        "referral          3    2   66.7%  25.5  100.0%  \u00a315,000.00       \u00a3100.00\n"
        "\n"
        "by reward  received  won  of all  days    kept     revenue  cost of each\n"
        "cash              3    2   66.7%  25.5  100.0%  \u00a315,000.00       \u00a3100.00\n"
        "\n"
        "days: median from received to won; kept: still a client after 12 months; cost: of rewards.\n"
    )


@pytest.mark.parametrize(
    ("absent", "said"),
    [
        ({"data/clients.csv"}, "data/clients.csv is not started, so there is nothing to count."),
        ({"data/referrals.csv"}, "data/referrals.csv is not started, so there is nothing to tell."),
        ({"data/reviews.csv"}, "data/reviews.csv is not started, so every client's standing is unknown."),
        (set[str](), "Nothing was received by 2026-10-31."),
    ],
)
def test_what_is_not_started_is_said(absent: set[str], said: str) -> None:
    assert said in as_text(Programme(replace(SMALL, absent=frozenset(absent))), PAPER).splitlines()


def test_without_clients_csv_no_table_is_shown() -> None:
    empty = replace(PORTAL, absent=frozenset({"data/clients.csv", "data/referrals.csv"}))
    assert "%" not in as_text(Programme(empty), PAPER)


def test_nobody_active_is_a_dash_and_says_why() -> None:
    former = replace(SMALL, clients=(client("acme", last_paid_on=""),))
    text = as_text(Programme(former), PAPER)
    assert text.startswith("Harbour IT on 2026-10-31: 0 active clients\n")
    assert "Client health        0 of 0  -  the last review led to the ask\n" in text
    assert "Nobody is active: that takes a contract, and in data/clients.csv a last_paid_on within twelve months.\n" in text


def test_of_each_standing_ten_clients_are_named_and_the_others_counted() -> None:
    # Eleven at risk, the earliest first; twelve unknown, of whom the oldest client comes first.
    shaky = [f"a{number:02}" for number in range(11)]
    unseen = [f"u{number:02}" for number in range(12)]
    clients = [*map(client, shaky), *(client(name, since=f"2021-01-{20 - int(name[1:]):02}") for name in unseen)]
    reviews = [review(name, f"2026-10-{20 - int(name[1:]):02}", "retention") for name in shaky]
    many = portal(clients=clients, reviews=reviews, cycle_months=12)
    block = next(block for block in blocks(Programme(many)) if block.startswith("To review next\n"))
    rows = block.splitlines()[1:]
    assert [row.split()[0] for row in rows[:10]] == [f"a{number:02}" for number in range(10, 0, -1)]
    assert rows[0] == "a10  at risk  since 2026-10-10"
    assert rows[10] == "    and 1 client more at risk"
    assert [row.split()[0] for row in rows[11:21]] == [f"u{number:02}" for number in range(11, 1, -1)]
    assert rows[11] == "u11  unknown  never reviewed, a client since 2021-01-09"
    assert rows[21:] == ["    and 2 clients more unknown"]


def test_where_everybody_is_healthy_nobody_is_to_be_reviewed_next() -> None:
    well = portal(clients=[client("acme")], reviews=[review("acme", "2026-09-03")], cycle_months=12)
    assert "To review next" not in as_text(Programme(well), PAPER)


@pytest.mark.parametrize("columns", [40, 50, 60, 72, 80])
def test_no_line_is_wider_than_the_terminal(columns: int) -> None:
    text = as_text(Programme(replace(SMALL, referrals=(referral(),), absent=frozenset())), Screen(columns))
    assert [line for line in text.splitlines() if len(line) > columns] == []


def test_the_numbers_of_another_language_are_said_in_english(run: Run, root: Path) -> None:
    german = FILES["data/portal.yaml"].replace("en-GB", "de-DE").replace("GBP", "EUR")
    (root / "data/portal.yaml").write_text(german)
    assert "\u20ac15,000.00" in run("kpis", "--portal", root)[1]
