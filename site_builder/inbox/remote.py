"""The receiver over HTTP: asked for its leads, and told to erase. Who is meant stands in no address and no message."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit

from site_builder.inbox.places import SourceError, Web, is_this_machine
from site_builder.leads.snapshot import Lead

if TYPE_CHECKING:
    import httpx

LARGEST_ANSWER: Final = 64 * 1024 * 1024
_SECONDS: Final = 20
_OK: Final = 200
_NOT_FOUND: Final = 404
_TOKEN: Final = "it does not take this token; PORTAL_INBOX_TOKEN must be the same here and there"  # noqa: S105  # no token
_REASONS: Final[Mapping[int, str]] = {
    401: _TOKEN,
    403: _TOKEN,
    404: "it serves no such portal, or gives out nothing over HTTP (PORTAL_INBOX_TOKEN is not set there)",
    405: "it is of a version that cannot do this; run the command beside its database, with --from leads.db",
    429: "it was asked too often; wait a minute and run this again",
    503: "it is busy; run this again",
}


class NotServedError(SourceError):
    """The receiver serves no such portal, or nothing over HTTP."""


class Remote:
    """A portal's leads at the receiver. Every method raises SourceError."""

    def __init__(self, web: Web, portal: str) -> None:
        self._web = web
        self._inbox = f"/inbox/{quote(portal, safe='')}"

    def leads(self, portal: str | None = None) -> tuple[Lead, ...]:
        """Return all leads, suspected ones too. portal: of another portal than its own."""
        return _leads(self._asked("GET", self._inbox if portal is None else f"/inbox/{quote(portal, safe='')}"))

    def held(self, *, key: str = "", email: str = "") -> tuple[Lead, ...]:
        """Return what erase would erase, by one of the two."""
        if email:
            return _leads(self._asked("POST", f"{self._inbox}/export", {"email": email}))
        return tuple(lead for lead in self.leads() if key and lead.key == key)

    def erase(self, *, key: str = "", email: str = "") -> int:
        """Erase somebody's leads, by one of the two, and return how many."""
        found = self._asked("DELETE", self._inbox, {"email": email} if email else {"key": key}).get("erased")
        if not isinstance(found, int) or isinstance(found, bool):
            raise _strange()
        return found

    def portals(self) -> Mapping[str, int]:
        """Return how many leads lie under each portal; none from a receiver that does not say."""
        try:
            found = self._asked("GET", "/inbox").get("portals")
        except NotServedError:
            return {}
        if not isinstance(found, dict) or not all(isinstance(count, int) for count in found.values()):
            raise _strange()
        return {str(name): count for name, count in found.items()}

    def _asked(self, method: str, path: str, said: Mapping[str, str] | None = None) -> Mapping[str, object]:
        import httpx

        headers = {"Authorization": f"Bearer {self._web.token}", "Accept": "application/json"}
        around = not is_this_machine(urlsplit(self._web.url).hostname or "")  # a proxy, a firm's own certificates
        url = self._web.url + path
        try:
            with httpx.stream(method, url, headers=headers, json=said, timeout=_SECONDS, trust_env=around) as answer:
                if answer.status_code != _OK:
                    raise _refused(answer.status_code, method)
                return _object(_whole(answer))
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            kind = "in time" if isinstance(error, httpx.TimeoutException) else "as a receiver should"
            raise SourceError(f"the receiver does not answer {kind}; check its address and whether it runs") from None


def _refused(status: int, method: str) -> SourceError:
    kind = NotServedError if status == _NOT_FOUND else SourceError
    done = "erased nothing" if method == "DELETE" else "gave out no leads"
    return kind(f"the receiver {done}: {_REASONS.get(status, f'it answered {status}')}")


def _whole(answer: httpx.Response) -> bytes:
    content = bytearray()
    for part in answer.iter_bytes():
        content += part
        if len(content) > LARGEST_ANSWER:
            raise SourceError("the receiver's answer is larger than 64 MiB; read its database with --from instead")
    return bytes(content)


def _object(content: bytes) -> Mapping[str, object]:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        raise _strange() from None
    if not isinstance(found, dict):
        raise _strange()
    return found


def _leads(answer: Mapping[str, object]) -> tuple[Lead, ...]:
    from site_builder.leads.wire import from_json

    found = answer.get("leads")
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise _strange()
    try:
        return tuple(from_json(each) for each in found)
    except ValueError:
        raise _strange() from None


def _strange() -> SourceError:
    return SourceError("this is no answer of a receiver, or one of another version")
