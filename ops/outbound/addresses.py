"""Is this the address of somebody else, out on the public internet?"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address

# Python's own is_global differs between its versions, so the registries are written down here
# (IANA special-purpose addresses), with what clouds put at public addresses.
_NOT_PUBLIC_V4 = tuple(
    IPv4Network(text)
    for text in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",  # carrier-grade NAT; one cloud's metadata
        "127.0.0.0/8",
        "168.63.129.16/32",  # another cloud's host, at a public address
        "169.254.0.0/16",  # link-local: metadata of most clouds
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
)
_PUBLIC_V6 = IPv6Network("2000::/3")
"""All that is given out; what wraps IPv4 (::ffff:0:0/96, 64:ff9b::/96) lies outside."""
_NOT_PUBLIC_V6 = tuple(
    IPv6Network(text)
    for text in (
        "2001::/23",  # Teredo, benchmarks, ORCHID
        "2001:db8::/32",
        "2002::/16",  # 6to4 wraps any IPv4 address
        "3fff::/20",
    )
)
_ISATAP = (0x0000_5EFE, 0x0200_5EFE)
"""The upper half of an interface's name when an IPv4 address is the lower."""


def read(text: str) -> Address | None:
    """None when it is a name. Zones (fe80::1%eth0) belong to this machine only: dropped."""
    try:
        return ip_address(text.partition("%")[0])
    except ValueError:
        return None


def is_public(address: Address) -> bool:
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _NOT_PUBLIC_V4)
    if address not in _PUBLIC_V6 or any(address in network for network in _NOT_PUBLIC_V6):
        return False
    return (int(address) >> 32) & 0xFFFF_FFFF not in _ISATAP


def is_within(address: Address, networks: tuple[str, ...]) -> bool:
    return any(address in ip_network(network, strict=False) for network in networks)
