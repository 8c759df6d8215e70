"""The process that test_kill.py kills: says that it is ready, waits for a line, publishes."""

import sys
from pathlib import Path

from site_builder.page import Artifact
from site_builder.publish import Disk, publish
from tests.publish.dying import NoExchange

FILES = 240


def site(version: int) -> list[Artifact]:
    """Several hundred files: of two versions, two thirds are equal, a few come and a few go."""
    return [
        Artifact(f"directory/c{number}/index.html", f"{number} {version if number % 3 == 0 else ''}".encode() * 500)
        for number in range(version * 20, FILES + version * 20)
    ]


if __name__ == "__main__":
    print("ready", flush=True)  # noqa: T201 - tells the test that the imports are done
    if sys.stdin.readline():
        publish(site(1), Path(sys.argv[1]), disk=Disk() if sys.argv[2] == "exchange" else NoExchange())
        print("done", flush=True)  # noqa: T201 - tells the test that it came too late
