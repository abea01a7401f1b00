"""What do many clients send, whatever the answers? An open-loop load, in a process of its own.

Reads one JSON document (a Plan) from standard input, writes one (results by kind) to standard
output. Requests leave when their moment comes, also while earlier ones are unanswered; only
127.0.0.1 is ever asked, and never more requests than the plan says.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass, field

CONNECTIONS_AT_MOST = 1000
PATIENCE_SECONDS = 10.0
_SENTENCE = (
    "the harbour was quiet while boats came home and people on the quay counted crates of fish "
    "before evening because prices had risen again and nobody knew why it should be different"
)
WORDS = _SENTENCE.split()


@dataclass
class Kind:
    """One sort of request: its part of the load, and what was answered."""

    name: str
    share: float
    method: str
    path: str
    keys: list[str]
    statuses: Counter = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)

    def request(self, number: int) -> bytes:
        body = b""
        if self.method == "POST":
            words = random.choices(WORDS, k=300)
            text = (
                " ".join(words[:150])
                + f". Number {number} {random.random()}. "
                + " ".join(words[150:])
            )
            body = json.dumps({"content": text, "format": "text"}).encode()
        key = f"Authorization: Bearer {random.choice(self.keys)}\r\n" if self.keys else ""
        return (
            f"{self.method} {self.path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{key}"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        ).encode() + body

    def result(self) -> dict:
        ranked = sorted(self.seconds) or [0.0]
        return {
            "statuses": dict(self.statuses),
            "p50_ms": round(1000 * ranked[len(ranked) // 2], 1),
            "p99_ms": round(1000 * ranked[min(len(ranked) - 1, int(len(ranked) * 0.99))], 1),
        }


class Load:
    def __init__(self, port: int, kinds: list[Kind]) -> None:
        self._port = port
        self._kinds = kinds
        self._idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []
        self._open = 0

    async def run(self, rate: float, seconds: float) -> None:
        began, tasks = time.perf_counter(), []
        shares = [kind.share for kind in self._kinds]
        for number in range(int(rate * seconds)):
            wait = began + number / rate - time.perf_counter()
            if wait > 0:
                await asyncio.sleep(wait)
            (kind,) = random.choices(self._kinds, weights=shares)
            tasks.append(asyncio.create_task(self._send(kind, number)))
        await asyncio.gather(*tasks)

    async def _send(self, kind: Kind, number: int) -> None:
        began = time.perf_counter()
        try:
            status = await asyncio.wait_for(self._ask(kind.request(number)), PATIENCE_SECONDS)
        except TimeoutError:
            kind.statuses["timeout"] += 1
        except (OSError, asyncio.IncompleteReadError):
            kind.statuses["broken"] += 1
        else:
            kind.statuses[status] += 1
            if status in ("200", "202"):
                kind.seconds.append(time.perf_counter() - began)

    async def _ask(self, request: bytes) -> str:
        """The status, with the code of a problem."""
        reader, writer = await self._connection()
        try:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            body = await reader.readexactly(_length(head))
        except BaseException:
            self._open -= 1
            writer.close()
            raise
        self._idle.append((reader, writer))
        status = head[9:12].decode()
        if status < "400":
            return status
        code = body.partition(b'"code":"')[2].partition(b'"')[0].decode()
        return f"{status} {code}".strip()

    async def _connection(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        while not self._idle and self._open >= CONNECTIONS_AT_MOST:
            await asyncio.sleep(0.005)
        if self._idle:
            return self._idle.pop()
        self._open += 1
        try:
            return await asyncio.open_connection("127.0.0.1", self._port)
        except OSError:
            self._open -= 1
            raise


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line[15:])
    return 0


def main() -> None:
    plan = json.load(sys.stdin)
    if plan["processor"] is not None:
        os.sched_setaffinity(0, {plan["processor"]})
    kinds = [Kind(**kind) for kind in plan["kinds"]]
    asyncio.run(Load(plan["port"], kinds).run(plan["rate"], plan["seconds"]))
    json.dump({kind.name: kind.result() for kind in kinds}, sys.stdout)


if __name__ == "__main__":
    main()
