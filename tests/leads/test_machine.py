"""Deliveries twice, out of order, lost and broken off by a crash add up to what a model of three lines says."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from site_builder.leads import queries
from site_builder.leads.snapshot import Snapshot, filled
from site_builder.leads.store import Outcome, Store
from tests.leads.postgres import Server
from tests.leads.samples import NOON, snapshot

KEYS = ("a" * 32, "b" * 32)
PORTALS = ("harbour", "quay")
WORDS = st.sampled_from(("", "Jo", "Jo Lee"))


class Deliveries(RuleBasedStateMachine):
    """The store beside a dictionary. A subclass says where the database is and how its process dies."""

    sent: Bundle[Snapshot] = Bundle("sent")

    def __init__(self) -> None:
        super().__init__()
        self.url = self.new_database()
        self.store = Store(self.url, channels=("mail",))
        self.known: dict[tuple[str, str], Snapshot] = {}
        self.first: dict[tuple[str, str], Snapshot] = {}
        self.suspected: dict[tuple[str, str], tuple[str, ...]] = {}
        self.erased: set[tuple[str, str]] = set()
        self.told: dict[str, bool] = {}
        self.clock = 0

    def new_database(self) -> str:
        raise NotImplementedError

    @rule(
        target=sent,
        place=st.tuples(st.sampled_from(PORTALS), st.sampled_from(KEYS)),
        order=st.tuples(st.sampled_from((1, 2)), st.integers(1, 4)),
        words=st.fixed_dictionaries({"prospect": WORDS, "note": WORDS}),
        suspected=st.sampled_from(((), (), ("honeypot",))),
    )
    def send(self, place: tuple[str, str], order: tuple[int, int], words: dict[str, str], suspected: tuple[str, ...]) -> Snapshot:
        """A page sends; whether it arrives is another matter."""
        self.clock += 1
        portal, key = place
        return snapshot(
            *order,
            portal=portal,
            key=key,
            minutes=self.clock,
            suspected=suspected,
            prospect=words["prospect"],
            note=words["note"],
        )

    @rule(sent=sent)
    def arrive(self, sent: Snapshot) -> None:
        """What was sent arrives, now, later or for the third time."""
        assert self.store.put(sent) is self.expect(sent)

    @rule(sent=sent)
    def crash_before_the_commit(self, sent: Snapshot) -> None:
        """The process dies in the middle: the statements ran, the commit did not."""
        with patch.object(queries, "erased", side_effect=_Crash), suppress(_Crash):
            self.store.put(sent)
        self.reopen()

    @rule(sent=sent)
    def crash_before_the_answer(self, sent: Snapshot) -> None:
        """The process dies after the commit: the page sends again, and nothing is doubled."""
        self.store.put(sent)
        self.expect(sent)
        self.reopen()
        assert self.store.put(sent) in {Outcome.KEPT, Outcome.ERASED}

    @rule()
    def reopen(self) -> None:
        """Another process takes over."""
        self.store.close()
        self.store = Store(self.url, channels=("mail",))

    @rule(portal=st.sampled_from(PORTALS), key=st.sampled_from(KEYS))
    def erase(self, portal: str, key: str) -> None:
        place = (portal, key)
        assert self.store.erase(key=key, portal=portal) == (place in self.known)
        if place in self.known:
            del self.known[place], self.suspected[place]
            self.erased.add(place)
            self.told = {name: first for name, first in self.told.items() if not name.startswith(f"{portal}-{key}-")}

    @rule()
    def tell(self) -> None:
        """The sender of notifications works through what is due, all of it, and each once."""
        due = self.store.take_due(NOON + timedelta(days=1), 100, timedelta(0))
        assert {notice.id: notice.is_first for notice in due} == self.told
        assert len(due) == len(self.told)
        for notice in due:
            self.store.done(notice.id)
        self.told.clear()

    @invariant()
    def the_store_is_what_the_model_is(self) -> None:
        for portal in PORTALS:
            found = {
                lead.key: (lead.step, lead.seq, lead.fields, lead.suspected, lead.received_at, lead.updated_at)
                for lead in self.store.leads(portal, suspected=None)
            }
            assert found == {
                key: (
                    *one.order,
                    filled(one.fields),
                    self.suspected[place],
                    self.first[place].received_at,
                    one.received_at,
                )
                for place, one in self.known.items()
                for of, key in (place,)
                if of == portal
            }
        assert self.store.waiting() == len(self.told)

    def expect(self, sent: Snapshot) -> Outcome:
        """The model: the furthest of each key counts, the first of equals stays, one clean clears, and what is new is told."""
        place = (sent.portal, sent.key)
        if place in self.erased:
            return Outcome.ERASED
        before = self.known.get(place)
        is_further = before is None or sent.order > before.order
        is_cleared = before is not None and self.suspected[place] != () and sent.suspected == ()
        if not is_further and not is_cleared:
            return Outcome.KEPT
        is_news = before is None or is_cleared or filled(before.fields) != filled(sent.fields)
        if is_further:
            self.known[place] = sent
        if before is None or self.suspected[place]:
            self.suspected[place] = sent.suspected
        self.first.setdefault(place, sent)
        if is_news and not self.suspected[place]:
            self.told[f"{sent.portal}-{sent.key}-{sent.step}-{sent.seq}-mail"] = before is None or is_cleared
        return Outcome.CREATED if before is None else Outcome.UPDATED

    def teardown(self) -> None:
        self.store.close()


class _Crash(BaseException):
    """The end of a process, as far as a transaction can tell."""


@pytest.fixture
def folder() -> Iterator[Path]:
    """In memory where there is such a place: here it is about what is kept, not about the disk."""
    path = Path(tempfile.mkdtemp(dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None))  # noqa: S108  # made with a name of its own
    yield path
    shutil.rmtree(path)


def _run_on_sqlite(folder: Path, examples: int, steps: int) -> None:
    class OnSqlite(Deliveries):
        count = 0

        def new_database(self) -> str:
            OnSqlite.count += 1
            return f"sqlite:///{folder / f'{OnSqlite.count}.db'}"

        def teardown(self) -> None:
            super().teardown()
            for left in folder.iterdir():
                left.unlink()

    run_state_machine_as_test(OnSqlite, settings=settings(max_examples=examples, stateful_step_count=steps))


def _run_on_postgres(server: Server, examples: int, steps: int) -> None:
    class OnPostgres(Deliveries):
        def new_database(self) -> str:
            return server.new_database()

    run_state_machine_as_test(OnPostgres, settings=settings(max_examples=examples, stateful_step_count=steps))


def test_deliveries_add_up_on_sqlite(folder: Path) -> None:
    _run_on_sqlite(folder, examples=15, steps=20)


def test_deliveries_add_up_on_postgresql(postgres: Server) -> None:
    _run_on_postgres(postgres, examples=4, steps=20)


@pytest.mark.audit
def test_many_deliveries_add_up_on_sqlite(folder: Path) -> None:
    _run_on_sqlite(folder, examples=300, steps=50)


@pytest.mark.audit
def test_many_deliveries_add_up_on_postgresql(postgres: Server) -> None:
    _run_on_postgres(postgres, examples=60, steps=50)
