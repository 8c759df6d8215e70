"""The ways in which somebody is told of a lead: an e-mail, or JSON posted to a webhook (Slack, Teams, a CRM).

Each sends once, and says by returning that the other side has taken it. Whether it is tried again is not its business.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from ipaddress import ip_address
from typing import Final, Protocol
from urllib.parse import parse_qs, unquote, urlsplit

import httpx

from site_builder.receive.news import News
from site_builder.receive.settings import SettingsError

SECONDS: Final = 20.0
"""How long a mail server, or whoever takes the JSON, may be silent."""
_PORTS: Final[Mapping[str, int]] = {"smtp": 587, "smtps": 465}
_ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}")
_SUCCESS: Final = range(200, 300)
_TEAMS: Final = (".logic.azure.com", ".powerplatform.com", ".webhook.office.com")
"""Where Teams workflows, and the connectors before them, take webhooks."""
_ABOUT_THIS_ONE: Final = frozenset({400, 413, 422})


class NotToldError(Exception):
    """It was not taken, or nobody knows whether it was. The words hold a kind and a number, and nothing of the lead.

    is_down: the other side as a whole, so that trying the next lead now is in vain.
    """

    def __init__(self, words: str, *, is_down: bool) -> None:
        super().__init__(words)
        self.is_down = is_down


class Channel(Protocol):
    """A way to tell of a lead."""

    def tell(self, news: News) -> None:
        """Send it; raises NotToldError."""


@dataclass(frozen=True, slots=True)
class Mail:
    """E-mail over a server of the owner's. sender, to: addresses, to () for the portal's own; password: "" for no login."""

    host: str
    port: int
    sender: str
    to: tuple[str, ...]
    clock: Callable[[], datetime]
    user: str = ""
    password: str = field(default="", repr=False)
    is_tls: bool = False
    starts_tls: bool = True
    seconds: float = SECONDS
    trust: ssl.SSLContext | None = None

    def tell(self, news: News) -> None:
        """Hand the mail over; raises NotToldError."""
        message = self.message(news)
        try:
            server = self._connected()
            try:
                server.send_message(message)
            finally:
                with suppress(smtplib.SMTPException, OSError):
                    server.quit()  # a server that says no goodbye has the mail all the same
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
            raise NotToldError(f"mail refused{_code(error)}", is_down=False) from None
        except (smtplib.SMTPException, OSError, UnicodeError) as error:
            raise NotToldError(f"mail {type(error).__name__}{_code(error)}", is_down=True) from None

    def message(self, news: News) -> EmailMessage:
        """Return the mail: plain text, answered to whoever sent the friend, the same Message-ID whenever it is sent again."""
        message = EmailMessage(policy=SMTP)
        message["Subject"] = news.subject
        message["From"] = self.sender
        message["To"] = ", ".join(self.to or (news.email,))
        message["Date"] = format_datetime(self.clock())
        message["Message-ID"] = f"<{news.id}@{self.sender.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        if _ADDRESS.fullmatch(news.reply_to):
            message["Reply-To"] = news.reply_to
        message.set_content(news.text, charset="utf-8", cte="quoted-printable")
        return message

    def _connected(self) -> smtplib.SMTP:
        trust = self.trust or ssl.create_default_context()
        if self.is_tls:
            server: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=self.seconds, context=trust)
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=self.seconds)
        try:
            if not self.is_tls and self.starts_tls:
                server.starttls(context=trust)
            if self.password:
                server.login(self.user, self.password)
        except BaseException:
            server.close()
            raise
        return server


@dataclass(frozen=True, slots=True)
class Webhook:
    """JSON to an address. url: never printed, for whoever has it may post there."""

    url: str = field(repr=False)
    seconds: float = SECONDS

    def tell(self, news: News) -> None:
        """Post it; raises NotToldError for any answer but 2xx, a redirection too: a lead goes to no other address."""
        headers = {"Idempotency-Key": news.id}
        host = urlsplit(self.url).hostname or ""
        around = not is_this_machine(host)  # a proxy, a firm's own certificates
        document = news.card() if host.endswith(_TEAMS) else news.document()
        try:
            with httpx.stream("POST", self.url, json=document, headers=headers, timeout=self.seconds, trust_env=around) as answer:
                status = answer.status_code
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise NotToldError(f"webhook {type(error).__name__}", is_down=True) from None
        if status not in _SUCCESS:
            raise NotToldError(f"webhook answered {status}", is_down=status not in _ABOUT_THIS_ONE)


def mail(url: str, clock: Callable[[], datetime]) -> Mail:
    """Read smtp://user:password@host:587?from=…&to=…; raises SettingsError, which tells no part of it.

    smtp begins in the clear and goes on with TLS (STARTTLS), but not to this machine or with starttls=no; smtps is TLS from the
    start. Names and passwords are percent-encoded. to: one or more with a comma between them, the portal's own where absent.
    """
    parts = urlsplit(url)
    said = parse_qs(parts.query)
    host, user, password = parts.hostname or "", unquote(parts.username or ""), unquote(parts.password or "")
    sender = said.get("from", [user])[0].strip()
    to = tuple(address.strip() for address in ",".join(said.get("to", [])).split(",") if address.strip())
    if not all(_ADDRESS.fullmatch(address) for address in (sender, *to)):
        raise SettingsError("PORTAL_SMTP_URL needs addresses; write it as smtp://user:password@host:587?from=…&to=…")
    is_tls = parts.scheme == "smtps"
    starts_tls = not is_this_machine(host) and said.get("starttls", ["yes"])[0] != "no"
    if password and not (is_tls or starts_tls or is_this_machine(host)):
        raise SettingsError("PORTAL_SMTP_URL has a password and starttls=no; it would travel where others can read it")
    return Mail(host, parts.port or _PORTS[parts.scheme], sender, to, clock, user, password, is_tls, starts_tls)


def webhook(url: str) -> Webhook:
    """Read an address for JSON; raises SettingsError, which tells no part of it."""
    parts = urlsplit(url)
    if parts.scheme != "https" and not is_this_machine(parts.hostname or ""):
        raise SettingsError("PORTAL_WEBHOOK_URL must begin with https://, for leads travel to it")
    return Webhook(url)


def is_this_machine(host: str) -> bool:
    """Whether a host is the machine this runs on."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _code(error: Exception) -> str:
    """Return the server's number, and none of its words: they may repeat an address."""
    code = getattr(error, "smtp_code", None)
    if code is None and isinstance(error, smtplib.SMTPRecipientsRefused):
        code = next(iter(error.recipients.values()), (None,))[0]
    return f" {code}" if code is not None else ""
