"""Where leads may be: the receiver's own database, the receiver over HTTP, or a file that another back end exported."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

SQLITE: Final = b"SQLite format 3\x00"
"""How every SQLite database begins."""
_DEFAULT: Final = "leads.db"
_OPTION: Final = "--from"


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
    """The receiver over HTTP. url: without /inbox/PORTAL; token: never printed; portal: the one in the address, "" for none."""

    url: str
    token: str = field(repr=False)
    portal: str = ""


@dataclass(frozen=True, slots=True)
class Exported:
    """A file of another back end's."""

    path: Path


Place = Database | Web | Exported


def place(said: str | None, environment: Mapping[str, str], here: Path) -> Database | Web:
    """Return where to look: what was said, else PORTAL_INBOX_URL, DATABASE_URL, or leads.db in this folder.

    said: a database's address, a web address or a database's file. Raises SourceError, which names who said it.
    """
    names = ("PORTAL_INBOX_URL", "DATABASE_URL")
    told = [(_OPTION, said or ""), *((name, environment.get(name, "").strip()) for name in names)]
    by, address = next(((by, text) for by, text in told if text), (_OPTION, ""))
    if not address:
        if not (here / _DEFAULT).is_file():
            raise NoSourceError(
                "nothing says where the leads are: name the receiver's database or address with --from, or a file of another"
                " back end with --export; PORTAL_INBOX_URL and DATABASE_URL say it for good"
            )
        return Database(f"sqlite:///{_database_file(_DEFAULT, here, _OPTION)}")
    if re.match("https?://", address, re.IGNORECASE):
        return _web(address, _token(environment))
    if re.match(r"[a-z0-9+]+:", address):
        file = re.fullmatch(r"sqlite:///([^?]+)(?:\?.*)?", address)
        if file is not None:
            _database_file(file[1], here, by)
        return Database(address)
    return Database(f"sqlite:///{_database_file(address, here, by)}")


def is_this_machine(host: str) -> bool:
    """Whether a host is the one this runs on."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _database_file(typed: str, here: Path, by: str) -> Path:
    """Return a database's file: one that is not there would be made by looking into it, and so is never opened."""
    path = (here / typed).absolute()
    if path.is_dir():
        raise SourceError(f'{by} names "{typed}", which is a folder; name the file in it, as leads.db')
    if not path.exists():
        raise SourceError(f'{by} names "{typed}", and there is no such file; the receiver makes it when the first lead comes')
    try:
        with path.open("rb") as opened:
            begin = opened.read(len(SQLITE))
    except OSError as error:
        raise SourceError(f'{by} names "{typed}", which cannot be read: {(error.strerror or "unknown reason").lower()}') from None
    if begin not in {b"", SQLITE}:
        raise SourceError(f'{by} names "{typed}", which is no database; what another back end exported is read with --export')
    return path


def _web(url: str, token: str) -> Web:
    """Refuse to send the token, and to have leads sent, where others can read along."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        is_sound = bool(host) and not parts.username and not parts.password and (parts.port or 1) > 0
    except ValueError:
        parts, host, is_sound = urlsplit(""), "", False
    if not is_sound:
        raise SourceError("this is no address of a receiver; write it as https://leads.your-firm.example")
    if parts.scheme.lower() != "https" and not is_this_machine(host):
        raise SourceError("leads travel over https only; write https:// before the receiver's address")
    found = re.fullmatch(r"(.*?)(?:/inbox(?:/([^/]*))?)?/*", parts.path)
    path, portal = (found[1], unquote(found[2] or "")) if found is not None else (parts.path, "")
    return Web(f"{parts.scheme}://{parts.netloc}{path}", token, portal)


def _token(environment: Mapping[str, str]) -> str:
    token = environment.get("PORTAL_INBOX_TOKEN", "").strip()
    if re.fullmatch("[!-~]+", token) is None:
        raise SourceError("the receiver wants a token; set PORTAL_INBOX_TOKEN to the one it was started with")
    return token
