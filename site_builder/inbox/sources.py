"""Where leads are fetched from: the receiver's own database, the receiver over HTTP, or a file another back end exported."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit

from site_builder.forms import FIELDS
from site_builder.leads.portal import portal_id
from site_builder.leads.snapshot import Lead, grouped
from site_builder.model.settings import Settings
from site_builder.problem import Problem

if TYPE_CHECKING:
    import httpx

    from site_builder.leads.store import Store

LARGEST_ANSWER: Final = 64 * 1024 * 1024
_SECONDS: Final = 20
_DEFAULT: Final = "leads.db"
_OK: Final = 200
_REASONS: Final[Mapping[int, str]] = {
    401: "it does not take this token; PORTAL_INBOX_TOKEN must be the same here and there",
    403: "it does not take this token; PORTAL_INBOX_TOKEN must be the same here and there",
    404: "it knows no such portal, or gives out nothing over HTTP (PORTAL_INBOX_TOKEN is not set there)",
    503: "it is busy; run this again",
}


class SourceError(Exception):
    """The leads cannot be had; says why and what to do, without a value, a password or an address with either."""


class NoSourceError(SourceError):
    """Nobody said where the leads are."""


@dataclass(frozen=True, slots=True)
class Database:
    """The receiver's database. url: never printed, for it may hold a password."""

    url: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Web:
    """The receiver over HTTP. token: never printed."""

    url: str
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Exported:
    """A file of another back end's."""

    path: Path


Place = Database | Web | Exported


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was had, suspected ones too.

    problems: rows of an export that cannot be read; ignored: names of its columns that are none of the form's.
    """

    leads: tuple[Lead, ...]
    problems: tuple[Problem, ...] = ()
    ignored: tuple[str, ...] = ()


def place(said: str | None, environment: Mapping[str, str], here: Path) -> Place:
    """Return where to look: what was said, else PORTAL_INBOX_URL, DATABASE_URL, or leads.db in this folder.

    said: a database's address, a web address or a database's file. Raises SourceError.
    """
    told = said or environment.get("PORTAL_INBOX_URL", "").strip() or environment.get("DATABASE_URL", "").strip()
    if not told:
        if not (here / _DEFAULT).is_file():
            raise NoSourceError(
                "nothing says where the leads are: name the receiver's database or address with --from, or a file of another"
                " back end with --export; PORTAL_INBOX_URL and DATABASE_URL say it for good"
            )
        return _database_file(here / _DEFAULT)
    if re.match("https?://", told, re.IGNORECASE):
        return Web(_safe(told), _token(environment))
    if re.match(r"[a-z0-9+]+:", told):
        return _database(told)
    return _database_file(here / told)


def fetched(source: Place, settings: Settings, now: datetime) -> Fetched:
    """Fetch the leads of a portal; raises SourceError. now: for rows of an export that do not say when they came."""
    if isinstance(source, Exported):
        return _read(source.path, settings, now)
    name = portal_id(settings.form)
    return Fetched(_stored(source.url, name) if isinstance(source, Database) else _asked(source.url, source.token, name))


def _database(url: str) -> Database:
    """Return a database; a file that is not there is not made by looking into it."""
    file = re.fullmatch(r"sqlite:///([^?]+)(?:\?.*)?", url)
    if file is not None and not Path(file[1]).is_file():
        raise SourceError(f'there is no database "{file[1]}"; the receiver makes it when the first lead comes')
    return Database(url)


def _database_file(path: Path) -> Database:
    if not path.is_file():
        raise SourceError(f'there is no file "{path}"; name the receiver\'s database with --from, or another file with --export')
    return Database(f"sqlite:///{path.absolute()}")


def _safe(url: str) -> str:
    """Refuse to send the token, and to have leads sent, where others can read along."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme.lower() != "https" and not _is_this_machine(host):
        raise SourceError("leads travel over https only; write https:// before the receiver's address")
    if parts.username or parts.password or not host:
        raise SourceError("this is no address of a receiver; write it as https://leads.your-firm.example")
    return url


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _token(environment: Mapping[str, str]) -> str:
    token = environment.get("PORTAL_INBOX_TOKEN", "").strip()
    if re.fullmatch("[!-~]+", token) is None:
        raise SourceError("the receiver wants a token; set PORTAL_INBOX_TOKEN to the one it was started with")
    return token


@contextmanager
def opened(url: str) -> Iterator[Store]:
    """Give the receiver's store, closed afterwards; what it cannot do becomes a SourceError."""
    from site_builder.leads.store import Store, StoreBusyError, StoreError

    try:
        store = Store(url)
        try:
            yield store
        finally:
            store.close()
    except StoreBusyError:
        raise SourceError("the leads' database is busy or does not answer; run this again") from None
    except StoreError as error:
        raise SourceError(f"the leads' database cannot be used: {error}") from None


def _stored(url: str, portal: str) -> tuple[Lead, ...]:
    if not portal:
        raise SourceError("this portal's form posts to no receiver (form.endpoint in data/portal.yaml), so it has no leads there")
    with opened(url) as store:
        return store.leads(portal, suspected=None)


def _asked(url: str, token: str, portal: str) -> tuple[Lead, ...]:
    """Ask the receiver; url: its own address, or that of the portal's inbox."""
    import httpx

    address = url if "/inbox/" in urlsplit(url).path else f"{url.rstrip('/')}/inbox/{quote(portal, safe='')}"
    headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
    around = not _is_this_machine(urlsplit(url).hostname or "")  # a proxy, a firm's own certificates
    try:
        with httpx.stream("GET", address, headers=headers, timeout=_SECONDS, trust_env=around) as answer:
            if answer.status_code != _OK:
                reason = _REASONS.get(answer.status_code, f"it answered {answer.status_code}")
                raise SourceError(f"the receiver gave out no leads: {reason}")
            content = _whole(answer)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        kind = "in time" if isinstance(error, httpx.TimeoutException) else "as a receiver should"
        raise SourceError(f"the receiver does not answer {kind}; check its address and whether it runs") from None
    return _leads(content)


def _whole(answer: httpx.Response) -> bytes:
    content = bytearray()
    for part in answer.iter_bytes():
        content += part
        if len(content) > LARGEST_ANSWER:
            raise SourceError("the receiver's answer is larger than 64 MiB; read its database with --from instead")
    return bytes(content)


def _leads(content: bytes) -> tuple[Lead, ...]:
    from site_builder.leads.wire import from_json

    try:
        found = json.loads(content)
        return tuple(from_json(each) for each in found["leads"])
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise SourceError("this is no answer of a receiver, or one of another version") from None


def _read(path: Path, settings: Settings, now: datetime) -> Fetched:
    from site_builder.leads.exports import read_export

    try:
        content = path.read_bytes()
    except OSError as error:
        raise SourceError(f'"{path}" cannot be read: {(error.strerror or "unknown reason").lower()}') from None
    names = {field.name for field in FIELDS} | {each.name for each in settings.form.fields}
    export = read_export(content, str(path), portal=portal_id(settings.form), names=names, now=now)
    return Fetched(grouped(export.snapshots), export.problems, export.ignored)
