"""portal record of clients and referrers: a row more, or a day, and the rest of the file to the byte as it was."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.portals import write

Run = Callable[..., tuple[int, str, str]]
DEMO = Path(__file__).parents[2]
CLIENTS = (
    "client_id,name,industry,since,last_paid_on\n"
    "acme,Acme Dental Ltd,dental,2020-01-01,2026-10-01\n"
    "best,Best Law,legal,2021-01-01,2026-10-01\n"
)
REFERRERS = (
    "\ufeffreferrer_id;name;audience;kind;last_sync_on\r\n"
    'rita;"Rita ""R"" Ray";owner;vendor;2026-08-01\r\n'
    "\r\n"
    "sven;Sven;staff;other;"
)
REVIEWS = '\ufeffreviewed_on;client_id;outcome;note\r\n2026-01-05;acme;asked;"Semi; colon"\r\n\r\n2026-02-05;best;retention;'
TABLES = ("reviews", "introductions", "gifts")


@pytest.fixture
def harbour(tmp_path: Path) -> Path:
    """A portal of 31 October 2026 with two clients and two referrers; nothing was recorded of them yet."""
    files = {"data/clients.csv": CLIENTS, "data/referrers.csv": REFERRERS}
    return write(tmp_path / "harbour", {**files, "data/nurture.yaml": "sync_every_days: {owner: 90}\n"})


def contents(harbour: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (harbour / "data").iterdir()}


# Rows


def test_a_review_starts_its_table_with_the_whole_header(run: Run, harbour: Path) -> None:
    told = ("--follow-up", "Ring Jo, then Al", "--follow-up-on", "2026-11-05", "--nps", "4", "--note", 'He said "no"')
    typed = ("record", "acme", "reviewed", "--outcome", "retention", "--roadblock", "Price", *told, "--portal", harbour)
    said = (
        "acme was reviewed on 2026-10-31: retention. data/reviews.csv was started for it."
        " Next: do what you promised by 5 November 2026; review them again by 30 November 2026.\n"
    )
    assert run(*typed) == (0, said, "")
    assert (harbour / "data/reviews.csv").read_bytes().decode() == (
        "client_id,reviewed_on,outcome,roadblock,follow_up,follow_up_on,follow_up_kept_on,nps,note\n"
        'acme,2026-10-31,retention,Price,"Ring Jo, then Al",2026-11-05,,4,"He said ""no"""\n'
    )
    before = contents(harbour)
    assert run(*typed) == (0, "acme says so already; nothing was written.\n", "")
    assert contents(harbour) == before


def test_a_review_follows_the_last_row_in_the_tables_own_form(run: Run, harbour: Path) -> None:
    reviews = harbour / "data/reviews.csv"
    reviews.write_bytes(REVIEWS.encode())
    code, out, _ = run(
        "record", "best", "reviewed", "--outcome", "asked", "--note", "a; b", "--on", "2026-10-30", "--portal", harbour
    )
    assert (code, out) == (0, "best was reviewed on 2026-10-30: asked.\n")
    assert reviews.read_bytes().decode() == f'{REVIEWS}\r\n2026-10-30;best;asked;"a; b"'
    out = run("record", "best", "reviewed", "--outcome", "asked", "--nps", "10", "--portal", harbour)[1]
    assert out == "best was reviewed on 2026-10-31: asked. data/reviews.csv has a new column for it: nps.\n"
    assert [line.rpartition(";")[2] for line in reviews.read_text().split("\n")] == ["nps", "", "", "", "", "10"]


