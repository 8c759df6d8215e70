from __future__ import annotations

import pytest

from site_builder.leads.portal import portal_id
from tests.portals import settings


@pytest.mark.parametrize(
    ("endpoint", "called"),
    [
        ("https://leads.harbour.example/r/harbour", "harbour"),
        ("https://leads.harbour.example/r/harbour/", "harbour"),
        ("https://leads.harbour.example/harbour?x=1", "harbour"),
        ("https://leads.harbour.example/r/h%C3%A4fen", "häfen"),
        ("https://Leads.harbour.example", "leads.harbour.example"),
        ("https://leads.harbour.example/", "leads.harbour.example"),
    ],
)
def test_a_portal_is_called_by_the_end_of_the_path_its_form_posts_to(endpoint: str, called: str) -> None:
    assert portal_id(settings(form={"backend": "receiver", "endpoint": endpoint}).form) == called


def test_a_form_that_posts_nowhere_has_no_name() -> None:
    assert portal_id(settings().form) == ""
