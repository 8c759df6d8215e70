"""What the receiver says: JSON to scripts, a small page to people, and nothing of what was sent to either."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from site_builder.receive.portals import Portal
from site_builder.receive.refusal import RefusedError

_SECURITY: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex",
}
_REMEMBERED: Final = "86400"


def wants_page(request: Request) -> bool:
    """Whether a person waits for a page: a form without a script. A script names JSON, a beacon and a tool take anything."""
    accept = ",".join(request.headers.getlist("accept")).casefold()
    return "text/html" in accept and "application/json" not in accept


def taken(portal: Portal, request: Request, thanks: str) -> Response:
    """Return what a sender hears whose referral is kept: the same whatever became of it, for a key adds and never reads."""
    if wants_page(request):
        return _secured(RedirectResponse(thanks, 303), portal, request)
    return _secured(JSONResponse({"ok": True}), portal, request)


def told(content: Mapping[str, object], status: int = 200, *, portal: Portal | None = None, request: Request) -> Response:
    """Return JSON for programs; portal: whose pages may read it, None for no page."""
    return _secured(JSONResponse(content, status), portal, request)


def refused(refusal: RefusedError, portal: Portal | None, request: Request) -> Response:
    """Return why a request is not taken, as a page for people; portal None: no portal's own address."""
    if wants_page(request):
        response: Response = HTMLResponse(_page(refusal, portal), refusal.status)
    else:
        field = {"field": refusal.field} if refusal.field else {}
        response = JSONResponse({"ok": False, "error": refusal.reason, **field}, refusal.status)
    if refusal.retry_after:
        response.headers["Retry-After"] = str(refusal.retry_after)
    if refusal.is_over:
        response.headers["Connection"] = "close"
    if refusal.allow:
        response.headers["Allow"] = refusal.allow
    if refusal.status == 401:  # noqa: PLR2004  # Unauthorized, which must say how to (RFC 9110, 15.5.2)
        response.headers["WWW-Authenticate"] = "Bearer"
    return _secured(response, portal, request)


def preflight(portal: Portal, request: Request) -> Response:
    """Return what a browser asks before it lets a page of the portal send."""
    response = Response(status_code=204)
    response.headers["Access-Control-Allow-Methods"] = "GET, POST"
    response.headers["Access-Control-Allow-Headers"] = "Accept, Content-Type"
    response.headers["Access-Control-Max-Age"] = _REMEMBERED
    return _secured(response, portal, request)


def crashed() -> Response:
    """Return what is said after a mistake of ours: nothing of it. The sender may try again."""
    response = JSONResponse({"ok": False, "error": "mistake"}, 500)
    response.headers.update(_SECURITY)
    return response


def _secured(response: Response, portal: Portal | None, request: Request) -> Response:
    """Add what browsers are told: nothing to load or keep, and which one origin may read it."""
    response.headers.update(_SECURITY)
    if portal is not None:
        response.headers["Vary"] = "Accept, Origin"
        if request.headers.getlist("origin") == [portal.origin]:
            response.headers["Access-Control-Allow-Origin"] = portal.origin
            response.headers["Access-Control-Expose-Headers"] = "Retry-After"
    return response


def _page(refusal: RefusedError, portal: Portal | None) -> str:
    """Return a page that needs nothing else. Going back shows the form as it was filled in."""
    sentence, ways = escape(refusal.words), ""
    if portal is not None:
        home = f'<a href="{escape(refusal.back or portal.form_page)}">{escape(portal.name)}</a>'
        mail = f'<a href="mailto:{quote(portal.email, safe="@+")}">{escape(portal.email)}</a>'
        back = f"<p>Go back in your browser: what you typed is still there. Or write to {mail}.</p>"
        ways = f"<p>{home}</p>" if refusal.reason == "only_post" else f"{back}<p>{home}</p>"
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{sentence}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"></head>'
        f"<body><main><h1>{sentence}</h1>{ways}</main></body></html>\n"
    )