@pytest.mark.parametrize(
    ("typed", "written", "who"),
    [
        ("best", "best", "best"),
        ("  best LAW ", "best", "best"),
        ("Jo's Bakery, Leeds", '"Jo\'s Bakery, Leeds"', "somebody new"),
        ("Beset", "Beset", "somebody new"),
    ],
    ids=["an id", "a client's name", "a name", "a name that is nearly an id"],
)
def test_an_introduction_names_a_client_by_id_and_others_by_name(
    run: Run, harbour: Path, typed: str, written: str, who: str
) -> None:
    command = ("record", "acme", "introduced", "--whom", typed, "--on", "2026-10-30", "--portal", harbour)
    said = f"acme was introduced to {who} on 2026-10-30. data/introductions.csv was started for it.\n"
    assert run(*command) == (0, said, "")
    assert (harbour / "data/introductions.csv").read_text() == (
        f"introduced_on,client_id,introduced,result,value\n2026-10-30,acme,{written},,\n"
    )
    assert run(*command) == (0, "acme says so already; nothing was written.\n", "")
    assert run("check", "--portal", harbour)[0] == 0


def test_a_gift_may_be_given_or_planned(run: Run, harbour: Path) -> None:
    first = run("record", "acme", "gift", "--what", "Wine", "--cost", "20.50", "--portal", harbour)[1]
    assert first == "A gift to acme (thanks) was given on 2026-10-31. data/gifts.csv was started for it.\n"
    told = ("--what", "A beech", "--occasion", "anniversary", "--on", "2027-01-01")
    assert run("record", "acme", "gift", *told, "--portal", harbour) == (
        0,
        "A gift to acme (anniversary) is planned for 2027-01-01.\n",
        "",
    )
    again = run("record", "acme", "gift", *told, "--portal", harbour)
    assert again == (0, "acme says so already; nothing was written.\n", "")
    assert (harbour / "data/gifts.csv").read_text() == (
        "client_id,given_on,occasion,what,cost\nacme,2026-10-31,thanks,Wine,20.50\nacme,2027-01-01,anniversary,A beech,\n"
    )


# A day


def test_a_promise_that_was_kept_gets_its_day_in_the_row_of_the_latest_and_a_column_for_it(run: Run, harbour: Path) -> None:
    rows = (
        "\ufeffclient_id;reviewed_on;outcome;follow_up\r\n"
        'acme;2026-01-05;asked;"Send; cards"\r\n'
        "\r\n"
        "acme;2026-10-05;retention;Ring Ann\r\n"
        "best;2026-10-05;asked;\r\n"
    )
    (harbour / "data/reviews.csv").write_bytes(rows.encode())
    assert run("record", "acme", "kept", "--on", "2026-10-30", "--portal", harbour) == (
        0,
        (
            "What you promised acme on 2026-10-05 was kept on 2026-10-30."
            " data/reviews.csv has a new column for it: follow_up_kept_on.\n"
        ),
        "",
    )
    assert (harbour / "data/reviews.csv").read_bytes().decode() == (
        "\ufeffclient_id;reviewed_on;outcome;follow_up;follow_up_kept_on\r\n"
        'acme;2026-01-05;asked;"Send; cards";\r\n'
        "\r\n"
        "acme;2026-10-05;retention;Ring Ann;2026-10-30\r\n"
        "best;2026-10-05;asked;;\r\n"
    )
    again = run("record", "acme", "kept", "--on", "2026-10-30", "--portal", harbour)
    assert again == (0, "acme says so already; nothing was written.\n", "")
    code, out, err = run("record", "acme", "kept", "--portal", harbour)
    assert (code, out) == (2, "")
    assert "has 2026-10-30 as follow_up_kept_on already; if that is wrong, mend data/reviews.csv, line 4" in err
    assert run("check", "--portal", harbour)[0] == 0


def test_what_was_promised_without_a_review_of_risk_is_in_the_calendar_until_it_is_kept(run: Run, harbour: Path) -> None:
    made = ("--follow-up", "Ring Jo", "--follow-up-on", "2026-11-05")
    run("record", "acme", "reviewed", "--outcome", "asked", *made, "--portal", harbour)
    assert "Promised to Acme Dental Ltd" in run("calendar", "--kind", "promises", "--portal", harbour)[1]
    assert run("record", "acme", "kept", "--portal", harbour)[:2] == (
        0,
        "What you promised acme on 2026-10-31 was kept on 2026-10-31.\n",
    )
    assert "Promised" not in run("calendar", "--kind", "promises", "--portal", harbour)[1]


