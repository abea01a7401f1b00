"""Who is asking, as far as the network can tell? A header is believed only from our own proxies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "unknown"
_MOST_HOPS = 32
_LONGEST = 64  # what is remembered must not be as long as headers can be
_Address = IPv4Address | IPv6Address
_Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a request comes from: the exact address, and whose counts it belongs to."""

    exact: str
    address: str
    """The address; of IPv6 the /64, which is one customer's however many addresses it shows."""
    network: str = ""
    """Of IPv6 the /48, at most one site's; IPv4 has no such boundary."""


NOWHERE = Origin(UNKNOWN, UNKNOWN)


def origin_of(request: HttpRequest) -> Origin:
    known: Origin | None = request.__dict__.get("origin")
    if known is None:
        known = request.__dict__["origin"] = origin_in(request.META)
    return known


def origin_in(environ: Mapping[str, Any]) -> Origin:
    peer, forwarded_for = environ.get("REMOTE_ADDR"), environ.get("HTTP_X_FORWARDED_FOR")
    return origin(str(peer or ""), str(forwarded_for or ""))


def witnessed_address(request: HttpRequest) -> str:
    """For doors that an address opens: nothing when a proxy stands between that is not ours.

    Everybody who comes through it would have its address.
    """
    meta = request.META
    here = origin_of(request).exact
    is_forwarded = "HTTP_X_FORWARDED_FOR" in meta or "HTTP_FORWARDED" in meta
    if is_forwarded and here == origin(meta.get("REMOTE_ADDR") or "", "").exact:
        return ""
    return here


def origin(peer: str, forwarded_for: str) -> Origin:
    """The nearest address that is not one of our proxies, walking from us towards the client."""
    if not forwarded_for:
        return _origin(peer[:_LONGEST])
    proxies = _networks(tuple(settings.TRUSTED_PROXIES))
    nearest = peer
    for hop in _hops(peer, forwarded_for):
        if _parse(hop[:_LONGEST]) is None:
            # Whatever stands further away was written by somebody we cannot name.
            break
        nearest = hop
        if not is_in(hop, proxies):
            break
    return _origin(nearest[:_LONGEST])


def _hops(peer: str, forwarded_for: str) -> Iterable[str]:
    yield peer
    yield from reversed(
        [hop.strip() for hop in forwarded_for.rsplit(",", _MOST_HOPS)[-_MOST_HOPS:]]
    )


def is_in(address: str, networks: Sequence[_Network]) -> bool:
    place = _parse(address[:_LONGEST])
    return place is not None and any(place in network for network in networks)


@lru_cache(maxsize=16)
def _networks(texts: tuple[str, ...]) -> tuple[_Network, ...]:
    return tuple(ip_network(text, strict=False) for text in texts)


@lru_cache(maxsize=8192)
def _origin(text: str) -> Origin:
    address = _parse(text)
    if address is None:
        return NOWHERE
    if isinstance(address, IPv4Address):
        return Origin(str(address), str(address))
    return Origin(
        str(address),
        str(ip_network((address, settings.IPV6_CLIENT_PREFIX), strict=False)),
        str(ip_network((address, settings.IPV6_SITE_PREFIX), strict=False)),
    )


@lru_cache(maxsize=8192)
def _parse(text: str) -> _Address | None:
    """None for garbage. Ports, brackets and zones are taken off, mapped IPv4 is IPv4."""
    bare = text.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        address = ip_address(bare.partition("%")[0])
    except ValueError:
        return None
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return address
