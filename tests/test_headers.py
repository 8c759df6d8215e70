"""What browsers are told: the content policy, in the page and in the header, and how long files may be kept."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from site_builder.headers import base_path, content_security_policy, headers_file, meta_policy
from site_builder.model.public import PublicSettings
from site_builder.rules.consent import public_portal
from tests.portals import PORTAL, settings


def published(**values: object) -> PublicSettings:
    return public_portal(replace(PORTAL, settings=settings(**values))).settings


POLICY = {
    "base-uri": "'none'",
    "default-src": "'none'",
    "font-src": "'self'",
    "form-action": "'self' mailto:",
    "frame-ancestors": "'none'",
    "img-src": "'self'",
    "manifest-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
}


def test_nothing_but_our_own_files_is_allowed() -> None:
    assert content_security_policy(published(), preview=False) == POLICY


def test_the_live_preview_may_ask_its_own_server_for_news() -> None:
    assert content_security_policy(published(), preview=True) == {**POLICY, "connect-src": "'self'"}


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ({"backend": "netlify"}, "'self'"),
        ({"backend": "web3forms"}, "'self' https://api.web3forms.com"),
        (
            {"backend": "receiver", "endpoint": "https://in.harbour.example:8443/leads?x=1"},
            "'self' https://in.harbour.example:8443",
        ),
    ],
)
def test_the_form_may_go_to_its_back_end_alone(form: dict[str, str], expected: str) -> None:
    assert content_security_policy(published(form=form), preview=False)["form-action"] == expected


def test_the_page_says_the_same_as_the_header_but_for_framing() -> None:
    policy = content_security_policy(published(), preview=False)
    (line,) = [line for line in headers_file(published(), policy).splitlines() if "Content-Security-Policy" in line]
    header = line.removeprefix("  Content-Security-Policy: ").split("; ")
    assert meta_policy(policy).split("; ") == [directive for directive in header if directive != "frame-ancestors 'none'"]
    assert "frame-ancestors 'none'" in header


@pytest.mark.parametrize(
    ("base_url", "path"),
    [
        ("https://x.example", "/"),
        ("https://x.example/", "/"),
        ("https://x.example/portal", "/portal/"),
        ("https://x.example/a/b/", "/a/b/"),
    ],
)
def test_the_base_path_has_a_slash_at_both_ends(base_url: str, path: str) -> None:
    found = published(base_url=base_url)
    assert base_path(found) == path
    text = headers_file(found, POLICY)
    assert text.startswith(f"{path}*\n  Content-Security-Policy: base-uri 'none'; default-src 'none'; ")
    assert text.endswith(f"\n{path}assets/*\n  Cache-Control: public, max-age=31536000, immutable\n")
    assert "\n  X-Frame-Options: DENY\n" in text
    assert "\n  X-Content-Type-Options: nosniff\n" in text


@given(st.text("\r\n\t :;'*abc/.\x00\x85\u2028", max_size=12))
def test_no_value_adds_a_line_or_a_directive(tail: str) -> None:
    """Whatever an owner types behind an address is refused, or ends outside the header or in a path of one line."""
    try:
        found = published(
            base_url=f"https://x.example/{tail}", form={"backend": "custom", "endpoint": f"https://y.example/{tail}"}
        )
    except ValidationError:
        return
    text = headers_file(found, content_security_policy(found, preview=False))
    assert len(text.splitlines()) == 9
    assert "form-action 'self' https://y.example; frame-ancestors" in text
