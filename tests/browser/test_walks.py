"""What the Tab key leads to on every kind of page, in what order and by what names, is what somebody has read and committed."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from playwright.sync_api import Page

from tests.browser.looking import SIGHTS
from tests.walks.update import committed, walked

pytestmark = pytest.mark.audit


def test_every_kind_of_page_was_walked_through() -> None:
    assert sorted(committed()) == sorted(SIGHTS)


@pytest.mark.parametrize("kind", SIGHTS)
def test_the_way_through_a_page_is_as_it_was(page: Page, sights: Mapping[str, str], kind: str) -> None:
    found = walked(page, sights[kind])
    assert found == committed().get(kind), f"python -m tests.walks.update {kind} writes it anew: read the diff"
