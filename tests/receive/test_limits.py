from __future__ import annotations

from ipaddress import ip_network

import pytest
from limits import parse

from site_builder.receive.limits import Limits

PROXIES = (ip_network("127.0.0.1/32"), ip_network("10.0.0.0/8"), ip_network("2001:db8:ffff::/48"))


@pytest.mark.parametrize(
    ("peer", "forwarded", "block"),
    [
        ("203.0.113.9", [], "203.0.113.0/24"),
        ("2001:db8:1:22ff::1", [], "2001:db8:1:2200::/56"),
        ("::ffff:203.0.113.9", [], "203.0.113.0/24"),
        # A stranger claims to come from elsewhere.
        ("203.0.113.9", ["198.51.100.1"], "203.0.113.0/24"),
        # What a trusted proxy wrote stands last; before it anything may have been claimed.
        ("127.0.0.1", ["198.51.100.1"], "198.51.100.0/24"),
        ("127.0.0.1", ["192.0.2.66, 198.51.100.1"], "198.51.100.0/24"),
        ("127.0.0.1", ["192.0.2.66", "198.51.100.1"], "198.51.100.0/24"),
        ("127.0.0.1", ["198.51.100.1, 10.1.2.3"], "198.51.100.0/24"),
        ("127.0.0.1", ["2001:db8:5::7, 2001:db8:ffff::1"], "2001:db8:5::/56"),
        ("::ffff:127.0.0.1", ["::ffff:198.51.100.1"], "198.51.100.0/24"),
        # All the way proxies: the first of them is as far as one sees.
        ("127.0.0.1", ["10.9.9.9, 10.1.2.3"], "10.9.9.0/24"),
        ("127.0.0.1", [], "127.0.0.0/24"),
        # What is no address ends the reading.
        ("127.0.0.1", ["198.51.100.1, unknown"], "127.0.0.0/24"),
        ("127.0.0.1", ["198.51.100.1,"], "127.0.0.0/24"),
        ("127.0.0.1", ["198.51.100.1:4711"], "127.0.0.0/24"),
        ("127.0.0.1", ["fe80::1%eth0"], "127.0.0.0/24"),
        ("127.0.0.1", ["0198.051.100.001"], "127.0.0.0/24"),
        (None, ["198.51.100.1"], "unknown"),
        ("/run/socket", [], "unknown"),
    ],
)
def test_a_block_is_read_as_far_as_trusted_proxies_wrote_it(peer: str | None, forwarded: list[str], block: str) -> None:
    assert Limits(parse("1/minute"), parse("1/minute"), PROXIES).block(peer, forwarded) == block


def test_what_is_held_back_is_not_counted() -> None:
    limits = Limits(parse("2/hour"), parse("3/hour"))
    assert [limits.wait("a") for _ in range(2)] == [0, 0]
    assert 1 <= limits.wait("a") <= 3600
    assert limits.wait("b") == 0
    assert 1 <= limits.wait("b") <= 3600
