"""A process that keeps snapshots under new keys and says each key on a line of its own once the store has said yes.

python -m tests.leads.writer URL PREFIX [COUNT]: keys begin with PREFIX; without COUNT it goes on until it is killed.
"""

from __future__ import annotations

import os
import sys
from itertools import count

from site_builder.leads.store import Store, StoreBusyError
from tests.leads.samples import snapshot


def key(prefix: str, number: int) -> str:
    """Return a key that begins with a prefix, which is in hexadecimal digits."""
    return f"{prefix}{number:0{32 - len(prefix)}x}"


def main(url: str, prefix: str, most: str = "") -> None:
    store = Store(url, channels=("mail",))
    for number in range(int(most)) if most else count():
        name = key(prefix, number)
        while True:
            try:
                store.put(snapshot(key=name, prospect=f"Jo Lee {number}"))
            except StoreBusyError:
                continue
            break
        os.write(sys.stdout.fileno(), f"{name}\n".encode())  # whole or not at all: not through a buffer


if __name__ == "__main__":
    main(*sys.argv[1:])
