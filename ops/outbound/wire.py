"""How is one connection made and kept within its time? To a vetted address and no other."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable
from typing import Any

import httpcore

from ops.outbound.errors import DeadlineError

_TRIED_ADDRESSES = 4


class Deadline:
    """One moment for all that a call does."""

    def __init__(self, seconds: float) -> None:
        self._began = time.monotonic()
        self._seconds = seconds

    @property
    def spent_seconds(self) -> float:
        return time.monotonic() - self._began

    def left_seconds(self, at_most: float | None = None) -> float:
        left = self._seconds - self.spent_seconds
        if left <= 0:
            raise DeadlineError(f"It took longer than {self._seconds:g} seconds.")
        return left if at_most is None else min(left, at_most)


class _TimedStream(httpcore.NetworkStream):
    """Each step waits for what is left of the whole, so that a trickle cannot go on for ever."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left_seconds(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left_seconds(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = self._deadline.left_seconds(timeout)
        return _TimedStream(
            self._stream.start_tls(ssl_context, server_hostname, left), self._deadline
        )

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class VettedBackend(httpcore.NetworkBackend):
    """Whatever host it is told, it connects to the addresses it was made for."""

    def __init__(
        self, addresses: tuple[str, ...], *, connect_seconds: float, deadline: Deadline
    ) -> None:
        self._addresses = addresses[:_TRIED_ADDRESSES]
        self._connect_seconds = connect_seconds
        self._deadline = deadline
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        *others, last = self._addresses
        for address in others:
            try:
                return self._connected(address, port)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return self._connected(last, port)

    def _connected(self, address: str, port: int) -> httpcore.NetworkStream:
        left = self._deadline.left_seconds(self._connect_seconds)
        return _TimedStream(self._sockets.connect_tcp(address, port, timeout=left), self._deadline)
