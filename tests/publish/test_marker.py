"""The marker tells whose folder it is and gives no path away."""

import hashlib

import pytest

from site_builder.publish import marker


def test_the_marker_holds_one_digest_over_the_sorted_paths_and_no_path() -> None:
    digest = hashlib.pbkdf2_hmac("sha256", b"index.html\0my/k7q2/index.html\0", b"portal-output 1\n", 1).hex()
    text = marker.text(["my/k7q2/index.html", "index.html"])
    assert text.splitlines()[:2] == [b"portal-output 1", f"paths {digest}".encode()]
    assert b"my/" not in text
    assert b"index" not in text


def test_a_path_more_changes_the_marker_and_joined_paths_are_other_paths() -> None:
    assert len({marker.text(paths) for paths in (["a"], ["a", "b"], ["ab"], [])}) == 4


def test_trying_one_code_costs_thousands_of_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = marker.text(["a"])
    monkeypatch.undo()
    assert marker.ROUNDS >= 40_000
    assert marker.text(["a"]) != quick


@pytest.mark.parametrize(
    ("content", "ours"),
    [(marker.text([]), True), (b"portal-output 2\npaths 0\n", False), (b"portal-output 10\n", False), (b"", False)],
    ids=["of this version", "of a later version", "of a much later version", "empty"],
)
def test_a_marker_of_another_version_is_not_ours(content: bytes, *, ours: bool) -> None:
    assert marker.is_ours(content) is ours
