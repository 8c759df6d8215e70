"""portal client: what a client has earned and whom they should meet, worked by hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from site_builder.cli.clienttext import as_text
from site_builder.cli.table import PAPER, Screen
from site_builder.model.portal import Portal
from site_builder.model.tables import Client
from tests.portals import PORTAL, referral, referrer, write
from tests.rules.rows import gift, introduction, paying, practice, rewards, tickets

Run = Callable[..., tuple[int, str, str]]

CLIENTS = """\
client_id,name,industry,location,since,last_paid_on,all_inclusive,target_industries,target_locations
acme,Acme Ltd,dental,Leeds,2020-11-09,2026-10-01,,law;food,Leeds
brill,Brill Law,law,Leeds,2024-01-01,2026-10-01,no,dental,
cosy,Cosy Food,food,Leeds,2024-01-01,2026-10-01,,,
dusk,Dusk Law,law,York,2024-01-01,2026-10-01,,,
gone,Gone Law,law,Leeds,2019-01-01,2024-10-01,,dental,
"""
REWARDS = """\
utilisation:
  months: 3
  tiers:
    - {name: gold, up_to_percent: 10, reward: A day, value: "300"}
    - {name: silver, up_to_percent: 20, reward: Half a day, value: "100"}
practices:
  items:
    - {id: mfa, title: A second step}
    - {id: backups, title: Backups}
    - {id: drill, title: A drill}
  tiers:
    - {name: bronze, practices: [mfa], discount_percent: 5}
    - {name: silver, practices: [backups, drill], discount_percent: 7.5}
anniversaries:
  - {from_year: 1, reward: A card}
  - {from_year: 10, reward: A feast}
