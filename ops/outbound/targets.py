"""What does a URL that somebody typed in mean? One reading, and no second one by another parser."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from ops.outbound import addresses
from ops.outbound.errors import RefusedError

_LONGEST = 2048
_NOT_IN_A_URL = re.compile(r"[\x00-\x20\x7f\\]")
"""Parsers disagree about these, and disagreement is how a host passes for another."""
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9_])?\.?")
_STANDARD_PORTS = {"http": 80, "https": 443}
_KEPT_IN_PATHS = "/:@!$&'()*+,;=~-._%?"


@dataclass(frozen=True)
class Target:
    scheme: str
    host: str
    """As it is looked up and as the certificate must name it: ASCII, lower case, no brackets."""
    port: int
    path: str
    """With its query."""

    @property
    def authority(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _STANDARD_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> tuple[str, str, int]:
        return self.scheme, self.host, self.port

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.authority}{self.path}"

    def joined(self, location: str) -> Target:
        return read(urljoin(self.url, location.strip()))


def read(text: str) -> Target:
    """Raises RefusedError(invalid_url) for all that is not plainly an http(s) URL."""
    if len(text) > _LONGEST or _NOT_IN_A_URL.search(text):
        raise _invalid(f"A URL has at most {_LONGEST} characters, no spaces and no backslashes.")
    try:
        url = urlsplit(text)
        port = url.port
    except ValueError as error:
        raise _invalid(f"This is not a URL: {error}.") from error
    if url.scheme not in _STANDARD_PORTS or not url.hostname:
        raise _invalid("Only http and https URLs with a host can be called.")
    if "@" in url.netloc:
        raise _invalid("A URL must not carry a user name or a password.")
    port = _STANDARD_PORTS[url.scheme] if port is None else port
    if port == 0:
        raise _invalid("There is no port 0.")
    return Target(url.scheme, _ascii(url.hostname), port, _path(url.path, url.query))


def _ascii(host: str) -> str:
    if addresses.read(host) is not None:
        return host.partition("%")[0]
    try:
        name = host.encode("idna").decode().lower()
    except UnicodeError as error:
        raise _invalid(f"'{host[:80]}' is not the name of a host.") from error
    if not _HOST.fullmatch(name):
        raise _invalid(f"'{host[:80]}' is not the name of a host.")
    return name


def _path(path: str, query: str) -> str:
    quoted = quote(path or "/", safe=_KEPT_IN_PATHS.replace("?", ""))
    return f"{quoted}?{quote(query, safe=_KEPT_IN_PATHS)}" if query else quoted


def _invalid(message: str) -> RefusedError:
    return RefusedError("invalid_url", message)
