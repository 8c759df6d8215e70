from __future__ import annotations

import threading
from dataclasses import replace

from site_builder.problem import Problem, Severity, Source
from site_builder.serve.preview import Preview, Shown
from tests.serve.talking import Builder, mistake, site


def test_before_the_first_build_there_is_no_site(builder: Builder) -> None:
    shown = Preview(builder).shown
    assert (shown.files, shown.is_broken) == ({}, False)


def test_a_mistake_keeps_the_last_good_site(builder: Builder, preview: Preview) -> None:
    good = preview.shown
    builder.next = mistake()
    broken = preview.rebuild()
    assert broken.is_broken
    assert (broken.files, broken.base) == (good.files, "/portal/")
    assert [problem.code for problem in broken.problems] == ["D404"]


def test_a_crash_keeps_the_last_good_site_and_forgets_former_problems(builder: Builder, preview: Preview) -> None:
    good = preview.shown
    builder.next = mistake()
    preview.rebuild()
    builder.next = RecursionError()
    broken = preview.rebuild()
    assert broken.is_broken
    assert broken.crash is not None
    assert (broken.crash.kind, broken.problems, broken.files) == ("RecursionError", (), good.files)
    builder.next = mistake()
    assert preview.rebuild().crash is None


def test_warnings_break_nothing(builder: Builder, preview: Preview) -> None:
    warning = Problem(Source("data/x.csv"), "D006", Severity.WARNING, "nothing reads it")
    builder.next = replace(site("newer"), problems=(warning,))
    shown = preview.rebuild()
    assert not shown.is_broken
    assert shown.files["index.html"].content == b"newer"


def test_every_build_is_another_version_in_every_run(builder: Builder) -> None:
    one, other = Preview(builder), Preview(builder)
    assert len({one.shown.version, one.rebuild().version, one.rebuild().version, other.rebuild().version}) == 4


def test_who_waits_is_woken_by_the_next_build(preview: Preview) -> None:
    seen = preview.shown.version
    heard: list[Shown] = []
    waiting = threading.Thread(target=lambda: heard.append(preview.wait(seen, 20)))
    waiting.start()
    shown = preview.rebuild()
    waiting.join(20)
    assert heard == [shown]


def test_who_has_not_seen_the_newest_does_not_wait(preview: Preview) -> None:
    assert preview.wait("", 20) is preview.shown


def test_waiting_ends_with_the_preview(preview: Preview) -> None:
    preview.end()
    assert preview.is_over
    assert preview.wait(preview.shown.version, 20) is preview.shown
