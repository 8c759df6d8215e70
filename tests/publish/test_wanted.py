"""A path that is unsafe anywhere never reaches a disk."""

import pytest

from site_builder.page import Artifact
from site_builder.publish.wanted import wanted_site

BAD = {
    "": "empty",
    "/etc/passwd": "absolute",
    "a//b": "empty",
    "a/": "empty",
    "../a": "dot",
    "a/../b": "dot",
    "./a": "dot",
    ".htaccess": "dot",
    ".portal-output": "dot",
    "a/.git/config": "dot",
    "a\\b": "character",
    "C:a": "character",
    "a?b": "character",
    "a\nb": "character",
    "a\x7fb": "character",
    "a\udc80b": "character",
    "a./b": "ends with",
    "a /b": "ends with",
    "a.html ": "ends with",
    "con": "device",
    "AUX.html": "device",
    "a/nul.tar.gz": "device",
    "com1 .html": "device",
    "lpt¹": "device",
}


@pytest.mark.parametrize(("path", "reason"), BAD.items(), ids=map(repr, BAD))
def test_an_unsafe_path_is_our_own_mistake(path: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        wanted_site([Artifact(path, b"")])


@pytest.mark.parametrize(
    "path", ["index.html", "_headers", ".well-known/security.txt", "console/a.b.c", "zürich/index.html", "a b.txt"]
)
def test_an_ordinary_path_passes(path: str) -> None:
    assert wanted_site([Artifact(path, b"x")]).files == {path: b"x"}


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("a.html", "a.html", "two artifacts"),
        ("a.html", "A.html", "one name"),
        ("straße.html", "STRASSE.html", "one name"),
        ("caf\u00e9.html", "cafe\u0301.html", "one name"),
        ("Team/a.html", "team/b.html", "one name"),
        ("a", "a/b", "a file and a folder"),
        ("A", "a/b", "one name"),
    ],
)
def test_two_paths_that_are_one_somewhere_are_our_own_mistake(one: str, other: str, reason: str) -> None:
    for pair in ([one, other], [other, one]):
        with pytest.raises(ValueError, match=reason):
            wanted_site([Artifact(path, b"") for path in pair])


def test_the_order_of_artifacts_does_not_matter() -> None:
    one, other = Artifact("a.html", b"1"), Artifact("b.html", b"2")
    first, second = wanted_site([one, other]), wanted_site([other, one])
    assert (list(first.files), first.marker) == (["a.html", "b.html"], second.marker)
    assert list(second.files) == ["a.html", "b.html"]
