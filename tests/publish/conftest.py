"""The digest in the marker is slow on purpose; hundreds of crashes need a quick one."""

import pytest

from site_builder.publish import marker


@pytest.fixture(autouse=True)
def quick_digest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marker, "ROUNDS", 1)
