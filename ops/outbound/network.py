"""What does a call need of this machine: names, connections, trust? The seam for tests."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from queue import Empty, SimpleQueue
from threading import BoundedSemaphore, Thread

from ops.outbound.errors import DeadlineError, UnreachableError

Resolve = Callable[[str, int], Iterable[str]]

# A look-up cannot be called back. A few that hang are left behind, many would eat the process.
_look_ups = BoundedSemaphore(64)


@cache
def system_trust() -> ssl.SSLContext:
    """The system's certificate authorities; SSL_CERT_FILE names others."""
    return ssl.create_default_context()


def system_names(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


@dataclass(frozen=True)
class Network:
    resolve: Resolve = system_names
    trust: Callable[[], ssl.SSLContext] = system_trust


def look_up(network: Network, host: str, port: int, *, seconds: float) -> list[str]:
    """Never longer than told, however long the system's resolver would wait."""
    if not _look_ups.acquire(blocking=False):
        raise UnreachableError("dns", "Too many look-ups of names hang; try again later.")
    found: SimpleQueue[list[str] | Exception] = SimpleQueue()
    Thread(target=_look_up, args=(network, host, port, found), daemon=True).start()
    try:
        result = found.get(timeout=max(seconds, 0.001))
    except Empty as error:
        raise DeadlineError(f"The look-up of '{host}' took too long.") from error
    if isinstance(result, Exception):
        raise UnreachableError("dns", f"'{host}' cannot be resolved: {result}.") from result
    return result


def _look_up(
    network: Network, host: str, port: int, found: SimpleQueue[list[str] | Exception]
) -> None:
    try:
        found.put(list(network.resolve(host, port)))
    except (OSError, UnicodeError) as error:
        found.put(error)
    finally:
        _look_ups.release()