"""
# 2 + 1 + 4 tickets on 40, 50 and 60 endpoints: 7 on 50 are 14 of a hundred.
TICKETS = "client_id,month,endpoints,tickets\nacme,2026-07,40,2\nacme,2026-08,50,1\nacme,2026-09,60,4\nacme,2026-10,60,99\n"
FILES = {
    "data/clients.csv": CLIENTS,
    "data/rewards.yaml": REWARDS,
    "data/tickets.csv": TICKETS,
    "data/practices.csv": "client_id,practice_id,met_on\nacme,mfa,2026-01-01\nacme,drill,2026-02-01\n",
    "data/introductions.csv": "introduced_on,client_id,introduced\n2026-02-01,acme,dusk\n2026-03-01,brill,Somebody\n",
    "data/referrers.csv": "referrer_id,name,audience,kind,client_id\nann,Ann,owner,client,acme\n",
    "data/referrals.csv": (
        "referral_id,received_on,referrer_id,prospect,status,source\n"
        "r1,2026-01-10,ann,First,received,referral\nr2,2026-02-10,ann,Second,lost,referral\n"
    ),
}


@pytest.fixture(autouse=True)
def not_on_a_build_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path, FILES)


def answer(run: Run, root: Path, *words: str) -> dict[str, object]:
    code, out, err = run("client", *words, "--format", "json", "--portal", root)
    assert (code, err) == (0, "")
    found: dict[str, object] = json.loads(out)
    return found


def test_all_that_is_known_of_a_client(run: Run, root: Path) -> None:
    assert answer(run, root, "acme") == {
        "client": "acme",
        "utilisation": {"ratio": "14.0", "tier": "silver", "missing_months": []},
        # Silver needs bronze and its own two, of which the backups are missing.
        "practices": {"tier": "bronze", "discount": "5.0", "missing_for_next": ["backups"]},
        "anniversary": {
            "years": 5,
            "next_on": "2026-11-09",
            "reward": "A card",
            "next_milestone": {"year": 10, "on": "2030-11-09", "reward": "A feast"},
        },
        # Dusk is in York and was introduced already; gone is not active; brill was sent one introduction and cosy none.
        "matches": [
            {"client": "cosy", "fit": 2, "why": "they look for food in Leeds"},
            {"client": "brill", "fit": 2, "why": "they look for law in Leeds"},
        ],
        "ledger": {"given": 1, "received": 2, "owed": True},
    }


def test_a_fee_without_all_support_has_no_utilisation_and_any_place_is_fit_1(run: Run, root: Path) -> None:
    found = answer(run, root, "brill")
    assert found["utilisation"] is None
    assert found["practices"] == {"tier": None, "discount": None, "missing_for_next": ["mfa"]}
    assert found["matches"] == [{"client": "acme", "fit": 1, "why": "they look for dental anywhere"}]
    assert found["ledger"] == {"given": 1, "received": 0, "owed": False}


def test_a_missing_month_is_named_and_gives_no_ratio(run: Run, root: Path) -> None:
    found = answer(run, root, "acme", "--as-of", "2026-08-15")
    assert found["utilisation"] == {"ratio": None, "tier": None, "missing_months": ["2026-05", "2026-06"]}


def test_a_client_who_is_not_active_has_no_anniversary_and_no_matches(run: Run, root: Path) -> None:
    found = answer(run, root, "gone")
    assert (found["anniversary"], found["matches"]) == (None, [])


def test_without_rewards_there_is_no_utilisation_and_no_practice(run: Run, root: Path) -> None:
    (root / "data/rewards.yaml").unlink()
    (root / "data/practices.csv").unlink()
    found = answer(run, root, "acme")
    assert (found["utilisation"], found["practices"]) == (None, None)
    assert found["anniversary"] == {"years": 5, "next_on": "2026-11-09", "reward": None, "next_milestone": None}


@pytest.mark.parametrize(
    ("typed", "said"),
    [("acem", '; did you mean "acme"?'), ("nobody-like-that", "")],
)
@pytest.mark.parametrize("form", ["text", "json"])
def test_an_unknown_id_is_wrong_usage_and_the_near_one_is_named(run: Run, root: Path, typed: str, said: str, form: str) -> None:
    expected = f'portal: there is no client "{typed}"{said}\n'
    assert run("client", typed, "--format", form, "--portal", root) == (2, "", expected)


def test_a_client_must_be_named(run: Run, root: Path) -> None:
    code, out, err = run("client", "--portal", root)
    assert (code, out) == (2, "")
    assert "CLIENT_ID" in err


# As people read it


def test_a_client_is_told_in_a_few_lines_with_what_is_missing_below(run: Run, root: Path) -> None:
    code, out, err = run("client", "acme", "--portal", root)
    assert (code, err) == (0, "")
    assert out == (
        "Acme Ltd (acme) on 2026-10-31\n"
        "utilisation  14.0%, silver: Half a day\n"
        "    7 tickets on 50 endpoints, 2026-07 to 2026-09\n"
        "practices    bronze, 5.0% off the next project's labour\n"
        "    the next tier needs backups\n"
        "anniversary  2026-11-09, 6 years: A card\n"
        "    year 10 on 2030-11-09: A feast\n"
        "ledger       1 introduction to them, 2 referrals from them; they are owed an introduction\n"
        "\n"
        "Introduce to them\n"
        "client  fit  why\n"
        "cosy      2  they look for food in Leeds\n"
        "brill     2  they look for law in Leeds\n"
    )


REWARDED = rewards(
    utilisation={"months": "1", "tiers": [{"name": "gold", "up_to_percent": "10", "reward": "A day"}]},
    practices={
        "items": [{"id": "mfa", "title": "A second step"}],
        "tiers": [{"name": "bronze", "practices": ["mfa"], "discount_percent": "5"}],
    },
    anniversaries=[{"from_year": "3", "reward": "A feast"}],
)


def lines(chosen: Client, base: Portal = PORTAL, *others: Client) -> list[str]:
    return as_text(replace(base, clients=(chosen, *others)), chosen, PAPER).splitlines()


def line(name: str, found: list[str]) -> str:
    return next(each.removeprefix(name).strip() for each in found if each.startswith(name))


def test_what_is_not_started_is_said() -> None:
    found = lines(paying())
    assert line("utilisation", found) == "not started in data/rewards.yaml"
    assert line("practices", found) == "not started in data/rewards.yaml"
    # Since 15 January 2024: the third year is full in January 2027.
    assert line("anniversary", found) == "2027-01-15, 3 years: no reward set"
    assert line("ledger", found) == "0 introductions to them, 0 referrals from them"
    assert found[-1] == "Nobody to introduce: data/clients.csv names no target_industries for them."


def test_why_there_is_no_utilisation_is_said() -> None:
    rewarded = replace(PORTAL, rewards=REWARDED)
    assert line("utilisation", lines(paying(all_inclusive="no"), rewarded)) == (
        "not counted, for the fee does not include all support"
    )
    without = lines(paying(), rewarded)
    assert line("utilisation", without) == "no ratio for 2026-09"
    assert "    data/tickets.csv lacks 2026-09" in without
    idle = lines(paying(), replace(rewarded, tickets={"acme": tickets(m2026_09=(0, 0))}))
    assert line("utilisation", idle) == "no ratio for 2026-09"
    assert "    there were no endpoints" in idle


def test_a_ratio_above_every_tier_has_none() -> None:
    busy = lines(paying(), replace(PORTAL, rewards=REWARDED, tickets={"acme": tickets(m2026_09=(1, 3))}))
    assert line("utilisation", busy) == "33.3%, no tier"
    assert "    1 ticket on 3 endpoints, 2026-09" in busy


def test_at_the_top_nothing_is_missing() -> None:
    top = lines(paying(), replace(PORTAL, rewards=REWARDED, practices=(practice("acme", "mfa", "2026-01-01"),)))
    assert line("practices", top) == "bronze, 5.0% off the next project's labour"
    assert not any("the next tier needs" in each for each in top)


def test_a_milestone_that_is_the_next_anniversary_is_told_once_and_a_plan_with_it() -> None:
    planned = replace(PORTAL, rewards=REWARDED, gifts=(gift("acme", "2027-01-14"),))
    found = lines(paying(), planned)
    assert line("anniversary", found) == "2027-01-15, 3 years: A feast"
    assert line("planned", found) == "2027-01-14: A beech"
    assert sum("A feast" in each for each in found) == 1


def test_a_client_who_is_not_active_is_marked() -> None:
    found = lines(paying(last_paid_on=""))
    assert found[0] == "Acme (acme) on 2026-10-31, not active"
    assert line("anniversary", found) == "none, for the client is not active"
    assert found[-1] == "Nobody to introduce: matches are for active clients."


def test_nobody_left_to_meet_is_said() -> None:
    base = replace(PORTAL, introductions=(introduction("acme", "brill"),))
    found = lines(paying(target_industries="law"), base, paying("brill", industry="law"))
    assert found[-1] == "Nobody to introduce: no active client is what they look for, or they have met them all."
    assert line("ledger", found) == "1 introduction to them, 0 referrals from them"


def test_of_many_matches_ten_are_listed_and_the_others_counted() -> None:
    others = [paying(f"law-{number:02}", industry="law") for number in range(12)]
    found = lines(paying(target_industries="law"), PORTAL, *others)
    assert found[-2:] == [
        "law-09    1  they look for law anywhere",
        "and 2 more; --format json lists all",
    ]


@pytest.mark.parametrize("columns", [40, 60, 80])
def test_no_line_is_wider_than_the_terminal(columns: int) -> None:
    rewarded = replace(PORTAL, rewards=REWARDED, clients=(chosen := paying(target_industries="law"), paying("b", industry="law")))
    found = as_text(rewarded, chosen, Screen(columns)).splitlines()
    assert [each for each in found if len(each) > columns] == []


def test_an_owed_introduction_stands_out_on_a_terminal() -> None:
    owing = replace(PORTAL, clients=(paying(),), referrers=(referrer(client_id="acme"),), referrals=(referral(),))
    text = as_text(owing, paying(), Screen(100, is_coloured=True))
    assert "\x1b[33m0 introductions to them, 1 referral from them; they are owed an introduction\x1b[0m" in text
