from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from site_builder.cli.shell import cache_folder, from_here, terminal_width, today


def test_today_is_a_day_somewhere_on_earth() -> None:
    now = datetime.now(UTC)
    first, last = today("Pacific/Kiritimati"), today("Pacific/Pago_Pago")  # 14 hours ahead and 11 behind
    assert first - last == timedelta(days=1) or first - last == timedelta(days=2)
    assert last <= now.date() <= first


def test_a_cache_is_marked_for_backups_and_version_control(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    cache = cache_folder(tmp_path)
    assert cache == tmp_path / ".portal-cache"
    assert (cache / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55\n")
    assert cache_folder(tmp_path) == cache


def test_a_cache_that_cannot_be_made_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / ".portal-cache").write_text("a file")
    assert cache_folder(tmp_path) is None


def test_a_cache_that_leads_elsewhere_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / ".portal-cache").symlink_to(tmp_path / "elsewhere")
    assert cache_folder(tmp_path) is None


def test_a_folder_is_named_from_here_only_if_it_is_below(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert [from_here(Path(name)) for name in (".", "a/b", "..", str(tmp_path / "c"))] == ["", "a/b", "", "c"]


def test_what_is_no_terminal_is_eighty_columns_wide() -> None:
    assert terminal_width(io.StringIO()) == 80
