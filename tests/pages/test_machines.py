"""What machines read: the address for reports of weaknesses, and until when it can be relied upon."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from site_builder.pages.machines import MANIFEST, SECURITY, MachineView, SecurityView
from tests.pages.test_views import view
from tests.portals import PORTAL


@pytest.mark.parametrize(
    ("as_of", "expires"),
    [
        (date(2026, 10, 31), date(2027, 9, 30)),
        (date(2026, 1, 15), date(2026, 12, 15)),
        (date(2026, 3, 31), date(2027, 2, 28)),
    ],
)
def test_security_txt_holds_for_eleven_months(as_of: date, expires: date) -> None:
    assert view(SECURITY, replace(PORTAL, as_of=as_of)) == SecurityView("hello@harbour.example", expires)


def test_the_manifest_is_always_there() -> None:
    assert view(MANIFEST, PORTAL) == MachineView()
