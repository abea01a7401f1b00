"""How is something posted to an address that somebody typed in? Never to our own network.

The name is resolved once, every address it has must be public, and the connection goes to that
very address: a name that changes its mind in between gains nothing. Redirects are not followed.
"""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

TIMEOUT_SECONDS = 5.0
_NAT64 = (ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"))


class UnsafeAddressError(Exception):
    """The URL leads somewhere that we do not go."""


class PostFailedError(Exception):
    """Nobody took it."""


@dataclass(frozen=True)
class Post:
    url: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


def send(post: Post) -> None:
    """Raises PostFailedError unless the other side answers with 2xx."""
    url = _checked(post.url)
    try:
        connection = _connection(url, _public_address(url))
        try:
            path = (url.path or "/") + (f"?{url.query}" if url.query else "")
            headers = {"Content-Type": "application/json", "User-Agent": "ContentCreate"}
            connection.request("POST", path, post.body, {**headers, **post.headers})
            status = connection.getresponse().status
        finally:
            connection.close()
    except (OSError, http.client.HTTPException) as error:
        raise PostFailedError(f"{type(error).__name__}: {error}"[:200]) from error
    if not 200 <= status < 300:
        raise PostFailedError(f"HTTP {status}")


def _checked(text: str) -> SplitResult:
    try:
        url = urlsplit(text)
        port = url.port
    except ValueError as error:
        raise UnsafeAddressError(f"Not a URL: {error}") from error
    if url.scheme not in ("http", "https") or not url.hostname:
        raise UnsafeAddressError("Only http and https URLs with a host can be posted to.")
    if url.username or url.password:
        raise UnsafeAddressError("A URL with a password in it is not kept safe.")
    if port == 0:
        raise UnsafeAddressError("There is no port 0.")
    return url


def _public_address(url: SplitResult) -> str:
    found = socket.getaddrinfo(url.hostname, _port(url), type=socket.SOCK_STREAM)
    addresses = [str(sockaddr[0]) for *_, sockaddr in found]
    for address in addresses:
        if not _may_be_reached(address):
            raise UnsafeAddressError(f"{url.hostname} leads into a private network.")
    return addresses[0]


def _may_be_reached(text: str) -> bool:
    address = ip_address(text.partition("%")[0])
    if any(address in ip_network(allowed) for allowed in settings.OPS_ALERT_NETWORKS):
        return True
    if isinstance(address, IPv6Address) and _wraps_ipv4(address):
        return False
    return address.is_global and not address.is_multicast


def _wraps_ipv4(address: IPv6Address) -> bool:
    """Such an address may lead to any IPv4 address, ours included; nobody publishes one."""
    mapped = address.ipv4_mapped or address.sixtofour or address.teredo
    return mapped is not None or any(address in network for network in _NAT64)


def _port(url: SplitResult) -> int:
    return url.port or (443 if url.scheme == "https" else 80)


def _connection(url: SplitResult, address: str) -> http.client.HTTPConnection:
    """To the address that was checked, in the name that was asked for."""
    host, port = url.hostname or "", _port(url)
    plain = socket.create_connection((address, port), timeout=TIMEOUT_SECONDS)
    connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT_SECONDS)
    connection.sock = plain
    if url.scheme == "https":
        try:
            connection.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=host)
        except OSError:
            plain.close()
            raise
    return connection
