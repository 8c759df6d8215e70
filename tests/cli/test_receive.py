from __future__ import annotations

import signal
import socket
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from starlette.types import ASGIApp

from site_builder.cli import receive as receive_module
from site_builder.leads.snapshot import Kind, Snapshot
from site_builder.leads.store import Store
from site_builder.receive import server
from site_builder.receive.logs import Log
from site_builder.receive.notify import Notifier

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to be in, where leads.db would be."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return folder


@pytest.fixture
def harbour(portal: Path) -> Path:
    """A portal whose form posts to a receiver."""
    return _posting(portal, "{backend: receiver, endpoint: https://leads.harbour.example/r/harbour}")


def _posting(portal: Path, form: str) -> Path:
    settings = portal / "data" / "portal.yaml"
    kept = [line for line in settings.read_text().splitlines() if not line.startswith(("form:", "  backend:"))]
    settings.write_text("\n".join([*kept, f"form: {form}", ""]))
    return portal


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Where a receiver listened that was told to stop as soon as it ran."""
    seen: list[str] = []

    def stopped(_: ASGIApp, listening: socket.socket, __: Log) -> None:
        seen.append(server.address(listening))

    monkeypatch.setattr(receive_module, "serve", stopped)
    return seen


def test_it_says_where_it_listens_and_beside_it_what_is_set_without_a_secret(
    run: Run, harbour: Path, here: Path, served: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTAL_INBOX_TOKEN", "hunter2-hunter2-hunter2")
    code, out, err = run("receive", "--port", "0", "--portal", harbour)
    assert (code, [out.strip()]) == (0, served)
    assert out.startswith("http://127.0.0.1:")
    assert err == (
        "portal: /r/harbour takes what https://refer.harbour.example sends\n"
        "portal: leads are kept in SQLite\n"
        "portal: at most 60 requests a minute from one block of addresses and 600 requests a minute in all\n"
        "portal: forwarded addresses are believed of nobody (PORTAL_TRUSTED_PROXIES)\n"
        "portal: new leads are told by e-mail (PORTAL_SMTP_URL): off\n"
        "portal: new leads are told by webhook (PORTAL_WEBHOOK_URL): off\n"
        "portal: inbox over HTTP (PORTAL_INBOX_TOKEN): on\n"
        "portal: proof of work (PORTAL_ALTCHA_KEY): off\n"
    )
    assert (here / "leads.db").is_file()


@pytest.mark.usefixtures("here", "served")
def test_one_receiver_takes_the_forms_of_several_portals(run: Run, harbour: Path, tmp_path: Path) -> None:
    other = tmp_path / "north"
    (other / "data").mkdir(parents=True)
    text = (harbour / "data" / "portal.yaml").read_text()
    (other / "data" / "portal.yaml").write_text(text.replace("/r/harbour", "/r/north"))
    code, _, err = run("receive", "--port", "0", harbour, other)
    assert code == 0
    assert "/r/harbour takes" in err
    assert "/r/north takes" in err
    code, _, err = run("receive", "--port", "0", harbour, harbour)
    assert (code, err) == (
        2,
        'portal: two portals post to "/r/harbour", or to paths that end alike; give each form.endpoint its own\n',
    )


@pytest.mark.usefixtures("here", "served")
@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PORTAL_INBOX_TOKEN", "hunter2", "PORTAL_INBOX_TOKEN is too short"),
        ("PORTAL_TRUSTED_PROXIES", "*", "PORTAL_TRUSTED_PROXIES holds no list of addresses"),
        ("PORTAL_SMTP_URL", "hunter2", "PORTAL_SMTP_URL "),
        ("PORTAL_LIMIT_BLOCK", "hunter2", 'PORTAL_LIMIT_BLOCK is no limit; write it as "20 per minute"'),
        ("PORTAL_WEBHOOK_URL", "hunter2", "PORTAL_WEBHOOK_URL "),
        ("DATABASE_URL", "sqlite:////nowhere/hunter2/leads.db", "the leads' file cannot be "),
        ("DATABASE_URL", "oracle://hunter2", "DATABASE_URL is neither SQLite nor PostgreSQL"),
    ],
)
def test_a_setting_that_cannot_be_used_is_wrong_usage_and_not_repeated(
    run: Run, harbour: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)
    code, out, err = run("receive", "--port", "0", "--portal", harbour)
    assert (code, out) == (2, "")
    assert err.startswith(f"portal: {said}")
    assert "hunter2" not in err


@pytest.mark.usefixtures("here", "served")
def test_a_form_that_posts_elsewhere_has_no_receiver(run: Run, portal: Path) -> None:
    code, _, err = run("receive", "--port", "0", _posting(portal, "{backend: netlify}"))
    assert code == 2
    assert "its form posts elsewhere; write form: {backend: receiver, endpoint: https://…/r/NAME} in portal.yaml" in err


@pytest.mark.usefixtures("here", "served")
def test_proof_of_work_needs_its_secret(run: Run, portal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asking = _posting(portal, "{backend: receiver, endpoint: https://leads.harbour.example/r/harbour, proof_of_work: yes}")
    code, _, err = run("receive", "--port", "0", asking)
    assert code == 2
    assert err.startswith("portal: form.proof_of_work needs PORTAL_ALTCHA_KEY")
    monkeypatch.setenv("PORTAL_ALTCHA_KEY", "any-secret-of-some-length")
    assert run("receive", "--port", "0", asking)[0] == 0


@pytest.mark.usefixtures("here", "served")
def test_a_mistake_in_portal_yaml_is_told_as_ever(run: Run, harbour: Path) -> None:
    (harbour / "data" / "portal.yaml").write_text("nmae: x\n")
    code, out, err = run("receive", "--port", "0", "--portal", harbour)
    assert (code, out) == (1, "")
    assert "error[D404]" in err


@pytest.mark.usefixtures("here", "served")
def test_a_folder_that_is_no_portal_is_told_as_ever(run: Run, tmp_path: Path) -> None:
    assert run("receive", tmp_path / "nowhere")[0] == 2
    assert run("receive", tmp_path)[0] == 1


@pytest.mark.usefixtures("here", "served")
def test_a_port_in_use_and_a_strange_host_are_wrong_usage(run: Run, harbour: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, out, err = run("receive", "--port", port, "--portal", harbour)
    assert (code, out, err) == (2, "", f"portal: cannot listen on 127.0.0.1, port {port}: address already in use\n")
    code, _, err = run("receive", "--port", "0", "--host", "192.0.2.1", "--portal", harbour)
    assert (code, err) == (2, "portal: cannot listen on 192.0.2.1, port 0: cannot assign requested address\n")
    code, _, err = run("receive", "--port", "0", "--host", "x" * 80, "--portal", harbour)
    assert (code, err) == (2, f"portal: cannot listen on {'x' * 80}, port 0: no such address\n")


@pytest.mark.usefixtures("here", "served")
def test_somebody_is_told_where_there_is_a_way_to(run: Run, harbour: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setattr(Notifier, "start", lambda _: done.append("start"))
    monkeypatch.setattr(Notifier, "stop", lambda _: done.append("stop"))
    monkeypatch.setenv("PORTAL_WEBHOOK_URL", "https://hooks.example/x")
    assert run("receive", "--port", "0", "--portal", harbour)[0] == 0
    assert done == ["start", "stop"]


def test_it_answers_until_it_is_told_to_stop(run: Run, harbour: Path, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole command in this process: a signal asks its server to stop once a referral was kept."""
    statuses: list[int] = []

    def visit(port: int) -> None:
        sent = {"prospect": "Jo Lee", "contact": "07700 900123", "referrer_contact": "07700 900456"}
        statuses.append(httpx.post(f"http://127.0.0.1:{port}/r/harbour", data=sent, timeout=20).status_code)
        signal.raise_signal(signal.SIGTERM)

    def served(app: ASGIApp, listening: socket.socket, log: Log) -> None:
        visitor = threading.Thread(target=visit, args=(listening.getsockname()[1],))
        visitor.start()
        server.serve(app, listening, log)
        visitor.join(20)

    monkeypatch.setattr(receive_module, "serve", served)
    former = signal.getsignal(signal.SIGTERM)
    assert run("receive", "--port", "0", "--portal", harbour)[0] == 0
    assert statuses == [200]
    assert signal.getsignal(signal.SIGTERM) is former
    assert (here / "leads.db").is_file()


