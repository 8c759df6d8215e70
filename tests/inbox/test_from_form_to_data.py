"""The whole way: a form is posted to `portal receive`, somebody gets a mail, and portal inbox fetches the lead over HTTP."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.portals import FILES, write
from tests.receive.mailroom import Mailbox, free_port, mail_server

KEY = "9f86d081884c7d659a2feaa0c55ad015"
TOKEN = "a-token-of-thirty-two-characters"
FORM = "form: {backend: receiver, endpoint: https://leads.harbour.example/r/harbour}\n"
REFERRERS = "referrer_id,name,audience,kind,kickback_clause,link_code\nrita,Rita Ray,partner,vendor,none,7QK3M9TX\n"


@pytest.fixture
def harbour(tmp_path: Path) -> Path:
    settings = FILES["data/portal.yaml"].replace("as_of: 2026-10-31\n", "") + FORM
    return write(tmp_path / "harbour", {"data/portal.yaml": settings, "data/referrers.csv": REFERRERS})


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def receiver(harbour: Path, mailbox: Mailbox, tmp_path: Path) -> Iterator[str]:
    """Run the receiver; its address."""
    port = free_port()
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{tmp_path / 'leads.db'}",
        "PORTAL_INBOX_TOKEN": TOKEN,
        "PORTAL_SMTP_URL": f"smtp://127.0.0.1:{port}?from=portal@harbour.example",
    }
    command = [sys.executable, "-m", "site_builder", "receive", "--port", "0", str(harbour)]
    with mail_server(mailbox, port):
        running = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert running.stdout is not None
        try:
            yield running.stdout.readline().strip()
        finally:
            running.terminate()
            running.stdout.close()
            assert running.wait(30) == 0


def test_a_posted_form_becomes_a_mail_and_a_row_in_each_table(harbour: Path, mailbox: Mailbox, receiver: str) -> None:
    fields = {"prospect": "Jo Lee", "contact": "jo@lee.example", "referrer": "7QK3M9TX", "ref_kind": "referral"}
    form = {**fields, "ref_key": KEY, "ref_step": "1", "ref_seq": "1", "ref_ms": "9000", "consent_version": "2026-11"}
    headers = {"Origin": "https://refer.harbour.example", "Accept": "application/json"}
    answer = httpx.post(f"{receiver}/r/harbour", data=form, headers=headers, timeout=30, trust_env=False)
    assert (answer.status_code, answer.json()["ok"]) == (200, True)

    environment = {**os.environ, "PORTAL_INBOX_URL": receiver, "PORTAL_INBOX_TOKEN": TOKEN}
    command = [sys.executable, "-m", "site_builder", "inbox", "--portal", str(harbour)]
    said = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert (said.returncode, said.stderr) == (0, "")
    assert "r-9f86d081 is new" in said.stdout
    assert KEY in (harbour / "data/leads.csv").read_text()
    assert "r-9f86d081," in (harbour / "data/referrals.csv").read_text()

    assert mailbox.arrived.wait(30)
    assert mailbox.letters[0]["Subject"] == "A referral for Harbour IT: Jo Lee"
    assert mailbox.letters[0]["To"] == "hello@harbour.example"
