"""Names of secrets that were misspelt: who sees the one that is missing is told of the one that is there."""

from __future__ import annotations

import pytest

from site_builder.seal.names import is_owners, misspelt, variable


@pytest.mark.parametrize(
    ("wanted", "written"),
    [
        ("PORTAL_OWNER_ANNA", "PORTAL_OWNER_ANA"),
        ("PORTAL_OWNER_ANNA", "PORTAL_OWNERANNA"),
        ("PORTAL_OWNER_ANNA", "PORTAL_ONWER_ANNA"),
        ("PORTAL_OWNER_ANNA", "portal_owner_anna"),
        ("PORTAL_OWNER_ANNA", "OWNER_ANNA"),
        ("PORTAL_OWNER_ANN_HALE", "PORTAL_OWNER_ANNHALE"),
        ("PORTAL_SECRET", "PORTAL_SECRT"),
        ("PORTAL_SECRET", "PORTAL-SECRET"),
        ("PORTAL_SECRET", "PORTALSECRET"),
    ],
)
def test_a_slip_of_the_pen_is_understood(wanted: str, written: str) -> None:
    assert misspelt(wanted, ("HOME", written, "DATABASE_URL")) == written


@pytest.mark.parametrize(
    ("wanted", "written"),
    [
        ("PORTAL_OWNER_ANN", "PORTAL_OWNER_BEN"),
        ("PORTAL_OWNER_ANN", "PORTAL_SECRET"),
        ("PORTAL_SECRET", "PORTAL_OWNER_SECRET"),
        ("PORTAL_SECRET", "PORTAL_SMTP_URL"),
        ("PORTAL_SECRET", "SECRET"),
        ("PORTAL_SECRET", "PORTAL SECRET"),
    ],
)
def test_a_name_that_means_something_else_is_left_alone(wanted: str, written: str) -> None:
    assert misspelt(wanted, (written,)) is None


def test_what_could_be_part_of_a_secret_is_no_name() -> None:
    assert not is_owners("PORTAL_OWNER_umbrella tractor")
    assert is_owners(variable("ann"))
