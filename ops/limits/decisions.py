"""What was decided about a request, and how do its policies stand now?"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from ops.limits.algorithms.spending import Charge
from ops.limits.policies import Policies, Policy


class Source(StrEnum):
    """Who decided."""

    SHARED = "shared"  # the store that all processes share
    MEMORY = "memory"  # this process remembered a refusal
    LOCAL = "local"  # this process' share, while the shared store is away
    BLIND = "blind"  # nobody counted: the policy is open or closed without the store


class Standing(NamedTuple):
    """One policy after the decision."""

    policy: Policy
    used: int
    fits: bool
    wait_ms: int

    @property
    def remaining(self) -> int:
        return max(0, self.policy.quota - self.used)

    @property
    def refuses(self) -> bool:
        return not self.fits and self.policy.is_enforced


class Decision(NamedTuple):
    allowed: bool
    source: Source = Source.SHARED
    standings: tuple[Standing, ...] = ()
    banned_ms: int = 0
    spent_at_ms: int = 0
    charges: tuple[Charge, ...] = ()

    @property
    def refusing(self) -> tuple[Standing, ...]:
        return tuple([standing for standing in self.standings if standing.refuses])

    def split(self, policies: Policies) -> tuple[Decision, Decision]:
        """What was decided in one step: the part of these policies, and that of the others."""
        both: tuple[list[int], list[int]] = ([], [])
        for place, standing in enumerate(self.standings):
            both[standing.policy.id not in policies.ids].append(place)
        first, second = (self._part(places) for places in both)
        return first, second

    def _part(self, places: list[int]) -> Decision:
        return self._replace(
            standings=tuple([self.standings[place] for place in places]),
            charges=tuple([self.charges[place] for place in places]),
        )

    @property
    def wait_ms(self) -> int:
        """Whoever waits so long and asks the same again is let in, unless others ask meanwhile."""
        return max([self.banned_ms, *(standing.wait_ms for standing in self.refusing)])


class Place(NamedTuple):
    """One of the requests that a client may have at the same time."""

    key: str
    holder: str
    is_local: bool
    """Of this process' share, while the shared store is away."""


UNLIMITED = Decision(allowed=True)
