"""What a publish writes, keeps, links, deletes and refuses."""

import errno
import os
import stat
from collections.abc import Mapping
from pathlib import Path

import pytest

from site_builder.publish import Disk, PublishRefused, Summary, publish, repair
from tests.publish.dying import artifacts, beside, held

PAGES = {"index.html": "home", "trust/index.html": "trust", "css/site.css": "body {}"}


class NoLinks(Disk):
    def link(self, existing: Path, path: Path) -> bool:
        del existing, path
        return False


class Full(Disk):
    """A disk with room for a few files only."""

    def __init__(self, room: int, code: int = errno.ENOSPC) -> None:
        self.room = room
        self.code = code

    def write(self, path: Path, content: bytes) -> None:
        if self.room == 0:
            raise OSError(self.code, os.strerror(self.code), str(path))
        self.room -= 1
        super().write(path, content)


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "portal/output"


def put(output: Path, files: Mapping[str, str], *, allow_shrink: bool = False, disk: Disk | None = None) -> Summary:
    return publish(artifacts(files), output, allow_shrink=allow_shrink, disk=disk or Disk())


def refusal(output: Path, files: Mapping[str, str], disk: Disk | None = None) -> PublishRefused:
    before = held(output)
    with pytest.raises(PublishRefused) as caught:
        put(output, files, disk=disk)
    assert held(output) == before
    assert caught.value.problem.hint
    assert caught.value.problem.source.path == output.as_posix()
    return caught.value


def site(output: Path) -> dict[str, str]:
    return {path: content.decode() for path, content in (held(output) or {}).items() if path != ".portal-output"}


def test_a_first_publish_makes_the_folder_and_its_parents(output: Path) -> None:
    assert put(output, PAGES) == Summary(("css/site.css", "index.html", "trust/index.html"), (), (), 0)
    assert site(output) == PAGES
    assert beside(output) == []


def test_no_artifacts_make_an_empty_site(output: Path) -> None:
    assert put(output, {}) == Summary((), (), (), 0)
    assert list(held(output) or {}) == [".portal-output"]


def test_the_summary_tells_what_came_changed_went_and_stayed(output: Path) -> None:
    put(output, PAGES)
    later = {"index.html": "HOME", "trust/index.html": "trust", "wins/index.html": "wins"}
    assert put(output, later) == Summary(("wins/index.html",), ("index.html",), ("css/site.css",), 1)
    assert site(output) == later
    assert not (output / "css").exists()


def test_permissions_do_not_depend_on_the_umask(output: Path) -> None:
    former = os.umask(0o077)
    try:
        put(output, PAGES)
    finally:
        os.umask(former)
    assert {stat.S_IMODE(path.stat().st_mode) for path in output.rglob("*") if path.is_file()} == {0o644}
    assert {stat.S_IMODE(path.stat().st_mode) for path in (output, output / "css")} == {0o755}


def test_the_same_artifacts_make_the_same_bytes_anywhere(tmp_path: Path) -> None:
    put(tmp_path / "one", PAGES)
    put(tmp_path / "two", {"old.txt": "x"})
    put(tmp_path / "two", dict(reversed(PAGES.items())))
    assert held(tmp_path / "one") == held(tmp_path / "two")


def test_an_unchanged_file_is_the_same_file_with_its_time_and_one_name(output: Path) -> None:
    put(output, PAGES)
    os.utime(output / "index.html", (1_000_000_000, 1_000_000_000))
    before = (output / "index.html").stat()
    put(output, PAGES | {"trust/index.html": "more trust"})
    after = (output / "index.html").stat()
    assert (after.st_ino, after.st_mtime, after.st_nlink) == (before.st_ino, 1_000_000_000, 1)


def test_where_links_are_not_possible_files_are_copied(output: Path) -> None:
    output.mkdir(parents=True)
    (output / ".gitkeep").write_text("kept")
    put(output, PAGES, disk=NoLinks())
    assert put(output, PAGES | {"a.txt": "a"}, disk=NoLinks()) == Summary(("a.txt",), (), (), 3)
    assert site(output) == PAGES | {"a.txt": "a", ".gitkeep": "kept"}


