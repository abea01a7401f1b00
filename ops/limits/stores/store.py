"""What does the limiter ask of a store?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from ops.limits.algorithms.spending import Answer, Charge


class StoreUnavailableError(Exception):
    """The store is gone, frozen or broken; whoever asked decides what that means."""


class StoreSilentError(StoreUnavailableError):
    """It did not answer in time; nobody knows whether it has counted."""


class Store(Protocol):
    """Every call is atomic among all who share the store, and goes by the store's own clock."""

    name: str

    def spend(self, charges: Sequence[Charge], *, commit: bool = True, ban_key: str = "") -> Answer:
        """All charges or none. While the ban key is banned nothing is spent."""

    def give_back(self, charges: Sequence[Charge], *, spent_at_ms: int) -> None: ...

    def lease(self, key: str, holder: str, *, places: int, lasts_ms: int) -> tuple[bool, int]:
        """Whether the holder has a place now, and how many are taken."""

    def release(self, key: str, holder: str) -> None: ...

    def leases(self, key: str) -> int: ...

    def ban(self, key: str, *, first_ms: int, longest_ms: int, memory_ms: int) -> int:
        """For how long; each ban within the memory doubles the one before."""

    def forget(self, keys: Sequence[str]) -> None:
        """Counts, leases or bans: as if they had never been."""

    def clear(self) -> None: ...
