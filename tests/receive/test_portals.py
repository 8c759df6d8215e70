from __future__ import annotations

import pytest

from site_builder.receive.portals import origin_of, received, told_apart
from site_builder.receive.settings import SettingsError
from tests.portals import settings
from tests.receive.asking import portal


def test_a_portal_is_what_its_form_says() -> None:
    known = portal(proof_of_work="yes")
    assert (known.id, known.path, known.origin) == ("harbour", "/r/harbour", "https://refer.harbour.example")
    assert (known.form_page, known.honeypot, known.proves) == ("https://refer.harbour.example/refer/", "ref_email", True)
    assert {name for name, field in known.fields.items() if field.ticks} == {"may_name", "told"}
    assert {name for name, field in known.fields.items() if field.is_long} == {"note"}


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://Refer.Harbour.example/portal/", "https://refer.harbour.example"),
        ("https://refer.harbour.example:443/", "https://refer.harbour.example"),
        ("http://localhost:8000/", "http://localhost:8000"),
        ("http://localhost:443", "http://localhost:443"),
    ],
)
def test_an_origin_is_written_as_browsers_do(url: str, origin: str) -> None:
    assert origin_of(url) == origin


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"backend": "netlify"},
        {"backend": "receiver"},
        {"backend": "receiver", "endpoint": "https://leads.example"},
        {"backend": "receiver", "endpoint": "https://leads.example/"},
        {"backend": "receiver", "endpoint": "https://leads.example/healthz"},
        {"backend": "receiver", "endpoint": "https://leads.example/inbox/harbour"},
        {"backend": "receiver", "endpoint": "https://leads.example/r/%7Bpath%7D"},
        {"backend": "receiver", "endpoint": "https://leads.example//harbour"},
        {"backend": "receiver", "endpoint": "https://leads.example/r/a%20b"},
    ],
)
def test_a_form_that_posts_elsewhere_or_to_no_path_of_its_own_is_not_received(form: dict[str, str]) -> None:
    with pytest.raises(SettingsError):
        received(settings(form=form))


@pytest.mark.parametrize(
    "endpoints",
    [("https://a.example/r/harbour", "https://b.example/r/harbour"), ("https://a.example/r/x", "https://a.example/s/x")],
)
def test_two_portals_that_would_be_one_heap_of_leads_are_refused(endpoints: tuple[str, str]) -> None:
    with pytest.raises(SettingsError):
        told_apart([portal(endpoint=endpoint) for endpoint in endpoints])


def test_several_portals_keep_their_order() -> None:
    assert [each.id for each in told_apart([portal("north"), portal("harbour")])] == ["north", "harbour"]
