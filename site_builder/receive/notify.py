"""Somebody is told of each lead: what the store's outbox holds is sent until it is taken, at least once.

A lead is on the disk before anybody is told, so mail that is down loses none. What was sent and not struck off, since the
machine went down between the two, is sent again under the same id.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event, Thread
from typing import Final

from site_builder.leads.store import Due, Store, StoreError
from site_builder.receive.channels import Channel, NotToldError, mail, webhook
from site_builder.receive.news import news
from site_builder.receive.portals import Portal
from site_builder.receive.settings import Settings
from site_builder.report.crash import Caught

MAIL: Final = "mail"
WEBHOOK: Final = "webhook"
FIRST_WAIT: Final = timedelta(seconds=30)
LONGEST_WAIT: Final = timedelta(hours=6)
_TOO_LONG: Final = timedelta(hours=1)
"""A way that fails for so long is warned of, and again each time as much has passed."""
_AT_ONCE: Final = 10
_PAUSE: Final = 2.0
_LONG_PAUSE: Final = 15.0
_MOST_DOUBLINGS: Final = 20


def channels(known: Settings, clock: Callable[[], datetime]) -> Mapping[str, Channel]:
    """Return the ways in which somebody is told, by name, for Store(channels=…) and Notifier; raises SettingsError."""
    found: dict[str, Channel] = {}
    if known.smtp_url is not None:
        found[MAIL] = mail(known.smtp_url, clock)
    if known.webhook_url is not None:
        found[WEBHOOK] = webhook(known.webhook_url)
    return found


def wait(attempts: int, jitter: float) -> timedelta:
    """Return how long to wait after so many attempts, from 1: half a minute, doubled each time, six hours at most.

    jitter: from 0 to 1; 0 takes half of that, so that what failed together is not tried again together.
    """
    doubled: int = 2 ** min(attempts - 1, _MOST_DOUBLINGS)
    return min(LONGEST_WAIT, FIRST_WAIT * doubled) * (0.5 + jitter / 2)


@dataclass(slots=True)
class _Failing:
    """A way that takes nothing. since: when it first did so; warned: of how many hours somebody was told."""

    since: datetime
    warned: int = 0


class Notifier:
    """Sends what is due, by itself in a thread, or a round at a time."""

    def __init__(
        self,
        store: Store,
        ways: Mapping[str, Channel],
        portals: Sequence[Portal],
        *,
        clock: Callable[[], datetime],
        jitter: Callable[[], float],
        log: Callable[[str], None],
    ) -> None:
        """jitter: a number from 0 to 1, another each time; log: writes a line, which holds nothing of a lead."""
        self._store = store
        self._ways = ways
        self._portals = {portal.id: portal for portal in portals}
        self._clock = clock
        self._jitter = jitter
        self._log = log
        self._failing: dict[str, _Failing] = {}
        self._stop = Event()
        self._thread = Thread(target=self._run, name="notify", daemon=True)

    def start(self) -> None:
        """Begin to send in a thread of its own."""
        self._thread.start()

    def stop(self, seconds: float = 30.0) -> None:
        """Begin nothing more, and wait for what is under way; what is cut off is sent again by the next start."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(seconds)

    def round(self) -> int:
        """Send what is due, a handful at most, and return how many were taken from the outbox; raises StoreError.

        A way that is down is tried once a round: whatever else was to go it is put off with it.
        """
        taken = self._store.take_due(self._clock(), _AT_ONCE)
        down: set[str] = set()
        for due in taken:
            if self._stop.is_set():
                self._put_off(due, "stopped")
            elif due.channel in down:
                self._put_off(due, "waits for the one before")
            else:
                self._send(due, down)
        self._warn()
        return len(taken)

    def _send(self, due: Due, down: set[str]) -> None:
        way, portal = self._ways.get(due.channel), self._portals.get(due.lead.portal)
        if way is None or portal is None:
            self._put_off(due, "not set up here")
            return
        try:
            way.tell(news(due, portal.name, portal.email))
        except NotToldError as error:
            self._failing.setdefault(due.channel, _Failing(self._clock()))
            if error.is_down:
                down.add(due.channel)
            self._put_off(due, str(error))
            return
        self._failing.pop(due.channel, None)
        self._store.done(due.id)
        self._log(f"told {due.channel}, attempt {due.attempts}")

    def _warn(self) -> None:
        """Say once an hour which way has taken nothing for an hour or longer: nobody reads a line for each attempt."""
        for channel, failing in self._failing.items():
            hours = (self._clock() - failing.since) // _TOO_LONG
            if hours > failing.warned:
                waiting = self._store.waiting()
                failing.warned = hours
                self._log(
                    f"warning: {channel} has failed for {hours} hour{'s' * (hours != 1)}, and {waiting}"
                    f" notification{'s wait' if waiting != 1 else ' waits'}; no lead is lost, portal inbox shows them"
                )

    def _put_off(self, due: Due, why: str) -> None:
        pause = wait(due.attempts, self._jitter())
        self._store.failed(due.id, self._clock() + pause)
        self._log(f"not told {due.channel}, attempt {due.attempts}: {why}; again in {round(pause.total_seconds())}s")

    def _run(self) -> None:
        """Go on until it is stopped: neither a store that is busy nor a mistake of ours keeps the next lead from being told."""
        while not self._stop.is_set():
            pause = _LONG_PAUSE
            with Caught() as caught:
                try:
                    pause = 0.0 if self.round() else _PAUSE
                except StoreError as error:
                    self._log(f"notify {type(error).__name__}")
            if caught.crash is not None:
                self._log(f"mistake {caught.crash.kind} in {caught.crash.place}")
            self._stop.wait(pause)