def test_a_talk_changes_its_day_and_every_other_byte_stays(run: Run, harbour: Path) -> None:
    assert run("record", "rita", "synced", "--portal", harbour) == (
        0,
        "You talked to rita on 2026-10-31. Next: talk to rita again by 29 January 2027.\n",
        "",
    )
    assert run("record", "sven", "synced", "--on", "2026-10-30", "--portal", harbour)[1] == "You talked to sven on 2026-10-30.\n"
    expected = REFERRERS.replace("2026-08-01", "2026-10-31") + "2026-10-30"
    assert (harbour / "data/referrers.csv").read_bytes().decode() == expected
    assert run("record", "rita", "synced", "--portal", harbour) == (0, "rita says so already; nothing was written.\n", "")


# What is refused


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("acne", "reviewed", "--outcome", "asked"), 'there is no client "acne"; did you mean "acme"?'),
        (("Acme", "gift", "--what", "Wine"), 'there is no client "Acme"; did you mean "acme"?'),
        (("acme", "kept"), "acme was promised nothing; a promise is written down with a review: reviewed with --follow-up"),
        (("acne", "kept"), 'there is no client "acne"; did you mean "acme"?'),
        (("acme", "kept", "--on", "2026-11-01"), "2026-11-01 has not come yet: today is 2026-10-31"),
        (("acme", "kept", "--note", "Done"), "--follow-up, --follow-up-on, --nps and --note go with reviewed"),
        (("riat", "synced"), 'there is no referrer "riat"; did you mean "rita"?'),
        (
            ("acme", "introduced", "--whom", "bets"),
            'there is no client "bets"; did you mean "best"? A name begins with a capital',
        ),
        (("acme", "introduced", "--whom", "acme"), "acme cannot be introduced to acme. Nothing was written."),
        (("acme", "reviewed"), "reviewed needs --outcome; portal record --help says more"),
        (("acme", "introduced"), "introduced needs --whom; portal record --help says more"),
        (("acme", "gift", "--what", " "), "gift needs --what; portal record --help says more"),
        (("acme", "reviewed", "--outcome", "aksed"), '"aksed" is no value of --outcome; did you mean "asked"?'),
        (("acme", "gift", "--what", "W", "--occasion", "waw"), '"waw" is no value of --occasion; did you mean "wow"?'),
        (("acme", "reviewed", "--outcome", "asked", "--on", "2026-11-01"), "2026-11-01 has not come yet: today is 2026-10-31"),
        (("acme", "introduced", "--whom", "best", "--on", "2026-11-01"), "2026-11-01 has not come yet"),
        (("rita", "synced", "--on", "2026-11-01"), "2026-11-01 has not come yet"),
        (("rita", "synced", "--on", "2026-07-31"), "rita has 2026-08-01 as last_sync_on already"),
        (("acme", "reviewed", "--outcome", "asked", "--nps", "11"), "--nps is not between 0 and 10"),
        (("acme", "reviewed", "--outcome", "asked", "--note", "tbd", "--nps", "x"), "--note is a placeholder; leave it empty"),
        (
            ("acme", "reviewed", "--outcome", "asked", "--follow-up", "a\nb"),
            "--follow-up holds a line break; write it on one line",
        ),
        (("acme", "reviewed", "--outcome", "asked", "--follow-up-on", "2026-11-01"), "needs to say what you promised"),
        (("acme", "gift", "--what", "Secret\u202e"), "--what holds an invisible control character"),
        (("acme", "gift", "--what", "Wine", "--cost", "£1,000"), "--cost is not a plain number"),
        (("acme", "introduced", "--whom", "?"), "--whom is a placeholder"),
        (("acme", "gift", "--what", "Wine", "--nps", "3"), "--follow-up, --follow-up-on, --nps and --note go with reviewed"),
        (("rita", "synced", "--whom", "best"), "--whom goes with introduced"),
        (("acme", "reviewed", "--outcome", "asked", "--cost", "3"), "--what, --occasion and --cost go with gift"),
        (("acme", "reviewed", "--outcome", "asked", "--early"), "--rule, --instalment and --early go with paid"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(run: Run, harbour: Path, typed: tuple[str, ...], said: str) -> None:
    before = contents(harbour)
    code, out, err = run("record", *typed, "--portal", harbour)
    assert (code, out) == (2, "")
    assert said in err
    assert "Secret" not in err
    assert contents(harbour) == before


RECORDED = {
    "reviews": ("acme", "reviewed", "--outcome", "asked"),
    "introductions": ("acme", "introduced", "--whom", "best"),
    "gifts": ("acme", "gift", "--what", "Wine"),
    "referrers": ("rita", "synced"),
}


@pytest.mark.parametrize("table", RECORDED)
def test_a_dry_run_shows_the_lines_and_writes_nothing(run: Run, harbour: Path, table: str) -> None:
    before = contents(harbour)
    code, out, err = run("record", *RECORDED[table], "--dry-run", "--portal", harbour)
    assert (code, err) == (0, "portal: nothing was written\n")
    assert out.startswith(f"--- data/{table}.csv\n+++ data/{table}.csv (not written)\n@@ ")
    assert contents(harbour) == before


@pytest.mark.parametrize("table", RECORDED)
def test_on_a_build_server_nothing_is_said_or_written_unasked(
    run: Run, harbour: Path, monkeypatch: pytest.MonkeyPatch, table: str
) -> None:
    monkeypatch.setenv("CI", "true")
    before = contents(harbour)
    code, out, err = run("record", *RECORDED[table], "--portal", harbour)
    assert (code, out) == (2, "")
    assert "--show-private" in err
    assert contents(harbour) == before
    assert run("record", *RECORDED[table], "--show-private", "--portal", harbour)[0] == 0


@pytest.mark.parametrize("table", RECORDED)
@pytest.mark.parametrize("spoiled", ["the table", "who is in it"])
def test_a_table_with_a_mistake_is_not_touched(run: Run, harbour: Path, table: str, spoiled: str) -> None:
    if spoiled == "the table" and table != "referrers":
        (harbour / f"data/{table}.csv").write_text("client_id,colour\nacme,red\n")
    else:
        name = "referrers" if table == "referrers" else "clients"
        with (harbour / f"data/{name}.csv").open("a") as file:
            file.write("\ncore\n")
    before = contents(harbour)
    code, out, err = run("record", *RECORDED[table], "--portal", harbour)
    assert (code, out) == (1, "")
    assert err.endswith("Nothing was printed or written.\n")
    assert contents(harbour) == before


def test_without_clients_there_is_none_to_record(run: Run, tmp_path: Path) -> None:
    portal = write(tmp_path / "bare")
    for table, typed in RECORDED.items():
        who = "referrer" if table == "referrers" else "client"
        assert run("record", *typed, "--portal", portal) == (2, "", f'portal: there is no {who} "{typed[0]}"\n')


def test_in_the_demo_what_is_recorded_leaves_the_portal_in_order(run: Run, tmp_path: Path) -> None:
    for folder in ("data", "content"):
        shutil.copytree(DEMO / folder, tmp_path / folder)
    before = contents(tmp_path)
    order = run("check", "--portal", tmp_path)[0]
    for typed in (
        ("stray-dental", "reviewed", "--outcome", "asked", "--nps", "9"),
        ("stray-dental", "introduced", "--whom", "skell-orthodontics"),
        ("stray-dental", "gift", "--what", "A hamper", "--occasion", "anniversary", "--on", "2027-06-03"),
    ):
        assert run("record", *typed, "--portal", tmp_path)[0] == 0
    after = contents(tmp_path)
    assert {name: after[name].removeprefix(before[name]) for name in after if after[name] != before[name]} == {
        "reviews.csv": b"stray-dental,2026-10-31,asked,,,,,9,\n",
        "introductions.csv": b"2026-10-31,stray-dental,skell-orthodontics,,\n",
        "gifts.csv": b"stray-dental,2027-06-03,anniversary,A hamper,\n",
    }
    assert run("check", "--portal", tmp_path)[0] == order
