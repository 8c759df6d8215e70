"""portal build: checks, publishes, and says what pages came and went."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from site_builder.cli.arguments import Arguments
from site_builder.cli.private import private_refusal, tellable
from site_builder.cli.shell import WrongUsageError, cache_folder, complain, portal_folder, today
from site_builder.cli.summary import drafts_said, summary
from site_builder.cli.told import told, write_text
from site_builder.cli.tosend import to_send
from site_builder.pipeline import Built, Request, failed, ordered
from site_builder.pipeline import build as built_from
from site_builder.problem import Problem
from site_builder.publish import PublishRefused, Summary, publish, repair
from site_builder.report.as_text import NOT_STARTED
from site_builder.report.counts import tally


def build(arguments: Arguments) -> int:
    """Publish the portal; 1 if problems keep it from being published, and then the former output stands as it was.

    The result is the data, on stdout; problems go to stderr. In another format than text it is the other way round.
    """
    try:
        root = portal_folder(arguments.portal)
    except WrongUsageError as wrong:
        complain(str(wrong))
        return 2
    output = Path(arguments.output) if arguments.output is not None else root / "output"
    built, published = _published(arguments, root, output)
    _tell_problems(arguments, built, root, _then(output) if published is None else "")
    if published is None:
        return 1
    result = sys.stdout if arguments.format == "text" else sys.stderr
    pages = sum(artifact.path.endswith(".html") for artifact in built.artifacts)
    result.write(summary(published, pages, f"{output.as_posix()}/"))
    result.write(drafts_said(built.drafts))
    result.write(to_send(published.new, built.personal, named=not private_refusal(arguments)))
    if built.keyless and built.personal and not published.unchanged and not published.changed:
        # A build server makes each folder anew, and has no former pages by which to miss the secret.
        result.write("No private pages were made: no owner is named, and there is no PORTAL_SECRET.\n")
    if arguments.public_only:
        result.write("Private pages were left out (--public-only), and those that were there are gone.\n")
    return 0


def _published(arguments: Arguments, root: Path, output: Path) -> tuple[Built, Summary | None]:
    """Build and publish; without a Summary nothing was published, and the problems say why."""
    try:
        repair(output)
    except PublishRefused as refusal:
        return Built(None, (), (refusal.problem,)), None
    built = built_from(
        Request(root, today, arguments.as_of, cache_folder(root), public_only=arguments.public_only, environ=os.environ)
    )
    if failed(built.problems, strict=arguments.strict):
        return built, None
    try:
        return built, publish(built.artifacts, output, allow_shrink=arguments.allow_shrink, keyless=built.keyless)
    except PublishRefused as refusal:
        return _also(built, refusal.problem), None


def _also(built: Built, problem: Problem) -> Built:
    return Built(built.as_of, built.artifacts, ordered((*built.problems, problem)), built.base)


def _tell_problems(arguments: Arguments, built: Built, root: Path, then: str) -> None:
    problems = tellable(arguments, built.problems)
    if arguments.format != "text":
        sys.stdout.write(told(problems, arguments.format, built.as_of, root))
    else:
        grave = [problem for problem in problems if failed((problem,), strict=True)]
        mild = [problem for problem in problems if problem not in grave and problem.code != NOT_STARTED]
        write_text(grave, sys.stderr, root, then=then)
        if mild:  # for an hour with time for it, not for every build
            complain(f"{tally(mild)}; portal check tells {'it' if len(mild) == 1 else 'them'}")


def _then(output: Path) -> str:
    stands = f"; {output.as_posix()}/ stands as it was" if output.is_dir() else ""
    return f"Nothing was published{stands}."
