"""portal links: what is handed out, and codes written once into a table that otherwise stays as it is."""

from __future__ import annotations

import csv
import errno
import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder.cli import links as links_module
from site_builder.edit import ChangedMeanwhileError
from site_builder.page import Circle, Reader
from site_builder.seal import Keys, Secrets
from tests.seal.sealing import SITE

Run = Callable[..., tuple[int, str, str]]
BASE = "https://refer.harbour.example"
TABLE = (
    "\ufeffreferrer_id;name;audience;kind;active;old_codes;link_code;email\r\n"
    'rita;"Rita ""R"" Ray";owner;client;;;7QK3M9TX;rita@ray.example\r\n'
    "\r\n"
    "sam; Sam Lister ;staff;friend;yes;;;\r\n"
    'tom;Tom Oak;partner;vendor;no;R9CJ4E70;"";tom@oak.example'
)
CODE = re.compile("[0-9A-HJKMNP-TV-Z]{8}")


@pytest.fixture(autouse=True)
def not_on_a_build_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)


@pytest.fixture
def referrers(portal: Path) -> Path:
    """Three referrers as a spreadsheet saves them: a mark, semicolons, CR LF, a blank line, no last line end."""
    path = portal / "data/referrers.csv"
    path.write_bytes(TABLE.encode())
    return path


def columns(path: Path) -> dict[str, tuple[str, str]]:
    """Each referrer's code and former codes."""
    rows = csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines(), delimiter=";")
    return {row["referrer_id"]: (row["link_code"], row["old_codes"]) for row in rows}


# Private pages

CLIENTS = """client_id,name,industry,since,last_paid_on
acme,Acme Dental,dental,2024-01-15,2026-10-01
old,Old Co,legal,2020-01-15,
"""


@pytest.fixture
def sealed(portal: Path, referrers: Path, monkeypatch: pytest.MonkeyPatch) -> Keys:
    """A portal with private pages for two referrers and one client, and its keys."""
    assert referrers.is_file()
    (portal / "data/clients.csv").write_text(CLIENTS)
    settings = portal / "data/portal.yaml"
    settings.write_text(f"{settings.read_text(encoding='utf-8')}as_of: 2026-10-31\n", encoding="utf-8")
    monkeypatch.setenv("PORTAL_SECRET", SITE.hex())
    return Keys(Secrets(SITE, {}))


def test_each_active_referrer_and_client_has_a_page_that_nobody_else_can_open(run: Run, portal: Path, sealed: Keys) -> None:
    code, out, err = run("links", "--portal", portal)
    rita, sam, acme = (
        sealed.link(Reader(circle, name, 1)).url(BASE)
        for circle, name in ((Circle.REFERRER, "rita"), (Circle.REFERRER, "sam"), (Circle.CLIENT, "acme"))
    )
    assert code == 0
    assert out.partition("\n\n")[2] == (
        f'name          the referrer\'s own page\nRita "R" Ray  {rita}\nSam Lister    {sam}\n'
        f"\nname         the client's own page\nAcme Dental  {acme}\n"
    )
    assert err == "portal: 1 of these links is an id and can be guessed; portal links --assign writes codes\n"


def test_programs_get_the_private_links_as_well(run: Run, portal: Path, sealed: Keys) -> None:
    told = json.loads(run("links", "--format", "json", "--portal", portal)[1])
    assert [each["my"] for each in told["links"]] == [
        sealed.link(Reader(Circle.REFERRER, name, 1)).url(BASE) for name in ("rita", "sam")
    ]
    assert told["clients"] == [
        {"client": "acme", "name": "Acme Dental", "page": sealed.link(Reader(Circle.CLIENT, "acme", 1)).url(BASE)}
    ]


