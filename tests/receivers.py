"""Who takes what we send out? A small HTTP server on this machine that behaves as a test says."""

from __future__ import annotations

import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from socketserver import BaseRequestHandler, ThreadingTCPServer


@dataclass(frozen=True)
class Received:
    method: str
    path: str
    headers: dict[str, str]
    """By lower-case name."""
    body: bytes
    at: float = field(default_factory=time.monotonic)


Behaviour = Callable[[socket.socket, Received], None]


def answers(status: int = 200, body: bytes = b"", **headers: str) -> Behaviour:
    """`answers(429, Retry_After="3")`"""

    def behave(peer: socket.socket, _: Received) -> None:
        named = {"Content-Length": str(len(body)), "Connection": "close"}
        named |= {name.replace("_", "-"): value for name, value in headers.items()}
        lines = [f"HTTP/1.1 {status} Whatever", *(f"{n}: {v}" for n, v in named.items()), "", ""]
        peer.sendall("\r\n".join(lines).encode() + body)

    return behave


def resets(peer: socket.socket, _: Received) -> None:
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    peer.close()


def hangs(peer: socket.socket, _: Received) -> None:
    """Until the caller gives up."""
    peer.settimeout(30)
    peer.recv(1)


def drips(peer: socket.socket, _: Received) -> None:
    """A good head, and a body of which a byte comes now and then."""
    peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 9999\r\n\r\n")
    for _ in range(600):
        peer.sendall(b".")
        time.sleep(0.05)


def in_turn(*behaviours: Behaviour) -> Behaviour:
    """One for each call; the last one for all that follow."""
    left = list(behaviours)

    def behave(peer: socket.socket, received: Received) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(peer, received)

    return behave


def trickles(peer: socket.socket, _: Received) -> None:
    """A head that never ends, a byte now and then."""
    peer.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    for _ in range(600):
        peer.sendall(b".")
        time.sleep(0.05)


def says(raw: bytes) -> Behaviour:
    return lambda peer, _: peer.sendall(raw)


@dataclass
class Receiver:
    port: int = 0
    behave: Behaviour = field(default_factory=answers)
    got: list[Received] = field(default_factory=list)
    came: threading.Condition = field(default_factory=threading.Condition)
    scheme: str = "http"
    host: str = "127.0.0.1"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.host}:{self.port}/hook"

    def wait_for(self, count: int, *, seconds: float = 20) -> list[Received]:
        with self.came:
            came = self.came.wait_for(lambda: len(self.got) >= count, timeout=seconds)
        assert came, f"{len(self.got)} of {count} calls came within {seconds} s"
        return self.got


class _Handler(BaseRequestHandler):
    def handle(self) -> None:
        receiver: Receiver = self.server.receiver  # type: ignore[attr-defined]
        with suppress(OSError):
            received = _read(self.request)
            with receiver.came:
                receiver.got.append(received)
                receiver.came.notify_all()
            receiver.behave(self.request, received)


def _read(peer: socket.socket) -> Received:
    with peer.makefile("rb") as stream:
        method, path, _ = stream.readline().decode().split(" ", 2)
        headers = {}
        while line := stream.readline().decode().strip():
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        body = stream.read(int(headers.get("content-length", 0)))
    return Received(method, path, headers, body)


class _Server(ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True

    def handle_error(self, *_: object) -> None:
        """Callers that hang up are what these tests are about."""


@contextmanager
def receiving(
    behave: Behaviour | None = None,
    *,
    tls: ssl.SSLContext | None = None,
    host: str = "127.0.0.1",
) -> Iterator[Receiver]:
    receiver = Receiver(behave=behave or answers(), scheme="https" if tls else "http", host=host)
    with _Server((host, 0), _Handler) as server:
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        server.receiver = receiver  # type: ignore[attr-defined]
        receiver.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield receiver
        server.shutdown()
        thread.join()
