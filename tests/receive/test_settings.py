from __future__ import annotations

from ipaddress import ip_network

import pytest

from site_builder.receive.settings import SettingsError, described, misspelt, settings

SECRET = "s3cret-s3cret-s3cret"  # opens nothing
EVERYTHING = {
    "DATABASE_URL": f"postgresql://leads:{SECRET}@db.example/leads",
    "PORTAL_INBOX_TOKEN": SECRET,
    "PORTAL_TRUSTED_PROXIES": "127.0.0.1, 10.0.0.0/8, 2001:db8::/32",
    "PORTAL_SMTP_URL": f"smtp://user:{SECRET}@mail.example:587?from=a@x.example&to=b@x.example",
    "PORTAL_WEBHOOK_URL": f"https://hooks.example/{SECRET}",
    "PORTAL_ALTCHA_KEY": SECRET,
    "PORTAL_LIMIT_BLOCK": "30/minute",
    "PORTAL_LIMIT_ALL": "500 / 2 hours",
}


def test_without_any_variable_leads_go_into_a_file_here_and_nothing_else_is_on() -> None:
    known = settings({"PORTAL_INBOX_TOKEN": " ", "HOME": "/root"})
    assert known.database_url == "sqlite:///leads.db"
    assert (known.inbox_token, known.smtp_url, known.webhook_url, known.altcha_key, known.trusted) == (None,) * 4 + ((),)
    assert described(known) == (
        "leads are kept in SQLite",
        "at most 60 requests a minute from one block of addresses and 600 requests a minute in all",
        "forwarded addresses are believed of nobody (PORTAL_TRUSTED_PROXIES)",
        "new leads are told by e-mail (PORTAL_SMTP_URL): off",
        "new leads are told by webhook (PORTAL_WEBHOOK_URL): off",
        "inbox over HTTP (PORTAL_INBOX_TOKEN): off",
        "proof of work (PORTAL_ALTCHA_KEY): off",
    )


def test_everything_is_read_and_no_secret_is_told() -> None:
    known = settings(EVERYTHING)
    assert known.trusted == (ip_network("127.0.0.1/32"), ip_network("10.0.0.0/8"), ip_network("2001:db8::/32"))
    assert (known.in_all.amount, known.in_all.get_expiry()) == (500, 7200)
    told = "\n".join(described(known))
    assert "leads are kept in PostgreSQL" in told
    assert "30 requests a minute from one block of addresses and 500 requests in 2 hours in all" in told
    assert "forwarded addresses are believed of 127.0.0.1/32, 10.0.0.0/8, 2001:db8::/32" in told
    assert told.count(": on") == 4
    for secret in (SECRET, "mail.example", "hooks.example", "db.example", "b@x.example"):
        assert secret not in told
        assert secret not in repr(known)


@pytest.mark.parametrize(
    ("written", "amount", "seconds"),
    [("20 per minute", 20, 60), ("20/minute", 20, 60), ("500 per 2 hours", 500, 7200), ("500 / 2 hours", 500, 7200)],
)
def test_a_limit_is_written_in_words_or_with_a_stroke(written: str, amount: int, seconds: int) -> None:
    limit = settings({"PORTAL_LIMIT_ALL": written}).in_all
    assert (limit.amount, limit.get_expiry()) == (amount, seconds)


def test_what_is_no_limit_is_told_how_one_is_written() -> None:
    with pytest.raises(SettingsError) as wrong:
        settings({"PORTAL_LIMIT_BLOCK": "20 a minute"})
    assert str(wrong.value) == 'PORTAL_LIMIT_BLOCK is no limit; write it as "20 per minute" or "500 per 2 hours"'


def test_a_variable_that_nobody_reads_is_named_with_what_was_probably_meant() -> None:
    told = dict.fromkeys(
        (
            *("PORTAL_WEBHOOK_ULR", "PORTAL_SMPT_URL", "portal_inbox_token", "PORTAL_TRUSTED_PROXY"),
            *("PORTAL_INBOX_TOKEN", "PORTAL_DEBUG", "PORTAL_INBOX_URL", "DATABASE_URL", "HOME", "PORTALS"),
            *("PORTAL_PORT", "PORTAL_SERVICE_HOST", "PORTAL_PORT_8800_TCP", "PORTAL_SMTP_URL\x1b[31m"),
        ),
        "hunter2",
    )
    assert misspelt(told) == (
        'PORTAL_SMPT_URL is not read; did you mean "PORTAL_SMTP_URL"?',
        'PORTAL_TRUSTED_PROXY is not read; did you mean "PORTAL_TRUSTED_PROXIES"?',
        'PORTAL_WEBHOOK_ULR is not read; did you mean "PORTAL_WEBHOOK_URL"?',
        'portal_inbox_token is not read; did you mean "PORTAL_INBOX_TOKEN"?',
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://hunter2@x/y"),
        ("DATABASE_URL", "hunter2.db"),
        ("PORTAL_INBOX_TOKEN", "hunter2"),
        ("PORTAL_INBOX_TOKEN", "hunter2 hunter2 hunter2"),
        ("PORTAL_ALTCHA_KEY", "hunter2"),
        ("PORTAL_TRUSTED_PROXIES", "hunter2"),
        ("PORTAL_TRUSTED_PROXIES", "*"),
        ("PORTAL_TRUSTED_PROXIES", "0.0.0.0/0"),
        ("PORTAL_TRUSTED_PROXIES", "127.0.0.1,"),
        ("PORTAL_SMTP_URL", "https://hunter2.example"),
        ("PORTAL_SMTP_URL", "smtp:hunter2"),
        ("PORTAL_SMTP_URL", "smtp://hunter2:99999"),
        ("PORTAL_WEBHOOK_URL", "file:///hunter2"),
        ("PORTAL_LIMIT_BLOCK", "hunter2"),
        ("PORTAL_LIMIT_BLOCK", "0/minute"),
        ("PORTAL_LIMIT_ALL", "60"),
        ("PORTAL_LIMIT_ALL", "60/fortnight"),
    ],
)
def test_a_variable_that_cannot_be_used_is_named_and_its_value_is_not(name: str, value: str) -> None:
    with pytest.raises(SettingsError) as wrong:
        settings({name: value})
    assert str(wrong.value).startswith(name)
    assert "hunter2" not in str(wrong.value)
