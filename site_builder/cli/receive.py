"""portal receive: the form's own back end for one portal or many, until it is told to stop."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from random import SystemRandom
from socket import socket
from typing import Final

from site_builder.cli.arguments import Arguments
from site_builder.cli.loaded import InTheWayError, ended
from site_builder.cli.shell import WrongUsageError, complain, portal_folder
from site_builder.cli.speaking import counted
from site_builder.leads.faults import StoreError
from site_builder.leads.store import Store
from site_builder.load.documents import load_documents
from site_builder.problem import Severity
from site_builder.receive.app import application
from site_builder.receive.desk import Desk, now
from site_builder.receive.limits import Limits
from site_builder.receive.logs import Log
from site_builder.receive.notify import Notifier, channels
from site_builder.receive.portals import Portal, received, told_apart
from site_builder.receive.proof import Proofs
from site_builder.receive.server import address, listen, serve
from site_builder.receive.settings import Settings, SettingsError, described, misspelt, settings

HOST: Final = "127.0.0.1"
PORT: Final = 8800
_THREADS: Final = 8
"""Of calls to PostgreSQL at once; SQLite has one writer."""


def receive(arguments: Arguments) -> int:
    """Take what the forms send; 0 when told to stop, 1 for mistakes in a portal.yaml, 2 for settings that cannot be used."""

    def run() -> int:
        try:
            known = settings(os.environ)
            portals = _portals(arguments, known)
            if arguments.backup is not None:
                return _back_up(known, Path(arguments.backup))
            if arguments.retire is not None:
                return _retire(known, portals, arguments.retire)
            return _run(arguments, known, portals)
        except (SettingsError, StoreError) as wrong:
            raise WrongUsageError(str(wrong)) from None

    return ended(run)


def _portals(arguments: Arguments, known: Settings) -> tuple[Portal, ...]:
    """Return the portals of the folders that were named, of --portal's where none was."""
    portals = told_apart([_portal(portal_folder(folder)) for folder in arguments.folders or (arguments.portal,)])
    if known.altcha_key is None and any(portal.proves for portal in portals):
        raise SettingsError("form.proof_of_work needs PORTAL_ALTCHA_KEY; `openssl rand -hex 32` makes one")
    return portals


def _portal(root: Path) -> Portal:
    documents = load_documents(root)
    if documents.settings is None:
        errors = tuple(found for found in documents.problems if found.severity is Severity.ERROR)
        raise InTheWayError(root, [found for found in errors if found.source.path == "data/portal.yaml"] or errors)
    try:
        return received(documents.settings)
    except SettingsError as wrong:
        raise SettingsError(f"{root}: {wrong}") from None


def _back_up(known: Settings, path: Path) -> int:
    """Copy the whole store, whosever the leads are."""
    with closing(Store(known.database_url)) as store:
        store.backup(path)
    complain(f"the leads are copied to {path}; keep it as private as they are")
    return 0


def _retire(known: Settings, portals: tuple[Portal, ...], days: int) -> int:
    """Forget these portals' old leads; those of others in the same store stay."""
    before = now() - timedelta(days=days)
    with closing(Store(known.database_url)) as store:
        for portal in portals:
            complain(f"{portal.id}: {counted(store.retire(before, portal=portal.id), 'lead')} forgotten")
    return 0


def _run(arguments: Arguments, known: Settings, portals: tuple[Portal, ...]) -> int:
    log = Log(sys.stderr, now)
    ways = channels(known, now)
    with closing(Store(known.database_url, channels=tuple(ways))) as store:
        store.check()
        notifier = Notifier(store, ways, portals, clock=now, jitter=SystemRandom().random, log=log.write)
        with _listening(arguments) as listening:
            sys.stdout.write(f"{address(listening)}\n")
            sys.stdout.flush()
            for line in (*_served(portals), *described(known), *_unserved(portals, store.portals()), *misspelt(os.environ)):
                complain(line)
            if ways:
                notifier.start()
            serve(application(portals, _desk(store, known), log, inbox_token=known.inbox_token), listening, log)
        notifier.stop()
    return 0


def _served(portals: tuple[Portal, ...]) -> Iterator[str]:
    for portal in portals:
        yield f"{portal.path} takes what {portal.origin} sends"


def _unserved(portals: tuple[Portal, ...], kept: Mapping[str, int]) -> Iterator[str]:
    """Say which leads lie where nobody looks; of their paths the store knows the last part, the rest is taken to be as ours."""
    folder = portals[0].path.rpartition("/")[0]
    for name in sorted(kept.keys() - {portal.id for portal in portals}):
        lie = "lies" if kept[name] == 1 else "lie"
        yield (
            f"{counted(kept[name], 'lead')} {lie} under {folder}/{name}, which no portal here serves;"
            f" if form.endpoint was changed, portal inbox --portal-id {name} fetches them from the database"
        )


def _listening(arguments: Arguments) -> socket:
    host = arguments.host or HOST
    port = PORT if arguments.port is None else arguments.port
    try:
        return listen(host, port)
    except (OSError, UnicodeError) as error:
        number = error.errno if isinstance(error, OSError) else None
        reason = os.strerror(number).lower() if number is not None and number > 0 else "no such address"  # a name's are below 0
        raise WrongUsageError(f"cannot listen on {host}, port {port}: {reason}") from None


def _desk(store: Store, known: Settings) -> Desk:
    return Desk(
        store,
        Limits(known.per_block, known.in_all, known.trusted),
        proofs=Proofs(known.altcha_key) if known.altcha_key is not None else None,
        threads=1 if known.database_url.startswith("sqlite") else _THREADS,
    )
