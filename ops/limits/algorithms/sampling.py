"""What do some clients ask for, so that a limit can be tried on it? In bounded room.

Whether a request is refused depends on all that its client asked before, so a sample of requests
tells nothing. Here a client is in the sample with all of its requests or with none: those whose
names have the smallest digests are, in every process the same ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

SLOT_SECONDS = 5
EVERYBODY = 2**63
"""Digests are below this: a sample up to here left nobody out."""


def digest(key: str, secret: bytes) -> int:
    """Who may choose his name must not be able to choose whether he is in the sample."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8, key=secret).digest()) >> 1


@dataclass(slots=True)
class Asked:
    """By time slot: how many requests, and what they cost together."""

    slots: dict[int, tuple[int, int]] = field(default_factory=dict)

    def add(self, slot: int, cost: int, requests: int = 1) -> bool:
        """Whether that was the first request of its slot."""
        before = self.slots.get(slot)
        if before is None:
            self.slots[slot] = (requests, cost)
            return True
        self.slots[slot] = (before[0] + requests, before[1] + cost)
        return False


class Sample:
    """At most so many slots; of too many, the client with the largest digest leaves."""

    def __init__(self, most_slots: int) -> None:
        self._most_slots = most_slots
        self._slots = 0
        self.below = EVERYBODY
        self.clients: dict[int, Asked] = {}

    def add(self, client: int, slot: int, cost: int, requests: int = 1) -> None:
        if client >= self.below:
            return
        asked = self.clients.get(client)
        if asked is None:
            asked = self.clients[client] = Asked()
        self._slots += asked.add(slot, cost, requests)
        while self._slots > self._most_slots and len(self.clients) > 1:
            self.below = max(self.clients)
            self._slots -= len(self.clients.pop(self.below).slots)


def merged(samples: Iterable[tuple[int, Mapping[int, Asked]]]) -> tuple[int, dict[int, Asked]]:
    """Of several processes and minutes: the clients about whom all of them know everything."""
    samples = list(samples)
    below = min((below for below, _ in samples), default=EVERYBODY)
    together: dict[int, Asked] = {}
    for _, clients in samples:
        for client, asked in clients.items():
            if client < below:
                kept = together.setdefault(client, Asked())
                for slot, (requests, cost) in asked.slots.items():
                    kept.add(slot, cost, requests)
    return below, together
