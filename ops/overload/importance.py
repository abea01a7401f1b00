"""Whose request goes first, and who is asked to come back when not all fit?"""

from __future__ import annotations

import hashlib
from enum import IntEnum
from functools import lru_cache

COHORTS = 128
RANKS = 4 * COHORTS


class Importance(IntEnum):
    """Lower goes first."""

    CRITICAL = 0  # health, staff, a client's own results: never refused
    HIGH = 1  # premium clients
    NORMAL = 2  # clients with a key
    LOW = 3  # anonymous clients and batches

    @property
    def word(self) -> str:
        return _WORDS[self]


_WORDS = tuple(importance.name.lower() for importance in Importance)


@lru_cache(maxsize=16_384)
def cohort(client: str | bytes, hour: int) -> int:
    """The group whose fate this client shares for an hour.

    The same few are refused throughout a spike, so that the others can finish what they began;
    with the hour the groups are dealt anew, so that nobody stays the last one.
    """
    digest = hashlib.blake2b(f"{hour}:{client!r}".encode(), digest_size=2).digest()
    return int.from_bytes(digest) % COHORTS


def rank(importance: Importance, of_cohort: int) -> int:
    """All requests in one order, from 0 (served first) to RANKS - 1 (refused first)."""
    return int(importance) * COHORTS + of_cohort
