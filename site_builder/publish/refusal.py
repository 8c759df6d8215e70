"""Why an output folder was left as it was, as a problem the owner can act on."""

from __future__ import annotations

import errno
from collections import Counter
from collections.abc import Collection
from typing import Final

from site_builder.problem import Problem, Severity, Source

NAMED: Final = 3  # files or folders named in one message


class PublishRefused(Exception):  # noqa: N818 - the public name; it is a refusal, not a fault of the program
    """Nothing was published and the former output stands whole; problem says why and what to do."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def refused(code: str, output: str, message: str, hint: str) -> PublishRefused:
    """The refusal of an output folder, named as the owner typed it."""
    return PublishRefused(Problem(Source(output), code, Severity.ERROR, message, hint))


def refused_by_system(output: str, parent: str, error: OSError) -> PublishRefused:
    """The refusal with the system's reason. The file is not named: the path of a private page is a secret."""
    reason = error.strerror or str(error.errno)
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            hint = f'free some space on the disk of "{parent}": the new site is written whole before the old one goes'
        case errno.EACCES | errno.EPERM | errno.EROFS:
            hint = f'portal must be allowed to write in "{parent}" too: the new site is made beside the old one'
        case _:
            hint = f'nothing was published; look after "{parent}" and build again'
    return refused("B105", output, f'cannot publish into "{output}": {reason}', hint)


def listed(paths: Collection[str]) -> str:
    """Up to three paths for a message, and how many more there are."""
    return _joined([f'"{path}"' for path in sorted(paths)])


def places(paths: Collection[str]) -> str:
    """Where paths lie, by top folder with counts: says enough, and no private page's path."""
    counts = Counter(path.split("/")[0] + "/" if "/" in path else path for path in paths)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return _joined([f"{count} in {place}" if place.endswith("/") else place for place, count in ranked])


def _joined(names: list[str]) -> str:
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more} more" if more > 0 else "")