@pytest.mark.usefixtures("here", "served")
def test_leads_under_a_path_that_nobody_serves_are_told_of(run: Run, harbour: Path) -> None:
    _keep(1)
    for days in (1, 2, 3):
        _keep(days, "old")
    _keep(1, "quay")
    code, _, err = run("receive", "--port", "0", "--portal", harbour)
    assert code == 0
    hint = "if form.endpoint was changed, portal inbox --portal-id {} fetches them from the database"
    assert f"portal: 3 leads lie under /r/old, which no portal here serves; {hint.format('old')}\n" in err
    assert f"portal: 1 lead lies under /r/quay, which no portal here serves; {hint.format('quay')}\n" in err
    assert "lie under /r/harbour" not in err
    assert "lies under /r/harbour" not in err


@pytest.mark.usefixtures("here", "served")
def test_a_misspelt_variable_is_told_of_without_its_value(run: Run, harbour: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_SMPT_URL", "smtp://hunter2@mail.example")
    code, _, err = run("receive", "--port", "0", "--portal", harbour)
    assert code == 0
    assert 'portal: PORTAL_SMPT_URL is not read; did you mean "PORTAL_SMTP_URL"?\n' in err
    assert "hunter2" not in err


@pytest.mark.usefixtures("here")
def test_a_copy_of_the_leads_is_whole_and_takes_nobodys_place(run: Run, harbour: Path, here: Path) -> None:
    _keep(1)
    code, out, err = run("receive", "--backup", "copy.db", "--portal", harbour)
    assert (code, out, err) == (0, "", "portal: the leads are copied to copy.db; keep it as private as they are\n")
    assert _count("sqlite:///copy.db") == 1
    code, _, err = run("receive", "--backup", "copy.db", "--portal", harbour)
    assert (code, err) == (2, "portal: the copy cannot be written: file exists\n")
    assert (here / "copy.db").stat().st_mode & 0o777 == 0o600


@pytest.mark.usefixtures("here")
def test_leads_that_nothing_was_added_to_for_so_long_are_forgotten(run: Run, harbour: Path) -> None:
    _keep(29)
    _keep(31)
    _keep(31, "north")
    code, out, err = run("receive", "--retire", "30", "--portal", harbour)
    assert (code, out, err) == (0, "", "portal: harbour: 1 lead forgotten\n")
    assert (_count("sqlite:///leads.db"), _count("sqlite:///leads.db", "north")) == (1, 1)
    assert run("receive", "--retire", "0", "--portal", harbour)[0] == 2


def _keep(days: int, portal: str = "harbour") -> None:
    """Keep a lead that came so many days ago."""
    with closing(Store("sqlite:///leads.db")) as store:
        when = datetime.now(UTC) - timedelta(days=days)
        store.put(Snapshot(portal, f"{days:032x}", 1, 1, Kind.REFERRAL, {"prospect": "Jo Lee"}, when))


def _count(url: str, portal: str = "harbour") -> int:
    with closing(Store(url)) as store:
        return len(store.leads(portal))