def test_nothing_to_do_touches_nothing(output: Path) -> None:
    put(output, PAGES)
    before = output.stat()
    assert put(output, PAGES, disk=Full(0)) == Summary((), (), (), 3)
    assert (output.stat().st_ino, output.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_an_edited_file_of_ours_is_replaced(output: Path) -> None:
    put(output, PAGES)
    (output / "index.html").write_text("HOME")  # the same length
    (output / "trust/index.html").chmod(0o600)
    assert put(output, PAGES) == Summary((), ("index.html", "trust/index.html"), (), 1)
    assert site(output) == PAGES


def test_an_edit_does_not_keep_other_pages_from_going(output: Path) -> None:
    put(output, PAGES)
    (output / "index.html").write_text("edited")
    assert put(output, {"index.html": "home", "trust/index.html": "trust"}).gone == ("css/site.css",)


def test_gits_own_files_at_the_top_are_kept_and_everything_else_is_ours(output: Path) -> None:
    output.mkdir(parents=True)
    (output / ".gitkeep").write_text("")
    (output / ".gitignore").write_text("*\n")
    (output / "empty").mkdir()
    for files in (PAGES, PAGES | {"a.txt": "a"}):
        put(output, files)
        assert site(output) == files | {".gitkeep": "", ".gitignore": "*\n"}
    assert not (output / "empty").exists()


def test_b101_a_folder_portal_did_not_make_is_refused(output: Path) -> None:
    output.mkdir(parents=True)
    (output / "thesis.doc").write_text("years of work")
    assert refusal(output, PAGES).problem.code == "B101"
    (output / ".portal-output").write_text("portal-output 2\n")
    assert refusal(output, PAGES).problem.code == "B101"


def test_b101_a_folder_with_a_link_for_a_marker_is_refused(output: Path, tmp_path: Path) -> None:
    put(tmp_path / "other", {})
    output.mkdir(parents=True)
    (output / ".portal-output").symlink_to(tmp_path / "other/.portal-output")
    assert refusal(output, PAGES).problem.code == "B101"


def ten_pages(without: int = 0) -> dict[str, str]:
    return {"a.txt": ""} | {f"directory/c{number}/index.html": "page" for number in range(without, 10)}


def test_a_fifth_of_the_pages_may_vanish(output: Path) -> None:
    put(output, ten_pages())
    assert len(put(output, ten_pages(without=2)).gone) == 2


def test_b102_more_than_a_fifth_may_not_unless_allowed(output: Path) -> None:
    put(output, ten_pages())
    refused = refusal(output, ten_pages(without=3) | {f"new{number}.html": "" for number in range(9)})
    assert refused.problem.code == "B102"
    assert refused.problem.message == "3 of 10 pages would vanish: 3 in directory/"
    assert str(refused) == refused.problem.message
    assert "--allow-shrink" in refused.problem.hint
    assert len(put(output, ten_pages(without=3), allow_shrink=True).gone) == 3


PRIVATE = dict.fromkeys(
    ("kpis/index.html", *(f"my/{n:016}/index.html" for n in range(9)), "client/0123456789abcdez/index.html"), "sealed"
)


def test_private_pages_may_all_vanish_or_move(output: Path) -> None:
    put(output, ten_pages() | PRIVATE)
    moved = {path.replace("0000", "zzzz"): text for path, text in PRIVATE.items()}
    assert len(put(output, ten_pages() | moved).gone) == 9
    assert len(put(output, ten_pages()).gone) == 11


def test_private_pages_do_not_vanish_because_their_secret_is_missing(output: Path) -> None:
    put(output, ten_pages() | PRIVATE)
    with pytest.raises(PublishRefused) as refused:
        publish(artifacts(ten_pages()), output, keyless=True)
    found = refused.value.problem
    assert (found.code, found.message) == (
        "D701",
        "11 private pages would vanish: PORTAL_SECRET is missing, and no owner is named",
    )
    assert found.hint.startswith("look for your copy of PORTAL_SECRET")
    assert found.hint.endswith("portal passphrase --secret makes one; to take these pages away, portal build --public-only")
    assert (output / "kpis/index.html").is_file()


def test_who_never_had_private_pages_needs_no_secret(output: Path) -> None:
    put(output, ten_pages())
    publish(artifacts(ten_pages()), output, keyless=True)


def test_b102_private_pages_do_not_hide_how_many_of_the_others_vanish(output: Path) -> None:
    put(output, ten_pages() | PRIVATE)
    assert refusal(output, ten_pages(without=3) | PRIVATE).problem.message == "3 of 10 pages would vanish: 3 in directory/"


def test_b102_counts_public_pages_in_folders_of_the_same_names(output: Path) -> None:
    put(output, dict.fromkeys(("index.html", "my/index.html", "client/terms/index.html", "kpis/more/index.html"), ""))
    assert refusal(output, {"index.html": ""}).problem.message == (
        "3 of 4 pages would vanish: 1 in client/, 1 in kpis/, 1 in my/"
    )


def test_files_that_are_no_pages_may_all_vanish(output: Path) -> None:
    put(output, {"index.html": "", "a.css": "", "b.css": ""})
    assert put(output, {"index.html": ""}).gone == ("a.css", "b.css")


def test_b103_an_unsuitable_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert refusal(tmp_path / "file", PAGES).problem.code == "B103"


def test_b104_a_file_added_by_hand_is_refused_and_named(output: Path) -> None:
    put(output, PAGES)
    (output / "CNAME").write_text("refer.harbour.example")
    refused = refusal(output, PAGES)
    assert refused.problem.code == "B104"
    assert refused.problem.message.endswith('holds files that portal did not write: "CNAME"')
    assert "content/static/" in refused.problem.hint


def test_b104_an_added_file_is_told_from_pages_that_go(output: Path) -> None:
    put(output, ten_pages())
    (output / "google.html").write_text("")
    assert refusal(output, ten_pages(without=1)).problem.message.endswith(': "google.html"')
    (output / "google.html").unlink()
    (output / "CNAME").write_text("")
    (output / "BingSiteAuth.xml").write_text("")
    refused = refusal(output, ten_pages(without=1))
    assert refused.problem.message.endswith(': "BingSiteAuth.xml", "CNAME"')


def test_b104_up_to_three_added_files_are_named(output: Path) -> None:
    put(output, PAGES)
    for name in "edcba":
        (output / name).write_text("")
    assert refusal(output, PAGES).problem.message.endswith(': "a", "b", "c" and 2 more')


def test_b104_when_it_is_unclear_which_were_added_no_path_is_named(output: Path) -> None:
    put(output, PAGES | {"my/k7q2/index.html": "secret"})
    (output / "a.html").write_text("")
    (output / "b.html").write_text("")
    refused = refusal(output, PAGES)
    assert refused.problem.code == "B104"
    assert refused.problem.message.endswith("publishing would delete a.html, b.html, 1 in my/")
    assert "k7q2" not in refused.problem.message + refused.problem.hint


def test_an_added_file_that_is_now_published_is_ours_from_then_on(output: Path) -> None:
    put(output, PAGES)
    (output / "CNAME").write_text("refer.example")
    (output / "CNAME").chmod(0o644)
    assert put(output, PAGES | {"CNAME": "refer.example"}).unchanged == 4
    assert put(output, PAGES).gone == ("CNAME",)


def test_a_link_in_the_old_output_is_never_followed(output: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/file").write_text("home")
    put(output, PAGES)
    (output / "index.html").unlink()
    (output / "index.html").symlink_to(tmp_path / "elsewhere/file")
    assert put(output, PAGES).changed == ("index.html",)
    assert not (output / "index.html").is_symlink()
    (output / "linked").symlink_to(tmp_path / "elsewhere")
    assert refusal(output, PAGES).problem.message.endswith(': "linked"')
    assert held(tmp_path / "elsewhere") == {"file": b"home"}


@pytest.mark.parametrize("room", [0, 1, 2])
def test_b105_a_full_disk_leaves_the_old_site_and_nothing_beside(output: Path, room: int) -> None:
    put(output, PAGES)
    refused = refusal(output, {path: text + "!" for path, text in PAGES.items()}, Full(room))
    assert refused.problem.code == "B105"
    assert os.strerror(errno.ENOSPC) in refused.problem.message
    assert "space" in refused.problem.hint
    assert beside(output) == []


@pytest.mark.parametrize(("code", "hint"), [(errno.EACCES, "must be allowed to write"), (errno.EIO, "nothing was published")])
def test_b105_says_what_the_system_said_and_no_private_path(output: Path, code: int, hint: str) -> None:
    refused = refusal(output, {"my/k7q2/index.html": "x"}, Full(1, code))
    assert os.strerror(code) in refused.problem.message
    assert hint in refused.problem.hint
    assert "k7q2" not in refused.problem.message + refused.problem.hint


def test_b105_a_reason_without_words_is_a_number(output: Path) -> None:
    class Odd(Disk):
        def mkdir(self, folder: Path) -> None:
            del folder
            raise OSError(errno.EIO, None)

    assert refusal(output, PAGES, Odd()).problem.message.endswith(f": {errno.EIO}")


def test_b106_a_second_publish_at_once_is_refused(output: Path) -> None:
    put(output, PAGES)
    lock = output.parent / ".output.lock"
    descriptor = Disk().lock(lock)
    assert descriptor is not None
    assert refusal(output, {"index.html": "x"}).problem.code == "B106"
    repair(output)
    Disk().unlock(lock, descriptor)


def test_what_a_killed_publish_left_is_cleared(output: Path) -> None:
    put(output, PAGES)
    for name in (".output.staging-fresh", ".output.staging-former"):
        (output.parent / name / "a/b").mkdir(parents=True)
        (output.parent / name / "a/b/c").write_text("")
        (output.parent / name / ".portal-output").write_text("")
    put(output, PAGES)
    assert beside(output) == []


@pytest.mark.parametrize("kind", ["file", "folder", "link"])
def test_b101_what_others_put_at_our_names_is_not_cleared(output: Path, tmp_path: Path, kind: str) -> None:
    put(output, PAGES)
    taken = output.parent / ".output.staging-fresh"
    if kind == "file":
        taken.write_text("mine")
    elif kind == "folder":
        taken.mkdir()
        (taken / "mine").write_text("mine")
    else:
        taken.symlink_to(tmp_path)
    refused = refusal(output, PAGES)
    assert refused.problem.code == "B101"
    assert ".output.staging-fresh" in refused.problem.message
    assert beside(output) == [".output.staging-fresh"]


def test_an_unsafe_path_writes_nothing(output: Path) -> None:
    with pytest.raises(ValueError, match="dot"):
        put(output, {"../escaped": "x"})
    assert not output.parent.exists()
