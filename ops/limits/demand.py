"""Who asked for how much? Counted with each decision, told to the database once a minute.

One row a minute and process, whatever the traffic: the heaviest clients of each limit, and all
that some clients asked for, chosen by digest, so that another quota can be tried on the last hour.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.conf import settings

from ops.limits.algorithms.heaviest import Heaviest, Use
from ops.limits.algorithms.sampling import SLOT_SECONDS, Sample, digest
from ops.limits.algorithms.spending import Charge
from ops.limits.decisions import Decision, Standing
from ops.limits.policies import Asker, Policy, Scope
from ops.models import Demand

MOST_CLIENTS = 1000
MOST_TOLD = 20
MOST_SLOTS = 600
"""For each limit in a minute: held, told as the heaviest, and told of the sample."""
MOST_MINUTES = 10


def new_sample() -> Sample:
    return Sample(MOST_SLOTS)


@dataclass(slots=True)
class OfOnePolicy:
    heaviest: Heaviest = field(default_factory=lambda: Heaviest(MOST_CLIENTS))
    sample: Sample = field(default_factory=new_sample)


class Minute:
    """What this process was asked in one minute."""

    def __init__(self, number: int) -> None:
        self.number = number
        self._policies: dict[int, OfOnePolicy] = {}

    def add(self, charge: Charge, standing: Standing, asker: Asker, slot: int) -> None:
        policy, key = standing.policy, charge.key
        of_policy = self._policies.get(policy.id)
        if of_policy is None:
            of_policy = self._policies[policy.id] = OfOnePolicy()
        use = of_policy.heaviest.use(
            key, lambda: Use(label_of(policy, asker), digest=sample_digest(key))
        )
        use.requests += 1
        use.cost += charge.price
        use.refused += not standing.fits
        if charge.quota:
            fullness = standing.used * 1000 // charge.quota
            use.peak_permille = max(use.peak_permille, fullness)
        of_policy.sample.add(use.digest, slot, charge.price)

    def as_row(self) -> Demand:
        return Demand(
            at=datetime.fromtimestamp(self.number * 60, UTC),
            heaviest={
                str(policy): [
                    [use.label, use.requests, use.cost, use.refused, use.peak_permille]
                    for use in of_policy.heaviest.top(MOST_TOLD)
                ]
                for policy, of_policy in self._policies.items()
            },
            sample={
                str(policy): [of_policy.sample.below, _flat(of_policy.sample)]
                for policy, of_policy in self._policies.items()
            },
        )


class Recorder:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._minute: Minute | None = None
        self._over: list[Minute] = []

    def note(self, decision: Decision, asker: Asker, seconds: float) -> None:
        slot = int(seconds) // SLOT_SECONDS
        with self._lock:
            minute = self._minute
            if minute is None or minute.number != int(seconds) // 60:
                minute = self._turn(int(seconds) // 60)
            for charge, standing in zip(decision.charges, decision.standings, strict=False):
                minute.add(charge, standing, asker, slot)

    def take(self, *, all_of_it: bool) -> list[Minute]:
        """The minutes that are over; all of it, also the one that is not."""
        with self._lock:
            if all_of_it or (self._minute and self._minute.number != int(time.time()) // 60):
                self._turn(None)
            over, self._over = self._over, []
        return over

    def forget(self) -> None:
        with self._lock:
            self._minute, self._over = None, []

    def _turn(self, number: int | None) -> Minute:
        if self._minute is not None:
            self._over.append(self._minute)
            del self._over[:-MOST_MINUTES]  # nobody takes them while the database is away
        minute = Minute(number or 0)
        self._minute = minute if number is not None else None
        return minute


def sample_digest(key: str) -> int:
    return digest(key, settings.SECRET_KEY.encode()[:64])


def label_of(policy: Policy, asker: Asker) -> str:
    """Staff must be able to tell an anonymous client from the next: by its address."""
    if policy.scope != Scope.CLIENT:
        return policy.key(asker).partition(":")[2]
    return asker.client if asker.client.startswith("client:") else asker.address


def save(minutes: Sequence[Minute]) -> None:
    Demand.objects.bulk_create([minute.as_row() for minute in minutes])


def _flat(sample: Sample) -> dict[str, list[int]]:
    """As short as JSON allows: slot, requests, cost, slot, requests, cost ..."""
    return {
        str(client): [n for slot, one in asked.slots.items() for n in (slot, *one)]
        for client, asked in sample.clients.items()
    }
