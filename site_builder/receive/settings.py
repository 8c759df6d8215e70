"""What the receiver is told by its environment; secrets stand in no message and are never printed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_network
from typing import Final
from urllib.parse import urlsplit

from limits import RateLimitItem, parse

from site_builder.receive.limits import Network
from site_builder.suggest import did_you_mean

DATABASE: Final = "sqlite:///leads.db"
PER_BLOCK: Final = "60/minute"
"""A referral is two to five requests, and an office may share one block."""
IN_ALL: Final = "600/minute"
READ: Final = (
    "PORTAL_ALTCHA_KEY",
    "PORTAL_DEBUG",
    "PORTAL_INBOX_TOKEN",
    "PORTAL_INBOX_URL",
    "PORTAL_LIMIT_ALL",
    "PORTAL_LIMIT_BLOCK",
    "PORTAL_SMTP_URL",
    "PORTAL_TRUSTED_PROXIES",
    "PORTAL_WEBHOOK_URL",
)
"""The variables of ours that any command reads."""
_OURS: Final = "PORTAL_"
_SHORTEST_SECRET: Final = 16
_WEB: Final = frozenset({"http", "https"})
_MAIL: Final = frozenset({"smtp", "smtps"})


class SettingsError(Exception):
    """A variable of the environment that cannot be used; names it and says what to write, and never its value."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How the receiver is run. None where a thing is not wished for; repr shows no secret."""

    per_block: RateLimitItem
    in_all: RateLimitItem
    trusted: tuple[Network, ...] = ()
    database_url: str = field(default=DATABASE, repr=False)
    inbox_token: str | None = field(default=None, repr=False)
    smtp_url: str | None = field(default=None, repr=False)
    webhook_url: str | None = field(default=None, repr=False)
    altcha_key: str | None = field(default=None, repr=False)


def settings(environment: Mapping[str, str]) -> Settings:
    """Return the settings; raises SettingsError. A variable that is empty is one that is not set."""
    told = {name: value.strip() for name, value in environment.items() if value.strip()}
    return Settings(
        per_block=_limit(told, "PORTAL_LIMIT_BLOCK", PER_BLOCK),
        in_all=_limit(told, "PORTAL_LIMIT_ALL", IN_ALL),
        trusted=_networks(told.get("PORTAL_TRUSTED_PROXIES", "")),
        database_url=_database(told.get("DATABASE_URL", DATABASE)),
        inbox_token=_secret(told, "PORTAL_INBOX_TOKEN"),
        smtp_url=_url(told, "PORTAL_SMTP_URL", _MAIL, "smtp://user:password@host:587?from=…&to=…"),
        webhook_url=_url(told, "PORTAL_WEBHOOK_URL", _WEB, "https://hooks.example/…"),
        altcha_key=_secret(told, "PORTAL_ALTCHA_KEY"),
    )


def misspelt(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return a line for each variable that is meant for this program and will not be read; no value stands in it.

    Only what resembles a name that is known: containers set variables such as PORTAL_PORT by themselves.
    """
    named = sorted(name for name in environment if name.upper().startswith(_OURS) and name not in READ and name.isidentifier())
    return tuple(f"{name} is not read; {hint}" for name in named if (hint := did_you_mean(name, READ)))


def described(known: Settings) -> tuple[str, ...]:
    """Return what is configured, a line each, without secrets, users, hosts and paths of other services."""
    kind = "SQLite" if known.database_url.startswith("sqlite") else "PostgreSQL"
    return (
        f"leads are kept in {kind}",
        f"at most {_said(known.per_block)} from one block of addresses and {_said(known.in_all)} in all",
        f"forwarded addresses are believed of {', '.join(map(str, known.trusted)) or 'nobody'} (PORTAL_TRUSTED_PROXIES)",
        f"new leads are told by e-mail (PORTAL_SMTP_URL): {_on(known.smtp_url)}",
        f"new leads are told by webhook (PORTAL_WEBHOOK_URL): {_on(known.webhook_url)}",
        f"inbox over HTTP (PORTAL_INBOX_TOKEN): {_on(known.inbox_token)}",
        f"proof of work (PORTAL_ALTCHA_KEY): {_on(known.altcha_key)}",
    )


def _said(limit: RateLimitItem) -> str:
    unit = limit.GRANULARITY.name
    return f"{limit.amount} requests {f'a {unit}' if limit.multiples == 1 else f'in {limit.multiples} {unit}s'}"


def _on(value: str | None) -> str:
    return "off" if value is None else "on"


def _limit(told: Mapping[str, str], name: str, usual: str) -> RateLimitItem:
    written = told.get(name, usual)
    if re.fullmatch(r"[1-9][0-9]{0,6}(?: ?/ ?| per )(?:[1-9][0-9]{0,3} ?)?(?:second|minute|hour|day)s?", written) is None:
        raise SettingsError(f'{name} is no limit; write it as "20 per minute" or "500 per 2 hours"')
    return parse(written)


def _networks(written: str) -> tuple[Network, ...]:
    """Return the proxies' networks. All addresses are not among them: then anybody could say where they come from."""
    found = []
    for each in written.split(",") if written else ():
        try:
            network = ip_network(each.strip())
        except ValueError:
            network = None
        if network is None or network.prefixlen == 0:
            raise SettingsError("PORTAL_TRUSTED_PROXIES holds no list of addresses; write it as 127.0.0.1, 10.0.0.0/8")
        found.append(network)
    return tuple(found)


def _database(written: str) -> str:
    """Return the database's address, with the driver that is installed here for PostgreSQL."""
    found = re.match(r"(sqlite|postgres(?:ql)?(?:\+pg8000)?)://", written)
    if found is None:
        raise SettingsError(
            "DATABASE_URL is neither SQLite nor PostgreSQL; write sqlite:///leads.db or postgresql://user@host/name"
        )
    return written


def _secret(told: Mapping[str, str], name: str) -> str | None:
    written = told.get(name)
    if written is not None and (len(written) < _SHORTEST_SECRET or re.fullmatch(r"[!-~]+", written) is None):
        raise SettingsError(f"{name} is too short or holds odd characters; `openssl rand -hex 32` makes a good one")
    return written


def _url(told: Mapping[str, str], name: str, schemes: frozenset[str], example: str) -> str | None:
    written = told.get(name)
    if written is None:
        return None
    try:
        parts = urlsplit(written)
        is_sound = parts.scheme in schemes and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        is_sound = False
    if not is_sound:
        raise SettingsError(f"{name} is no such address; write it as {example}")
    return written
