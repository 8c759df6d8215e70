"""Where a request comes from, as a block of addresses, and how often one block and all together may send."""

from __future__ import annotations

import math
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from time import time
from typing import Final

from limits import RateLimitItem
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

Network = IPv4Network | IPv6Network
NOWHERE: Final = "unknown"
"""What stands for the block of a connection without an address, such as one through a socket file."""
_BLOCKS: Final = {4: 24, 6: 56}
"""Bits of a block: what one household or office is usually given, and coarse enough not to be a person's address."""
_ALL: Final = "all"


class Limits:
    """Counts what was sent lately. It counts in this process alone: two of them allow twice as much."""

    def __init__(self, per_block: RateLimitItem, in_all: RateLimitItem, trusted: Sequence[Network] = ()) -> None:
        """per_block and in_all: such as limits.parse("60/minute"); trusted: proxies whose forwarded addresses are believed."""
        self._trusted = trusted
        self._counter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._per_block = per_block
        self._in_all = in_all

    def block(self, peer: str | None, forwarded: Sequence[str]) -> str:
        """Return the block a request comes from, such as 203.0.113.0/24.

        peer: the connection's address; forwarded: the values of X-Forwarded-For, read from its end and only as far as trusted
        proxies wrote it, for everything before that is what a stranger claims.
        """
        address = _address(peer or "")
        if address is None:
            return NOWHERE
        hops = [hop.strip() for value in forwarded for hop in value.split(",")]
        while hops and any(address in network for network in self._trusted):
            before = _address(hops.pop())
            if before is None:
                break
            address = before
        return str(ip_network((address, _BLOCKS[address.version]), strict=False))

    def wait(self, block: str) -> int:
        """Count one request and return 0, or count nothing and return after how many seconds the next one may come.

        A block that is over its own limit uses up nothing of what all may send.
        """
        asked = ((self._per_block, block), (self._in_all, _ALL))
        for limit, name in asked:
            if not self._counter.test(limit, name):
                reset = self._counter.get_window_stats(limit, name).reset_time
                return max(1, math.ceil(reset - time()))
        for limit, name in asked:
            self._counter.hit(limit, name)
        return 0


def _address(written: str) -> IPv4Address | IPv6Address | None:
    """Return an address, an IPv4 one inside IPv6 as itself; None for anything else, a zone or a port among it."""
    try:
        found = ip_address(written)
    except ValueError:
        return None
    if isinstance(found, IPv6Address):
        return found.ipv4_mapped or (None if found.scope_id else found)
    return found
