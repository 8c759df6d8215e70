from __future__ import annotations

import asyncio
import io
import logging
import re

import pytest
from starlette.types import Message, Receive, Scope, Send

from site_builder.receive.desk import fresh_key, now
from site_builder.receive.logs import Log, Logged, ServerLog
from tests.receive.asking import HARBOUR, KEY, NOON, Memory, Wishes, fields, portal, receiver


def logged() -> tuple[Log, io.StringIO]:
    stream = io.StringIO()
    return Log(stream, lambda: NOON), stream


def test_a_log_that_cannot_be_written_loses_no_referral() -> None:
    store = Memory()
    with receiver(store) as harbour:
        harbour.log.close()
        assert harbour.post(fields()).status_code == 200
    assert [kept.key for kept in store.kept] == [KEY]


def test_of_the_servers_own_exceptions_the_type_alone_is_written() -> None:
    log, stream = logged()
    logger = logging.getLogger("tests.receive.any")
    logger.propagate = False
    logger.addHandler(ServerLog(log))
    try:
        int("Jo Lee")
    except ValueError:
        logger.exception("Exception in ASGI application")
    logger.warning("Invalid HTTP request received.")
    assert stream.getvalue() == (
        "2026-11-02T12:00:00Z server ValueError\n2026-11-02T12:00:00Z server Invalid HTTP request received.\n"
    )


async def _nothing() -> Message:
    return {"type": "http.disconnect"}


def _passed(app: object, scope: Scope) -> tuple[list[Message], str]:
    """What a wrapped application says of one request, and what is written down."""
    log, stream = logged()
    said: list[Message] = []

    async def send(message: Message) -> None:
        said.append(message)

    wrapped = Logged(app, log, lambda _: "203.0.113.0/24")  # type: ignore[arg-type]  # each test's own
    asyncio.run(wrapped(scope, _nothing, send))
    return said, re.sub("[0-9]+ms", "ms", stream.getvalue())


def test_a_visitor_who_went_away_was_not_answered() -> None:
    async def gone(scope: Scope, receive: Receive, send: Send) -> None:
        pass

    said, log = _passed(gone, {"type": "http", "method": "POST"})
    assert (said, log) == ([], "2026-11-02T12:00:00Z POST - 499 ms 203.0.113.0/24\n")


def test_a_mistake_after_the_answer_began_is_only_written_down() -> None:
    async def broken(_: Scope, __: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200})
        raise ValueError("Jo Lee")

    said, log = _passed(broken, {"type": "http", "method": "POST"})
    assert [message["type"] for message in said] == ["http.response.start"]
    assert "mistake ValueError in " in log
    assert "POST - 200 ms" in log
    assert "Jo" not in log


def test_what_is_no_request_is_passed_on_unwritten() -> None:
    seen: list[Scope] = []

    async def inner(scope: Scope, _: Receive, __: Send) -> None:
        seen.append(scope)

    assert _passed(inner, {"type": "lifespan"}) == ([], "")
    assert seen == [{"type": "lifespan"}]


def test_a_fresh_key_is_one_that_a_page_could_have_made() -> None:
    first, second = fresh_key(), fresh_key()
    assert re.fullmatch("[0-9a-f]{32}", first)
    assert first != second


def test_the_clock_speaks_utc() -> None:
    offset = now().utcoffset()
    assert offset is not None
    assert offset.total_seconds() == 0


@pytest.mark.parametrize("proves", [False, True])
def test_a_portal_that_asks_for_work_without_a_secret_hands_out_none(*, proves: bool) -> None:
    known = portal(proof_of_work="yes" if proves else "no")
    with receiver(wishes=Wishes(portals=(known,))) as harbour:
        assert harbour.ask("GET", f"{HARBOUR.path}/challenge").status_code == 404
        assert harbour.post(fields()).status_code == 200