@pytest.mark.usefixtures("sealed")
def test_what_is_wrong_with_the_secrets_is_told_after_the_other_links(
    run: Run, portal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTAL_SECRET", "hunter2")
    code, out, err = run("links", "--portal", portal)
    assert code == 1
    assert "/refer/7QK3M9TX/" in out
    assert "/my/" not in out
    assert "error[D702]: PORTAL_SECRET is not 32 random bytes or more" in err
    assert err.endswith("Links to private pages were left out.\n")
    assert "hunter2" not in out + err


# The list


@pytest.mark.usefixtures("referrers")
def test_each_active_referrers_links_stand_on_a_line_by_name(run: Run, portal: Path) -> None:
    code, out, err = run("links", "--portal", portal)
    assert code == 0
    assert [line.split("  ") for line in re.sub(" {2,}", "  ", out).splitlines()] == [
        ["name", "their form", "for their friend", "card to print"],
        ['Rita "R" Ray', f"{BASE}/refer/7QK3M9TX/", f"{BASE}/meet/7QK3M9TX/", f"{BASE}/refer/7QK3M9TX/card/"],
        ["Sam Lister", f"{BASE}/refer/sam/", f"{BASE}/meet/sam/", f"{BASE}/refer/sam/card/"],
    ]
    assert err == (
        "portal: 1 of these links is an id and can be guessed; portal links --assign writes codes\n"
        "portal: nobody has a private page yet; portal passphrase --secret makes the PORTAL_SECRET that starts them\n"
    )


@pytest.mark.usefixtures("referrers")
def test_a_path_in_base_url_stands_in_every_link(run: Run, portal: Path) -> None:
    settings = portal / "data/portal.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace(f"{BASE}/", f"{BASE}/friends"), encoding="utf-8")
    assert f"{BASE}/friends/meet/7QK3M9TX/" in run("links", "--portal", portal)[1]


@pytest.mark.usefixtures("referrers")
def test_programs_get_json(run: Run, portal: Path) -> None:
    code, out, _ = run("links", "--format", "json", "--portal", portal)
    rita, sam = json.loads(out)["links"]
    assert code == 0
    assert rita == {
        "referrer": "rita",
        "name": 'Rita "R" Ray',
        "code": "7QK3M9TX",
        "guessable": False,
        "refer": f"{BASE}/refer/7QK3M9TX/",
        "meet": f"{BASE}/meet/7QK3M9TX/",
        "card": f"{BASE}/refer/7QK3M9TX/card/",
        "my": None,
    }
    assert json.loads(out)["clients"] == []
    assert (sam["referrer"], sam["code"], sam["guessable"]) == ("sam", "sam", True)


@pytest.mark.usefixtures("referrers")
def test_the_links_are_addresses_of_pages_that_are_built(run: Run, portal: Path) -> None:
    run("links", "--assign", "--portal", portal)
    assert run("build", "--portal", portal)[0] == 0
    listed = json.loads(run("links", "--format", "json", "--portal", portal)[1])["links"]
    urls = [link[name] for link in listed for name in ("refer", "meet", "card")]
    assert len(urls) == 6
    assert [url for url in urls if not (portal / f"output{url.removeprefix(BASE)}index.html").is_file()] == []


def test_without_referrers_there_is_nothing_to_list_or_write(run: Run, portal: Path) -> None:
    code, out, _ = run("links", "--portal", portal)
    assert (code, out) == (0, "Nobody has a link: there is no active referrer in data/referrers.csv.\n")
    assert json.loads(run("links", "--format", "json", "--portal", portal)[1]) == {"links": [], "clients": []}
    code, out, err = run("links", "--assign", "--portal", portal)
    assert (code, out) == (0, "")
    assert err == "portal: data/referrers.csv is not started, so there is nobody to give a code to\n"


def on_terminal(portal: Path) -> str:
    """Run links with a terminal of 80 columns as its stdout and return what the terminal was sent."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "site_builder", "links", "--portal", str(portal)]
    with subprocess.Popen(command, stdout=theirs, stderr=subprocess.DEVNULL) as listing:
        os.close(theirs)
        received = b""
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:  # Linux's end of a terminal whose other side is closed
                break
            if not part:
                break
            received += part
    os.close(ours)
    assert listing.returncode == 0
    return received.decode().replace("\r\n", "\n")


@pytest.mark.usefixtures("referrers")
def test_on_a_narrow_terminal_the_links_stand_below_the_name(portal: Path) -> None:
    assert on_terminal(portal).split("\n\n")[0] == (
        'Rita "R" Ray\n'
        f"  their form        {BASE}/refer/7QK3M9TX/\n"
        f"  for their friend  {BASE}/meet/7QK3M9TX/\n"
        f"  card to print     {BASE}/refer/7QK3M9TX/card/"
    )


# Some of them


@pytest.mark.usefixtures("sealed")
def test_ids_list_their_links_and_nobody_elses(run: Run, portal: Path) -> None:
    code, out, err = run("links", "rita", "acme", "--portal", portal)
    assert (code, err) == (0, "")
    assert [line.split("  ")[0] for line in out.splitlines()] == [
        "name",
        'Rita "R" Ray',
        "",
        *_headings("Rita"),
        "",
        *_headings("Acme"),
    ]
    told = json.loads(run("links", "sam", "--format", "json", "--portal", portal)[1])
    assert ([each["referrer"] for each in told["links"]], told["clients"]) == (["sam"], [])
    told = json.loads(run("links", "acme", "--format", "json", "--portal", portal)[1])
    assert (told["links"], [each["client"] for each in told["clients"]]) == ([], ["acme"])


def _headings(who: str) -> list[str]:
    return {"Rita": ["name", 'Rita "R" Ray'], "Acme": ["name", "Acme Dental"]}[who]


@pytest.mark.usefixtures("sealed")
def test_a_client_alone_has_the_link_to_their_own_page(run: Run, portal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, out, _ = run("links", "acme", "--portal", portal)
    assert (code, out.startswith("name         the client's own page\nAcme Dental  https://")) == (0, True)
    monkeypatch.delenv("PORTAL_SECRET")
    code, out, err = run("links", "acme", "--portal", portal)
    assert (code, out) == (0, "There is no link: a client's only one leads to their own page.\n")
    assert "nobody has a private page yet" in err


@pytest.mark.usefixtures("sealed")
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("ritta", 'there is no referrer or client "ritta"; did you mean "rita"?'),
        ("tom", "tom is no longer active, so there is no link"),
        ("old", "old is no longer active, so there is no link"),
    ],
)
def test_an_id_of_nobody_who_has_a_link_is_wrong_usage(run: Run, portal: Path, typed: str, said: str) -> None:
    assert run("links", "sam", typed, "--portal", portal) == (2, "", f"portal: {said}\n")


@pytest.mark.usefixtures("sealed")
def test_links_to_pages_that_were_not_built_are_told(run: Run, portal: Path) -> None:
    assert run("build", "--public-only", "--portal", portal)[0] == 0
    assert run("links", "rita", "--portal", portal)[2] == (
        "portal: 1 of these private pages is not in output/, so the link leads nowhere;"
        " portal build, without --public-only, makes them\n"
    )
    assert "3 of these private pages are not in output/" in run("links", "--portal", portal)[2]
    assert run("build", "--portal", portal)[0] == 0
    assert run("links", "rita", "--portal", portal)[2] == ""


# --assign


def test_a_code_is_written_for_everybody_who_has_none_and_nothing_else_changes(run: Run, portal: Path, referrers: Path) -> None:
    code, out, err = run("links", "--assign", "--portal", portal)
    assert (code, err) == (0, "")
    assert out == "2 referrers have a code now. Links by id end with the next build; portal links prints the new ones.\n"
    now = columns(referrers)
    assert now["rita"] == ("7QK3M9TX", "")
    sam, tom = now["sam"][0], now["tom"][0]
    assert CODE.fullmatch(sam)
    assert CODE.fullmatch(tom)
    assert len({sam, tom, "7QK3M9TX", "R9CJ4E70"}) == 4
    expected = TABLE.replace("yes;;;\r\n", f"yes;;{sam};\r\n").replace('R9CJ4E70;""', f'R9CJ4E70;"{tom}"')
    assert referrers.read_bytes() == expected.encode()


def test_a_second_time_nothing_changes(run: Run, portal: Path, referrers: Path) -> None:
    run("links", "--assign", "--portal", portal)
    before = referrers.read_bytes(), referrers.stat().st_mtime_ns, referrers.stat().st_ino
    assert run("links", "--assign", "--portal", portal) == (0, "Everybody has a code already; nothing was written.\n", "")
    assert (referrers.read_bytes(), referrers.stat().st_mtime_ns, referrers.stat().st_ino) == before


def test_a_table_without_the_column_gets_it(run: Run, portal: Path, referrers: Path) -> None:
    referrers.write_text("referrer_id,name,audience,kind\nrita,Rita,owner,client\n", newline="")
    assert run("links", "--assign", "--portal", portal)[1].startswith("One referrer has a code now. ")
    header, row = referrers.read_text(encoding="utf-8").splitlines()
    assert header == "referrer_id,name,audience,kind,link_code"
    assert re.fullmatch(f"rita,Rita,owner,client,{CODE.pattern}", row)


def test_no_code_is_one_that_somebody_has_had_or_is_called(
    run: Run, portal: Path, referrers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    referrers.write_text(
        "referrer_id,name,audience,kind,link_code,old_codes\n"
        "rita,Rita,owner,client,7QK3M9TX,ABCD1234;R9CJ4E70\nsam99xyz,Sam,owner,client,,\n",
        newline="",
    )
    letters = iter("7QK3M9TX" + "R9CJ4E70" + "SAM99XYZ" + "5NW8T3Q7")
    monkeypatch.setattr("secrets.choice", lambda _alphabet: next(letters))
    run("links", "--assign", "--portal", portal)
    assert referrers.read_text(encoding="utf-8").endswith("sam99xyz,Sam,owner,client,5NW8T3Q7,\n")


def test_a_dry_run_shows_the_lines_and_writes_nothing(run: Run, portal: Path, referrers: Path) -> None:
    code, out, err = run("links", "--assign", "--dry-run", "--portal", portal)
    assert code == 0
    assert out.startswith("--- data/referrers.csv\n+++ data/referrers.csv (not written)\n@@ ")
    assert re.search(rf"^\+sam; Sam Lister ;staff;friend;yes;;{CODE.pattern};$", out, re.MULTILINE)
    assert "\r" not in out
    assert err == "portal: nothing was written; codes are drawn anew each time\n"
    assert referrers.read_bytes() == TABLE.encode()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [("sam;", "rita;", "D301"), ("friend", "freind", "D206"), ('"Rita', '"Rita"x', "D102"), ("\ufeff", "\xff", "D105")],
)
def test_a_table_with_a_mistake_is_not_touched(run: Run, portal: Path, referrers: Path, old: str, new: str, code: str) -> None:
    spoiled = TABLE.replace(old, new, 1).encode()
    referrers.write_bytes(spoiled)
    exit_code, out, err = run("links", "--assign", "--portal", portal)
    assert (exit_code, out) == (1, "")
    assert f"error[{code}]" in err
    assert err.endswith("Nothing was printed or written.\n")
    assert referrers.read_bytes() == spoiled


@pytest.mark.usefixtures("referrers")
def test_a_mistake_in_another_file_is_no_hindrance_unless_the_portal_cannot_be_read(run: Run, portal: Path) -> None:
    clients = portal / "data/clients.csv"
    clients.write_text("client_id,name,industry,since\nacme,Acme,dental,yesterday\n")
    assert run("links", "--assign", "--portal", portal)[0] == 0
    (portal / "data/positioning.yaml").write_text("promise: We answer.\n")
    code, out, err = run("links", "--portal", portal)
    assert (code, out) == (1, "")
    assert "data/positioning.yaml" in err


def test_a_table_saved_meanwhile_is_left_alone(run: Run, portal: Path, referrers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def changed(_path: Path, _former: bytes, _content: bytes) -> None:
        raise ChangedMeanwhileError

    monkeypatch.setattr(links_module, "replace_content", changed)
    code, out, err = run("links", "--assign", "--portal", portal)
    assert (code, out) == (1, "")
    assert err == "portal: data/referrers.csv was saved by somebody else just now, so nothing was written; run this again\n"
    assert referrers.read_bytes() == TABLE.encode()


def test_a_table_that_cannot_be_written_is_told(run: Run, portal: Path, referrers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_path: Path, _former: bytes, _content: bytes) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(links_module, "replace_content", refused)
    code, out, err = run("links", "--assign", "--portal", portal)
    assert (code, out, err) == (1, "", "portal: data/referrers.csv cannot be written: read-only file system\n")
    assert referrers.read_bytes() == TABLE.encode()


# --renew


def test_a_renewed_code_leads_from_the_former_one(run: Run, portal: Path, referrers: Path) -> None:
    code, out, _ = run("links", "--renew", "rita", "--portal", portal)
    assert code == 0
    assert out == "rita has another code; the former one leads to it. To end it, take it out of old_codes.\n"
    now, former = columns(referrers)["rita"]
    assert CODE.fullmatch(now)
    assert (now != "7QK3M9TX", former) == (True, "7QK3M9TX")
    assert run("links", "--renew", "rita", "--portal", portal)[0] == 0
    assert columns(referrers)["rita"][1] == f"7QK3M9TX;{now}"
    assert referrers.read_bytes().decode().count(f'"7QK3M9TX;{now}"') == 1
    assert run("build", "--portal", portal)[0] == 0
    assert (portal / "output/_redirects").read_text().count("/refer/7QK3M9TX/ ") == 1


def test_who_has_no_code_yet_gets_one(run: Run, portal: Path, referrers: Path) -> None:
    assert run("links", "--renew", "sam", "--portal", portal)[:2] == (0, "sam had no code and has one now.\n")
    assert columns(referrers)["sam"][1] == ""


@pytest.mark.parametrize(
    ("typed", "near"),
    [("rits", '; did you mean "rita"?'), ("RITA", '; did you mean "rita"?'), ("zzz", "")],
)
def test_an_unknown_id_is_wrong_usage_and_near_ones_are_named(
    run: Run, portal: Path, referrers: Path, typed: str, near: str
) -> None:
    assert run("links", "--renew", typed, "--portal", portal) == (2, "", f'portal: there is no referrer "{typed}"{near}\n')
    assert referrers.read_bytes() == TABLE.encode()


def test_several_near_ids_are_all_named(run: Run, portal: Path, referrers: Path) -> None:
    referrers.write_text("referrer_id,name,audience,kind\nann-hale,A,owner,client\nann-hall,B,owner,client\n", newline="")
    err = run("links", "--renew", "ann-hal", "--portal", portal)[2]
    assert err.startswith('portal: there is no referrer "ann-hal"; did you mean "ann-hal')
    assert '" or "ann-hal' in err


# Usage


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--assign", "--renew", "rita"), "--assign and --renew do not go together"),
        (("rita", "--assign"), "ids are for the list of links"),
        (("--dry-run",), "--dry-run goes with --assign or --renew ID"),
        (("--assign", "--format", "json"), "--format is for the list of links"),
    ],
)
def test_options_that_do_not_go_together_are_wrong_usage(run: Run, portal: Path, options: tuple[str, ...], said: str) -> None:
    code, out, err = run("links", *options, "--portal", portal)
    assert (code, out) == (2, "")
    assert err.startswith(f"portal: {said}")


def test_a_folder_there_is_not_is_wrong_usage(run: Run, tmp_path: Path) -> None:
    assert run("links", "--portal", tmp_path / "nowhere")[0] == 2


@pytest.mark.parametrize("options", [(), ("--format", "json"), ("--assign", "--dry-run")])
@pytest.mark.parametrize("said", ["true", "1", "True"])
def test_on_a_build_server_no_private_row_is_printed(
    run: Run, portal: Path, referrers: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], said: str
) -> None:
    monkeypatch.setenv("CI", said)
    code, out, err = run("links", *options, "--portal", portal)
    assert (code, out) == (2, "")
    assert "--show-private" in err
    assert "Sam Lister" in run("links", *options, "--show-private", "--portal", portal)[1]
    assert referrers.read_bytes() == TABLE.encode()


def test_on_a_build_server_codes_can_be_given_out_because_none_is_printed(
    run: Run, portal: Path, referrers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    code, out, err = run("links", "--assign", "--portal", portal)
    assert code == 0
    assert not CODE.search(out + err)
    assert columns(referrers)["sam"][0] not in {"", out}


def test_the_whole_command_in_a_process_of_its_own(portal: Path, referrers: Path) -> None:
    command = [sys.executable, "-m", "site_builder", "links", "--assign"]
    surroundings = {name: value for name, value in os.environ.items() if name != "CI"}
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=portal, env=surroundings)
    assert (done.returncode, done.stderr) == (0, "")
    assert CODE.fullmatch(columns(referrers)["sam"][0])
    refused = subprocess.run(
        command[:-1], check=False, capture_output=True, text=True, cwd=portal, env={**surroundings, "CI": "true"}
    )
    assert (refused.returncode, refused.stdout) == (2, "")
