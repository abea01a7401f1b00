"""What do many clients send, whatever the answers? The load, in a process of its own.

Reads one JSON document (a plan) from standard input, writes one (results by kind) to standard
output. A plan with a `rate` is an open loop: requests leave when their moment comes, also while
earlier ones are unanswered. A plan with `clients` is a closed one: each sends, reads, obeys
Retry-After, sends again. Only 127.0.0.0/8 is ever asked, for the seconds that the plan says.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field

CONNECTIONS_AT_MOST = 1000
PATIENCE_SECONDS = 10.0
SHORT_WORDS = 300
STALE_SECONDS = 5.0
"""A server closes connections that rest; which of them, a client learns too late."""
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
    addresses: list[str] = field(default_factory=lambda: ["127.0.0.1"])
    """From where it comes."""
    words: int = SHORT_WORDS
    """How long the text is that it submits."""
    statuses: Counter = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)

    def request(self, number: int) -> bytes:
        body = b""
        if self.method == "POST":
            text = f"Number {number} {random.random()}. {_article(self.words)}"
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


@dataclass
class Answer:
    status: str
    """With the code of a problem."""
    retry_after_seconds: float


@dataclass
class Line:
    """One connection."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    rests_since: float = 0.0


class Load:
    def __init__(self, port: int, kinds: list[Kind]) -> None:
        self._port = port
        self._kinds = kinds
        self._shares = [kind.share for kind in kinds]
        self._idle: dict[str, list[Line]] = defaultdict(list)
        self._open = 0

    async def at_rate(self, rate: float, seconds: float) -> None:
        began, tasks = time.perf_counter(), []
        for number in range(int(rate * seconds)):
            wait = began + number / rate - time.perf_counter()
            if wait > 0:
                await asyncio.sleep(wait)
            tasks.append(asyncio.create_task(self._send(self._any_kind(), number)))
        await asyncio.gather(*tasks)

    async def by_clients(self, clients: int, seconds: float) -> None:
        ends_at = time.perf_counter() + seconds
        await asyncio.gather(*(self._client(number, ends_at) for number in range(clients)))

    async def _client(self, number: int, ends_at: float) -> None:
        while (left := ends_at - time.perf_counter()) > 0:
            answer = await self._send(self._any_kind(), number)
            if answer is None or answer.retry_after_seconds:
                wait = answer.retry_after_seconds if answer else 1.0
                await asyncio.sleep(min(wait, max(0.0, left)))

    def _any_kind(self) -> Kind:
        (kind,) = random.choices(self._kinds, weights=self._shares)
        return kind

    async def _send(self, kind: Kind, number: int) -> Answer | None:
        request, address = kind.request(number), random.choice(kind.addresses)
        began = time.perf_counter()
        try:
            answer = await asyncio.wait_for(self._ask(request, address), PATIENCE_SECONDS)
        except TimeoutError:
            kind.statuses["timeout"] += 1
        except (OSError, asyncio.IncompleteReadError) as error:
            kind.statuses[f"broken {type(error).__name__}"] += 1
        else:
            kind.statuses[answer.status] += 1
            if answer.status in ("200", "202"):
                kind.seconds.append(time.perf_counter() - began)
            return answer
        return None

    async def _ask(self, request: bytes, address: str) -> Answer:
        line = await self._connection(address)
        try:
            line.writer.write(request)
            head = await line.reader.readuntil(b"\r\n\r\n")
            body = await line.reader.readexactly(_number(head, b"content-length:"))
        except BaseException:
            self._close(line)
            raise
        line.rests_since = time.perf_counter()
        self._idle[address].append(line)
        status = head[9:12].decode()
        if status < "400":
            return Answer(status, 0.0)
        code = body.partition(b'"code":"')[2].partition(b'"')[0].decode()
        return Answer(f"{status} {code}".strip(), _number(head, b"retry-after:"))

    async def _connection(self, address: str) -> Line:
        while not self._idle[address] and self._open >= CONNECTIONS_AT_MOST:
            await asyncio.sleep(0.005)
        idle = self._idle[address]
        while idle:
            line = idle.pop()
            if time.perf_counter() - line.rests_since < STALE_SECONDS:
                return line
            self._close(line)
        self._open += 1
        try:
            return Line(
                *await asyncio.open_connection("127.0.0.1", self._port, local_addr=(address, 0))
            )
        except BaseException:
            self._open -= 1
            raise

    def _close(self, line: Line) -> None:
        self._open -= 1
        line.writer.close()


def _article(words: int) -> str:
    """Of words in sentences, as long as those of articles usually are."""
    sentences, left = [], words
    while left > 0:
        length = min(left, random.randint(8, 24))
        sentences.append(" ".join(random.choices(WORDS, k=length)).capitalize())
        left -= length
    return ". ".join(sentences) + "."


def _number(head: bytes, name: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(name):
            return int(line[len(name) :])
    return 0


def main() -> None:
    plan = json.load(sys.stdin)
    if plan["processor"] is not None:
        os.sched_setaffinity(0, {plan["processor"]})
    kinds = [Kind(**kind) for kind in plan["kinds"]]
    load = Load(plan["port"], kinds)
    if "clients" in plan:
        asyncio.run(load.by_clients(plan["clients"], plan["seconds"]))
    else:
        asyncio.run(load.at_rate(plan["rate"], plan["seconds"]))
    json.dump({kind.name: kind.result() for kind in kinds}, sys.stdout)


if __name__ == "__main__":
    main()
