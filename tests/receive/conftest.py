"""Both databases, the real ones, as the leads' own tests have them."""

from __future__ import annotations

from tests.leads.conftest import url
from tests.leads.postgres import postgres

__all__ = ("postgres", "url")
