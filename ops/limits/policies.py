"""What may a client do in which time? The rules in force, as values without a database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.db.models import TextChoices

from ops.limits.algorithms.spending import Charge, Charges, price_of


class Scope(TextChoices):
    """Who shares one count."""

    CLIENT = "client", "each client"
    ADDRESS = "address", "each address"
    NETWORK = "network", "each wider network (IPv6 only)"
    TIER = "tier", "all clients of the tier together"
    EVERYONE = "everyone", "everyone together"


class Unit(TextChoices):
    """What is counted."""

    REQUESTS = "requests", "requests in the window"
    COST = "cost", "cost units in the window"
    PLACES = "places", "requests at the same time"


class Mode(TextChoices):
    ENFORCED = "enforced", "enforced"
    SHADOW = "shadow", "in the shadow: counted, nobody is refused"
    OFF = "off", "off"


class WhenBlind(TextChoices):
    """What a policy does while the shared store cannot be asked."""

    LOCAL = "local", "each process grants its share"
    OPEN = "open", "everybody may"
    CLOSED = "closed", "nobody may"


class Route(TextChoices):
    """What is asked of the service, as far as limits tell it apart."""

    SUBMIT = "submit", "submissions of content"
    READ = "read", "reading and polling"
    LOGIN = "login", "attempts to sign in"
    FAILED_KEY = "failed_key", "requests with a bad key, afterwards"
    EDGE = "edge", "any request, before authentication"


class Asker(NamedTuple):
    """Whose counts a request spends from."""

    client: str
    tier: str
    address: str = ""
    network: str = ""


@dataclass(frozen=True, slots=True)
class Policy:
    id: int
    name: str
    quota: int
    window_seconds: int
    scope: str = Scope.CLIENT
    unit: str = Unit.REQUESTS
    when_blind: str = WhenBlind.LOCAL
    is_enforced: bool = True
    usual_quota: int = 0
    """The quota without the strict mode or a scheduled window that is in force."""
    ban_after: int = 0
    """Refusals within one window after which an address is banned; 0 for never."""

    @property
    def window_ms(self) -> int:
        return self.window_seconds * 1000

    @property
    def is_reduced(self) -> bool:
        return self.quota < self.usual_quota

    def key(self, asker: Asker) -> str:
        """The quota is no part of it: an edit keeps what was counted."""
        return f"{self.id}:{_subject(self.scope, asker)}"

    def charge(self, asker: Asker, cost: int) -> Charge:
        price = price_of(cost, self.quota) if self.unit == Unit.COST else 1
        return Charge(self.key(asker), self.quota, self.window_ms, price, self.is_enforced)


class Claim(NamedTuple):
    """What is decided about whom."""

    policies: Policies
    asker: Asker
    cost: int = 1


class Policies(tuple[Policy, ...]):
    """Decided together. What they charge whom is worked out once, not with each request."""

    _MOST_REMEMBERED = 1024

    @cached_property
    def counted(self) -> Policies:
        return Policies([policy for policy in self if policy.unit != Unit.PLACES])

    @cached_property
    def places(self) -> Policies:
        return Policies([policy for policy in self if policy.unit == Unit.PLACES])

    @cached_property
    def ids(self) -> frozenset[int]:
        return frozenset(policy.id for policy in self)

    @cached_property
    def _remembered(self) -> dict[object, Charges]:
        return {}

    def charges(self, asker: Asker, cost: int = 1) -> Charges:
        if cost != 1:
            return self._charges(asker, cost)
        return self._once(asker, lambda: self._charges(asker, cost))

    def charges_behind(self, first: Claim, asker: Asker, cost: int) -> Charges:
        """Those of the first claim and, in the same step, these."""
        if cost != 1:
            return _joined(first, self._charges(asker, cost))
        # Of the rules of one moment, who asks decides which policies the first claim has.
        return self._once((first.asker, asker), lambda: _joined(first, self.charges(asker)))

    def _charges(self, asker: Asker, cost: int) -> Charges:
        return Charges([policy.charge(asker, cost) for policy in self])

    def _once(self, name: object, make: Callable[[], Charges]) -> Charges:
        found = self._remembered.get(name)
        if found is None:
            if len(self._remembered) >= self._MOST_REMEMBERED:
                self._remembered.clear()
            found = self._remembered[name] = make()
        return found


def _joined(first: Claim, charges: Charges) -> Charges:
    return Charges(first.policies.charges(first.asker, first.cost) + charges)


def _subject(scope: str, asker: Asker) -> str:
    if scope == Scope.CLIENT:
        return asker.client
    if scope == Scope.EVERYONE:
        return "everyone"
    if scope == Scope.TIER:
        return asker.tier
    return asker.address if scope == Scope.ADDRESS else asker.network
