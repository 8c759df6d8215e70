"""Somebody is told of each lead, over real mail servers and a real webhook: at least once, whatever is down meanwhile."""

from __future__ import annotations

import json
import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest

from site_builder.leads.snapshot import Kind, Lead, Snapshot
from site_builder.leads.store import Due, Store, StoreBusyError
from site_builder.receive.channels import Channel, Mail, NotToldError, Webhook, mail, webhook
from site_builder.receive.news import News, news
from site_builder.receive.notify import Notifier, channels, wait
from site_builder.receive.portals import received
from site_builder.receive.settings import SettingsError, settings
from tests.leads.postgres import Server, postgres
from tests.portals import settings as portal_settings
from tests.receive.mailroom import Mailbox, Posted, certificate, free_port, mail_server, only, webhook_server

__all__ = ("postgres",)

START = datetime(2026, 10, 30, 14, 5, 9, tzinfo=UTC)
KEY = "0f" * 16
PORTAL = received(portal_settings(form={"backend": "receiver", "endpoint": "https://leads.harbour.example/r/harbour"}))
SECRETS = ("Jo Lee", "07700", "rita@ray.example", "Call after nine", KEY)


class Clock:
    """A clock that is put forward by hand."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


def snapshot(step: int = 1, seq: int = 1, *, suspected: tuple[str, ...] = (), key: str = KEY, **fields: str) -> Snapshot:
    usual = {"prospect": "Jo Lee", "contact": "07700 900123", "referrer_contact": "rita@ray.example"}
    return Snapshot("harbour", key, step, seq, Kind.REFERRAL, {**usual, **fields}, START, suspected)


def lead(kind: Kind = Kind.REFERRAL, *, origin_missing: bool = False, **fields: str) -> Lead:
    return Lead("harbour", KEY, 1, 1, kind, fields, START, START, (), origin_missing)


def told(kind: Kind = Kind.REFERRAL, *, is_first: bool = True, origin_missing: bool = False, **fields: str) -> News:
    due = Due("harbour-1", "mail", lead(kind, origin_missing=origin_missing, **fields), is_first=is_first, attempts=1)
    return news(due, "Harbour IT", "hello@harbour.example")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(f"sqlite:///{tmp_path / 'leads.db'}", channels=("mail",))
    yield opened
    opened.close()


@pytest.fixture
def log() -> list[str]:
    return []


@pytest.fixture
def notifier(store: Store, clock: Clock, log: list[str]) -> Callable[..., Notifier]:
    def new(ways: Mapping[str, Channel], of: Store = store) -> Notifier:
        return Notifier(of, ways, [PORTAL], clock=clock, jitter=lambda: 1.0, log=log.append)

    return new


def local_mail(port: int, clock: Clock, seconds: float = 30.0) -> Mail:
    return Mail("127.0.0.1", port, "desk@harbour.example", (), clock, starts_tls=False, seconds=seconds)


# What the mail says


def test_the_mail_says_who_how_to_reach_them_from_whom_and_what_next(
    store: Store, clock: Clock, notifier: Callable[..., Notifier], log: list[str]
) -> None:
    mailbox, port = Mailbox(), free_port()
    store.put(snapshot(2, 2, company="Lee & Söhne", note="Call after nine\r\nnot before", seats="20", consent_version="2026-11"))
    with mail_server(mailbox, port):
        assert notifier({"mail": local_mail(port, clock)}).round() == 1
    (letter,) = mailbox.letters
    assert mailbox.recipients == [["hello@harbour.example"]]
    assert letter["Subject"] == "A referral for Harbour IT: Jo Lee"
    assert letter["From"] == "desk@harbour.example"
    assert letter["To"] == "hello@harbour.example"
    assert letter["Reply-To"] == "rita@ray.example"
    assert letter["Date"] == "Fri, 30 Oct 2026 14:05:09 +0000"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Message-ID"].endswith("@harbour.example>")
    assert KEY not in mailbox.raw[0].decode()
    assert letter.get_content_type() == "text/plain"
    assert letter.get_content().replace("\r\n", "\n") == (
        "Somebody was referred to Harbour IT.\n"
        "\n"
        "Who:              Jo Lee\n"
        "Their firm:       Lee & Söhne\n"
        "Reach them:       07700 900123\n"
        "Reach the sender: rita@ray.example\n"
        "Note:             Call after nine\n"
        "  not before\n"
        "seats:            20\n"
        "Came in:          2026-10-30 14:05 UTC\n"
        "\n"
        "What to do next\n"
        "1. Get in touch within the time your portal promises.\n"
        "2. Do not say who sent you: ask them first.\n"
        "3. Run portal inbox: it goes into your data, and names the sender by their link. Then thank them.\n"
    )
    assert store.waiting() == 0
    assert log == ["told mail, attempt 1"]


def test_a_friend_who_wrote_themselves_is_answered_and_not_whoever_sent_them() -> None:
    found = told(Kind.SELF, prospect="Amy", contact="amy@x.example", referrer="7QK3M9TX")
    assert found.reply_to == "amy@x.example"
    assert found.subject == "Somebody sent to Harbour IT wrote: Amy"
    assert "wants to hear from you" in found.text
    assert "Do not say who sent you" not in found.text


def test_more_about_a_lead_says_so_and_repeats_all_that_is_known() -> None:
    found = told(is_first=False, prospect="Jo Lee", may_name="yes", told="yes")
    assert found.subject == "More about a referral for Harbour IT: Jo Lee"
    assert "This is all that is known now." in found.text
    assert "2. Say who sent you: they agreed to it." in found.text


def test_a_lead_from_nowhere_known_is_told_with_a_warning() -> None:
    assert "does not say from which page" in told(origin_missing=True, prospect="Jo").text


def test_nothing_a_stranger_types_becomes_a_header(clock: Clock) -> None:
    nasty = "Jo\r\nBcc: all@evil.example\r\n\r\n<b>hi</b>"
    found = told(prospect=nasty, referrer_contact="rita@ray.example\r\nBcc: all@evil.example", note="x\u2028Bcc: y\x00")
    letter = local_mail(25, clock).message(found)
    assert letter["Subject"] == "A referral for Harbour IT: Jo Bcc: all@evil.example <b>hi</b>"
    assert "Reply-To" not in letter
    assert "Bcc" not in letter
    assert letter.as_bytes().split(b"\r\n\r\n")[0].count(b"\r\nBcc") == 0


@pytest.mark.parametrize("typed", ["a,b@x.example", '"a b"@x.example', "a@x.example, b@y.example", "jö@x.example", "07700"])
def test_what_is_no_single_plain_address_is_not_answered(clock: Clock, typed: str) -> None:
    assert "Reply-To" not in local_mail(25, clock).message(told(prospect="Jo", referrer_contact=typed))


# Mail servers


def test_mail_that_is_down_loses_no_lead_and_is_tried_again_later_and_later(
    store: Store, clock: Clock, notifier: Callable[..., Notifier], log: list[str]
) -> None:
    mailbox, port = Mailbox(), free_port()
    sender = notifier({"mail": local_mail(port, clock)})
    store.put(snapshot())
    assert sender.round() == 1
    assert sender.round() == 0  # it is not due again yet
    clock.now += timedelta(seconds=31)
    assert sender.round() == 1
    clock.now += timedelta(seconds=59)
    assert sender.round() == 0
    clock.now += timedelta(seconds=2)
    with mail_server(mailbox, port):
        assert sender.round() == 1
    assert len(mailbox.letters) == 1
    assert store.waiting() == 0
    assert log == [
        "not told mail, attempt 1: mail ConnectionRefusedError; again in 30s",
        "not told mail, attempt 2: mail ConnectionRefusedError; again in 60s",
        "told mail, attempt 3",
    ]


def test_mail_that_has_failed_for_an_hour_is_warned_of_once_an_hour_until_it_goes_again(
    store: Store, clock: Clock, notifier: Callable[..., Notifier], log: list[str]
) -> None:
    mailbox, port = Mailbox(), free_port()
    sender = notifier({"mail": local_mail(port, clock)})
    store.put(snapshot())
    store.put(snapshot(key="a" * 32))
    for minute in range(181):
        sender.round()
        if minute in {59, 60, 119, 120, 180}:
            log.append(f"minute {minute}")
        clock.now += timedelta(minutes=1)
    words = "warning: mail has failed for {}, and 2 notifications wait; no lead is lost, portal inbox shows them"
    assert [line for line in log if not line.startswith("not told")] == [
        "minute 59",
        words.format("1 hour"),
        "minute 60",
        "minute 119",
        words.format("2 hours"),
        "minute 120",
        words.format("3 hours"),
        "minute 180",
    ]
    clock.now += timedelta(hours=7)
    with mail_server(mailbox, port):
        sender.round()
    log.clear()
    clock.now += timedelta(hours=7)
    sender.round()
    assert log == []


@pytest.mark.parametrize(
    ("mailbox", "why"),
    [(Mailbox(answer="451 try later"), "mail refused 451"), (Mailbox(refused="hello@harbour.example"), "mail refused 550")],
    ids=["the mail", "the recipient"],
)
def test_what_a_server_refuses_is_kept_and_its_words_are_not_logged(
    store: Store, clock: Clock, notifier: Callable[..., Notifier], log: list[str], mailbox: Mailbox, why: str
) -> None:
    port = free_port()
    store.put(snapshot())
    with mail_server(mailbox, port):
        notifier({"mail": local_mail(port, clock)}).round()
    assert log == [f"not told mail, attempt 1: {why}; again in 30s"]
    assert store.waiting() == 1


def test_one_address_that_is_refused_keeps_the_others_from_nothing(clock: Clock) -> None:
    mailbox, port = Mailbox(refused="gone@harbour.example"), free_port()
    way = Mail("127.0.0.1", port, "a@b.example", ("gone@harbour.example", "ann@harbour.example"), clock, starts_tls=False)
    with mail_server(mailbox, port):
        way.tell(told(prospect="Jo"))
    assert mailbox.recipients == [["ann@harbour.example"]]


def test_a_server_that_says_nothing_is_not_waited_for_long_and_holds_up_the_rest_once(
    store: Store, clock: Clock, notifier: Callable[..., Notifier], log: list[str]
) -> None:
    for number in range(3):
        store.put(snapshot(key=f"{number:032x}"))
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = int(silent.getsockname()[1])
        assert notifier({"mail": local_mail(port, clock, seconds=0.2)}).round() == 3
    assert log == [
        "not told mail, attempt 1: mail SMTPServerDisconnected; again in 30s",  # smtplib's word for no greeting in time
        "not told mail, attempt 1: waits for the one before; again in 30s",
        "not told mail, attempt 1: waits for the one before; again in 30s",
    ]
    assert store.waiting() == 3


def test_a_server_that_greets_slowly_is_waited_for(clock: Clock) -> None:
    letters: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as slow:
        greeting = Event()
        thread = Thread(target=_converse, args=(slow, greeting, letters))
        thread.start()
        way = local_mail(int(slow.getsockname()[1]), clock)
        teller = Thread(target=way.tell, args=(told(prospect="Jo"),))
        teller.start()
        teller.join(0.3)
        assert teller.is_alive()  # it waits for a greeting
        greeting.set()
        teller.join(30)
        thread.join(30)
    assert b"Subject: A referral for Harbour IT: Jo" in b"".join(letters)


def _converse(server: socket.socket, greeting: Event, letters: list[bytes]) -> None:
    """Take one mail, and hang up without a goodbye: the mail is taken all the same."""
    connection, _ = server.accept()
    with connection, connection.makefile("rb") as lines:
        greeting.wait(30)
        connection.sendall(b"220 at last\r\n")
        for line in lines:
            verb = line[:4].upper()
            if verb == b"DATA":
                connection.sendall(b"354 go on\r\n")
                letters.extend(iter(lines.readline, b".\r\n"))
                connection.sendall(b"250 taken\r\n")
            elif verb == b"QUIT":
                return
            else:
                connection.sendall(b"250 OK\r\n")


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    return certificate(tmp_path_factory.mktemp("tls"))


def test_starttls_comes_before_the_password(clock: Clock, tls: tuple[ssl.SSLContext, ssl.SSLContext]) -> None:
    mailbox, port = Mailbox(), free_port()
    way = Mail("127.0.0.1", port, "a@b.example", (), clock, "desk", "pass word", trust=tls[1])
    with mail_server(mailbox, port, tls_context=tls[0], authenticator=only("desk", "pass word"), auth_required=True):
        way.tell(told(prospect="Jo"))
        with pytest.raises(NotToldError, match="mail SMTPAuthenticationError 535"):
            Mail("127.0.0.1", port, "a@b.example", (), clock, "desk", "wrong", trust=tls[1]).tell(told(prospect="Jo"))
    assert len(mailbox.letters) == 1


def test_tls_from_the_start(clock: Clock, tls: tuple[ssl.SSLContext, ssl.SSLContext]) -> None:
    mailbox, port = Mailbox(), free_port()
    with mail_server(mailbox, port, ssl_context=tls[0]):
        Mail("127.0.0.1", port, "a@b.example", (), clock, is_tls=True, trust=tls[1]).tell(told(prospect="Jo"))
    assert len(mailbox.letters) == 1


def test_a_certificate_nobody_vouches_for_is_not_trusted(clock: Clock, tls: tuple[ssl.SSLContext, ssl.SSLContext]) -> None:
    mailbox, port = Mailbox(), free_port()
    with mail_server(mailbox, port, tls_context=tls[0]), pytest.raises(NotToldError, match="SSLCertVerificationError"):
        Mail("127.0.0.1", port, "a@b.example", (), clock).tell(told(prospect="Jo"))
    assert not mailbox.letters


def test_a_server_without_tls_gets_no_mail_where_tls_is_asked_for(clock: Clock) -> None:
    mailbox, port = Mailbox(), free_port()
    with mail_server(mailbox, port), pytest.raises(NotToldError, match="SMTPNotSupportedError"):
        Mail("127.0.0.1", port, "a@b.example", (), clock).tell(told(prospect="Jo"))
    assert not mailbox.letters


# At least once


def test_sent_and_not_struck_off_it_is_sent_again_under_the_same_id(
    store: Store, clock: Clock, notifier: Callable[..., Notifier], monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox, port = Mailbox(), free_port()
    sender = notifier({"mail": local_mail(port, clock)})
    store.put(snapshot())
    with mail_server(mailbox, port):
        with monkeypatch.context() as patched:
            patched.setattr(store, "done", _busy)
            with pytest.raises(StoreBusyError):
                sender.round()
        assert sender.round() == 0  # whoever took it may still be at it
        clock.now += timedelta(minutes=6)
        assert sender.round() == 1
    first, again = mailbox.letters
    assert first["Message-ID"] == again["Message-ID"]
    assert store.waiting() == 0


def _busy(_notification: str) -> None:
    raise StoreBusyError("the power went out here")


def test_a_suspected_lead_is_told_to_nobody_and_a_later_step_once_more(
    store: Store, clock: Clock, notifier: Callable[..., Notifier]
) -> None:
    mailbox, port = Mailbox(), free_port()
    sender = notifier({"mail": local_mail(port, clock)})
    with mail_server(mailbox, port):
        store.put(snapshot(key="1" * 32, suspected=("honeypot",)))
        assert sender.round() == 0
        store.put(snapshot())
        sender.round()
        store.put(snapshot(2, 2, company="Lee Works"))
        sender.round()
        store.put(snapshot(2, 3, company="Lee Works"))
        sender.round()
    assert [letter["Subject"] for letter in mailbox.letters] == [
        "A referral for Harbour IT: Jo Lee",
        "More about a referral for Harbour IT: Jo Lee",
    ]
    assert len({letter["Message-ID"] for letter in mailbox.letters}) == 2


@pytest.mark.parametrize(
    ("attempts", "jitter", "seconds"),
    [(1, 1, 30), (1, 0, 15), (2, 1, 60), (5, 1, 480), (5, 0.5, 360), (11, 1, 21_600), (10_000, 1, 21_600)],
)
def test_each_wait_is_twice_the_last_up_to_six_hours_and_jitter_takes_half_at_most(
    attempts: int, jitter: float, seconds: int
) -> None:
    assert wait(attempts, jitter) == timedelta(seconds=seconds)


def test_what_is_not_set_up_any_more_waits(store: Store, notifier: Callable[..., Notifier], log: list[str]) -> None:
    store.put(snapshot())
    assert notifier({}).round() == 1
    assert log == ["not told mail, attempt 1: not set up here; again in 30s"]
    assert store.waiting() == 1


# By itself


def test_it_sends_by_itself_and_goes_on_after_a_mistake_of_ours(
    store: Store, notifier: Callable[..., Notifier], log: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    arrived = Event()
    faults: list[Exception] = [StoreBusyError("Jo Lee"), ValueError("Jo Lee")]

    class Way:
        def tell(self, _news: News) -> None:
            arrived.set()

    class Broken(Store):
        def take_due(self, now: datetime, limit: int, lease: timedelta = timedelta(minutes=5)) -> tuple[Due, ...]:
            if faults:
                raise faults.pop(0)
            return super().take_due(now, limit, lease)

    monkeypatch.setattr("site_builder.receive.notify._LONG_PAUSE", 0.0)
    monkeypatch.setattr(store, "__class__", Broken)
    store.put(snapshot())
    sender = notifier({"mail": Way()})
    sender.start()
    assert arrived.wait(30)
    sender.stop()
    assert store.waiting() == 0
    assert log[0] == "notify StoreBusyError"
    assert log[1].startswith("mistake ValueError in ")
    assert log[2:] == ["told mail, attempt 1"]
    assert not any(secret in line for line in log for secret in SECRETS)


def test_told_to_stop_it_begins_nothing_more(store: Store, notifier: Callable[..., Notifier], log: list[str]) -> None:
    class Way:
        def tell(self, _news: News) -> None:
            sender.stop()

    for number in range(2):
        store.put(snapshot(key=f"{number:032x}"))
    sender = notifier({"mail": Way()})
    sender.round()
    assert log == ["told mail, attempt 1", "not told mail, attempt 1: stopped; again in 30s"]
    assert store.waiting() == 1


def test_on_postgresql_it_is_the_same(request: pytest.FixtureRequest, clock: Clock, notifier: Callable[..., Notifier]) -> None:
    server = request.getfixturevalue("postgres")
    assert isinstance(server, Server)
    mailbox, port = Mailbox(), free_port()
    store = Store(server.new_database(), channels=("mail",))
    try:
        store.put(snapshot())
        with mail_server(mailbox, port):
            assert notifier({"mail": local_mail(port, clock)}, store).round() == 1
        assert store.waiting() == 0
    finally:
        store.close()
    assert mailbox.letters[0]["Subject"] == "A referral for Harbour IT: Jo Lee"


# The webhook


def test_the_webhook_gets_words_for_people_and_fields_for_programs() -> None:
    posted: list[Posted] = []
    found = told(prospect="Jo <!channel> & [x](https://evil.example)", note="n")
    with webhook_server([200], posted) as url:
        Webhook(url).tell(found)
    (came,) = posted
    assert came.headers["Idempotency-Key"] == found.id == came.document["id"]
    assert came.headers["Content-Type"] == "application/json"
    assert "Jo &lt;!channel&gt; &amp; [x] (https://evil.example)" in came.document["text"]
    assert came.document["fields"] == {"prospect": "Jo <!channel> & [x](https://evil.example)", "note": "n"}
    assert came.document["portal"] == "harbour"
    assert came.document["is_first"] is True
    assert KEY not in json.dumps(came.document)


def test_teams_gets_a_card_for_its_workflows_take_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    posted: list[Posted] = []
    found = told(prospect="[Jo](https://evil.example)", note="n")
    with webhook_server([202], posted) as url:
        monkeypatch.setattr("site_builder.receive.channels._TEAMS", ("127.0.0.1",))
        Webhook(url).tell(found)
    (came,) = posted
    assert set(came.document) == {"type", "attachments"}
    (attached,) = came.document["attachments"]
    assert attached["contentType"] == "application/vnd.microsoft.card.adaptive"
    lines = [block["text"] for block in attached["content"]["body"]]
    assert lines[:3] == [
        "A referral for Harbour IT: [Jo] (https://evil.example)",
        "Somebody was referred to Harbour IT.",
        "Who:     [Jo] (https://evil.example)",
    ]
    assert "1. Get in touch within the time your portal promises." in lines


def test_a_redirection_is_not_followed_and_counts_as_not_told() -> None:
    posted: list[Posted] = []
    elsewhere: list[Posted] = []
    with (
        webhook_server([200], elsewhere) as other,
        webhook_server([307], posted, location=other) as url,
        pytest.raises(NotToldError, match="webhook answered 307"),
    ):
        Webhook(url).tell(told(prospect="Jo"))
    assert len(posted) == 1
    assert not elsewhere


def test_an_answer_about_one_lead_does_not_hold_up_the_others(
    tmp_path: Path, notifier: Callable[..., Notifier], log: list[str]
) -> None:
    posted: list[Posted] = []
    store = Store(f"sqlite:///{tmp_path / 'hook.db'}", channels=("webhook",))
    for number in range(4):
        store.put(snapshot(key=f"{number:032x}"))
    with webhook_server([400, 500, 200], posted) as url:
        notifier({"webhook": Webhook(url)}, store).round()
    assert [line.partition(": ")[2] for line in log] == [
        "webhook answered 400; again in 30s",
        "webhook answered 500; again in 30s",
        *["waits for the one before; again in 30s"] * 2,
    ]
    assert len(posted) == 2
    store.close()


def test_nobody_at_the_address_is_said_without_the_address() -> None:
    with pytest.raises(NotToldError, match=r"^webhook ConnectError$"):
        Webhook(f"http://127.0.0.1:{free_port()}/secret-path", seconds=0.5).tell(told(prospect="Jo"))


# How it is set up


def test_a_mail_server_is_read_from_its_address(clock: Clock) -> None:
    found = mail("smtp://desk%40x.example:p%40ss@mail.example?from=portal@x.example&to=ann@x.example,%20bob@x.example", clock)
    assert (found.host, found.port, found.user, found.password) == ("mail.example", 587, "desk@x.example", "p@ss")
    assert (found.sender, found.to) == ("portal@x.example", ("ann@x.example", "bob@x.example"))
    assert (found.is_tls, found.starts_tls) == (False, True)
    assert "p@ss" not in repr(found)


def test_the_user_is_the_sender_and_the_portals_own_address_the_recipient_unless_told(clock: Clock) -> None:
    found = mail("smtps://desk%40x.example:pass@mail.example", clock)
    assert (found.port, found.sender, found.to, found.is_tls) == (465, "desk@x.example", (), True)
    assert not mail("smtp://localhost:1025?from=a@x.example", clock).starts_tls
    assert not mail("smtp://relay:25?from=a@x.example&starttls=no", clock).starts_tls


@pytest.mark.parametrize(
    "url",
    [
        "smtp://desk:pass@mail.example",
        "smtp://mail.example?from=a@x.example&to=b",
        "smtp://mail.example?from=a@x.example%0d%0aBcc:%20b@x.example",
        "smtp://desk:pass@mail.example?from=a@x.example&starttls=no",
    ],
    ids=["no sender", "no address", "a header in it", "a password in the clear"],
)
def test_a_mail_address_that_cannot_be_used_is_refused_without_naming_it(clock: Clock, url: str) -> None:
    with pytest.raises(SettingsError, match=r"^PORTAL_SMTP_URL") as refused:
        mail(url, clock)
    assert "pass@" not in str(refused.value).replace("password@host", "")


def test_leads_are_posted_over_https_alone_but_to_this_machine() -> None:
    assert webhook("https://hooks.example/x").url == "https://hooks.example/x"
    assert webhook("http://[::1]:9/x").url == "http://[::1]:9/x"
    with pytest.raises(SettingsError, match="must begin with https"):
        webhook("http://hooks.example/secret")
    assert "secret" not in repr(Webhook("https://hooks.example/secret"))


def test_the_environment_says_which_ways_there_are(clock: Clock) -> None:
    assert channels(settings({}), clock) == {}
    known = settings({"PORTAL_SMTP_URL": "smtps://mail.example?from=a@x.example", "PORTAL_WEBHOOK_URL": "https://h.example/"})
    assert list(channels(known, clock)) == ["mail", "webhook"]
